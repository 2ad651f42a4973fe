package io.throughline.content;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One immutable state of an item in one locale, as submitted.
///
/// @param number    1, 2, 3 … per item and locale
/// @param canonical RFC 8785 text of {brand, document, id, key, kind, locale, number, schemaVersion, type}: what is signed
/// @param sha256    of `canonical` in UTF-8, hexadecimal (P11-7)
public record Version(String itemId, String locale, int number, int schemaVersion, ObjectNode document, String canonical,
        String sha256, String submittedBy, Instant submittedAt) {

    /// The rules by which its Markdown is read.
    public Dialect dialect() {
        return Dialect.of(schemaVersion);
    }

    /// Its document as a draft would say the same.
    public ObjectNode documentForDraft() {
        return switch (dialect()) {
            case NUMBERED -> CitationsByPlace.toIds(document);
            case BY_ID -> document;
        };
    }
}
