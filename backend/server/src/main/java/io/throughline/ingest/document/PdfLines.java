package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/// The lines of a PDF with their place and type size, page by page, in the order the PDF draws them.
final class PdfLines extends PDFTextStripper {

    /// @param x left edge, points from the left
    /// @param y baseline, points from the top
    /// @param right right edge
    /// @param size of the type, points, rounded to halves
    record Line(int page, float x, float y, float right, float size, boolean bold, String text) {}

    /// A word as the library gives it, with its letters; one without letters is a gap.
    private record Word(String text, List<TextPosition> letters) {}

    private final ParseBudget budget;
    private final List<Line> lines = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();

    PdfLines(ParseBudget budget) {
        this.budget = budget;
    }

    List<Line> read(PDDocument pdf) throws IOException {
        writeText(pdf, Writer.nullWriter());
        endLine();
        return lines;
    }

    @Override
    protected void processTextPosition(TextPosition position) {
        budget.spendCharacters(1);
        if (Thread.currentThread().isInterrupted()) {
            budget.checkTime();
        }
        super.processTextPosition(position);
    }

    @Override
    protected void startPage(org.apache.pdfbox.pdmodel.PDPage page) throws IOException {
        budget.checkTime();
        super.startPage(page);
    }

    @Override
    protected void writeString(String string, List<TextPosition> positions) {
        if (!positions.isEmpty()) {
            words.add(new Word(string, List.copyOf(positions)));
        }
    }

    private static float size(TextPosition position) {
        var size = position.getFontSizeInPt();
        return size > 1 ? size : position.getHeightDir() * 1.4f;
    }

    private static boolean isBold(TextPosition position) {
        var font = position.getFont();
        var name = font == null || font.getName() == null ? "" : font.getName().toLowerCase(Locale.ROOT);
        return name.contains("bold") || name.contains("black") || name.contains("heavy") || name.contains("semibold");
    }

    @Override
    protected void writeWordSeparator() {
        words.add(new Word(" ", List.of()));
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
    }

    @Override
    protected void writePageEnd() {
        endLine();
    }

    private void endLine() {
        var letters = words.stream().flatMap(it -> it.letters().stream()).toList();
        if (!letters.isEmpty()) {
            var base = base(letters);
            var text = new StringBuilder();
            words.forEach(it -> text.append(marked(it, base)));
            var line = Whitespace.collapse(text);
            if (!line.isEmpty()) {
                var own = letters.stream().filter(it -> script(it, base) == null).toList();
                var first = letters.getFirst();
                var last = letters.getLast();
                var size = own.stream().mapToDouble(PdfLines::size).average().orElse(base.size());
                var bold = letters.stream().filter(PdfLines::isBold).count() * 2 > letters.size();
                lines.add(new Line(getCurrentPageNo(), first.getXDirAdj(), base.y(), last.getXDirAdj() + last.getWidthDirAdj(),
                        Math.round(size * 2) / 2f, bold, line));
            }
        }
        words.clear();
    }

    /// What most letters of a line stand on and how large they are.
    private record Base(float size, float y) {}

    private static Base base(List<TextPosition> letters) {
        var bySize = new HashMap<Integer, List<TextPosition>>();
        letters.forEach(it -> bySize.computeIfAbsent(Math.round(size(it) * 2), ignored -> new ArrayList<>()).add(it));
        var most = bySize.values().stream()
                .max(Comparator.<List<TextPosition>>comparingInt(List::size).thenComparingDouble(it -> size(it.getFirst()))).orElseThrow();
        var heights = most.stream().map(TextPosition::getYDirAdj).sorted().toList();
        return new Base(size(most.getFirst()), heights.get(heights.size() / 2));
    }

    /// Smaller and moved off the line, or clearly moved at full size; small letters on the line are no script.
    private static @Nullable Style script(TextPosition letter, Base base) {
        var raised = base.y() - letter.getYDirAdj();
        var least = size(letter) < 0.87f * base.size() ? 0.08f * base.size() : 0.2f * base.size();
        if (Math.abs(raised) < least || Math.abs(raised) > base.size()) {
            return null;
        }
        return raised > 0 ? Style.SUPERSCRIPT : Style.SUBSCRIPT;
    }

    private static String marked(Word word, Base base) {
        if (word.letters().stream().allMatch(it -> script(it, base) == null)) {
            return Whitespace.printable(word.text());
        }
        var out = new StringBuilder();
        var from = 0;
        while (from < word.letters().size()) {
            var style = script(word.letters().get(from), base);
            var part = new StringBuilder();
            var next = from;
            while (next < word.letters().size() && script(word.letters().get(next), base) == style) {
                part.append(word.letters().get(next++).getUnicode());
            }
            var text = Whitespace.printable(part.toString());
            out.append(style == null || text.isBlank() ? text : PdfScripts.marked(style, text));
            from = next;
        }
        return out.toString();
    }
}
