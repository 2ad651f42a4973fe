package io.throughline.shared;

/// One thing wrong with a request. `path` is a JSON pointer into the body, or the name of a query parameter.
public record FieldError(String code, String path, String message) {

    public static FieldError of(Finding finding) {
        return new FieldError(finding.code(), finding.path(), finding.message());
    }
}
