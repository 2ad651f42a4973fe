package io.throughline.review;

import io.throughline.shared.Ids;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Jobs, circulations, tasks and verdicts in PostgreSQL.
@Repository
class ReviewLedger {

    /// What a circulation compares its version with, and how much differs.
    record Scope(String title, @Nullable String baseApprovalId, @Nullable Integer baseVersionNumber, int changedBlocks, int totalBlocks) {}

    record Circulation(
            int number,
            int versionNumber,
            String versionSha256,
            @Nullable String renditionSha256,
            @Nullable String reason,
            @Nullable String note,
            String startedBy,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable CirculationOutcome outcome,
            Scope scope) {}

    record GivenVerdict(Verdict verdict, String personId, @Nullable String comment, Instant at, String signatureId) {}

    record Task(String id, int circulation, Discipline discipline, @Nullable Instant dueAt, @Nullable GivenVerdict given) {}

    private static final String JOB = """
            select job.id, job.code, job.item_id, job.locale, job.market, job.date_of_preparation, job.opened_by, job.opened_at,
                   job.due_at, job.state, circulation.number, circulation.version_number, circulation.version_sha256,
                   circulation.rendition_sha256
              from review_job job
              join lateral (select number, version_number, version_sha256, rendition_sha256 from review_circulation
                             where job_id = job.id order by number desc limit 1) circulation on true
            """;

    private final JdbcClient jdbc;

    ReviewLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ReviewJob> findByCode(String code) {
        return jdbc.sql(JOB + " where job.code = :code").param("code", code).query((row, _) -> job(row)).optional();
    }

    List<String> listIdsOf(String itemId) {
        return jdbc.sql("select id from review_job where item_id = :item order by opened_at").param("item", itemId).query((row, _) -> row.getString("id")).list();
    }

    /// The job as it is once nobody else may change it: the row is locked until the transaction ends, and everything is
    /// read after the lock was had. One joined `for update` would show the circulation as it was before the wait.
    Optional<ReviewJob> lock(String code) {
        var locked = jdbc.sql("select id from review_job where code = :code for update").param("code", code).query(String.class).optional();
        return locked.isEmpty() ? Optional.empty() : findByCode(code);
    }

    /// The open job of an item, locale and market, locked; there is at most one (unique index `review_job_open`).
    Optional<ReviewJob> lockOpen(String itemId, String locale, String market) {
        return jdbc.sql("""
                        select code from review_job
                         where item_id = :item and locale = :locale and market = :market
                           and state in ('in-review', 'revise-and-resubmit')
                           for update
                        """)
                .param("item", itemId).param("locale", locale).param("market", market)
                .query(String.class).optional()
                .flatMap(this::findByCode);
    }

    /// Of each market the newest job of an item and locale that a draft may go on from: open, or cancelled since nothing came of it.
    List<ReviewJob> listGoingOn(String itemId, String locale) {
        return jdbc.sql(JOB + """
                         where job.item_id = :item and job.locale = :locale and job.state <> 'certified'
                           and not exists (select 1 from review_job later
                                            where later.item_id = job.item_id and later.locale = job.locale and later.market = job.market
                                              and (later.opened_at, later.id) > (job.opened_at, job.id))
                         order by job.market
                        """)
                .param("item", itemId).param("locale", locale)
                .query((row, _) -> job(row)).list();
    }

    /// The next number of a market's year; the counter row is locked until the transaction ends, so codes have no gaps
    /// and are never given twice.
    int nextNumber(String market, int year) {
        return jdbc.sql("""
                        insert into review_job_code_counter (market, year, value) values (:market, :year, 1)
                        on conflict (market, year) do update set value = review_job_code_counter.value + 1
                        returning value
                        """)
                .param("market", market).param("year", year)
                .query(Integer.class).single();
    }

