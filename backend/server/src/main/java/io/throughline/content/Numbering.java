package io.throughline.content;

import com.vladsch.flexmark.ext.footnotes.Footnote;
import com.vladsch.flexmark.ext.footnotes.FootnoteBlock;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The numbers of a document's citations and the letters of its footnotes: references count from 1 in the order in which its texts first
/// cite them, footnotes from `a` in the order in which they are first pointed at.
final class Numbering {

    static final Numbering NONE = new Numbering(Set.of());

    /// Numbers next to each other. Two stay apart (`1,2`), three and more are shown as a range.
    record Run(int first, int last) {}

    private final Set<String> known;
    private final List<String> cited = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<FootnoteBlock, String> letters = new IdentityHashMap<>();
    private final Map<Node, List<FootnoteBlock>> footnotes = new IdentityHashMap<>();

    private Numbering(Set<String> known) {
        this.known = known;
    }

    /// @param texts      syntax trees of the document's Markdown in reading order
    /// @param references ids of all its references
    static Numbering of(List<? extends Node> texts, List<String> references) {
        var numbering = new Numbering(new HashSet<>(references));
        for (var text : texts) {
            var written = new ArrayList<FootnoteBlock>();
            numbering.read(text, written);
            numbering.readFootnotes(text, written);
        }
        return numbering;
    }

    /// Their texts are read behind the text, in the order of their letters; what nothing points at is shown too.
    private void readFootnotes(Node text, List<FootnoteBlock> written) {
        var waiting = new ArrayList<>(written);
        while (!waiting.isEmpty()) {
            var next = waiting.stream().filter(letters::containsKey).min(Comparator.comparing(this::position)).orElse(waiting.getFirst());
            waiting.remove(next);
            take(next);
            var inside = new ArrayList<FootnoteBlock>();
            readChildren(next, inside);
            waiting.addAll(inside);
            written.addAll(inside);
        }
        if (!written.isEmpty()) {
            written.sort(Comparator.comparing(this::position));
            footnotes.put(text, List.copyOf(written));
        }
    }

    private void take(FootnoteBlock footnote) {
        letters.computeIfAbsent(footnote, _ -> letter(letters.size()));
    }

    /// a … z, aa, ab …
    private static String letter(int index) {
        return (index < 26 ? "" : letter(index / 26 - 1)) + (char) ('a' + index % 26);
    }

    private String position(FootnoteBlock footnote) {
        var letter = letter(footnote);
        return letter.length() + letter;
    }

    private void read(Node node, List<FootnoteBlock> written) {
        if (node instanceof Footnote mark) {
            Footnotes.of(mark).ifPresent(this::take);
        }
        if (node instanceof FootnoteBlock footnote) {
            written.add(footnote);
            return;
        }
        if (node instanceof Directives.Citation citation) {
            citation.references().stream().filter(known::contains).filter(it -> !numbers.containsKey(it)).forEach(it -> {
                cited.add(it);
                numbers.put(it, cited.size());
            });
        }
        readChildren(node, written);
    }

    private void readChildren(Node node, List<FootnoteBlock> written) {
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            read(child, written);
        }
    }

    String letter(FootnoteBlock footnote) {
        return letters.getOrDefault(footnote, "");
    }

    /// Those that are written in a text, by their letters.
    List<FootnoteBlock> footnotes(Node text) {
        return footnotes.getOrDefault(text, List.of());
    }

    /// In ascending order, each once; empty where one of its references is none of the document's.
    Set<Integer> numbers(Directives.Citation citation) {
        var found = new TreeSet<Integer>();
        for (var reference : citation.references()) {
            var number = numbers.get(reference);
            if (number == null) {
                return Set.of();
            }
            found.add(number);
        }
        return found;
    }

    /// `[1–3,5]`, or the citation as it is written where one of its references is none of the document's.
    String text(Directives.Citation citation) {
        var found = numbers(citation);
        return found.isEmpty() ? citation.getChars().toString()
                : runs(found).stream().map(it -> it.first() == it.last() ? "" + it.first() : it.first() + "–" + it.last())
                        .collect(Collectors.joining(",", "[", "]"));
    }

    String reference(int number) {
        return cited.get(number - 1);
    }

    /// Those that are cited, by their numbers, then the others as they were given: the n-th is number n.
    List<String> order(List<String> references) {
        var order = new ArrayList<>(cited);
        references.stream().filter(it -> !numbers.containsKey(it)).forEach(order::add);
        return List.copyOf(order);
    }

    static List<Run> runs(Set<Integer> ascending) {
        var runs = new ArrayList<Run>();
        for (int number : ascending) {
            if (!runs.isEmpty() && runs.getLast().last() == number - 1) {
                runs.set(runs.size() - 1, new Run(runs.getLast().first(), number));
            } else {
                runs.add(new Run(number, number));
            }
        }
        return runs.stream().flatMap(it -> it.last() == it.first() + 1
                ? Stream.of(new Run(it.first(), it.first()), new Run(it.last(), it.last())) : Stream.of(it)).toList();
    }
}
