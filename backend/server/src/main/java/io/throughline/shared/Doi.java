package io.throughline.shared;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A digital object identifier as it is compared: from `10.` on, in lower case; equal only when whole.
public final class Doi {

    private static final Pattern WRITTEN = Pattern.compile("(?:https?://(?:dx\\.)?doi\\.org/|doi:?\\s*)?(10\\.[0-9]{4,9}(?:\\.[0-9]+)*/\\S+)", Pattern.CASE_INSENSITIVE);

    private Doi() {}

    /// Of what people write: with or without `doi:` or a resolver's address. Empty for what is none.
    public static Optional<String> plain(String written) {
        var found = WRITTEN.matcher(written.strip());
        return found.matches() ? Optional.of(found.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
