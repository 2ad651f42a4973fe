package io.throughline.content;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// When `^…^` and `~…~` are a superscript and a subscript, and how both are written in plain text. Pure; what writes Markdown asks here too.
///
/// Literal is the safe reading: `10^6-10^8`, `5~10,10~20 mg`, `m^-2·s^-1`, `x^(n+1)/y^(m)` have two signs of the same kind and mean none.
public final class ScriptRules {

    public static final char SUPERSCRIPT = '^';
    public static final char SUBSCRIPT = '~';

    /// Characters; a script is short.
    private static final int LONGEST = 200;
    /// What certainly ends a script, whatever is in it.
    private static final String ENDS = ",;:.!?)]}\"'”’|*_~^\\";
    /// What compares or multiplies stands between two scripts, not in one.
    private static final String NEVER_INSIDE = "<>≤≥≈×±";
    /// What may stand before more of the same expression: `a^n+b^n` is no script “n+b”.
    private static final Pattern PLAIN = Pattern.compile("[+−-]?[\\p{L}\\p{N}]+(?:\\.\\p{N}+)?[+−-]?|[+−-]");

    private static final Map<Integer, Integer> RAISED = pairs(
            "0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ");
    private static final Map<Integer, Integer> LOWERED = pairs(
            "0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");

    private ScriptRules() {}

    private static Map<Integer, Integer> pairs(String normal, String script) {
        var pairs = new HashMap<Integer, Integer>();
        var to = script.codePoints().iterator();
        normal.codePoints().forEach(it -> pairs.put(it, to.next()));
        return Map.copyOf(pairs);
    }

    /// @param mark   [#SUPERSCRIPT] or [#SUBSCRIPT]
    /// @param before the character before the first mark, a blank at the start
    /// @param inside what is between the marks, as it is written: a blank in it is `\ `
    /// @param after  the character behind the last mark, a blank at the end
    public static boolean isRead(char mark, int before, CharSequence inside, int after) {
        if (inside.isEmpty() || inside.length() > LONGEST || endsBefore(inside) || Character.isDigit(after)) {
            return false;
        }
        if (mark == SUBSCRIPT && Character.isDigit(before) && Character.isDigit(inside.charAt(0))) {
            return false; // a range
        }
        return Character.isWhitespace(after) || after == '\u00a0' || ENDS.indexOf(after) >= 0 || PLAIN.matcher(inside).matches();
    }

    /// Whether the text between the marks is more than a script.
    private static boolean endsBefore(CharSequence inside) {
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\\') {
                i++;
            } else if (Character.isWhitespace(c) || c == '\u00a0' || NEVER_INSIDE.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// The same in Unicode's own raised or lowered characters; empty where one of them has none.
    public static Optional<String> letters(char mark, String text) {
        var table = mark == SUPERSCRIPT ? RAISED : LOWERED;
        return !text.isEmpty() && text.codePoints().allMatch(table::containsKey)
                ? Optional.of(text.codePoints().map(table::get).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString())
                : Optional.empty();
    }

    /// In plain text: `10⁹`, or where Unicode has no such character `C_ABC` and `x^(a/b)`, which nobody reads as one with what is
    /// before and behind it.
    ///
    /// @param after the character behind it, a blank at the end
    public static String plain(char mark, String text, int after) {
        return letters(mark, text).orElseGet(() -> {
            boolean alone = PLAIN.matcher(text).matches() && !Character.isLetterOrDigit(after);
            return (mark == SUPERSCRIPT ? "^" : "_") + (alone ? text : "(" + text + ")");
        });
    }
}
