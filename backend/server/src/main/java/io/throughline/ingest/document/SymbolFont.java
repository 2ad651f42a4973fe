package io.throughline.ingest.document;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The font “Symbol”, in which the letter m is shown as μ: read by its codes alone, 10 μg would become 10 mg.
final class SymbolFont {

    /// Adobe's Symbol encoding from 0x20 to 0x7E and from 0xA0 to 0xFE.
    private static final String LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    private static final String HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

    private SymbolFont() {}

    static boolean is(@Nullable String font) {
        return font != null && font.strip().toLowerCase(Locale.ROOT).matches("[\"']?symbol(?:mt)?[\"']?(?:,.*)?");
    }

    /// What the font shows for these codes; codes it does not have stay.
    static String shown(String text) {
        var out = new StringBuilder(text.length());
        for (var c : text.toCharArray()) {
            // Word moves the codes of symbol fonts into the private use area.
            var code = c >= 0xF000 && c <= 0xF0FF ? c - 0xF000 : c;
            out.append(code >= 0x20 && code < 0x20 + LOW.length() ? LOW.charAt(code - 0x20)
                    : code >= 0xA0 && code < 0xA0 + HIGH.length() ? HIGH.charAt(code - 0xA0) : c);
        }
        return out.toString();
    }
}