    void open(String id, String code, String itemId, String locale, String market, String dateOfPreparation, String openedBy,
            Instant openedAt, @Nullable Instant dueAt) {
        jdbc.sql("""
                        insert into review_job (id, code, item_id, locale, market, date_of_preparation, opened_by, opened_at, due_at, state)
                        values (:id, :code, :item, :locale, :market, :prepared, :by, :at, :due, 'in-review')
                        """)
                .param("id", id).param("code", code).param("item", itemId).param("locale", locale).param("market", market)
                .param("prepared", dateOfPreparation).param("by", openedBy).param("at", Rows.timestamp(openedAt))
                .param("due", Rows.timestamp(dueAt))
                .update();
    }

    /// A revised text goes round again: the date of preparation is that of the revision (EU-5).
    void reopen(String id, String dateOfPreparation, @Nullable Instant dueAt) {
        jdbc.sql("update review_job set state = 'in-review', date_of_preparation = :prepared, due_at = :due where id = :id")
                .param("id", id).param("prepared", dateOfPreparation).param("due", Rows.timestamp(dueAt))
                .update();
    }

    void startCirculation(String jobId, Circulation circulation, Collection<Discipline> disciplines, @Nullable Instant dueAt) {
        var scope = circulation.scope();
        jdbc.sql("""
                        insert into review_circulation (job_id, number, version_number, version_sha256, rendition_sha256, reason, note,
                          started_by, started_at, title, base_approval_id, base_version_number, changed_blocks, total_blocks)
                        values (:job, :number, :version, :sha256, :rendition, :reason, :note, :by, :at, :title, :approval, :base, :changed, :total)
                        """)
                .param("job", jobId).param("number", circulation.number()).param("version", circulation.versionNumber())
                .param("sha256", circulation.versionSha256()).param("rendition", circulation.renditionSha256()).param("reason", circulation.reason()).param("note", circulation.note())
                .param("by", circulation.startedBy()).param("at", Rows.timestamp(circulation.startedAt()))
                .param("title", scope.title()).param("approval", scope.baseApprovalId()).param("base", scope.baseVersionNumber())
                .param("changed", scope.changedBlocks()).param("total", scope.totalBlocks())
                .update();
        for (var discipline : disciplines) {
            jdbc.sql("""
                            insert into review_task (id, job_id, circulation, discipline, due_at)
                            values (:id, :job, :number, :discipline, :due)
                            """)
                    .param("id", Ids.next("tsk")).param("job", jobId).param("number", circulation.number())
                    .param("discipline", discipline.code()).param("due", Rows.timestamp(dueAt))
                    .update();
        }
    }

    /// Ends the current circulation and moves its job: where a job stands is the one thing about it that changes.
    void endCirculation(ReviewJob job, CirculationOutcome outcome, JobState state, Instant now) {
        jdbc.sql("update review_circulation set ended_at = :now, outcome = :outcome where job_id = :job and number = :number and ended_at is null")
                .param("job", job.id()).param("number", job.circulation()).param("outcome", Kebab.of(outcome))
                .param("now", Rows.timestamp(now))
                .update();
        var closes = switch (state) {
            case IN_REVIEW, REVISE_AND_RESUBMIT -> false;
            case CERTIFIED, CANCELLED -> true;
        };
        jdbc.sql("update review_job set state = :state, closed_at = :closed where id = :job")
                .param("job", job.id()).param("state", Kebab.of(state)).param("closed", Rows.timestamp(closes ? now : null))
                .update();
    }

    void giveVerdict(String taskId, GivenVerdict given) {
        jdbc.sql("""
                        insert into review_verdict (task_id, person_id, verdict, comment, given_at, signature_id)
                        values (:task, :person, :verdict, :comment, :at, :signature)
                        """)
                .param("task", taskId).param("person", given.personId()).param("verdict", given.verdict().code())
                .param("comment", given.comment()).param("at", Rows.timestamp(given.at())).param("signature", given.signatureId())
                .update();
    }

