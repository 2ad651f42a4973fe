package io.throughline.shared;

import java.util.BitSet;
import java.util.regex.Pattern;

/// Characters that take no place on a page: soft hyphens, zero-width spaces and joiners, direction and byte order marks. They hide words
/// from search, and a text of nothing else is empty.
public final class Invisible {

    private static final String CHARACTERS = "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0";
    private static final BitSet ANY = each(Pattern.compile("[" + CHARACTERS + "]"));
    private static final Pattern NOTHING = Pattern.compile("[" + CHARACTERS + "\\s\\p{Z}\\p{Cc}\\u2800]*");

    private Invisible() {}

    /// The same text without them, as it is searched and compared.
    public static String removed(String text) {
        int at = first(text);
        if (at == text.length()) {
            return text; // nearly every text; whole catalogues come through here when an index is built
        }
        var kept = new StringBuilder(text.length()).append(text, 0, at);
        for (; at < text.length(); at++) {
            if (!ANY.get(text.charAt(at))) {
                kept.append(text.charAt(at));
            }
        }
        return kept.toString();
    }

    private static int first(String text) {
        int at = 0;
        while (at < text.length() && !ANY.get(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static BitSet each(Pattern characters) {
        var found = new BitSet(Character.MAX_VALUE + 1);
        for (int character = 0; character <= Character.MAX_VALUE; character++) {
            found.set(character, characters.matcher(Character.toString(character)).matches());
        }
        return found;
    }

    /// Whether there is nothing to see.
    public static boolean isBlank(String text) {
        return NOTHING.matcher(text).matches();
    }
}
