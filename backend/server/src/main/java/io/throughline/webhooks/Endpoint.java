package io.throughline.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a channel app wants to be told of changes.
///
/// @param events       written names of event types
/// @param only         of which content it is told; a strategy is nobody's content and passes
/// @param state        active, paused (by a person), disabled (by us, after 410 or days of failure) or deleted
/// @param failingSince the first failure after the last success; null while calls succeed
record Endpoint(
        String id,
        String channelId,
        String name,
        String url,
        List<String> events,
        Only only,
        String state,
        @Nullable String stateReason,
        Instant stateAt,
        @Nullable Instant failingSince,
        Instant createdAt) {

    /// What a filter lets through; an empty set lets everything through.
    ///
    /// @param types   content types
    /// @param markets codes
    /// @param brands  keys; content without a brand passes only an empty set
    record Only(Set<String> types, Set<String> markets, Set<String> brands) {

        static final Only EVERYTHING = new Only(Set.of(), Set.of(), Set.of());

        Only {
            types = Set.copyOf(types);
            markets = Set.copyOf(markets);
            brands = Set.copyOf(brands);
        }

        boolean covers(Change.Content content) {
            return (types.isEmpty() || types.contains(content.type()))
                    && (markets.isEmpty() || markets.contains(content.shelf().market()))
                    && (brands.isEmpty() || content.brand() != null && brands.contains(content.brand()));
        }
    }

    Endpoint {
        events = List.copyOf(events);
    }

    boolean hears(EventType type) {
        return events.contains(type.written());
    }

    /// @param content null for a strategy
    boolean hears(EventType type, Change.@Nullable Content content) {
        return hears(type) && (content == null || only.covers(content));
    }
}
