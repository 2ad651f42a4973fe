package io.throughline.shared;

import java.util.regex.Pattern;

/// Characters that take no place on a page: soft hyphens, zero-width spaces and joiners, direction and byte order marks. They hide words
/// from search, and a text of nothing else is empty.
public final class Invisible {

    private static final String CHARACTERS = "\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0";
    private static final Pattern ANY = Pattern.compile("[" + CHARACTERS + "]");
    private static final Pattern NOTHING = Pattern.compile("[" + CHARACTERS + "\\s\\p{Z}\\p{Cc}\\u2800]*");

    private Invisible() {}

    /// The same text without them, as it is searched and compared.
    public static String removed(String text) {
        return ANY.matcher(text).replaceAll("");
    }

    /// Whether there is nothing to see.
    public static boolean isBlank(String text) {
        return NOTHING.matcher(text).matches();
    }
}
