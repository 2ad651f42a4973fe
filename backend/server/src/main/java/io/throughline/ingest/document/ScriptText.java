package io.throughline.ingest.document;

import io.throughline.content.ScriptRules;

/// Superscripts and subscripts in plain text, such as a title: `10⁹`, `CO₂`, and where Unicode lacks a letter `10^(9.5)`.
/// They are never written beside their base as they stand: `10` and `9` would be read as 109.
final class ScriptText {

    private ScriptText() {}

    static String superscript(String text) {
        return script(text, ScriptRules.SUPERSCRIPT, "^(");
    }

    static String subscript(String text) {
        return script(text, ScriptRules.SUBSCRIPT, "_(");
    }

    private static String script(String text, char mark, String opening) {
        var inside = text.strip();
        if (inside.chars().noneMatch(it -> Character.isLetterOrDigit(it) || "+-−–".indexOf(it) >= 0)) {
            // Marks such as `®` and `*` can't be taken for a part of the number or word before them.
            return text;
        }
        var start = text.indexOf(inside);
        return text.substring(0, start) + ScriptRules.letters(mark, inside).orElse(opening + inside + ")") + text.substring(start + inside.length());
    }
}
