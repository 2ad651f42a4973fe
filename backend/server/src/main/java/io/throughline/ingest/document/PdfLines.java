package io.throughline.ingest.document;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// The lines of a PDF with their place and type size, page by page, in the order the PDF draws them.
final class PdfLines extends PDFTextStripper {

    /// @param x left edge, points from the left
    /// @param y baseline, points from the top
    /// @param right right edge
    /// @param size of the type, points, rounded to halves
    record Line(int page, float x, float y, float right, float size, boolean bold, String text) {}

    private final ParseBudget budget;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private float x;
    private float y;
    private float right;
    private float sizeSum;
    private int boldLetters;
    private int letters;

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
        if (positions.isEmpty()) {
            return;
        }
        var first = positions.getFirst();
        if (text.isEmpty()) {
            x = first.getXDirAdj();
            y = first.getYDirAdj();
        }
        var last = positions.getLast();
        right = last.getXDirAdj() + last.getWidthDirAdj();
        for (var position : positions) {
            letters++;
            sizeSum += size(position);
            boldLetters += isBold(position) ? 1 : 0;
        }
        text.append(string);
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
        text.append(' ');
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
        var line = Whitespace.collapse(Whitespace.printable(text.toString()));
        if (!line.isEmpty() && letters > 0) {
            var size = Math.round(sizeSum / letters * 2) / 2f;
            lines.add(new Line(getCurrentPageNo(), x, y, right, size, boldLetters * 2 > letters, line));
        }
        text.setLength(0);
        letters = 0;
        boldLetters = 0;
        sizeSum = 0;
    }
}
