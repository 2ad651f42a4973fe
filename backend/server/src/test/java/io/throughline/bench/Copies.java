package io.throughline.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/// Writes more publications than desks could in minutes: copies of those that are there, as rows, each an item of its own with an
/// audience, stages, needs and an approval of its own. The same on every run but for times.
///
/// Reviews are not copied: a copy points to the approval of what it is a copy of. Nor does the library get to know the copies.
final class Copies {

    private static final int CHUNK = 25_000;

    /// What is worth copying, numbered; `taken` is the classification as it stands in the document.
    private static final String TEMPLATES = """
            create temporary table template as
            select row_number() over (order by p.started_sequence) - 1 as n, p.*, (select person.id from person order by id limit 1) as author,
                   substring(p.document from '"classification":\\{[^}]*\\}') as taken,
                   substring(p.facets->'audience'->>0 from '^[a-z]+') as family
              from publication p
             where p.ended_sequence is null and p.type in ('article', 'claim', 'plain-language-summary', 'standard-response')
            """;

    private static final String CHOSEN = """
            create temporary table chosen as
            select c.n, 'itm_01M' || lpad(c.n::text, 23, '0') as item, 'pub_01M' || lpad(c.n::text, 23, '0') as pub, t.n as t,
                   'BENCH-' || c.n as key,
                   date_trunc('second', now()) - make_interval(mins => 60 + pg_temp.roll(c.n, 'age', 500000)) as approved,
                   pg_temp.some(c.n, 'audience', f.audiences) as audience, pg_temp.some(c.n, 'stage', f.stages) as stage,
                   pg_temp.some(c.n, 'need', ?::text[]) as need
              from generate_series(?::bigint, ?::bigint) c(n)
              join template t on t.n = c.n % (select count(*) from template)
              join family f on f.name = t.family
            """;

    private static final List<String> FUNCTIONS = List.of("""
            create function pg_temp.roll(n bigint, salt text, sides int) returns int language sql immutable as
            $$ select (abs(hashtextextended(salt || n, 7) % sides))::int $$
            """, """
            create function pg_temp.some(n bigint, salt text, given text[]) returns jsonb language sql immutable as
            $$ select case when a = b then jsonb_build_array(given[a]) else jsonb_build_array(given[a], given[b]) end
                 from (select 1 + pg_temp.roll(n, salt, cardinality(given)) as a,
                              1 + pg_temp.roll(n, salt || 'second', 2 * cardinality(given)) as twice) r,
                      lateral (select case when twice > cardinality(given) then a else twice end as b) s $$
            """);

    private static final List<String> ROWS = List.of("""
            insert into content_item (id, key, type, kind, brand, created_by, created_at)
            select c.item, c.key, t.type, t.kind, t.brand, t.author, c.approved from chosen c join template t on t.n = c.t
            """, """
            insert into content_version (item_id, locale, number, schema_version, document, canonical, sha256, submitted_by, submitted_at)
            select c.item, t.locale, t.version_number, 1, '{}', '', repeat('0', 64), t.author, c.approved from chosen c join template t on t.n = c.t
            """, """
            insert into publication (id, item_id, locale, market, version_number, approval_id, kind, type, brand, effective_from, effective_until,
                                     published_by, published_at, started_sequence, document, document_sha256, facets)
            select c.pub, c.item, t.locale, t.market, t.version_number, t.approval_id, t.kind, t.type, t.brand, c.approved, t.effective_until,
                   t.published_by, c.approved, c.n,
                   replace(replace(t.document, t.item_id, c.item), t.taken,
                           '"classification":'::text || jsonb_build_object('audience', c.audience, 'stage', c.stage, 'need', c.need)::text),
                   t.document_sha256,
                   t.facets || jsonb_build_object('key', c.key, 'audience', c.audience, 'stage', c.stage, 'need', c.need,
                                                  'approvedAt', to_char(c.approved at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
              from chosen c join template t on t.n = c.t
            """, """
            insert into content_change (sequence, at, type, publication_id, item_id, locale, market, actor_id)
            select c.n, now(), 'published', c.pub, c.item, t.locale, t.market, t.author from chosen c join template t on t.n = c.t
            """, "drop table chosen");

    private final DataSource dataSource;

    Copies(ApplicationContext context) {
        dataSource = context.getBean(DataSource.class);
    }

    void write(int count) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "set session_replication_role = replica"); // what is copied was checked once
            execute(connection, "set synchronous_commit = off");
            execute(connection, TEMPLATES);
            execute(connection, "create temporary table family (name text, audiences text[], stages text[])");
            for (var journey : List.of(Shelves.PROFESSIONALS, Shelves.PATIENTS, Shelves.CAREGIVERS, Shelves.PAYERS)) {
                try (var insert = connection.prepareStatement("insert into family values (?, ?, ?)")) {
                    insert.setString(1, journey.audiences().getFirst());
                    insert.setArray(2, texts(connection, journey.audiences()));
                    insert.setArray(3, texts(connection, journey.stages()));
                    insert.executeUpdate();
                }
            }
            for (var function : FUNCTIONS) {
                execute(connection, function);
            }
            execute(connection, "analyze template");
            long first = number(connection, "select value + 1 from content_sequence");
            connection.commit();
            for (long from = first; from < first + count; from += CHUNK) {
                try (var choose = connection.prepareStatement(CHOSEN)) {
                    choose.setArray(1, texts(connection, Shelves.NEEDS));
                    choose.setLong(2, from);
                    choose.setLong(3, Math.min(from + CHUNK, first + count) - 1);
                    choose.executeUpdate();
                }
                for (var rows : ROWS) {
                    execute(connection, rows);
                }
                connection.commit();
                System.out.printf("copied %d%n", Math.min(from + CHUNK, first + count) - first);
            }
            execute(connection, "update content_sequence set value = value + " + count);
            execute(connection, "set session_replication_role = origin");
            execute(connection, "reset synchronous_commit");
            connection.commit();
            connection.setAutoCommit(true);
            execute(connection, "analyze");
        }
    }

    private static java.sql.Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
