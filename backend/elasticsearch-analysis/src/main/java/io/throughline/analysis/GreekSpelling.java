package io.throughline.analysis;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
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
        char[] text = new char[1 << 10];
        int length = 0;
        try (in) {
            for (int read; (read = in.read(text, length, text.length - length)) >= 0; ) {
                length += read;
                if (length == text.length) {
                    text = Arrays.copyOf(text, 2 * length);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        spelled = nextGreek(text, 0, length) == length ? new CharArrayReader(text, 0, length) : new StringReader(spell(text, length));
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        return spelled.read(buffer, offset, length);
    }

    private String spell(char[] text, int length) {
        var out = new StringBuilder(length + 16);
        int shift = 0;
        for (int at = 0; at < length; ) {
            int end = at;
            while (end < length && isGreek(text[end])) {
                end++;
            }
            if (end == at) {
                end = nextGreek(text, at, length);
                out.append(text, at, end - at);
                at = end;
            } else if (end - at >= PROSE) {
                out.append(text, at, end - at);
                at = end;
            } else {
                for (; at < end; at++) {
                    var name = NAMES.getOrDefault(Character.toLowerCase(text[at]), String.valueOf(text[at]));
                    if (at > 0 && Character.isLetter(text[at - 1])) {
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
    private static int nextGreek(char[] text, int from, int end) {
        int at = from;
        while (at < end && !isGreek(text[at])) {
            at++;
        }
        return at;
    }

    /** Asks for the script only where Greek begins: that is a search through a table, and most text lies below. */
    private static boolean isGreek(char c) {
        return c == '\u00b5' || c >= FIRST_GREEK && Character.UnicodeScript.of(c) == Character.UnicodeScript.GREEK && Character.isLetter(c);
    }
}
