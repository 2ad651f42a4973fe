package io.throughline.content;

import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The numbers of a document's citations: references count from 1 in the order in which its texts first cite them.
final class Numbering {

    static final Numbering NONE = new Numbering(Set.of());

    /// Numbers next to each other. Two stay apart (`1,2`), three and more are shown as a range.
    record Run(int first, int last) {}

    private final Set<String> known;
    private final List<String> cited = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private Numbering(Set<String> known) {
        this.known = known;
    }

    /// @param texts      syntax trees of the document's Markdown in reading order
    /// @param references ids of all its references
    static Numbering of(List<? extends Node> texts, List<String> references) {
        if (references.isEmpty()) {
            return NONE;
        }
        var numbering = new Numbering(new HashSet<>(references));
        texts.forEach(numbering::read);
        return numbering;
    }

    private void read(Node node) {
        if (node instanceof Directives.Citation citation) {
            citation.references().stream().filter(known::contains).filter(it -> !numbers.containsKey(it)).forEach(it -> {
                cited.add(it);
                numbers.put(it, cited.size());
            });
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            read(child);
        }
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
