package io.throughline.audit;

import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

@Repository
class AuditLedger {

    record Head(long position, String hash, long number) {

        static final Head NONE = new Head(0, AuditEntry.NO_HASH, 0);
    }

    /// An entry with the head of its stream as the database has it; null when it has none.
    record Link(AuditEntry entry, @Nullable Head head) {}

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    AuditLedger(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /// Extends the chains of these acts' subjects and answers one of them. Whoever comes second to a stream waits here until the
    /// first has committed; the heads are locked in one order, so nobody waits in a ring.
    String append(List<AuditEntry> acts) {
        var streams = new TreeMap<String, List<AuditEntry>>();
        acts.forEach(it -> streams.computeIfAbsent(AuditEntry.streamOf(it.subjectType(), it.subjectId()), _ -> new ArrayList<>()).add(it));
        append(streams, acts.size());
        return streams.firstKey();
    }

    /// Extends a stream that this transaction has extended already.
    void append(String stream, AuditEntry act) {
        append(new TreeMap<>(Map.of(stream, List.of(act))), 1);
    }

    private void append(SortedMap<String, List<AuditEntry>> streams, int count) {
        var place = take(streams.sequencedKeySet(), count);
        var numbers = place.numbers().iterator();
        var records = place.records();
        var entries = new ArrayList<AuditEntry>(count);
        for (var stream : streams.entrySet()) {
            var head = place.heads().getOrDefault(stream.getKey(), Head.NONE);
            for (var act : stream.getValue()) {
                var entry = act.at(numbers.next(), stream.getKey(), head.position() + 1, records, head.hash());
                records = null; // one entry answers for them
                entries.add(entry);
                head = new Head(head.position() + 1, entry.hash(), entry.number());
            }
        }
        batches.batchUpdate("""
                with head as (update audit_stream set position = :position, hash = :hash, number = :number where stream = :stream)
                insert into audit_entry (number, at, actor_id, actor_name, action, subject_type, subject_id, reason,
                                         before, after, stream, position, batch, records, records_sha256, previous_hash, hash)
                values (:number, :at, :actorId, :actorName, :action, :subjectType, :subjectId, :reason,
                        :before::jsonb, :after::jsonb, :stream, :position, :batch, :records, :recordsSha256, :previousHash, :hash)
                """, entries.stream().map(AuditLedger::parameters).toArray(SqlParameterSource[]::new));
    }

    /// What the next entries of a transaction follow.
    private record Place(Map<String, Head> heads, List<Long> numbers, AuditEntry.@Nullable Records records) {}

    /// Locks the heads of these streams in the given order, which is everybody's; takes numbers after that, so that they grow within each
    /// stream; and answers for what the transaction has recorded since it last did.
    private Place take(SequencedCollection<String> sorted, int count) {
        // an update that changes nothing locks the row and reads it in one statement
        return jdbc.sql("""
                        with writing as materialized (select pg_advisory_xact_lock_shared(:writing)),
                             head as (insert into audit_stream (stream, position, hash, number)
                                      select stream, 0, :none, 0
                                        from writing, unnest(:streams::text[]) with ordinality as wanted (stream, place) order by place
                                      on conflict (stream) do update set position = audit_stream.position
                                      returning stream, position, hash, number),
                             locked as materialized (select array_agg(stream) as streams, array_agg(position) as positions, array_agg(hash) as hashes,
                                                            array_agg(number) as last, count(*) as count from head)
                        select locked.*, array(select nextval('audit_entry_number') from generate_series(1, :count + 0 * locked.count)) as numbers,
                               written.*, set_config('throughline.batch', '', true)
                          from locked
                          left join lateral (select record.batch as written, count(*) as records, """ + RECORDS_SHA256 + """
                                               as records_sha256
                                               from audit_record record
                                              where record.batch = nullif(current_setting('throughline.batch', true), '')::bigint
                                              group by record.batch) written on true
                        """)
                .param("writing", AnchorLedger.WRITING).param("none", AuditEntry.NO_HASH)
                .param("streams", sorted.toArray(String[]::new)).param("count", count)
                .query((row, _) -> {
                    var streams = (String[]) row.getArray("streams").getArray();
                    var positions = (Long[]) row.getArray("positions").getArray();
                    var hashes = (String[]) row.getArray("hashes").getArray();
                    var last = (Long[]) row.getArray("last").getArray();
                    var heads = new HashMap<String, Head>();
                    for (int i = 0; i < streams.length; i++) {
                        heads.put(streams[i], new Head(positions[i], hashes[i], last[i]));
                    }
                    return new Place(heads, List.of((Long[]) row.getArray("numbers").getArray()), row.getObject("written") == null ? null
                            : new AuditEntry.Records(row.getLong("written"), row.getInt("records"), row.getString("records_sha256")));
                })
                .single();
    }

    /// Of the rows `record` of one batch.
    static final String RECORDS_SHA256 = """
             encode(sha256(string_agg(convert_to(concat_ws(E'\\n', record.kind, record.record_id, record.ordinal, coalesce(record.facts::text, 'deleted')), 'UTF8'),
                                     '\\x0A'::bytea order by record.ordinal)), 'hex')""";

    /// Where the one chain from before ends.
    Head headOfTheOneChain() {
        return jdbc.sql("select number, hash from audit_head")
                .query((row, _) -> new Head(row.getLong("number"), row.getString("hash"), row.getLong("number")))
                .single();
    }

    /// The one chain from before in its order: the `limit` entries after number `number`.
    List<AuditEntry> listOneChainAfter(long number, int limit) {
        return jdbc.sql("select * from audit_entry where stream is null and number > :number order by number limit :limit")
                .param("number", number).param("limit", limit).query(AuditLedger::entry).list();
    }

    /// All streams, one after the other, each in its order: the `limit` entries after that place.
    List<Link> listLinksAfter(String stream, long position, int limit) {
        return jdbc.sql("""
                        select entry.*, head.position as head_position, head.hash as head_hash, head.number as head_number
                          from (select * from audit_entry where stream is not null and (stream, position) > (:stream, :position)
                                 order by stream, position limit :limit) entry
                          left join audit_stream head on head.stream = entry.stream
                         order by entry.stream, entry.position
                        """)
                .param("stream", stream).param("position", position).param("limit", limit)
                .query((row, number) -> new Link(entry(row, number), row.getString("head_hash") == null ? null
                        : new Head(row.getLong("head_position"), row.getString("head_hash"), row.getLong("head_number"))))
                .list();
    }

    /// A stream of which there is no entry at all, with the number that its last one had.
    Optional<Map.Entry<String, Long>> findEmptiedStream() {
        return jdbc.sql("""
                        select stream, number from audit_stream
                         where not exists (select from audit_entry where audit_entry.stream = audit_stream.stream)
                         order by stream limit 1
                        """)
                .query((row, _) -> Map.entry(row.getString("stream"), row.getLong("number"))).optional();
    }

    /// The `limit` entries after number `number`, up to `last`.
    List<AuditEntry> listAfter(long number, long last, int limit) {
        return jdbc.sql("select * from audit_entry where number > :number and number <= :last order by number limit :limit")
                .param("number", number)
                .param("last", last)
                .param("limit", limit)
                .query(AuditLedger::entry)
                .list();
    }

    List<AuditEntry> list(AuditFilter filter, long below, int limit) {
        return jdbc.sql("""
                        select *
                          from audit_entry
                         where number < :below
                           and (:subjectType::text is null or subject_type = :subjectType)
                           and (:subjectId::text is null or subject_id = :subjectId)
                           and (:actor::text is null or actor_id = :actor)
                           and (:action::text is null or action = :action)
                         order by number desc
                         limit :limit
                        """)
                .param("below", below)
                .param("subjectType", filter.subjectType())
                .param("subjectId", filter.subjectId())
                .param("actor", filter.actor())
                .param("action", filter.action())
                .param("limit", limit)
                .query(AuditLedger::entry)
                .list();
    }

    List<AuditEntry> listFor(List<AuditSubject> subjects) {
        return jdbc.sql("""
                        select entry.*
                          from audit_entry entry
                          join (select distinct * from unnest(:types::text[], :ids::text[])) wanted (type, id)
                            on entry.subject_type = wanted.type and entry.subject_id = wanted.id
                         order by entry.number
                        """)
                .param("types", subjects.stream().map(AuditSubject::type).toArray(String[]::new))
                .param("ids", subjects.stream().map(AuditSubject::id).toArray(String[]::new))
                .query(AuditLedger::entry)
                .list();
    }

    private static SqlParameterSource parameters(AuditEntry entry) {
        return new MapSqlParameterSource()
                .addValue("number", entry.number())
                .addValue("at", entry.at().atOffset(ZoneOffset.UTC))
                .addValue("actorId", entry.actor().id())
                .addValue("actorName", entry.actor().displayName())
                .addValue("action", entry.action())
                .addValue("subjectType", entry.subjectType())
                .addValue("subjectId", entry.subjectId())
                .addValue("reason", entry.reason())
                .addValue("before", entry.before() == null ? null : Json.text(entry.before()))
                .addValue("after", entry.after() == null ? null : Json.text(entry.after()))
                .addValue("stream", entry.stream())
                .addValue("position", entry.position())
                .addValue("batch", entry.records() == null ? null : entry.records().batch())
                .addValue("records", entry.records() == null ? null : entry.records().count())
                .addValue("recordsSha256", entry.records() == null ? null : entry.records().sha256())
                .addValue("previousHash", entry.previousHash())
                .addValue("hash", entry.hash());
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new AuditEntry.AuditActor(row.getString("actor_id"), row.getString("actor_name")),
                row.getString("action"),
                row.getString("subject_type"),
                row.getString("subject_id"),
                row.getString("reason"),
                json(row.getString("before")),
                json(row.getString("after")),
                row.getString("stream"),
                row.getObject("position", Long.class),
                row.getObject("batch") == null ? null
                        : new AuditEntry.Records(row.getLong("batch"), row.getInt("records"), row.getString("records_sha256")),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }
}
