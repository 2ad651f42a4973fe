package io.throughline.analysis;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.lucene.analysis.charfilter.BaseCharFilter;

/**
 * Spells single Greek letters out: {@code TNF-α} and {@code TNFα} read as {@code TNF alpha}, {@code µg} as {@code mug}.
 *
 * <p>Both the micro sign (U+00B5) and the letter mu (U+03BC) read as {@code mu}. Three or more Greek letters in a row are
 * Greek prose and stay as they are. Offsets point into the original text, so highlights mark what the author wrote.
 */
final class GreekSpelling extends BaseCharFilter {

    private static final int PROSE = 3;
    private static final char FIRST_GREEK = '\u0370';

    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry('α', "alpha"), Map.entry('β', "beta"), Map.entry('γ', "gamma"), Map.entry('δ', "delta"),
            Map.entry('ε', "epsilon"), Map.entry('ϵ', "epsilon"), Map.entry('ζ', "zeta"), Map.entry('η', "eta"),
            Map.entry('θ', "theta"), Map.entry('ϑ', "theta"), Map.entry('ι', "iota"), Map.entry('κ', "kappa"),
            Map.entry('λ', "lambda"), Map.entry('μ', "mu"), Map.entry('\u00b5', "mu"), Map.entry('ν', "nu"),
            Map.entry('ξ', "xi"), Map.entry('ο', "omicron"), Map.entry('π', "pi"), Map.entry('ρ', "rho"),
            Map.entry('σ', "sigma"), Map.entry('ς', "sigma"), Map.entry('τ', "tau"), Map.entry('υ', "upsilon"),
            Map.entry('φ', "phi"), Map.entry('ϕ', "phi"), Map.entry('χ', "chi"), Map.entry('ψ', "psi"),
            Map.entry('ω', "omega"));

    private final Reader spelled;

    GreekSpelling(Reader in) {
        super(in);
        spelled = new StringReader(spell(readAll(in)));
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        return spelled.read(buffer, offset, length);
    }

    private String spell(String text) {
        int at = nextGreek(text, 0);
        if (at == text.length()) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16).append(text, 0, at);
        int shift = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isGreek(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                end = nextGreek(text, at);
                out.append(text, at, end);
                at = end;
            } else if (end - at >= PROSE) {
                out.append(text, at, end);
                at = end;
            } else {
                for (; at < end; at++) {
                    var name = NAMES.getOrDefault(Character.toLowerCase(text.charAt(at)), text.substring(at, at + 1));
                    if (at > 0 && Character.isLetter(text.charAt(at - 1))) {
                        out.append(' ');
                        addOffCorrectMap(out.length(), --shift);
                    }
                    out.append(name);
                    if (name.length() > 1) {
                        // every character after the first belongs to the one letter that stood here
                        for (int i = 1; i < name.length(); i++) {
                            addOffCorrectMap(out.length() - name.length() + i + 1, --shift);
                        }
                    }
                }
            }
        }
        return out.toString();
    }

    /** The end of the text when there is none. */
    private static int nextGreek(String text, int from) {
        int at = from;
        while (at < text.length() && !isGreek(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Asks for the script only where Greek begins: that is a search through a table, and most text lies below. */
    private static boolean isGreek(char c) {
        return c == '\u00b5' || c >= FIRST_GREEK && Character.UnicodeScript.of(c) == Character.UnicodeScript.GREEK && Character.isLetter(c);
    }

    private static String readAll(Reader in) {
        try (in) {
            var all = new StringWriter();
            in.transferTo(all);
            return all.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
