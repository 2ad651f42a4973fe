package io.throughline.audit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Binds the heads of all streams in a signed root each minute and keeps it outside the database (P11-1, see decision 27).
///
/// One node does it a minute. A minute in which nothing was recorded has no root.
@Service
class Anchors {

    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

    private final AnchorLedger ledger;
    private final AnchorKey key;
    private final AnchorFile file;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Anchors(AnchorLedger ledger, AnchorKey key, AnchorFile file, TransactionTemplate transactions, Clock clock) {
        this.ledger = ledger;
        this.key = key;
        this.file = file;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The new root, if anything was recorded since the one before.
    ///
    /// It goes into the database first and is then appended: a node that dies in between leaves a root that the next one appends.
    /// Nothing is built upon a database that lacks a root that stands in the file: then this throws, and goes on throwing until
    /// somebody has looked.
    Optional<AnchoredRoot> anchor() {
        catchUp();
        long upTo = ledger.settled();
        var made = transactions.execute(_ -> {
            ledger.lock();
            var previous = ledger.findLast();
            previous.ifPresent(this::refuseUnlessVerified);
            long from = previous.map(AnchoredRoot::upTo).orElse(0L);
            if (upTo <= from) {
                return Optional.<AnchoredRoot>empty();
            }
            long number = previous.map(AnchoredRoot::number).orElse(0L) + 1;
            var tree = new MerkleTree();
            long leaves = ledger.bind(number, from, upTo, tree);
            var root = new AnchoredRoot(number, clock.instant().truncatedTo(ChronoUnit.MICROS), ledger.installation(), upTo, leaves, tree.root(),
                    previous.map(it -> AnchoredRoot.hash(it.line())).orElse(AuditEntry.NO_HASH), key.publicHalf(), "").signedBy(key);
            ledger.insert(root);
            return Optional.of(root);
        });
        catchUp();
        return made;
    }

    /// Appends what other nodes signed, so that every node's file is the whole chain of roots.
    void catchUp() {
        while (true) {
            var last = file.findLast();
            last.ifPresent(this::refuseUnlessHeld);
            var missing = ledger.listAfter(last.map(AnchoredRoot::number).orElse(0L), 1_000).stream().takeWhile(key::verifies).toList();
            if (missing.isEmpty()) {
                return;
            }
            file.append(missing);
        }
    }

    /// To name a root as the one before is to vouch for it.
    private void refuseUnlessVerified(AnchoredRoot previous) {
        if (!key.verifies(previous)) {
            throw new IllegalStateException(("Root %d was signed with the key %s, which this node does not know, or it was altered since. If it is the key of "
                    + "another node, or of this one before it lost its own, give all nodes one THROUGHLINE_AUDIT_KEY, or list it in THROUGHLINE_AUDIT_TRUSTED_KEYS; "
                    + "this node's own is %s.").formatted(previous.number(), previous.key(), key.publicHalf()));
        }
    }

    private void refuseUnlessHeld(AnchoredRoot last) {
        if (!last.installation().equals(ledger.installation())) {
            throw new IllegalStateException("The anchor file %s belongs to another database. If this one is new, move the file away.".formatted(file.path()));
        }
        if (!ledger.find(last.number()).map(it -> it.equals(last.line())).orElse(false)) {
            throw new IllegalStateException(("Root %d stands in the anchor file %s, but not in the database: the trail was cut after %s, or an older copy was "
                    + "restored. Verify the trail; to go on from what is left, keep the file elsewhere and move it away.").formatted(last.number(), file.path(), last.at()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Job {

        @Bean
        RecurringTask<Void> auditAnchor(Anchors anchors) {
            return Tasks.recurring("audit-anchor", FixedDelay.ofMinutes(1)).execute((_, _) -> {
                try {
                    anchors.anchor();
                } catch (RuntimeException failed) {
                    LOG.error("The audit trail is not anchored: {}", failed.getMessage(), failed);
                }
            });
        }
    }
}
