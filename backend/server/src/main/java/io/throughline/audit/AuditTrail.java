package io.throughline.audit;

import io.throughline.shared.Actor;
import io.throughline.shared.Page;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

/// The trail of who did what, append-only and hash-chained (P11-3).
///
/// Entries are collected while the transaction runs and written at its end, just before the commit: they commit or vanish
/// with the act, and the chain's head is locked for milliseconds only, after every other lock, so it can't deadlock.
@Service
public class AuditTrail {

    private final AuditLedger ledger;
    private final Clock clock;

    AuditTrail(AuditLedger ledger, Clock clock) {
        this.ledger = ledger;
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
        var act = new AuditEntry(0, clock.instant().truncatedTo(ChronoUnit.MICROS), new AuditEntry.AuditActor(actor.id(), actor.displayName()), action,
                subjectType, subjectId, reason, present(before), present(after), AuditEntry.NO_HASH, AuditEntry.NO_HASH);
        pending().add(act);
    }

    /// Records that an act was refused, in a transaction of its own: the refused act's is about to be rolled back (P11-5).
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordRefusal(Actor actor, String action, String subjectType, String subjectId, String reason) {
        record(actor, action, subjectType, subjectId, reason, null, null);
    }

    /// Walks the whole chain; one snapshot, so entries written meanwhile don't matter.
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Verification verify() {
        long number = 0;
        var hash = AuditEntry.NO_HASH;
        while (true) {
            var entries = ledger.listAfter(number, 1_000);
            for (var entry : entries) {
                if (entry.number() != number + 1) {
                    return new Verification.Broken(number + 1, "entry %d is missing".formatted(number + 1));
                }
                if (!entry.previousHash().equals(hash)) {
                    return new Verification.Broken(entry.number(), "entry %d does not follow entry %d".formatted(entry.number(), number));
                }
                if (!entry.expectedHash().equals(entry.hash())) {
                    return new Verification.Broken(entry.number(), "entry %d was changed after it was written".formatted(entry.number()));
                }
                number = entry.number();
                hash = entry.hash();
            }
            if (entries.isEmpty()) {
                break;
            }
        }
        var head = ledger.head();
        if (head.number() != number || !head.hash().equals(hash)) {
            return new Verification.Broken(number + 1, "the chain ends at entry %d, its head says %d".formatted(number, head.number()));
        }
        return new Verification.Intact(number, hash);
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

    /// The chain in its order, a piece at a time, for the export: the `limit` entries after number `after`.
    @Transactional(readOnly = true)
    List<AuditEntry> listAfter(long after, int limit) {
        return ledger.listAfter(after, limit);
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

    static List<AuditEntry> chain(List<AuditEntry> acts, long headNumber, String headHash) {
        var entries = new ArrayList<AuditEntry>(acts.size());
        for (var act : acts) {
            var entry = new AuditEntry(++headNumber, act.at(), act.actor(), act.action(), act.subjectType(),
                    act.subjectId(), act.reason(), act.before(), act.after(), headHash, AuditEntry.NO_HASH).sealed();
            entries.add(entry);
            headHash = entry.hash();
        }
        return entries;
    }
}
