package io.throughline.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Verifies everything that is kept as a record, in one snapshot of the database: the chains, the roots outside, every row of every
/// kind against what was recorded when it was written, and what must hold between them (P11-1).
@Service
class RecordVerifier {

    private static final int KEPT_FINDINGS = 100;
    private static final int FETCHED = 500;
    private static final long REPORTED_EVERY = 1_000_000_000; // nanoseconds

    private final AuditTrail trail;
    private final AnchorLedger roots;
    private final AnchorKey key;
    private final AnchorFile file;
    private final AuditedKinds kinds;
    private final List<RecordCheck> checks;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;

    RecordVerifier(AuditTrail trail, AnchorLedger roots, AnchorKey key, AnchorFile file, AuditedKinds kinds, ObjectProvider<AuditedRecords> records,
            DataSource database, PlatformTransactionManager transactions) {
        this.trail = trail;
        this.roots = roots;
        this.key = key;
        this.file = file;
        this.kinds = kinds;
        this.checks = records.stream().flatMap(it -> it.checks().stream()).toList();
        this.jdbc = new JdbcTemplate(database);
        jdbc.setFetchSize(FETCHED);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// @param lastIntact by kind, the beginning of the last verification that found nothing wrong with it
    /// @param reported   hears about once a second how far it is, on the caller's thread
    VerificationReport verify(Map<String, Instant> lastIntact, Consumer<VerificationReport> reported) {
        // a root is in the database before it is appended: what stands in the file now is in the snapshot
        long anchored = file.lastNumber();
        return Objects.requireNonNull(snapshot.execute(_ -> {
            jdbc.execute("set local timezone = 'UTC'");
            return new Run(lastIntact, reported).verify(anchored);
        }));
    }

    private final class Run {

        private static final class Counted {
            VerificationReport.State state = VerificationReport.State.WAITING;
            long checked;
            long findings;
        }

        private final Map<String, Instant> lastIntact;
        private final Consumer<VerificationReport> reported;
        private final Map<String, Counted> counted = new LinkedHashMap<>();
        private final List<RecordFinding> findings = new ArrayList<>();
        private VerificationReport.@Nullable Chain chain;
        private VerificationReport.@Nullable Anchor anchor;
        private String current = AnchorWalk.ENTRY;
        private long reportedAt = System.nanoTime();

        Run(Map<String, Instant> lastIntact, Consumer<VerificationReport> reported) {
            this.lastIntact = lastIntact;
            this.reported = reported;
            List.of(AnchorWalk.ENTRY, AnchorWalk.ROOT, RecordWalk.RECORD, RecordWalk.GUARD).forEach(it -> counted.put(it, new Counted()));
            kinds.list().forEach(it -> counted.put(it.name(), new Counted()));
        }

        VerificationReport verify(long anchoredBefore) {
            var rows = new RecordWalk(jdbc, this::find, this::progress);
            begin(AnchorWalk.ENTRY);
            switch (trail.verify(this::progress)) {
                case Verification.Intact(var count, var headHash) -> chain = new VerificationReport.Chain(count, headHash, null, null);
                case Verification.Broken(var number, var reason) -> {
                    chain = new VerificationReport.Chain(null, null, number, reason);
                    find(new RecordFinding(AnchorWalk.ENTRY, Long.toString(number), reason, null));
                }
            }
            begin(AnchorWalk.ROOT);
            var anchored = new AnchorWalk(roots, key, file, anchoredBefore, this::find, this::progress).verify();
            anchor = new VerificationReport.Anchor(anchored.roots(), anchored.lastAt(), anchored.unanchored(), anchored.oldest());
            begin(RecordWalk.RECORD);
            rows.batches();
            begin(RecordWalk.GUARD);
            rows.guards(kinds.list());
            for (var kind : kinds.list()) {
                begin(kind.name());
                rows.rows(kind);
                checks.stream().filter(it -> it.kind().equals(kind.name())).forEach(rows::check);
            }
            counted.values().forEach(it -> it.state = it.findings == 0 ? VerificationReport.State.INTACT : VerificationReport.State.BROKEN);
            return report();
        }

        private void begin(String kind) {
            var before = count(current);
            before.state = before.findings == 0 ? VerificationReport.State.INTACT : VerificationReport.State.BROKEN;
            current = kind;
            count(kind).state = VerificationReport.State.RUNNING;
        }

        private Counted count(String kind) {
            return counted.computeIfAbsent(kind, _ -> new Counted());
        }

        private void progress(long rows) {
            count(current).checked += rows;
            if (System.nanoTime() - reportedAt > REPORTED_EVERY) {
                reportedAt = System.nanoTime();
                reported.accept(report());
            }
        }

        private void find(RecordFinding finding) {
            if (++count(finding.kind()).findings <= KEPT_FINDINGS) {
                var intact = lastIntact.get(finding.kind());
                var since = finding.since();
                findings.add(intact == null || since != null && since.isAfter(intact) ? finding
                        : new RecordFinding(finding.kind(), finding.id(), finding.what(), intact));
            }
        }

        private VerificationReport report() {
            return new VerificationReport(chain, anchor, counted.entrySet().stream()
                    .map(it -> new VerificationReport.Kind(it.getKey(), it.getValue().state, it.getValue().checked, it.getValue().findings)).toList(),
                    List.copyOf(findings));
        }
    }
}
