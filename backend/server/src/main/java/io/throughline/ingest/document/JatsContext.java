package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the readers of one article share: the numbers of its references, and what is counted on the way.
final class JatsContext {

    private final Map<String, Integer> referenceNumbers = new LinkedHashMap<>();
    private final LeftOut left = new LeftOut();
    private final Set<String> first = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final LeftOut repeated = new LeftOut("Repeated");
    private final Map<String, Integer> listEnds = new LinkedHashMap<>();
    private int tables;
    private int figures;

    JatsContext(List<XmlElement> references) {
        for (var i = 0; i < references.size(); i++) {
            var number = i + 1;
            var ref = references.get(i);
            var id = ref.attribute("id");
            if (id != null) {
                referenceNumbers.putIfAbsent(id, number);
            }
            // Some articles point at the citation inside the reference.
            for (var citation : ref.elements()) {
                var inner = citation.attribute("id");
                if (inner != null) {
                    referenceNumbers.putIfAbsent(inner, number);
                }
            }
        }
    }

    /// 0 when no reference has that id.
    int referenceNumber(String id) {
        return referenceNumbers.getOrDefault(id, 0);
    }

    void countTable() {
        tables++;
    }

    void countFigure() {
        figures++;
    }

    int tables() {
        return tables;
    }

    int figures() {
        return figures;
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    /// Stands before all other warnings.
    void warnFirst(String sentence) {
        first.add(sentence);
    }

    void countRepeated(String what) {
        repeated.count(what);
    }

    /// Where the list that another one continues had ended; 0 when it is not known.
    int listEnd(@Nullable String id) {
        return id == null ? 0 : listEnds.getOrDefault(id, 0);
    }

    void keepListEnd(@Nullable String id, int last) {
        if (id != null) {
            listEnds.put(id, last);
        }
    }

    /// Counts something that was left out; see [#warnings].
    ///
    /// @param what plural, as in “3 image formulas”
    void leaveOut(String what) {
        left.count(what);
    }

    void leaveOutWords(String what, String words) {
        left.words(what, words);
    }

    List<String> warnings() {
        var all = new ArrayList<>(first);
        all.addAll(warnings);
        all.addAll(repeated.warnings());
        all.addAll(left.warnings());
        return List.copyOf(all);
    }
}
