package io.throughline.ingest.document;

/// A line above letters, which says mean or complement: `x̄`. Whole words stay as they are, so that they are found.
final class Overline {

    static final int MOST_LETTERS = 3;

    private Overline() {}

    static void write(String text, InlineRun run) {
        if (text.codePointCount(0, text.length()) == 1) {
            run.text(text + "\u0304");
        } else if (text.codePointCount(0, text.length()) > MOST_LETTERS) {
            run.text(text);
        } else {
            text.codePoints().forEach(it -> run.text(Character.toString(it) + (Character.isLetterOrDigit(it) ? "\u0305" : "")));
        }
    }
}
