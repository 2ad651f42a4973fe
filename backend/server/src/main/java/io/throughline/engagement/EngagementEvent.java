package io.throughline.engagement;

import io.throughline.delivery.ReaderKey;
import io.throughline.delivery.Receipt;
import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One checked event.
///
/// @param source     of the sender's choice; with `id` it names the event within the channel
/// @param occurredAt by the sender's clock
/// @param served     what the receipt says; null where the event refers to no set
/// @param item       of that set; null where the event is about no item
/// @param data       what else the type may carry
record EngagementEvent(
        String source,
        String id,
        EventType type,
        ReaderKey subject,
        Instant occurredAt,
        @Nullable Served served,
        Receipt.@Nullable Item item,
        JsonNode data) {

    /// @param sha256 of the receipt's text
    record Served(Receipt receipt, String sha256) {

        static Served of(Receipt receipt, String text) {
            return new Served(receipt, Sha256.hex(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /// Equal for events that are one contact with the person: a set with promotional content that is shown on one UTC day is one,
    /// however many of its items are seen; a meeting with a person is one. Null for what approaches nobody.
    @Nullable String contact() {
        return switch (type) {
            case SHOWN -> served == null || !served.receipt().promotional() ? null
                    : "set:" + served.sha256() + ":" + occurredAt.atZone(ZoneOffset.UTC).toLocalDate();
            case INTERACTION -> "met:" + source + ":" + id;
            case OPENED, COMPLETED, DISMISSED, RATED, FEEDBACK, STAGE_CHANGED, HANDED_OFF -> null;
        };
    }
}
