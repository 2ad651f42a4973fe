package io.throughline.publication;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decision to take an item away from channels.
///
/// @param locale       null: every locale
/// @param market       null: every market
/// @param sequence     the last content sequence that it took: whoever has come this far no longer has the item
/// @param publications ids of the publications that it ended
public record Withdrawal(
        String id,
        String itemId,
        @Nullable String locale,
        @Nullable String market,
        String reason,
        Instant withdrawnAt,
        String withdrawnBy,
        long sequence,
        List<String> publications) {

    public Withdrawal {
        publications = List.copyOf(publications);
    }
}
