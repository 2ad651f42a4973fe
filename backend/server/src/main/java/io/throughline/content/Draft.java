package io.throughline.content;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The one mutable copy per item and locale.
///
/// @param revision       1 for a new draft, one more with each save; a writer names the revision they saw
/// @param basedOnVersion number of the version it was started from, null for the item's first draft
public record Draft(String itemId, String locale, int revision, ObjectNode document, @Nullable Integer basedOnVersion,
        String updatedBy, Instant updatedAt) {

    /// The entity tag of this state of the draft, with its quotes.
    public String etag() {
        return "\"r" + revision + "\"";
    }
}
