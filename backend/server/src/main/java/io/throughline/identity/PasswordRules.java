package io.throughline.identity;

import io.throughline.shared.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/// What a new password must be: long enough, neither the user name nor one of the 10,000 commonest passwords, also not with
/// digits and signs around it or several times in a row (NIST SP 800-63B, 3.1.1.2).
final class PasswordRules {

    static final int SHORTEST = 12;
    static final int LONGEST = 200; // what is hashed must be bounded (S31)
    /// The current one and the four before it can't be taken again.
    static final int KEPT = 5;

    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final int SHORTEST_WORD = 4;

    private static final class Common {
        private static final Set<String> PASSWORDS = read();

        private static Set<String> read() {
            try {
                return new ClassPathResource("identity/common-passwords.txt").getContentAsString(StandardCharsets.UTF_8).lines()
                        .filter(line -> !line.startsWith("#")).map(PasswordRules::folded).collect(Collectors.toUnmodifiableSet());
            } catch (IOException missing) {
                throw new UncheckedIOException("the list of common passwords is part of the build", missing);
            }
        }
    }

    private PasswordRules() {}

    /// @throws io.throughline.shared.ProblemException `invalid-body` that says which rule it breaks
    static void requireAcceptable(String password, String username) {
        if (password.length() < SHORTEST || password.length() > LONGEST || password.isBlank()) {
            throw Problem.INVALID_BODY.because("A password has %d to %d characters; three or four words make a good one."
                    .formatted(SHORTEST, LONGEST));
        }
        var whole = folded(password);
        var once = once(whole);
        var core = AROUND.matcher(whole).replaceAll("");
        var name = folded(username);
        if (List.of(whole, once, core, once(core)).contains(name)) {
            throw Problem.INVALID_BODY.because("Your password is your user name; choose another. Three or four words make a good one.");
        }
        if (isCommon(whole) || isCommon(once) || isWord(core) || isWord(once(core))) {
            throw Problem.INVALID_BODY.because("This is one of the commonest passwords, or little more than one; choose another. Three or four words make a good one.");
        }
    }

    private static boolean isCommon(String text) {
        return Common.PASSWORDS.contains(text);
    }

    private static boolean isWord(String text) {
        return text.length() >= SHORTEST_WORD && isCommon(text);
    }

    /// `abcabcabc` is `abc`.
    private static String once(String text) {
        int period = (text + text).indexOf(text, 1);
        return text.isEmpty() || period == text.length() ? text : text.substring(0, period);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }
}
