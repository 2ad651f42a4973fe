package io.throughline.ingest.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Counts the numbered paragraphs of a Word document as Word does: `(b)`, `iv.`, `2.1`. The text refers to them.
final class DocxNumbering {

    private static final Pattern PLACE = Pattern.compile("%([1-9])");

    private final DocxStyles styles;
    /// By list definition; lists of one definition go on counting.
    private final Map<String, int[]> counts = new HashMap<>();
    private final Set<String> restarted = new HashSet<>();

    DocxNumbering(DocxStyles styles) {
        this.styles = styles;
    }

    /// What stands before the next paragraph of that list; empty for a bullet.
    String next(DocxStyles.ListLevel list) {
        var counted = counts.computeIfAbsent(list.definition(), ignored -> new int[9]);
        var depth = Math.clamp(list.depth(), 0, 8);
        if (restarted.add(list.list()) && styles.restarts(list.list())) {
            java.util.Arrays.fill(counted, 0);
        }
        counted[depth] = counted[depth] == 0 ? styles.start(list) : counted[depth] + 1;
        java.util.Arrays.fill(counted, depth + 1, 9, 0);
        if (!list.ordered()) {
            return "";
        }
        return PLACE.matcher(list.text()).replaceAll(it -> {
            var level = it.group(1).charAt(0) - '1';
            var at = counted[level] == 0 ? 1 : counted[level];
            return ListNumber.of(at, level == depth ? list.format() : styles.format(list, level));
        }).strip();
    }
}
