package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;

/// Superscripts and subscripts inside a line of a PDF. While lines are joined and told apart they are plain strings with
/// marks around raised and lowered letters; the marks are control characters, which no text of a file still has.
final class PdfScripts {

    private static final char SUPERSCRIPT = '\u0001';
    private static final char SUBSCRIPT = '\u0002';
    private static final char END = '\u0003';

    private PdfScripts() {}

    static String marked(Style style, String text) {
        return (style == Style.SUPERSCRIPT ? SUPERSCRIPT : SUBSCRIPT) + text + END;
    }

    static InlineRun run(String marked) {
        var run = new InlineRun();
        var from = 0;
        while (from < marked.length()) {
            var mark = marked.charAt(from);
            if (mark == SUPERSCRIPT || mark == SUBSCRIPT) {
                var end = marked.indexOf(END, from);
                var inside = marked.substring(from + 1, end < 0 ? marked.length() : end);
                run.styled(mark == SUPERSCRIPT ? Style.SUPERSCRIPT : Style.SUBSCRIPT, () -> run.text(inside));
                from = end < 0 ? marked.length() : end + 1;
            } else {
                var next = from;
                while (next < marked.length() && marked.charAt(next) != SUPERSCRIPT && marked.charAt(next) != SUBSCRIPT) {
                    next++;
                }
                run.text(marked.substring(from, next));
                from = next;
            }
        }
        return run;
    }

    static String plain(String marked) {
        return run(marked).plain();
    }
}
