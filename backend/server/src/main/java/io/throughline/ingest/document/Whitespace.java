package io.throughline.ingest.document;

/// White space in the Unicode sense: publishers use no-break, thin and ideographic spaces freely.
final class Whitespace {

    private Whitespace() {}

    static boolean is(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }

    /// Without what no database and no XML can keep: control characters other than white space, halves of surrogate
    /// pairs and noncharacters. PDF files are full of them.
    static String printable(String text) {
        if (text.chars().allMatch(it -> it >= ' ' && it < 0xD800)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints()
                .filter(it -> is(it) || !Character.isISOControl(it))
                .filter(it -> it < 0xD800 || it > 0xDFFF)
                .filter(it -> (it & 0xFFFE) != 0xFFFE && (it < 0xFDD0 || it > 0xFDEF))
                .forEach(out::appendCodePoint);
        return out.toString();
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
