package io.throughline.ingest.document;

/// Superscripts and subscripts in plain text, such as a title: `10⁹`, `CO₂`, and where Unicode lacks a letter `10^(9.5)`.
/// They are never written beside their base as they stand: `10` and `9` would be read as 109.
final class ScriptText {

    private static final String SUPERSCRIPTS = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻–⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ";
    private static final String SUBSCRIPTS = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋–₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";

    private ScriptText() {}

    static String superscript(String text) {
        return script(text, SUPERSCRIPTS, "^(");
    }

    static String subscript(String text) {
        return script(text, SUBSCRIPTS, "_(");
    }

    private static String script(String text, String letters, String opening) {
        var inside = text.strip();
        var written = new StringBuilder();
        for (var c : inside.toCharArray()) {
            var at = letters.indexOf(c);
            if (at < 0 || at % 2 == 1) {
                // Marks such as `®` and `*` can't be taken for a part of the number or word before them.
                return inside.chars().anyMatch(Character::isLetterOrDigit) ? opening + inside + ")" : text;
            }
            written.append(letters.charAt(at + 1));
        }
        var start = text.indexOf(inside);
        return text.substring(0, start) + written + text.substring(start + inside.length());
    }
}
