package io.throughline.delivery.sets;

import io.throughline.catalogue.CatalogueChange;
import io.throughline.delivery.demand.DemandTally;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.Served;
import io.throughline.delivery.choice.Admission;
import io.throughline.delivery.choice.SetContext;
import java.time.Instant;
import java.util.Set;

/// A content set as it goes out: bytes that are equal on every node.
///
/// @param context    what it was composed for; decides which new publications could change it
/// @param watched    item ids whose changes would change it
/// @param validUntil the next scheduled change, exclusive
/// @param sequence   the content sequence it was composed at
/// @param tally      what is counted each time it is served
public record ServedSet(Body body, String etag, String surrogateKeys, Instant validUntil, SetContext context, Set<String> watched,
        long sequence, DemandTally tally) implements Served {

    public ServedSet {
        watched = Set.copyOf(watched);
    }

    @Override
    public boolean isChangedBy(CatalogueChange change) {
        if (change.touchesStrategy()) {
            return true;
        }
        if (change.itemId() != null && watched.contains(change.itemId())) {
            return true;
        }
        return change.published() != null && Admission.couldEnter(context, change.published());
    }
}
