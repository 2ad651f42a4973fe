package io.throughline.delivery.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose pages may use the delivery API from a browser (S22). None, unless somebody names them: a page may be shown to anybody, and a key
/// that it carries with it.
///
/// @param any      every origin, for content that anybody may read
/// @param patterns for single origins and families of hosts
record BrowserOrigins(boolean any, List<Pattern> patterns) {

    /// Schemes of apps count too (`capacitor://localhost`); a port only where it is named.
    private static final Pattern ENTRY = Pattern.compile("([a-z][a-z0-9+.-]*)://(\\*\\.)?([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
    private static final String LABELS = "([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+";

    BrowserOrigins {
        patterns = List.copyOf(patterns);
    }

    /// @param setting origins with commas between them, `https://*.host` for every host below one, or `*`; empty for none
    static BrowserOrigins of(String setting) {
        var entries = Arrays.stream(setting.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
        if (entries.contains("*")) {
            return new BrowserOrigins(true, List.of());
        }
        var patterns = new ArrayList<Pattern>();
        for (var entry : entries) {
            var parts = ENTRY.matcher(entry);
            if (!parts.matches()) {
                throw new IllegalStateException(("THROUGHLINE_CORS_ORIGINS has the entry '%s'. Write origins as https://host or https://host:port, in lower case and "
                        + "without a path, with commas between them.").formatted(entry));
            }
            var port = parts.group(5) == null ? "" : parts.group(5);
            patterns.add(Pattern.compile(Pattern.quote(parts.group(1) + "://") + (parts.group(2) == null ? "" : LABELS) + Pattern.quote(parts.group(3) + port)));
        }
        return new BrowserOrigins(false, patterns);
    }

    /// @param origin as a browser wrote it; null when none did
    boolean allow(@Nullable String origin) {
        return origin != null && (any || patterns.stream().anyMatch(it -> it.matcher(origin).matches()));
    }

    /// Whether an answer depends on who asks, so that a shared cache must tell them apart.
    boolean tellApart() {
        return !any && !patterns.isEmpty();
    }
}
