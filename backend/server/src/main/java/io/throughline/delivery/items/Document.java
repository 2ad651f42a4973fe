package io.throughline.delivery.items;

import io.throughline.shared.Sha256;

/// A JSON object in UTF-8 as it was made at publication. Its bytes are shared and never written to.
///
/// @param hash SHA-256 of the bytes, taken once, so that no answer that contains it needs to hash it again
public record Document(byte[] bytes, byte[] hash) {

    public static Document of(byte[] bytes) {
        return new Document(bytes, Sha256.digest().digest(bytes));
    }
}
