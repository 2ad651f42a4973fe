package io.throughline.ingest.document;

import io.throughline.ingest.document.PdfLines.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells headings, paragraphs, items and references of a PDF from type sizes, distances and indents.
final class PdfLayout {

    private static final Set<String> KNOWN_HEADINGS = Set.of(
            "abstract", "introduction", "background", "methods", "materials and methods", "patients and methods", "results",
            "discussion", "conclusion", "conclusions", "acknowledgements", "acknowledgments", "funding", "limitations",
            "references", "bibliography", "summary", "appendix", "supplementary material", "competing interests");
    private static final Pattern NUMBERED = Pattern.compile("^\\d{1,2}(?:\\.\\d{1,2}){0,3}\\.?\\s+\\p{Lu}.{0,100}$");
    private static final Pattern BULLET = Pattern.compile("^[•▪●◦‣■\\u00B7\\uF0B7]\\s*");
    private static final int LONGEST_HEADING = 150;

    private final List<Line> lines;
    private final float bodySize;
    private final List<Float> headingSizes;
    private final Set<Line> titleLines = new HashSet<>();

    PdfLayout(List<Line> all) {
        this.lines = withoutRunningLines(all);
        this.bodySize = bodySize(lines);
        this.headingSizes = headingSizes();
    }

    /// Headers, footers and page numbers: the same words (digits apart) at the edge of at least three pages.
    private static List<Line> withoutRunningLines(List<Line> all) {
        Map<String, Set<Integer>> pages = new HashMap<>();
        Set<Line> edges = new HashSet<>();
        var byPage = new HashMap<Integer, List<Line>>();
        all.forEach(it -> byPage.computeIfAbsent(it.page(), ignored -> new ArrayList<>()).add(it));
        for (var page : byPage.values()) {
            var sorted = page.stream().sorted(java.util.Comparator.comparingDouble(Line::y)).toList();
            edges.addAll(sorted.subList(0, Math.min(2, sorted.size())));
            edges.addAll(sorted.subList(Math.max(0, sorted.size() - 2), sorted.size()));
        }
        edges.forEach(it -> pages.computeIfAbsent(pattern(it), ignored -> new HashSet<>()).add(it.page()));
        return all.stream()
                .filter(it -> !(edges.contains(it) && (pages.getOrDefault(pattern(it), Set.of()).size() >= 3
                        || it.text().matches("(?i)(?:page\\s*)?\\d{1,4}(?:\\s*(?:of|/)\\s*\\d{1,4})?"))))
                .toList();
    }

    private static String pattern(Line line) {
        return line.text().replaceAll("\\d+", "#");
    }

    private static float bodySize(List<Line> lines) {
        var letters = new HashMap<Float, Integer>();
        lines.forEach(it -> letters.merge(it.size(), it.text().length(), Integer::sum));
        return letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(10f);
    }

    private List<Float> headingSizes() {
        var sizes = new TreeSet<Float>(java.util.Comparator.reverseOrder());
        lines.stream().filter(it -> it.size() >= bodySize * 1.1f && isShort(it)).forEach(it -> sizes.add(it.size()));
        return List.copyOf(sizes);
    }

    private static boolean isShort(Line line) {
        return line.text().length() <= LONGEST_HEADING && line.text().chars().anyMatch(Character::isLetter);
    }

    /// The largest lines of the first page that follow each other; empty when none is larger than the text.
    String title() {
        var first = lines.stream().filter(it -> it.page() == 1).toList();
        var largest = first.stream().filter(PdfLayout::isShort).map(Line::size).max(Float::compare).orElse(0f);
        if (largest < bodySize * 1.15f) {
            return "";
        }
        var title = new StringBuilder();
        for (var line : first) {
            if (line.size() == largest && title.length() < 300) {
                append(title, line.text());
                titleLines.add(line);
            } else if (!title.isEmpty()) {
                break;
            }
        }
        return PdfScripts.plain(title.toString());
    }

