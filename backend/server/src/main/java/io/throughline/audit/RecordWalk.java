package io.throughline.audit;

import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/// Compares every row of every kind with what was recorded when it was written, and the records with the entries that answer for them.
/// Runs inside the caller's snapshot; rows are read one after the other, never as a whole.
final class RecordWalk {

    static final String RECORD = "record";
    static final String GUARD = "guard";

    private static final long BATCHES = 2_000;
    private static final int SHOWN = 80;

    private static final String RECORDS_SHA256 = AuditLedger.RECORDS_SHA256;

    private final JdbcTemplate jdbc;
    private final Consumer<RecordFinding> findings;
    private final LongConsumer progress;

    /// @param jdbc     reads in pieces, with the session's time zone UTC
    /// @param progress hears how many rows were looked at since it heard last
    RecordWalk(JdbcTemplate jdbc, Consumer<RecordFinding> findings, LongConsumer progress) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.progress = progress;
    }

    /// Rows that hold something else than was recorded, that nothing was recorded of, or that are gone.
    void rows(AuditedKind kind) {
        var sql = new KindSql(kind);
        jdbc.query(sql.rows(), row -> {
            progress.accept(1);
            if (row.getBoolean("unrecorded")) {
                find(kind.name(), row.getString("id"), "the trail has no record that this row was written", null);
            } else if (row.getString("now") != null) {
                var recorded = row.getString("recorded");
                var what = recorded == null ? "it was deleted, and is there again" : differs(Json.parse(recorded), Json.parse(row.getString("now")));
                if (what != null) {
                    find(kind.name(), row.getString("id"), what, row.getLong("batch"));
                }
            }
        }, sql.secrets(), kind.name());
        jdbc.query(sql.missing(), row -> {
            if (row.getBoolean("missing")) {
                find(kind.name(), row.getString("id"), "it is missing", row.getLong("batch"));
            }
        }, kind.name());
    }

    /// What must hold within and between rows.
    void check(RecordCheck check) {
        jdbc.query(check.sql(), row -> {
            progress.accept(1);
            var what = judge(check, row);
            if (what != null) {
                findings.accept(new RecordFinding(check.kind(), row.getString("id"), what, null));
            }
        });
    }

    private static @Nullable String judge(RecordCheck check, ResultSet row) throws SQLException {
        try {
            return check.judge().differs(row);
        } catch (RuntimeException unreadable) {
            return "it can't be read: " + unreadable.getMessage();
        }
    }

    /// Records that are not those that an entry answers for.
    void batches() {
        long last = Optional.ofNullable(jdbc.queryForObject(
                "select greatest((select max(batch) from audit_record), (select max(batch) from audit_entry))", Long.class)).orElse(0L);
        for (long from = Long.MIN_VALUE, until = 0; from < last; from = until, until = Math.min(until + BATCHES, last)) {
            jdbc.query("""
                    select coalesce(recorded.batch, entry.batch) as batch, entry.number, entry.at, recorded.ids,
                           (recorded.count, recorded.sha256) is distinct from (entry.records, entry.records_sha256) as differs
                      from (select batch, count(*) as count, """ + RECORDS_SHA256 + """
                              as sha256, min(kind || ' ' || record_id) as ids
                              from audit_record record where batch > ? and batch <= ? group by batch) recorded
                      full join (select batch, number, at, records, records_sha256 from audit_entry where batch > ? and batch <= ?) entry
                           on entry.batch = recorded.batch
                     order by 1
                    """, row -> {
                progress.accept(1);
                if (row.getObject("number") == null) {
                    unwritten(row.getLong("batch"));
                } else if (row.getBoolean("differs")) {
                    findings.accept(new RecordFinding(RECORD, row.getString("ids") == null ? "entry " + row.getLong("number") : row.getString("ids"),
                            "the records of entry %d are not those that it was written with".formatted(row.getLong("number")),
                            row.getObject("at", OffsetDateTime.class).toInstant()));
                }
            }, from, until, from, until);
        }
    }

    /// Rows that somebody wrote past the product, while the triggers were on.
    private void unwritten(long batch) {
        jdbc.query("select kind, record_id from audit_record where batch = ? order by ordinal limit 100", row -> {
            findings.accept(new RecordFinding(row.getString("kind"), row.getString("record_id"), "no act in the trail wrote this row", null));
        }, batch);
    }

    /// Triggers that refuse changes or record them, and are off or gone.
    void guards(List<AuditedKind> kinds) {
        jdbc.query("""
                select tgname || ' on ' || relname as id from pg_trigger join pg_class on pg_class.oid = tgrelid
                 where not tgisinternal and tgenabled not in ('O', 'A') and relnamespace = current_schema::regnamespace order by 1
                """, row -> {
            progress.accept(1);
            findings.accept(new RecordFinding(GUARD, row.getString("id"), "this trigger is switched off: rows can be altered without a record", null));
        });
        for (var kind : kinds) {
            progress.accept(1);
            if (jdbc.queryForList("select tgname from pg_trigger where tgrelid = ?::regclass and tgname = 'audited'", kind.table()).isEmpty()) {
                findings.accept(new RecordFinding(GUARD, "audited on " + kind.table(), "this trigger is missing: what is written is not recorded", null));
            }
        }
    }

    private void find(String kind, String id, String what, @Nullable Long batch) {
        findings.accept(new RecordFinding(kind, id, what, batch == null ? null : writtenAt(batch).orElse(null)));
    }

    private Optional<Instant> writtenAt(long batch) {
        return jdbc.query("select at from audit_entry where batch = ?", (row, _) -> row.getObject("at", OffsetDateTime.class).toInstant(), batch)
                .stream().findFirst();
    }

    /// Only columns that were recorded count: one that was added since says nothing of the row's past. Null when those are the same.
    private static @Nullable String differs(JsonNode recorded, JsonNode now) {
        var differences = new ArrayList<String>();
        for (var field : recorded.propertyNames()) {
            var column = field.replace("#sha256", "");
            var was = recorded.get(field);
            var is = now.get(field);
            if (is == null && !now.has(column) && !now.has(column + "#sha256")) {
                continue; // the column is no more
            }
            if (!was.equals(is)) {
                differences.add(field.equals(column) && is != null ? "%s was %s, is %s".formatted(column, shown(was), shown(is))
                        : "%s holds something else".formatted(column));
            }
        }
        return differences.isEmpty() ? null : String.join("; ", differences);
    }

    private static String shown(JsonNode value) {
        var text = value.isString() ? "“" + value.stringValue() + "”" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
