package io.throughline.ingest.document;

import java.util.Locale;

/// The formats that are read. The list is an allow-list: whatever is not here is refused (S20).
public enum DocumentFormat {
    JATS,
    DOCX,
    PDF,
    HTML;

    /// As it stands in a draft's `source.format`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
