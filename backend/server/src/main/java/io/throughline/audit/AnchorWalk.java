package io.throughline.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Holds the trail against the roots that were signed and kept outside the database, down to the last of them: a chain that was cut or
/// computed anew can't lead to the same roots (P11-1). Runs inside the caller's snapshot, in pieces.
final class AnchorWalk {

    /// @param roots      that a known key signed
    /// @param lastNumber of the last of them; 0 when there is none
    /// @param unanchored entries that no root binds yet
    /// @param oldest     when the first of those was written
    record Anchored(long roots, long lastNumber, @Nullable Instant lastAt, long unanchored, @Nullable Instant oldest) {}

    static final String ROOT = "root";
    static final String ENTRY = "entry";

    private static final int ROOTS = 500;
    private static final int LEAVES = 2_000;
    private static final long NUMBERS = 50_000;

    private final AnchorLedger ledger;
    private final AnchorKey key;
    private final AnchorFile file;
    private final Consumer<RecordFinding> findings;
    private final LongConsumer progress;
    private final long anchored;

    private @Nullable AnchoredRoot trusted;

    /// @param anchored [AnchorFile#lastNumber] of before the database's snapshot was taken: what is appended later is not in it
    /// @param progress hears how many leaves were looked at since it heard last
    AnchorWalk(AnchorLedger ledger, AnchorKey key, AnchorFile file, long anchored, Consumer<RecordFinding> findings, LongConsumer progress) {
        this.ledger = ledger;
        this.key = key;
        this.file = file;
        this.findings = findings;
        this.progress = progress;
        this.anchored = anchored;
    }

    Anchored verify() {
        roots();
        long upTo = 0;
        var last = trusted;
        if (last != null) {
            upTo = last.upTo();
            leaves(last.number());
            unbound(upTo);
        }
        var remainder = ledger.after(upTo);
        return new Anchored(last == null ? 0 : last.number(), last == null ? 0 : last.number(), last == null ? null : last.at(),
                remainder.count(), remainder.oldest());
    }

    /// The signed roots follow each other, and are the same here, in this node's file and in the second directory.
    private void roots() {
        var installation = ledger.installation();
        var previous = AuditEntry.NO_HASH;
        long number = 0;
        boolean copied = false;
        try (var lines = file.open().orElseGet(() -> new BufferedReader(Reader.nullReader()))) {
            for (var piece = ledger.listLinesAfter(0, ROOTS); !piece.isEmpty(); piece = ledger.listLinesAfter(number, ROOTS)) {
                for (var line : piece) {
                    number = line.number();
                    var kept = lines.readLine();
                    if (kept != null && !kept.equals(line.text())) {
                        find(number, "the root in the database is not the one in the anchor file: the trail was computed anew, or cut");
                        return;
                    }
                    var root = parse(line.text());
                    if (root == null || root.number() != number || number != (trusted == null ? 0 : trusted.number()) + 1
                            || !root.previous().equals(previous) || !root.installation().equals(installation)) {
                        find(number, "the root does not follow the one before it");
                        return;
                    }
                    if (!key.verifies(root)) {
                        find(number, key.knows(root.key()) ? "the root's signature is not valid"
                                : "the root was signed with the key %s, which this node does not know; if it is another node's, list it in THROUGHLINE_AUDIT_TRUSTED_KEYS"
                                        .formatted(root.key()));
                        return;
                    }
                    var copy = file.findCopy(number);
                    copied |= copy.isPresent();
                    if (copied && !copy.map(it -> it.equals(line.text())).orElse(false)) {
                        find(number, copy.isPresent() ? "the copy of the root in the second directory says something else" : "the copy of the root in the second directory is missing");
                    }
                    previous = AnchoredRoot.hash(line.text());
                    trusted = root;
                }
            }
            var beyond = lines.readLine();
            if (beyond == null) {
                beyond = file.findCopy(number + 1).orElse(null);
            }
            if (beyond != null && number < anchored) {
                var root = parse(beyond);
                find(number + 1, root == null ? "a line of the anchor file is not a root"
                        : "the root of %s was anchored and is not in the database: the trail was cut, or an older copy of it restored".formatted(root.at()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the anchor file can't be read", unreadable);
        }
    }

    /// What the roots bind is there as it was bound.
    private void leaves(long lastRoot) {
        var stream = "";
        long root = 0;
        AnchoredRoot bound = null;
        var tree = new MerkleTree();
        long count = 0;
        for (var piece = ledger.listLeavesAfter(root, stream, LEAVES); !piece.isEmpty(); piece = ledger.listLeavesAfter(root, stream, LEAVES)) {
            for (var leaf : piece) {
                if (leaf.root() > lastRoot) {
                    break;
                }
                if (bound == null || leaf.root() != bound.number()) {
                    close(bound, tree, count);
                    close(root + 1, leaf.root());
                    bound = ledger.get(leaf.root());
                    tree = new MerkleTree();
                    count = 0;
                }
                root = leaf.root();
                stream = leaf.stream();
                tree.add(MerkleTree.leaf(stream, leaf.position(), leaf.hash()));
                count++;
                if (!leaf.hash().equals(leaf.entryHash())) {
                    findings.accept(new RecordFinding(ENTRY, leaf.stream() + "/" + leaf.position(), leaf.entryHash() == null
                            ? "root %d binds this entry, and it is missing".formatted(root) : "root %d binds this entry with another hash".formatted(root),
                            bound.at()));
                }
            }
            progress.accept(piece.size());
            var end = piece.getLast();
            if (end.root() > lastRoot) {
                break;
            }
        }
        close(bound, tree, count);
        close(root + 1, lastRoot + 1);
    }

    private void close(@Nullable AnchoredRoot root, MerkleTree tree, long leaves) {
        if (root != null && (root.leaves() != leaves || !root.merkleRoot().equals(tree.root()))) {
            findings.accept(new RecordFinding(ROOT, Long.toString(root.number()), "what the root binds is not what it was signed for: %d heads, %d were signed"
                    .formatted(leaves, root.leaves()), root.at()));
        }
    }

    /// Roots of which no leaf is left.
    private void close(long from, long until) {
        for (long number = from; number < until; number++) {
            find(number, "what the root binds is missing");
        }
    }

    /// An entry with a number that a root covers was there when it was made, or it was slipped in later.
    private void unbound(long upTo) {
        for (long from = Long.MIN_VALUE, until = 0; from < upTo; from = until, until = Math.min(until + NUMBERS, upTo)) {
            for (var entry : ledger.listUnbound(from, until)) {
                findings.accept(new RecordFinding(ENTRY, Long.toString(entry), "no root binds this entry, though a later one exists: it was inserted afterwards",
                        Objects.requireNonNull(trusted).at()));
            }
        }
    }

    private void find(long root, String what) {
        findings.accept(new RecordFinding(ROOT, Long.toString(root), what, trusted == null ? null : trusted.at()));
    }

    private static @Nullable AnchoredRoot parse(String line) {
        try {
            return AnchoredRoot.parse(line);
        } catch (JacksonException unreadable) {
            return null;
        }
    }
}
