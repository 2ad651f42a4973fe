package io.throughline.ingest.document;

/// A line above letters, which says mean or complement: `x̄`.
final class Overline {

    private Overline() {}

    static void write(String text, InlineRun run) {
        if (text.codePointCount(0, text.length()) == 1) {
            run.text(text + "\u0304");
        } else {
            text.codePoints().forEach(it -> run.text(Character.toString(it) + (Character.isLetterOrDigit(it) ? "\u0305" : "")));
        }
    }
}
