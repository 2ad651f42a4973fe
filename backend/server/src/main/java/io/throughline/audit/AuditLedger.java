package io.throughline.audit;

import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

@Repository
class AuditLedger {

    record Head(long number, String hash) {}

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    AuditLedger(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /// Extends the chain by these acts; whoever comes second waits here until the first has committed.
    void append(List<AuditEntry> acts) {
        var head = jdbc.sql("select number, hash from audit_head for update")
                .query((row, _) -> new Head(row.getLong("number"), row.getString("hash")))
                .single();
        var entries = AuditTrail.chain(acts, head.number(), head.hash());
        batches.batchUpdate("""
                insert into audit_entry (number, at, actor_id, actor_name, action, subject_type, subject_id, reason,
                                         before, after, previous_hash, hash)
                values (:number, :at, :actorId, :actorName, :action, :subjectType, :subjectId, :reason,
                        :before::jsonb, :after::jsonb, :previousHash, :hash)
                """, entries.stream().map(AuditLedger::parameters).toArray(SqlParameterSource[]::new));
        // the head is a place to lock, not a fact: verification recomputes it
        jdbc.sql("update audit_head set number = :number, hash = :hash")
                .param("number", entries.getLast().number())
                .param("hash", entries.getLast().hash())
                .update();
    }

    Head head() {
        return jdbc.sql("select number, hash from audit_head")
                .query((row, _) -> new Head(row.getLong("number"), row.getString("hash")))
                .single();
    }

    List<AuditEntry> listAfter(long number, int limit) {
        return jdbc.sql("select * from audit_entry where number > :number order by number limit :limit")
                .param("number", number)
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
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }
}
