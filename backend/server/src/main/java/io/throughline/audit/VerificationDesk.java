package io.throughline.audit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs verifications, one at a time in the whole installation, and keeps what they said.
///
/// A finding is an alarm: the log has it as an error, and the trail as an act.
@Service
class VerificationDesk {

    /// @param state `running`, `intact`, `broken`, or `failed`: it could not be carried to its end
    record Run(String id, String startedBy, Instant startedAt, @Nullable Instant finishedAt, String state, VerificationReport report) {

        boolean isRunning() {
            return state.equals("running");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(VerificationDesk.class);
    /// Without a sign of life for so long, the node that ran it is gone. Longer than a statement may take.
    private static final Duration GIVEN_UP = Duration.ofMinutes(3);
    private static final int KEPT = 100;

    private final RecordVerifier verifier;
    private final Anchors anchors;
    private final AuditTrail trail;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final TransactionTemplate separate; // on a connection of its own: a verification's own transaction is a snapshot that only reads
    private final Clock clock;

    VerificationDesk(RecordVerifier verifier, Anchors anchors, AuditTrail trail, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.verifier = verifier;
        this.anchors = anchors;
        this.trail = trail;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.separate = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /// Starts a run, or answers the one that is running.
    Run start(Actor actor) {
        var id = open(actor);
        id.ifPresent(it -> Thread.ofVirtual().name("audit-verification").start(() -> run(it)));
        return findLast().orElseThrow();
    }

    /// Runs to the end, unless one is running.
    void runNow(Actor actor) {
        open(actor).ifPresent(this::run);
    }

    Optional<Run> findLast() {
        return jdbc.sql("select * from audit_verification order by started_at desc, id desc limit 1").query(VerificationDesk::run).optional();
    }

    Run get(String id) {
        return jdbc.sql("select * from audit_verification where id = :id").param("id", id).query(VerificationDesk::run).single();
    }

    private Optional<String> open(Actor actor) {
        var id = Ids.next("avr");
        return Optional.ofNullable(transactions.execute(_ -> {
            jdbc.sql("""
                            update audit_verification set state = 'failed', finished_at = heartbeat_at where state = 'running' and heartbeat_at < :lost
                            """).param("lost", now().minus(GIVEN_UP)).update();
            jdbc.sql("delete from audit_verification where id in (select id from audit_verification order by started_at desc offset :kept)")
                    .param("kept", KEPT).update();
            return jdbc.sql("""
                            insert into audit_verification (id, started_by, started_at, heartbeat_at, state, report)
                            values (:id, :by, :now, :now, 'running', :report::jsonb)
                            on conflict ((true)) where state = 'running' do nothing
                            """)
                    .param("id", id).param("by", actor.displayName()).param("now", now()).param("report", Json.text(VerificationReport.EMPTY))
                    .update() == 1 ? id : null;
        }));
    }

    private void run(String id) {
        try {
            try {
                anchors.catchUp();
            } catch (RuntimeException differs) {
                LOG.error("The anchor file can't be completed: {}", differs.getMessage()); // what differs is found below
            }
            var report = verifier.verify(lastIntact(), it -> keep(id, "running", null, it));
            keep(id, report.isIntact() ? "intact" : "broken", now(), report);
            if (!report.isIntact()) {
                alarm(id, report);
            }
        } catch (RuntimeException failed) {
            LOG.error("The verification {} of the audit trail could not be carried to its end", id, failed);
            keep(id, "failed", now(), get(id).report());
        }
    }

    private void alarm(String id, VerificationReport report) {
        var counts = Json.object().put("verification", id);
        report.kinds().stream().filter(it -> it.findings() > 0).forEach(it -> counts.put(it.kind(), it.findings()));
        LOG.error("The verification {} of the audit trail found records that are not as they were made: {}", id, counts);
        transactions.executeWithoutResult(_ -> trail.record(Actor.system(), "audit.verification-broken", "audit", "verification", null, null, counts));
    }

    private void keep(String id, String state, @Nullable OffsetDateTime finishedAt, VerificationReport report) {
        separate.executeWithoutResult(_ -> jdbc.sql("""
                        update audit_verification set state = :state, finished_at = :finished::timestamptz, heartbeat_at = :now, report = :report::jsonb
                         where id = :id and state = 'running'
                        """)
                .param("id", id).param("state", state).param("finished", finishedAt).param("now", now()).param("report", Json.text(report)).update());
    }

    /// By kind, the beginning of the last run that found nothing wrong with it.
    private Map<String, Instant> lastIntact() {
        var last = new HashMap<String, Instant>();
        jdbc.sql("""
                        select kind ->> 'kind' as kind, max(started_at) as at
                          from audit_verification, jsonb_array_elements(report -> 'kinds') as kind
                         where state in ('intact', 'broken') and kind ->> 'state' = 'intact' group by 1
                        """)
                .query(row -> {
                    last.put(row.getString("kind"), row.getObject("at", OffsetDateTime.class).toInstant());
                });
        return last;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        var finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Run(row.getString("id"), row.getString("started_by"), row.getObject("started_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant(), row.getString("state"), Json.mapper().readValue(row.getString("report"), VerificationReport.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Job {

        @Bean
        RecurringTask<Void> auditVerification(VerificationDesk desk) {
            return Tasks.recurring("audit-verification", Schedules.daily(ZoneOffset.UTC, LocalTime.of(2, 40)))
                    .execute((_, _) -> desk.runNow(Actor.system()));
        }
    }
}
