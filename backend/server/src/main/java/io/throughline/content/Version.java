package io.throughline.content;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One immutable state of an item in one locale, as submitted.
///
/// @param number    1, 2, 3 … per item and locale
/// @param canonical RFC 8785 text of {brand, document, id, key, kind, locale, number, schemaVersion, type}: what is signed
/// @param sha256    of `canonical` in UTF-8, hexadecimal (P11-7)
public record Version(String itemId, String locale, int number, int schemaVersion, ObjectNode document, String canonical,
        String sha256, String submittedBy, Instant submittedAt) {}
