package io.throughline.delivery;

import io.throughline.content.Kinds;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a content set was, as its receipt tells: enough to tie an event to the set and the versions that were served.
///
/// @param channelKey the channel that got the set
/// @param kind       the one kind of the set; null when it was empty
/// @param strategy   id of the strategy that decided; null when none was active
/// @param objectives ids of the objectives that some item serves
/// @param items      of all slots, in the set's order
public record Receipt(
        String channelKey,
        String market,
        String locale,
        String audience,
        @Nullable String stage,
        @Nullable String need,
        @Nullable String kind,
        @Nullable String strategy,
        int strategyVersion,
        List<String> objectives,
        List<Item> items) {

    public Receipt {
        objectives = List.copyOf(objectives);
        items = List.copyOf(items);
    }

    /// @param prescribing what was in force and shown with it; null where nothing was, and in receipts from before it was kept
    public record Item(String slot, String id, int version, @Nullable Prescribing prescribing) {}

    public record Prescribing(String id, int version) {}

    public Optional<Item> find(String itemId) {
        return items.stream().filter(item -> item.id().equals(itemId)).findFirst();
    }

    public boolean promotional() {
        return Kinds.PROMOTIONAL.equals(kind);
    }
}
