package io.throughline.search;

import io.throughline.delivery.CatalogueListener;
import io.throughline.search.Indices.Write;
import io.throughline.shared.Json;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/// Copies the changes of the catalogue into Elasticsearch, in their order, one node at a time.
///
/// `content_change` is the outbox: the cursor row says how far the index shows it, and is locked while a batch is written, so
/// nodes take turns. The cursor moves only after every write of the batch was answered and the index was refreshed.
@Component
class CatalogueIndexer implements CatalogueListener {

    static final String NAME = "catalogue";
    private static final int BATCH = 500;
    private static final int PAGE = 500;

    /// Publication ids that stand on one side only, and the sequence at which both were compared.
    record Drift(long sequence, Set<String> missing, Set<String> surplus) {
        boolean isNone() {
            return missing.isEmpty() && surplus.isEmpty();
        }
    }

    private static final String PUBLICATION = """
            p.id, p.item_id, p.locale, p.market, p.kind, p.type, p.brand, p.effective_from, p.effective_until, p.published_at,
            p.started_sequence, p.facets, p.document
            """;

    private final JdbcClient jdbc;
    private final Indices indices;
    private final TransactionTemplate transaction;
    private final Steps steps;
    private final Pump pump;

    CatalogueIndexer(JdbcClient jdbc, Indices indices, PlatformTransactionManager transactions, Steps steps) {
        this.jdbc = jdbc;
        this.indices = indices;
        this.transaction = new TransactionTemplate(transactions);
        this.steps = steps;
        this.pump = new Pump("catalogue index", this::advance);
    }

    Pump pump() {
        return pump;
    }

    @Override
    public void advanced(long sequence) {
        pump.wake();
    }

    /// Writes one batch; true when there may be more.
    boolean advance() throws IOException {
        ensureIndex();
        var copied = new AtomicInteger();
        inTransaction(() -> {
            var cursor = lockCursor(true);
            copied.set(cursor.isPresent() ? copyChanges(indices.alias(NAME), cursor.get()) : 0);
            return true;
        });
        if (copied.get() > 0) {
            steps.reached(Step.CATALOGUE_INDEX_COMMITTED);
        }
        return copied.get() == BATCH;
    }

    /// Builds the index anew beside the old one and then lets the alias point to it: searches never see a half-built one.
    void rebuild() throws IOException {
        rebuild(true);
    }

    private void rebuild(boolean evenIfThere) throws IOException {
        inTransaction(() -> {
            // nodes that start together must not build the same index twice
            jdbc.sql("select pg_advisory_xact_lock(hashtext('search-rebuild'))").query((_, _) -> true).single();
            if (evenIfThere || isMissing()) {
                build();
            }
            return true;
        });
    }

    private void build() throws IOException {
        var index = indices.create(NAME);
        steps.reached(Step.CATALOGUE_REBUILD_CREATED);
        long from = jdbc.sql("select value from content_sequence").query(Long.class).single();
        copyCurrent(index, from);
        inTransaction(() -> {
            jdbc.sql("insert into search_cursor (index_name, sequence) values (:name, 0) on conflict do nothing").param("name", NAME).update();
            lockCursor(false);
            long at = from;
            while (copyChanges(index, at) == BATCH) {
                at = jdbc.sql("select sequence from search_cursor where index_name = :name").param("name", NAME).query(Long.class).single();
            }
            if (at == from) {
                moveCursor(Math.max(from, jdbc.sql("select sequence from search_cursor where index_name = :name").param("name", NAME).query(Long.class).single()), index);
            }
            steps.reached(Step.CATALOGUE_REBUILD_FILLED);
            indices.switchTo(NAME, index);
            steps.reached(Step.CATALOGUE_REBUILD_SWITCHED);
            return true;
        });
    }

    /// Compares the index with the publications as of the cursor, id by id.
    Drift compare() throws IOException {
        var result = new ArrayList<Drift>(1);
        inTransaction(() -> {
            long cursor = lockCursor(false).orElse(0L);
            Set<String> expected = new HashSet<>(jdbc.sql("""
                            select id from publication
                             where started_sequence <= :cursor and (ended_sequence is null or ended_sequence > :cursor)
                            """).param("cursor", cursor).query(String.class).list());
            var surplus = new HashSet<String>();
            String after = null;
            while (true) {
                var ids = idsAfter(after);
                if (ids.isEmpty()) {
                    break;
                }
                ids.forEach(id -> {
                    if (!expected.remove(id)) {
                        surplus.add(id);
                    }
                });
                after = ids.getLast();
            }
            result.add(new Drift(cursor, Set.copyOf(expected), Set.copyOf(surplus)));
            return true;
        });
        return result.getFirst();
    }

