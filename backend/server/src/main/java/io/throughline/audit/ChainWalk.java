package io.throughline.audit;

import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A walk over every entry of every chain, in pieces, inside the caller's snapshot: an entry that was altered, deleted, inserted or
/// moved, and a chain whose end was cut off (P11-1).
final class ChainWalk {

    private static final int PIECE = 1_000;

    private final AuditLedger ledger;
    private final LongConsumer progress;
    private final MerkleTree heads = new MerkleTree();
    private long count;

    ChainWalk(AuditLedger ledger, LongConsumer progress) {
        this.ledger = ledger;
        this.progress = progress;
    }

    Verification verify() {
        var broken = oneChain();
        if (broken == null) {
            broken = streams();
        }
        if (broken == null) {
            broken = ledger.findEmptiedStream().map(it -> new Verification.Broken(it.getValue(), "every entry of %s is missing".formatted(it.getKey())))
                    .orElse(null);
        }
        return broken == null ? new Verification.Intact(count, heads.root()) : broken;
    }

    /// The chain from before there were streams.
    private Verification.@Nullable Broken oneChain() {
        long number = 0;
        var hash = AuditEntry.NO_HASH;
        for (var piece = ledger.listOneChainAfter(0, PIECE); !piece.isEmpty(); piece = ledger.listOneChainAfter(number, PIECE)) {
            progress.accept(piece.size());
            for (var entry : piece) {
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
                count++;
            }
        }
        var head = ledger.headOfTheOneChain();
        if (head.number() != number || !head.hash().equals(hash)) {
            return new Verification.Broken(number + 1, "the chain ends at entry %d, its head says %d".formatted(number, head.number()));
        }
        if (number > 0) {
            heads.add(MerkleTree.leaf("", number, hash));
        }
        return null;
    }

    private Verification.@Nullable Broken streams() {
        AuditLedger.@Nullable Link last = null;
        for (var piece = ledger.listLinksAfter("", 0, PIECE); !piece.isEmpty(); ) {
            progress.accept(piece.size());
            for (var link : piece) {
                var entry = link.entry();
                if (last != null && !stream(entry).equals(stream(last.entry()))) {
                    var cut = cut(last);
                    if (cut != null) {
                        return cut;
                    }
                    last = null;
                }
                long position = last == null ? 0 : position(last.entry());
                var hash = last == null ? AuditEntry.NO_HASH : last.entry().hash();
                if (position(entry) != position + 1) {
                    return new Verification.Broken(entry.number(), "before entry %d, entry %d of %s is missing"
                            .formatted(entry.number(), position + 1, stream(entry)));
                }
                if (!entry.previousHash().equals(hash)) {
                    return new Verification.Broken(entry.number(), "entry %d does not follow the one before it in %s".formatted(entry.number(), stream(entry)));
                }
                if (!entry.expectedHash().equals(entry.hash())) {
                    return new Verification.Broken(entry.number(), "entry %d was changed after it was written".formatted(entry.number()));
                }
                last = link;
                count++;
            }
            var end = piece.getLast().entry();
            piece = ledger.listLinksAfter(stream(end), position(end), PIECE);
        }
        return last == null ? null : cut(last);
    }

    /// Whether the stream goes on after what is its last entry here.
    private Verification.@Nullable Broken cut(AuditLedger.Link last) {
        var entry = last.entry();
        var head = last.head();
        if (head == null) {
            return new Verification.Broken(entry.number(), "%s has entries, and its head is missing".formatted(stream(entry)));
        }
        if (head.position() != position(entry) || !head.hash().equals(entry.hash())) {
            return new Verification.Broken(Math.max(head.number(), entry.number()), "%s ends at its entry %d, its head says %d"
                    .formatted(stream(entry), position(entry), head.position()));
        }
        heads.add(MerkleTree.leaf(stream(entry), position(entry), entry.hash()));
        return null;
    }

    private static String stream(AuditEntry entry) {
        return Objects.requireNonNull(entry.stream());
    }

    private static long position(AuditEntry entry) {
        return Objects.requireNonNull(entry.position());
    }
}
