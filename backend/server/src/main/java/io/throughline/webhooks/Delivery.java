package io.throughline.webhooks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message to one endpoint.
///
/// @param id       the `webhook-id`: the same at every attempt and in every replay
/// @param sequence of the change; null for a test event
/// @param reminder 0 for the first message, else the number of the reminder of a recall
/// @param state    waiting, delivered, failed (given up) or cancelled
/// @param failures since it was made or last replayed
/// @param attempts ever begun
/// @param dueAt    when it is tried next, while it waits
record Delivery(
        String id,
        @JsonIgnore String endpointId,
        String type,
        @Nullable Long sequence,
        int reminder,
        String state,
        @Nullable String stateReason,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        int failures,
        int attempts) {}
