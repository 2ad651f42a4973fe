package io.throughline.shared;

import org.jspecify.annotations.Nullable;

/// Something a check found in a document. `path` is a JSON pointer (empty: the whole document), `rule` the id of the rule
/// behind it (`US-2`), `message` says what to do.
public record Finding(String code, Severity severity, String path, String message, @Nullable String rule) {
    public Finding {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("a finding's path is a JSON pointer, not '%s'".formatted(path));
        }
    }
}
