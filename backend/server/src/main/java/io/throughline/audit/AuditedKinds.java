package io.throughline.audit;

import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/// Gives the tables of all declared kinds their trigger: a migration that is repeated when a kind is added.
///
/// Rows that are there before their kind is recorded are recorded then, once, as they are: alterations before that moment are not
/// found by it, but by what the kinds' own checks say and by the entries of that time.
@Component
class AuditedKinds implements JavaMigration {

    private static final int PIECE = 10_000;

    private final List<AuditedKind> kinds;
    private final Clock clock;

    AuditedKinds(ObjectProvider<AuditedRecords> declared, Clock clock) {
        this.kinds = declared.stream().flatMap(it -> it.kinds().stream()).sorted(Comparator.comparing(AuditedKind::name)).toList();
        this.clock = clock;
    }

    List<AuditedKind> list() {
        return kinds;
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return null; // repeatable
    }

    @Override
    public String getDescription() {
        return "audited kinds";
    }

    @Override
    public Integer getChecksum() {
        var crc = new CRC32();
        kinds.forEach(it -> crc.update("%s %s %s %s\n".formatted(it.name(), it.table(), it.key(), new KindSql(it).secrets()).getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        var connection = new SingleConnectionDataSource(context.getConnection(), true);
        var jdbc = JdbcClient.create(connection);
        var ledger = new AuditLedger(jdbc, new NamedParameterJdbcTemplate(connection));
        for (var kind : kinds) {
            jdbc.sql(new KindSql(kind).trigger()).update();
            if (jdbc.sql("insert into audited_kind (kind) values (:kind) on conflict do nothing").param("kind", kind.name()).update() == 1) {
                recordRows(kind, jdbc, ledger);
            }
        }
    }

    private void recordRows(AuditedKind kind, JdbcClient jdbc, AuditLedger ledger) {
        jdbc.sql("set local timezone = 'UTC'").update();
        var batches = jdbc.sql(new KindSql(kind).takeOver())
                .param("piece", PIECE).param("kind", kind.name()).param("secrets", new KindSql(kind).secrets())
                .query((row, _) -> row.getLong("batch")).list();
        var system = Actor.system();
        for (long batch : batches) {
            jdbc.sql("select set_config('throughline.batch', :batch, true)").param("batch", Long.toString(batch)).query(row -> {});
            ledger.append(List.of(AuditEntry.act(clock.instant().truncatedTo(ChronoUnit.MICROS), system, "records.taken-over", "audit", kind.name(),
                    "as they were when this kind began to be recorded", null, Json.object().put("kind", kind.name()))));
        }
    }
}
