package io.throughline.audit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The acts of one running transaction, written to the chain when it is about to commit.
final class PendingEntries implements TransactionSynchronization {

    private final Object key;
    private final AuditLedger ledger;
    private final List<AuditEntry> acts = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();
    private boolean committing;

    PendingEntries(Object key, AuditLedger ledger) {
        this.key = key;
        this.ledger = ledger;
    }

    void add(AuditEntry act) {
        if (committing) {
            ledger.append(List.of(act));
        } else {
            acts.add(act);
        }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        committing = true;
        if (!acts.isEmpty()) {
            ledger.append(acts);
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
