package io.throughline.shared;

import java.security.SecureRandom;
import java.time.Instant;

/// Makes and recognises ids: a prefix that names the kind (`itm`), `_`, and 26 Crockford base32 characters of a UUIDv7
/// (RFC 9562), so that ids sort by the time they were made.
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /// A new id such as `itm_01KAH8…`; `prefix` is the bare kind without the underscore.
    public static String next(String prefix) {
        if (!prefix.matches("[a-z]{2,6}")) {
            throw new IllegalArgumentException("an id's prefix is two to six lower-case letters, not '%s'".formatted(prefix));
        }
        var now = Instant.now();
        // RFC 9562, 6.2 method 3: the fraction of the millisecond fills the twelve bits after the version
        long fraction = (now.getNano() % 1_000_000) * 4096L / 1_000_000;
        long high = (now.toEpochMilli() << 16) | 0x7000L | fraction;
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return prefix + "_" + encode(high, low);
    }

    /// Whether `value` has the form of an id with that prefix; says nothing about whether it exists.
    public static boolean isValid(String prefix, String value) {
        if (value.length() != prefix.length() + 1 + LENGTH || !value.startsWith(prefix) || value.charAt(prefix.length()) != '_') {
            return false;
        }
        var digits = value.substring(prefix.length() + 1);
        // 26 characters hold 130 bits: the first one carries only three
        return digits.charAt(0) <= '7' && digits.chars().allMatch(digit -> ALPHABET.indexOf(digit) >= 0);
    }

    private static String encode(long high, long low) {
        var digits = new char[LENGTH];
        for (int at = LENGTH - 1; at >= 0; at--) {
            digits[at] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(digits);
    }
}