    @Nullable String firstPageDoi() {
        return lines.stream()
                .filter(it -> it.page() == 1)
                .map(it -> Identifiers.findDoi(PdfScripts.plain(it.text())))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// @param title the title that is known already, else the one found here; its lines are left out
    List<Flow> flow(String title) {
        if (title.isEmpty()) {
            title();
        } else {
            markTitle(title);
        }
        var flow = new ArrayList<Flow>();
        var paragraph = new ArrayList<Line>();
        var inReferences = false;
        for (var line : lines) {
            if (titleLines.contains(line)) {
                continue;
            }
            var level = headingLevel(line, paragraph.isEmpty() ? null : paragraph.getLast());
            if (level > 0 && !(inReferences && LooseReferences.startsEntry(line.text()))) {
                end(paragraph, flow, inReferences);
                heading(flow, level, line);
                inReferences = LooseReferences.isHeading(line.text());
            } else {
                if (!inReferences && !paragraph.isEmpty() && startsParagraph(paragraph.getLast(), line)) {
                    end(paragraph, flow, false);
                }
                paragraph.add(line);
            }
        }
        end(paragraph, flow, inReferences);
        return flow;
    }

    private void markTitle(String title) {
        var wanted = letters(title);
        for (var line : lines) {
            if (line.page() == 1 && line.text().length() > 8 && line.size() >= bodySize && wanted.contains(letters(line.text()))) {
                titleLines.add(line);
            }
        }
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private int headingLevel(Line line, @Nullable Line before) {
        var text = line.text();
        if (!isShort(line) || text.length() < 3) {
            return 0;
        }
        if (KNOWN_HEADINGS.contains(text.toLowerCase(Locale.ROOT).replaceAll("^(?:[\\d.\\s]+|[ivxlc]{1,7}[.):]\\s+)|[:.\\s]+$", ""))) {
            return 1;
        }
        if (line.size() >= bodySize * 1.1f) {
            return Math.min(4, 1 + Math.max(0, headingSizes.indexOf(line.size()) - (titleLines.isEmpty() ? 0 : 1)));
        }
        var apart = before == null || line.page() != before.page() || line.y() - before.y() > 1.6f * bodySize || line.y() < before.y();
        var sentence = text.endsWith(".") || text.endsWith(",") || text.endsWith(";");
        if (line.bold() && apart && !sentence && line.size() >= bodySize - 0.5f && Character.isUpperCase(text.codePointAt(firstLetter(text)))) {
            var dots = NUMBERED.matcher(text).matches() ? text.split("\\s", 2)[0].replaceAll("[^.]", "").length() : 1;
            return Math.clamp(headingSizes.size() + dots, 2, 4);
        }
        return 0;
    }

    private static int firstLetter(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                return i;
            }
        }
        return 0;
    }

    /// A heading in two lines is one heading.
    private static void heading(List<Flow> flow, int level, Line line) {
        if (!flow.isEmpty() && flow.getLast() instanceof Flow.Heading(var before, var text) && before == level
                && !KNOWN_HEADINGS.contains(line.text().toLowerCase(Locale.ROOT)) && !Character.isDigit(line.text().charAt(0))
                && Character.isLowerCase(line.text().charAt(0))) {
            text.text(" ").append(PdfScripts.run(line.text()));
        } else {
            flow.add(new Flow.Heading(level, PdfScripts.run(line.text())));
        }
    }

    private boolean startsParagraph(Line before, Line line) {
        if (BULLET.matcher(line.text()).find()) {
            return true;
        }
        var ended = before.text().matches("(?s).*[.!?:;\"”)\\]]$");
        if (line.page() != before.page() || line.y() < before.y()) {
            // A new page or column goes on in the sentence it was cut in.
            return ended;
        }
        var gap = line.y() - before.y();
        var size = Math.max(line.size(), before.size());
        if (gap > 1.75f * size) {
            return true;
        }
        var indented = line.x() > before.x() + 0.8f * size && line.x() < before.x() + 6 * size;
        return ended && (indented || gap > 1.45f * size || before.right() < line.right() - 4 * size);
    }

    private static void end(List<Line> paragraph, List<Flow> flow, boolean references) {
        if (paragraph.isEmpty()) {
            return;
        }
        if (references) {
            PdfReferences.split(paragraph).forEach(it -> flow.add(new Flow.Paragraph(PdfScripts.run(it))));
        } else {
            var text = new StringBuilder();
            paragraph.forEach(it -> append(text, it.text()));
            var bullet = BULLET.matcher(text);
            flow.add(bullet.find()
                    ? new Flow.Item(0, "", PdfScripts.run(text.substring(bullet.end())))
                    : new Flow.Paragraph(PdfScripts.run(text.toString())));
        }
        paragraph.clear();
    }

    /// Joins two lines; a word cut at the end of a line becomes one again when it goes on in lower case.
    static void append(StringBuilder text, String line) {
        var last = text.length() - 1;
        if (last >= 1 && (text.charAt(last) == '-' || text.charAt(last) == '\u00AD' || text.charAt(last) == '‐')
                && Character.isLetter(text.charAt(last - 1))) {
            if (Character.isLowerCase(line.charAt(0))) {
                text.setLength(last);
            }
            text.append(line);
        } else {
            text.append(text.isEmpty() ? "" : " ").append(line);
        }
    }
}
