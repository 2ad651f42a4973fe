package io.throughline.ingest;

import io.throughline.ingest.FileOutcome.Account;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/// The jobs and what became of each of their files.
@Repository
class IngestLedger {

    /// A file of a job, as the API shows it.
    record IngestFile(String fileName, String outcome, @Nullable String itemId, @Nullable String key, @Nullable String title,
            @Nullable String code, @Nullable String detail, @Nullable Integer sections, @Nullable Integer tables,
            @Nullable Integer references, List<String> warnings) {}

    record WaitingFile(int position, String fileName) {}

    record Row(int position, IngestFile file) {}

    private static final String JOBS = """
            select j.*, f.total, f.created, f.duplicates, f.refused, f.waiting
              from ingest_job j cross join lateral (
                select count(*) as total,
                       count(*) filter (where outcome = 'created') as created,
                       count(*) filter (where outcome = 'duplicate') as duplicates,
                       count(*) filter (where outcome = 'refused') as refused,
                       count(*) filter (where outcome = 'waiting') as waiting
                  from ingest_file where job_id = j.id) f
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    IngestLedger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(String id, String folder, IngestTarget target, String createdBy, List<String> fileNames) {
        jdbc.sql("""
                        insert into ingest_job (id, folder, kind, brand, locale, state, created_by, created_at)
                        values (:id, :folder, :kind, :brand, :locale, 'waiting', :by, :at)
                        """)
                .param("id", id).param("folder", folder).param("kind", target.kind()).param("brand", target.brand(), Types.VARCHAR)
                .param("locale", target.locale()).param("by", createdBy).param("at", now()).update();
        jdbc.sql("""
                        insert into ingest_file (job_id, position, file_name, outcome)
                        select :id, position, name, 'waiting' from unnest(:names) with ordinality as t (name, position)
                        """)
                .param("id", id).param("names", new SqlArrayValue("text", fileNames.toArray())).update();
    }

    Optional<IngestJob> find(String id) {
        return jdbc.sql(JOBS + "where j.id = :id").param("id", id).query((row, _) -> job(row)).optional();
    }

    List<IngestJob> listNewest(int limit) {
        return jdbc.sql(JOBS + "order by j.created_at desc, j.id desc limit :limit").param("limit", limit).query((row, _) -> job(row)).list();
    }

    List<Row> listFiles(String jobId, @Nullable String outcome, int after, int limit) {
        return jdbc.sql("""
                        select f.*, i.key from ingest_file f left join content_item i on i.id = f.item_id
                         where f.job_id = :job and f.position > :after and (cast(:outcome as text) is null or f.outcome = :outcome)
                         order by f.position limit :limit
                        """)
                .param("job", jobId).param("after", after).param("outcome", outcome, Types.VARCHAR).param("limit", limit)
                .query((row, _) -> new Row(row.getInt("position"), file(row))).list();
    }

    List<WaitingFile> listWaiting(String jobId, int limit) {
        return jdbc.sql("select position, file_name from ingest_file where job_id = :job and outcome = 'waiting' order by position limit :limit")
                .param("job", jobId).param("limit", limit)
                .query((row, _) -> new WaitingFile(row.getInt("position"), row.getString("file_name"))).list();
    }

    /// The state of a job is no fact of the trail but its progress, hence an update.
    void setState(String jobId, IngestJob.State state) {
        var ended = state == IngestJob.State.FINISHED || state == IngestJob.State.CANCELLED;
        jdbc.sql("update ingest_job set state = :state, finished_at = :at where id = :id")
                .param("state", Kebab.of(state)).param("at", ended ? now() : null, Types.TIMESTAMP_WITH_TIMEZONE).param("id", jobId).update();
    }

    void note(String jobId, int position, FileOutcome outcome) {
        switch (outcome) {
            case FileOutcome.Created(var account) -> noteAccount(jobId, position, "created", account);
            case FileOutcome.Duplicate(var account) -> noteAccount(jobId, position, "duplicate", account);
            case FileOutcome.Unreadable(var code, var detail) -> noteRefusal(jobId, position, code, detail);
            case FileOutcome.Invalid(var findings) -> noteRefusal(jobId, position, findings.getFirst().code(),
                    findings.getFirst().path() + ": " + findings.getFirst().message());
        }
    }

    private void noteAccount(String jobId, int position, String outcome, Account account) {
        jdbc.sql("""
                        update ingest_file set outcome = :outcome, item_id = :item, title = :title, sections = :sections, tables = :tables,
                               reference_count = :references, warnings = cast(:warnings as jsonb), done_at = :at
                         where job_id = :job and position = :position
                        """)
                .param("outcome", outcome).param("item", account.itemId()).param("title", account.title()).param("sections", account.sections())
                .param("tables", account.tables()).param("references", account.references()).param("warnings", Json.text(account.warnings()))
                .param("at", now()).param("job", jobId).param("position", position).update();
    }

    private void noteRefusal(String jobId, int position, String code, String detail) {
        jdbc.sql("""
                        update ingest_file set outcome = 'refused', code = :code, detail = :detail, done_at = :at
                         where job_id = :job and position = :position
                        """)
                .param("code", code).param("detail", detail).param("at", now()).param("job", jobId).param("position", position).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static IngestJob job(ResultSet row) throws SQLException {
        var finished = row.getObject("finished_at", OffsetDateTime.class);
        return new IngestJob(row.getString("id"), row.getString("folder"),
                new IngestTarget(row.getString("kind"), row.getString("brand"), row.getString("locale")),
                Kebab.parse(IngestJob.State.class, row.getString("state")), row.getInt("total"), row.getInt("created"),
                row.getInt("duplicates"), row.getInt("refused"), row.getInt("waiting"), row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), finished == null ? null : finished.toInstant());
    }

    private static IngestFile file(ResultSet row) throws SQLException {
        var warnings = new ArrayList<String>();
        Json.parse(row.getString("warnings")).forEach(it -> warnings.add(it.asString("")));
        return new IngestFile(row.getString("file_name"), row.getString("outcome"), row.getString("item_id"), row.getString("key"),
                row.getString("title"), row.getString("code"), row.getString("detail"), row.getObject("sections", Integer.class),
                row.getObject("tables", Integer.class), row.getObject("reference_count", Integer.class), List.copyOf(warnings));
    }
}
