package io.throughline.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/// The pseudonymous key by which a sender knows a person. Only the sender can tell who it is (GD-1).
///
/// What looks like a name, an e-mail address or a telephone number is refused, because a key that names somebody is no
/// pseudonym. That is a net for mistakes, not a proof.
public record ReaderKey(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:~-]{7,199}");
    private static final Pattern WORD = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z]{2,}(?![A-Za-z])");
    private static final int MOST_DIGITS_OF_A_NUMBER = 15;
    private static final int DIGITS_OF_A_RANDOM_KEY = 6;

    public ReaderKey {
        if (whyNot(value).isPresent()) {
            throw new IllegalArgumentException("a reader's key is checked before it is made");
        }
    }

    /// A sentence for the sender; empty when the key may be used.
    public static Optional<String> whyNot(String value) {
        if (isEmailAddress(value)) {
            return Optional.of("It looks like an e-mail address. Send a pseudonymous key that only you can resolve.");
        }
        if (isTelephoneNumber(value)) {
            return Optional.of("It looks like a telephone number. Send a pseudonymous key that only you can resolve; "
                    + "put letters in front of a number that is none.");
        }
        if (!FORM.matcher(value).matches()) {
            return Optional.of("A pseudonymous key has 8 to 200 letters, digits and . _ : ~ - and begins with a letter or digit.");
        }
        if (value.chars().noneMatch(Character::isDigit)
                || (WORD.matcher(value).results().count() >= 2 && value.chars().filter(Character::isDigit).count() < DIGITS_OF_A_RANDOM_KEY)) {
            return Optional.of("It looks like a name. Send a pseudonymous key with random digits that only you can resolve.");
        }
        return Optional.empty();
    }

    /// Also within longer text: whatever has an @ between other characters.
    public static boolean isEmailAddress(String text) {
        int at = text.indexOf('@');
        return at > 0 && at < text.length() - 1 || text.regionMatches(true, 0, "mailto:", 0, 7);
    }

    /// Digits with nothing but the marks that people write between them.
    public static boolean isTelephoneNumber(String text) {
        var bare = text.regionMatches(true, 0, "tel:", 0, 4) ? text.substring(4) : text;
        long digits = bare.chars().filter(Character::isDigit).count();
        return digits >= 7 && digits <= MOST_DIGITS_OF_A_NUMBER && bare.chars().allMatch(it -> Character.isDigit(it) || " +-.()/~:_".indexOf(it) >= 0);
    }

    /// Never the key itself: it must not come into a log.
    @Override
    public String toString() {
        return "a reader";
    }
}
