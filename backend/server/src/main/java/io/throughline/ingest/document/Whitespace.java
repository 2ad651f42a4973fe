package io.throughline.ingest.document;

/// White space in the Unicode sense: publishers use no-break, thin and ideographic spaces freely.
final class Whitespace {

    private Whitespace() {}

    static boolean is(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }

    /// Every run becomes one space; none at the ends.
    static String collapse(CharSequence text) {
        var out = new StringBuilder(text.length());
        var pending = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (is(c)) {
                pending = !out.isEmpty();
            } else {
                if (pending) {
                    out.append(' ');
                    pending = false;
                }
                out.append(c);
            }
        }
        return out.toString();
    }
}
