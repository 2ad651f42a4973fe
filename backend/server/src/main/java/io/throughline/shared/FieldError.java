package io.throughline.shared;

import org.jspecify.annotations.Nullable;

/// One thing wrong with a request. `path` is a JSON pointer into the body, or the name of a query parameter.
///
/// @param rule id of the rule that was broken (`US-2`, `rul_…`), the same that a finding names; null where none was
public record FieldError(String code, String path, String message, @Nullable String rule) {

    public FieldError(String code, String path, String message) {
        this(code, path, message, null);
    }

    public static FieldError of(Finding finding) {
        return new FieldError(finding.code(), finding.path(), finding.message(), finding.rule());
    }
}