    /// All circulations, the first one first.
    List<Circulation> listCirculations(String jobId) {
        return jdbc.sql("""
                        select number, version_number, version_sha256, rendition_sha256, reason, note, started_by, started_at, ended_at, outcome,
                               title, base_approval_id, base_version_number, changed_blocks, total_blocks
                          from review_circulation where job_id = :job order by number
                        """)
                .param("job", jobId)
                .query((row, _) -> circulation(row)).list();
    }

    /// The tasks of all circulations with their verdicts, in the order of circulations and disciplines.
    List<Task> listTasks(String jobId) {
        return jdbc.sql("""
                        select task.id, task.circulation, task.discipline, task.due_at,
                               verdict.verdict, verdict.person_id, verdict.comment, verdict.given_at, verdict.signature_id
                          from review_task task left join review_verdict verdict on verdict.task_id = task.id
                         where task.job_id = :job
                         order by task.circulation, array_position(array['medical', 'legal', 'regulatory'], task.discipline)
                        """)
                .param("job", jobId)
                .query((row, _) -> task(row)).list();
    }

    /// Whoever developed what the job is about: its writers, those of the locales it derives from, its submitters (UK-2).
    Set<String> developers(String jobId) {
        return jdbc.sql("select review_developers(:job) as person_id").param("job", jobId)
                .query((row, _) -> row.getString("person_id")).set();
    }

    /// Some people in office who could take the discipline's task: role, brand and market fit, and no developer of the text.
    ///
    /// @param atMost as many as there are disciplines are enough to tell whether each can have a person of its own
    List<String> whoCanTake(Discipline discipline, @Nullable String brand, String market, Collection<String> developers, int atMost) {
        return jdbc.sql("""
                        select id from person
                         where suspended_at is null and :role = any(roles)
                           and (:brand::text is null or '*' = any(brands) or :brand = any(brands))
                           and ('*' = any(markets) or :market = any(markets))
                           and not id = any(:developers)
                         order by id limit :atMost
                        """)
                .param("role", Kebab.of(discipline.role())).param("brand", brand).param("market", market)
                .param("developers", developers.toArray(String[]::new)).param("atMost", atMost)
                .query((row, _) -> row.getString("id")).list();
    }

    private static ReviewJob job(ResultSet row) throws SQLException {
        return new ReviewJob(row.getString("id"), row.getString("code"), row.getString("item_id"), row.getString("locale"),
                row.getString("market"), row.getString("date_of_preparation"), row.getString("opened_by"),
                Rows.instant(row, "opened_at"), Rows.instantOrNull(row, "due_at"), Kebab.parse(JobState.class, row.getString("state")),
                row.getInt("number"), row.getInt("version_number"), row.getString("version_sha256"), row.getString("rendition_sha256"));
    }

    private static Circulation circulation(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        return new Circulation(row.getInt("number"), row.getInt("version_number"), row.getString("version_sha256"),
                row.getString("rendition_sha256"), row.getString("reason"), row.getString("note"), row.getString("started_by"), Rows.instant(row, "started_at"),
                Rows.instantOrNull(row, "ended_at"), outcome == null ? null : Kebab.parse(CirculationOutcome.class, outcome),
                new Scope(row.getString("title"), row.getString("base_approval_id"), Rows.integerOrNull(row, "base_version_number"),
                        row.getInt("changed_blocks"), row.getInt("total_blocks")));
    }

    private static Task task(ResultSet row) throws SQLException {
        var verdict = row.getString("verdict");
        var given = verdict == null ? null : new GivenVerdict(Kebab.parse(Verdict.class, verdict), row.getString("person_id"),
                row.getString("comment"), Rows.instant(row, "given_at"), row.getString("signature_id"));
        return new Task(row.getString("id"), row.getInt("circulation"), Kebab.parse(Discipline.class, row.getString("discipline")),
                Rows.instantOrNull(row, "due_at"), given);
    }
}
