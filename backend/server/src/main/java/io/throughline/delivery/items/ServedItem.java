package io.throughline.delivery.items;

import io.throughline.catalogue.CatalogueChange;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.Served;
import java.time.Instant;
import java.util.Set;

/// One item as it goes out.
///
/// @param watched the item and what is paired with it
record ServedItem(Body body, String etag, String surrogateKeys, Instant validUntil, Set<String> watched, long sequence) implements Served {

    ServedItem {
        watched = Set.copyOf(watched);
    }

    @Override
    public boolean isChangedBy(CatalogueChange change) {
        // a strategy changes the keys it is purged by
        return change.touchesStrategy() || change.itemId() != null && watched.contains(change.itemId());
    }
}
