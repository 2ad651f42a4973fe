package io.throughline.ingest.document;

import io.throughline.ingest.document.ParsedDocument.Section;
import java.util.ArrayList;
import java.util.List;

/// Headings in document order become a tree by their levels.
final class SectionTree {

    private record Heading(String title, int level) {}

    private final List<Heading> headings = new ArrayList<>();

    void open(String title, int level) {
        headings.add(new Heading(title, Math.clamp(level, 2, 6)));
    }

    List<Section> tree() {
        return between(0, headings.size());
    }

    private List<Section> between(int from, int to) {
        var siblings = new ArrayList<Section>();
        var start = from;
        while (start < to) {
            var heading = headings.get(start);
            var end = start + 1;
            while (end < to && headings.get(end).level() > heading.level()) {
                end++;
            }
            siblings.add(new Section(heading.title(), heading.level(), between(start + 1, end)));
            start = end;
        }
        return siblings;
    }
}
