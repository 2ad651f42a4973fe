package io.throughline.ingest.document;

import io.throughline.ingest.document.PdfLines.Line;
import java.util.ArrayList;
import java.util.List;

/// Splits a reference list into its entries: by their numbers where they count up, else by hanging indents.
final class PdfReferences {

    private PdfReferences() {}

    static List<String> split(List<Line> lines) {
        var byNumber = byNumber(lines);
        return byNumber.size() > 1 ? byNumber : byIndent(lines);
    }

    private static List<String> byNumber(List<Line> lines) {
        var entries = new ArrayList<StringBuilder>();
        var expected = 0;
        for (var line : lines) {
            var number = LooseReferences.numberOf(line.text());
            if (number > 0 && (number == expected || entries.isEmpty())) {
                entries.add(new StringBuilder());
                expected = number + 1;
            }
            if (!entries.isEmpty()) {
                PdfLayout.append(entries.getLast(), line.text());
            }
        }
        return entries.stream().map(StringBuilder::toString).toList();
    }

    /// The first line of an entry starts further left than the lines it goes on in; columns are told by the jump up.
    private static List<String> byIndent(List<Line> lines) {
        var entries = new ArrayList<StringBuilder>();
        Line before = null;
        var left = 0f;
        for (var line : lines) {
            var newColumn = before != null && (line.page() != before.page() || line.y() < before.y());
            if (before == null || newColumn) {
                left = leftOfColumn(lines, line);
            }
            var hanging = hasHanging(lines);
            var starts = hanging
                    ? line.x() < left + 2
                    : before == null || before.text().endsWith(".") && line.y() - before.y() > 1.3f * line.size();
            if (starts || entries.isEmpty()) {
                entries.add(new StringBuilder());
            }
            PdfLayout.append(entries.getLast(), line.text());
            before = line;
        }
        return entries.stream().map(StringBuilder::toString).toList();
    }

    private static float leftOfColumn(List<Line> lines, Line first) {
        return (float) lines.stream()
                .filter(it -> it.page() == first.page() && Math.abs(it.x() - first.x()) < 60)
                .mapToDouble(Line::x).min().orElse(first.x());
    }

    private static boolean hasHanging(List<Line> lines) {
        var least = lines.stream().mapToDouble(Line::x).min().orElse(0);
        var further = lines.stream().filter(it -> it.x() > least + 4 && it.x() < least + 60).count();
        return further * 4 > lines.size();
    }
}
