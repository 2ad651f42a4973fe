package io.throughline.audit;

import io.throughline.shared.Actor;
import io.throughline.shared.Page;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

/// The trail of who did what, append-only and hash-chained (P11-3); each subject has a chain of its own.
///
/// Entries are collected while the transaction runs and written at its end, just before the commit: they commit or vanish
/// with the act, and the chains' heads are locked for milliseconds only, after every other lock and in one order, so they can't deadlock.
@Service
public class AuditTrail {

    private static final int PIECE = 1_000;

    private final AuditLedger ledger;
    private final AnchorLedger anchors;
    private final Clock clock;

    AuditTrail(AuditLedger ledger, AnchorLedger anchors, Clock clock) {
        this.ledger = ledger;
        this.anchors = anchors;
        this.clock = clock;
    }

    /// Records an act inside the caller's transaction; there is none without one.
    ///
    /// @param action noun and verb in the past, `draft.saved`
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(
            Actor actor,
            String action,
            String subjectType,
            String subjectId,
            @Nullable String reason,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {
        var act = AuditEntry.act(clock.instant().truncatedTo(ChronoUnit.MICROS), actor, action, subjectType, subjectId, reason,
                present(before), present(after));
        pending().add(act);
    }

    /// Records that an act was refused, in a transaction of its own: the refused act's is about to be rolled back (P11-5).
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordRefusal(Actor actor, String action, String subjectType, String subjectId, String reason) {
        record(actor, action, subjectType, subjectId, reason, null, null);
    }

    /// Walks every chain; one snapshot, so entries written meanwhile don't matter.
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify() {
        return verify(_ -> {});
    }

    /// @param progress hears how many entries were looked at since it heard last
    Verification verify(LongConsumer progress) {
        return new ChainWalk(ledger, progress).verify();
    }

    /// Newest first; `limit` 1 to 200, `after` is the cursor of the page before.
    @Transactional(readOnly = true)
    public Page<AuditEntry> list(AuditFilter filter, int limit, @Nullable Long after) {
        var entries = ledger.list(filter, after == null ? Long.MAX_VALUE : after, limit + 1);
        if (entries.size() <= limit) {
            return new Page<>(entries, null, null);
        }
        var page = entries.subList(0, limit);
        return new Page<>(page, Long.toString(page.getLast().number()), null);
    }

    /// Everything about any of the subjects, oldest first: the history of an item with its jobs and publications.
    @Transactional(readOnly = true)
    public List<AuditEntry> listFor(List<AuditSubject> subjects) {
        return ledger.listFor(subjects);
    }

    /// Taking the whole trail out of the house is an act of its own (A11-3).
    @Transactional
    void recordExport(Actor actor) {
        record(actor, "audit.exported", "audit", "trail", null, null, null);
    }

    /// Every entry that is there by now, by number, for the export; none that another transaction is still to commit is skipped.
    void forEach(Consumer<AuditEntry> export) {
        long last = anchors.settled();
        long number = 0;
        for (var piece = ledger.listAfter(0, last, PIECE); !piece.isEmpty(); piece = ledger.listAfter(number, last, PIECE)) {
            piece.forEach(export);
            number = piece.getLast().number();
        }
    }

    private PendingEntries pending() {
        if (TransactionSynchronizationManager.getResource(this) instanceof PendingEntries pending) {
            return pending;
        }
        var pending = new PendingEntries(this, ledger);
        TransactionSynchronizationManager.bindResource(this, pending);
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private static @Nullable JsonNode present(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode() ? null : value.deepCopy();
    }
}