    private List<String> idsAfter(@Nullable String after) throws IOException {
        var search = Json.object().put("size", 5_000).put("_source", false);
        Clauses.sort(search.putArray("sort"), "id", "asc");
        if (after != null) {
            search.putArray("search_after").add(after);
        }
        var ids = new ArrayList<String>();
        indices.search(NAME, search).path("hits").path("hits").forEach(hit -> ids.add(hit.path("_id").asString()));
        return ids;
    }

    private void ensureIndex() throws IOException {
        if (isMissing()) {
            rebuild(false);
        }
    }

    /// An index without its cursor was never finished: a server died between pointing the alias to it and committing.
    private boolean isMissing() throws IOException {
        return indices.behind(NAME) == null
                || jdbc.sql("select 1 from search_cursor where index_name = :name").param("name", NAME).query(Integer.class).optional().isEmpty();
    }

    /// Empty when another node holds it and `skip` is set, or when the index was never built.
    private Optional<Long> lockCursor(boolean skip) {
        return jdbc.sql(skip
                        ? "select sequence from search_cursor where index_name = :name for update skip locked"
                        : "select sequence from search_cursor where index_name = :name for update")
                .param("name", NAME).query(Long.class).optional();
    }

    private int copyChanges(String index, long after) throws IOException {
        record Change(long sequence, Write write) {}
        var changes = jdbc.sql("select c.sequence, c.type as change, c.publication_id, " + PUBLICATION + """
                          from content_change c left join publication p on p.id = c.publication_id
                         where c.sequence > :after order by c.sequence limit :batch
                        """)
                .param("after", after).param("batch", BATCH)
                .query((row, _) -> {
                    long sequence = row.getLong("sequence");
                    var id = row.getString("publication_id");
                    return new Change(sequence, new Write(id == null ? "" : id, sequence,
                            "published".equals(row.getString("change")) && id != null ? document(row) : null));
                })
                .list();
        if (changes.isEmpty()) {
            return 0;
        }
        steps.reached(Step.CATALOGUE_INDEX_READ);
        indices.bulk(index, changes.stream().map(Change::write).filter(write -> !write.id().isEmpty()).toList());
        steps.reached(Step.CATALOGUE_INDEX_WRITTEN);
        moveCursor(changes.getLast().sequence(), index);
        steps.reached(Step.CATALOGUE_INDEX_MOVED);
        return changes.size();
    }

    private void moveCursor(long sequence, String index) throws IOException {
        indices.refresh(index);
        jdbc.sql("update search_cursor set sequence = :sequence where index_name = :name")
                .param("sequence", sequence).param("name", NAME).update();
    }

    private void copyCurrent(String index, long upTo) throws IOException {
        long after = 0;
        while (true) {
            record Row(long sequence, Write write) {}
            var rows = jdbc.sql("select " + PUBLICATION + """
                              from publication p
                             where p.started_sequence > :after and p.started_sequence <= :upTo
                               and (p.ended_sequence is null or p.ended_sequence > :upTo)
                             order by p.started_sequence limit :page
                            """)
                    .param("after", after).param("upTo", upTo).param("page", PAGE)
                    .query((row, _) -> new Row(row.getLong("started_sequence"),
                            new Write(row.getString("id"), row.getLong("started_sequence"), document(row))))
                    .list();
            if (rows.isEmpty()) {
                return;
            }
            indices.bulk(index, rows.stream().map(Row::write).toList());
            after = rows.getLast().sequence();
        }
    }

    private static ObjectNode document(ResultSet row) throws SQLException {
        var facets = Json.parseObject(row.getString("facets"));
        var published = Json.parseObject(row.getString("document"));
        var title = facets.path("title").asString("");
        var document = Json.object()
                .put("id", row.getString("id"))
                .put("itemId", row.getString("item_id"))
                .put("key", facets.path("key").asString(""))
                .put("type", row.getString("type"))
                .put("kind", row.getString("kind"))
                .put("brand", row.getString("brand"))
                .put("market", row.getString("market"))
                .put("locale", row.getString("locale"))
                .put("effectiveFrom", instant(row, "effective_from"))
                .put("effectiveUntil", instant(row, "effective_until"))
                .put("publishedAt", instant(row, "published_at"))
                .put("approvedAt", facets.path("approvedAt").asString())
                .put("titleSort", sortable(title))
                .put("title", title)
                .put("summary", published.path("summary").asString(""))
                .put("body", published.path("plainText").asString(""));
        for (var name : List.of("slots", "audience", "stage", "need", "topic", "indication", "channel")) {
            document.set(name, facets.path(name));
        }
        return document;
    }

    static String sortable(String title) {
        var folded = title.strip().toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), 300));
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private boolean inTransaction(Work work) throws IOException {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                try {
                    return work.run();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed); // rolls back: the cursor stays
                }
            }));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
