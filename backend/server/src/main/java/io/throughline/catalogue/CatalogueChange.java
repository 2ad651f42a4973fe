package io.throughline.catalogue;

import org.jspecify.annotations.Nullable;

/// One change of the catalogue as a node learns of it.
///
/// @param market             of the publication that started or ended
/// @param endedPublicationId what the change ended; null when it ended none, as `published` and `changed` do
/// @param published          what a `published` change added; null for every other type
public record CatalogueChange(long sequence, String type, @Nullable String itemId, @Nullable String market, @Nullable String endedPublicationId,
        @Nullable Candidate published) {

    public boolean touchesStrategy() {
        return type.equals("strategy-activated");
    }
}
