package io.throughline.shared;

import org.jspecify.annotations.Nullable;

/// Something a check found in a document. `path` is a JSON pointer (empty: the whole document), `rule` the id of the rule
/// behind it (`US-2`), `message` says what to do.
///
/// @param span the part of the field's text that it concerns; null: the whole field
public record Finding(String code, Severity severity, String path, String message, @Nullable String rule, @Nullable Span span) {

    /// In UTF-16 units of the field's text.
    ///
    /// @param start inclusive
    /// @param end   exclusive
    public record Span(int start, int end) {
        public Span {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("a span from %d to %d is none".formatted(start, end));
            }
        }
    }

    public Finding {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("a finding's path is a JSON pointer, not '%s'".formatted(path));
        }
    }

    public Finding(String code, Severity severity, String path, String message, @Nullable String rule) {
        this(code, severity, path, message, rule, null);
    }
}
