package io.throughline.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a channel app wants to be told of changes.
///
/// @param events       written names of event types
/// @param state        active, paused (by a person), disabled (by us, after 410 or days of failure) or deleted
/// @param failingSince the first failure after the last success; null while calls succeed
record Endpoint(
        String id,
        String channelId,
        String name,
        String url,
        List<String> events,
        String state,
        @Nullable String stateReason,
        Instant stateAt,
        @Nullable Instant failingSince,
        Instant createdAt) {

    Endpoint {
        events = List.copyOf(events);
    }

    boolean hears(EventType type) {
        return events.contains(type.written());
    }
}
