package io.throughline.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/// The pseudonymous key by which a sender knows a person. Only the sender can tell who it is (GD-1).
///
/// Any opaque string of the alphabet will do: hexadecimal, base64url, digits with a prefix, UUID, ULID, nanoid. Random characters
/// happen to look like anything, so only what is surely a person's is refused: an e-mail address, a telephone number as people write
/// it, words with blanks. That is a net for mistakes, not a proof.
public record ReaderKey(String value) {

    /// Padding of base64url may stand at the end.
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:~-]{8,200}={0,2}");
    /// A plus before digits, or groups of digits with the marks between them that people write.
    private static final Pattern TELEPHONE = Pattern.compile("\\+[\\d .()/-]+|\\(?\\d+\\)?([ .()/-]+\\d+)+");
    private static final int FEWEST_DIGITS_OF_A_NUMBER = 7;
    private static final int MOST_DIGITS_OF_A_NUMBER = 15;

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
        if (value.chars().anyMatch(Character::isWhitespace)) {
            return Optional.of("It looks like a name. Send a pseudonymous key without blanks that only you can resolve.");
        }
        if (!FORM.matcher(value).matches()) {
            return Optional.of("A pseudonymous key has 8 to 200 letters, digits and . _ : ~ - and may end with up to two =.");
        }
        return Optional.empty();
    }

    /// Also within longer text: whatever has an @ between other characters.
    public static boolean isEmailAddress(String text) {
        int at = text.indexOf('@');
        return at > 0 && at < text.length() - 1 || text.regionMatches(true, 0, "mailto:", 0, 7);
    }

    /// As people write it: with a plus, or with marks between groups of digits. Digits alone may be anything.
    public static boolean isTelephoneNumber(String text) {
        boolean told = text.regionMatches(true, 0, "tel:", 0, 4);
        var bare = told ? text.substring(4) : text;
        long digits = bare.chars().filter(it -> it >= '0' && it <= '9').count();
        return digits >= FEWEST_DIGITS_OF_A_NUMBER && digits <= MOST_DIGITS_OF_A_NUMBER && (told || TELEPHONE.matcher(bare).matches());
    }

    /// Never the key itself: it must not come into a log.
    @Override
    public String toString() {
        return "a reader";
    }
}
