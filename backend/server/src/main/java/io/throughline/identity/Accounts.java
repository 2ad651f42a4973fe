package io.throughline.identity;

import java.text.Normalizer;
import java.util.Locale;

/// One spelling for every way to write an account name, so that throttling has one bucket for it (S27).
final class Accounts {

    private static final int LONGEST = 100;

    private Accounts() {}

    static String normalise(String written) {
        var folded = Normalizer.normalize(written, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return folded.length() <= LONGEST ? folded : folded.substring(0, LONGEST);
    }
}
