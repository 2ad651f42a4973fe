package io.throughline.delivery;

import org.jspecify.annotations.Nullable;

/// One change of the catalogue as a node learns of it.
///
/// @param published what a `published` change added; null for every other type
record CatalogueChange(long sequence, String type, @Nullable String itemId, @Nullable Candidate published) {

    boolean touchesStrategy() {
        return type.equals("strategy-activated");
    }
}
