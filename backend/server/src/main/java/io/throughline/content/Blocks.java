package io.throughline.content;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import io.throughline.content.BlockChange.Kind;
import io.throughline.content.BlockChange.Op;
import io.throughline.content.BlockChange.WordOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Splits documents into blocks and tells what changed between two, block by block and word by word. Pure.
public final class Blocks {

    /// At least so much of the words two blocks share to count as one that changed.
    private static final double ALIKE = 0.4;
    /// Longer blocks are shown as gone and come instead of word by word: nobody reads such a comparison (S31).
    private static final int MAX_WORDS = 6000;
    /// Beyond so many pairs in one run of changes, blocks are paired by their order alone (S31).
    private static final int MAX_PAIRS = 40_000;
    private static final Pattern TOKEN = Pattern.compile("\\s+|[\\p{L}\\p{N}]+|.", Pattern.DOTALL);

    private Blocks() {}

    /// In reading order.
    ///
    /// @param claims words of the claims that it makes, by item id
    public static List<Block> of(ObjectNode document, Map<String, String> claims) {
        return DocumentBlocks.of(document, claims);
    }

    /// What turned `before` into `after`, in the order of `after`; what is gone stands where it was.
    public static List<BlockChange> diff(ObjectNode before, ObjectNode after) {
        return diff(of(before, Map.of()), of(after, Map.of()));
    }

    public static List<BlockChange> diff(List<Block> before, List<Block> after) {
        var changes = new ArrayList<BlockChange>();
        var keysBefore = before.stream().map(Blocks::key).toList();
        var keysAfter = after.stream().map(Blocks::key).toList();
        int at = 0;
        for (var run : runs(keysBefore, keysAfter)) {
            for (; at < run.afterFrom(); at++) {
                add(changes, Kind.UNCHANGED, after.get(at), List.of(new WordOp(Op.SAME, after.get(at).text())));
            }
            pair(changes, before.subList(run.beforeFrom(), run.beforeUntil()), after.subList(run.afterFrom(), run.afterUntil()));
            at = run.afterUntil();
        }
        for (; at < after.size(); at++) {
            add(changes, Kind.UNCHANGED, after.get(at), List.of(new WordOp(Op.SAME, after.get(at).text())));
        }
        return List.copyOf(changes);
    }

    /// Word by word; runs of the same kind are joined.
    public static List<WordOp> words(String before, String after) {
        var old = tokens(before);
        var now = tokens(after);
        if (old.size() > MAX_WORDS || now.size() > MAX_WORDS) {
            return List.of(new WordOp(Op.DEL, before), new WordOp(Op.INS, after));
        }
        var ops = new ArrayList<WordOp>();
        int at = 0;
        for (var run : runs(old, now)) {
            append(ops, Op.SAME, now.subList(at, run.afterFrom()));
            append(ops, Op.DEL, old.subList(run.beforeFrom(), run.beforeUntil()));
            append(ops, Op.INS, now.subList(run.afterFrom(), run.afterUntil()));
            at = run.afterUntil();
        }
        append(ops, Op.SAME, now.subList(at, now.size()));
        return List.copyOf(ops);
    }

    /// What is between two places where both sides are equal; from inclusive, until exclusive.
    private record Run(int beforeFrom, int beforeUntil, int afterFrom, int afterUntil) {}

    /// The algorithm tells deletions and insertions apart even where they touch; here those are one run.
    private static List<Run> runs(List<String> before, List<String> after) {
        var runs = new ArrayList<Run>();
        for (var delta : DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()).getDeltas()) {
            int beforeFrom = delta.getSource().getPosition();
            int beforeUntil = beforeFrom + delta.getSource().size();
            int afterFrom = delta.getTarget().getPosition();
            int afterUntil = afterFrom + delta.getTarget().size();
            if (!runs.isEmpty() && runs.getLast().beforeUntil() == beforeFrom && runs.getLast().afterUntil() == afterFrom) {
                var last = runs.removeLast();
                runs.add(new Run(last.beforeFrom(), beforeUntil, last.afterFrom(), afterUntil));
            } else {
                runs.add(new Run(beforeFrom, beforeUntil, afterFrom, afterUntil));
            }
        }
        return runs;
    }

    /// Within one run of changes: a new block that is like an old one of the same field is that one changed.
    private static void pair(List<BlockChange> changes, List<Block> gone, List<Block> come) {
        int from = 0;
        for (var block : come) {
            int match = match(gone, from, block, (long) gone.size() * come.size() <= MAX_PAIRS);
            if (match < 0) {
                add(changes, Kind.ADDED, block, List.of(new WordOp(Op.INS, block.text())));
                continue;
            }
            for (; from < match; from++) {
                remove(changes, gone.get(from));
            }
            var old = gone.get(from++);
            // the same words with other marks (bold, a link) are a change too, and shown by their Markdown
            var words = old.text().equals(block.text()) ? words(old.source(), block.source()) : words(old.text(), block.text());
            add(changes, Kind.CHANGED, block, words);
        }
        for (; from < gone.size(); from++) {
            remove(changes, gone.get(from));
        }
    }

    private static int match(List<Block> gone, int from, Block block, boolean compare) {
        if (!compare) {
            return from < gone.size() && gone.get(from).field().equals(block.field()) ? from : -1;
        }
        for (int i = from; i < gone.size(); i++) {
            if (gone.get(i).field().equals(block.field()) && (isSingle(block.field()) || likeness(gone.get(i).text(), block.text()) >= ALIKE)) {
                return i;
            }
        }
        return -1;
    }

    /// A field that holds one value: its old and new value belong together however different they are.
    private static boolean isSingle(String field) {
        return switch (field) {
            case "body", "steps", "references", "claims", "variations", "anchors", "safety-information", "step" -> false;
            default -> true;
        };
    }

    /// Share of words in common, 0 to 1.
    static double likeness(String a, String b) {
        var counts = new HashMap<String, Integer>();
        int total = 0;
        for (var word : tokens(a)) {
            if (!word.isBlank()) {
                counts.merge(word, 1, Integer::sum);
                total++;
            }
        }
        int common = 0;
        for (var word : tokens(b)) {
            if (!word.isBlank()) {
                total++;
                if (counts.getOrDefault(word, 0) > 0) {
                    counts.merge(word, -1, Integer::sum);
                    common++;
                }
            }
        }
        return total == 0 ? 1 : 2.0 * common / total;
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(it -> it.group()).toList();
    }

    private static void append(List<WordOp> ops, Op op, List<String> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        var text = String.join("", tokens);
        if (!ops.isEmpty() && ops.getLast().op() == op) {
            ops.set(ops.size() - 1, new WordOp(op, ops.getLast().text() + text));
        } else {
            ops.add(new WordOp(op, text));
        }
    }

    private static void remove(List<BlockChange> changes, Block block) {
        add(changes, Kind.REMOVED, block, List.of(new WordOp(Op.DEL, block.text())));
    }

    private static void add(List<BlockChange> changes, Kind kind, Block block, List<WordOp> words) {
        changes.add(new BlockChange("b" + (changes.size() + 1), kind, block.field(), block.heading(), words));
    }

    private static String key(Block block) {
        return block.field() + '\n' + block.source();
    }
}
