package io.throughline.audit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The acts of one running transaction, written to their chains when it is about to commit.
final class PendingEntries implements TransactionSynchronization {

    private final Object key;
    private final AuditLedger ledger;
    private final List<AuditEntry> acts = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();
    private @Nullable String held; // a stream whose head this transaction has locked

    PendingEntries(Object key, AuditLedger ledger) {
        this.key = key;
        this.ledger = ledger;
    }

    void add(AuditEntry act) {
        if (held == null) {
            acts.add(act);
        } else {
            // not into its own stream: that would be a lock out of the order, with which two transactions could wait for each other
            ledger.append(held, act);
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!acts.isEmpty()) {
            held = ledger.append(acts);
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, acts.size());
    }

    /// What was undone back to a savepoint never happened.
    @Override
    public void savepointRollback(Object savepoint) {
        var kept = savepoints.getOrDefault(savepoint, 0);
        acts.subList(kept, acts.size()).clear();
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResource(key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(key, this);
    }

    @Override
    public void beforeCompletion() {
        TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }
}
