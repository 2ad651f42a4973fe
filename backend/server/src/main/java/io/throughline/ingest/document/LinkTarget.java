package io.throughline.ingest.document;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Only web addresses become links; everything else stays text (S21: no `javascript:`, no `data:`).
final class LinkTarget {

    private LinkTarget() {}

    /// With all characters escaped that would end a Markdown link; null when it is not a web address.
    static @Nullable String of(String given) {
        var address = given.strip();
        var lower = address.toLowerCase(Locale.ROOT);
        if (lower.startsWith("10.") && lower.matches("10\\.\\d{4,9}/\\S+")) {
            address = "https://doi.org/" + address;
        } else if (lower.startsWith("www.")) {
            address = "https://" + address;
        } else if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return null;
        }
        if (address.length() < 11 || address.length() > 2000) {
            return null;
        }
        var out = new StringBuilder();
        for (var c : address.toCharArray()) {
            if (Whitespace.is(c) || Character.isISOControl(c)) {
                return null;
            }
            if ("()<>[]\\|\"'`{}*_~^".indexOf(c) >= 0) {
                out.append("%%%02X".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
