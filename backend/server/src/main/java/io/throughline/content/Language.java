package io.throughline.content;

import java.util.Locale;

/// Which language a locale is written in. en-GB and en-US are one language.
final class Language {

    private Language() {}

    /// ISO 639: `de` for `de-CH`.
    static String of(String locale) {
        int end = locale.indexOf('-');
        return (end < 0 ? locale : locale.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    static boolean isShared(String one, String other) {
        return of(one).equals(of(other));
    }

    /// In English: `German`.
    static String name(String language) {
        return Locale.of(language).getDisplayLanguage(Locale.ENGLISH);
    }
}
