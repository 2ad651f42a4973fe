package io.throughline.audit;

import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/// One SHA-256 over any number of leaves in their order, as RFC 9162, 2.1.1 builds it: leaves and nodes are told apart by their first
/// byte. It keeps one hash for each level, so a million leaves take no memory.
final class MerkleTree {

    private record Node(long leaves, byte[] hash) {}

    private final Deque<Node> nodes = new ArrayDeque<>(); // the largest complete trees, the newest first

    /// A head as a leaf: its stream (empty: the one chain from before), how many entries it has, and the last one's hash.
    static byte[] leaf(String stream, long position, String hash) {
        var digest = Sha256.digest();
        digest.update((byte) 0);
        return digest.digest("%s\n%d\n%s".formatted(stream, position, hash).getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] leaf) {
        var node = new Node(1, leaf);
        while (!nodes.isEmpty() && nodes.peek().leaves() == node.leaves()) {
            node = join(nodes.pop(), node);
        }
        nodes.push(node);
    }

    /// Hexadecimal; of no leaves the hash of nothing.
    String root() {
        Node root = null;
        for (var node : nodes) {
            root = root == null ? node : join(node, root);
        }
        return root == null ? Sha256.hex("") : HexFormat.of().formatHex(root.hash());
    }

    private static Node join(Node left, Node right) {
        var digest = Sha256.digest();
        digest.update((byte) 1);
        digest.update(left.hash());
        return new Node(left.leaves() + right.leaves(), digest.digest(right.hash()));
    }
}
