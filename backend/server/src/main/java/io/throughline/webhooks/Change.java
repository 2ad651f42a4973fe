package io.throughline.webhooks;

import io.throughline.webhooks.ChannelScopes.Shelf;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of the change log with what webhooks and recalls need to know of it.
///
/// @param type       as the log writes it: `published`, `superseded`, `withdrawn`, `expired`, `changed`, `impacted`, `strategy-activated`
/// @param content    what was published or ended; null for a strategy
/// @param strategy   what was activated; null for content
/// @param withdrawal of a withdrawn publication: the act that withdrew it
record Change(long sequence, Instant at, String type, @Nullable Content content, @Nullable Strategy strategy, @Nullable Withdrawn withdrawal) {

    /// @param from  inclusive
    /// @param until exclusive
    record Content(String publicationId, String itemId, String type, @Nullable String brand, int version, Shelf shelf, Instant from, Instant until) {}

    /// @param brand null: the portfolio's
    public record Strategy(String id, @Nullable String brand, int version, Instant from, @Nullable Instant until) {}

    /// @param sequence the last one that the withdrawal took
    record Withdrawn(String id, String itemId, long sequence, Instant at) {}

    /// What endpoints hear of it; empty for what is told by another change (a superseded version by its successor), and for the
    /// end of what never was effective: no channel ever knew of it.
    Optional<EventType> event() {
        if (content == null && strategy == null) {
            return Optional.empty();
        }
        return switch (type) {
            case "published" -> Optional.of(EventType.CONTENT_PUBLISHED);
            case "withdrawn" -> endedBeforeItBegan() ? Optional.empty() : Optional.of(EventType.CONTENT_WITHDRAWN);
            case "expired" -> endedBeforeItBegan() ? Optional.empty() : Optional.of(EventType.CONTENT_EXPIRED);
            case "changed" -> Optional.of(EventType.CONTENT_CHANGED);
            case "impacted" -> endedBeforeItBegan() ? Optional.empty() : Optional.of(EventType.CONTENT_CHANGED);
            case "strategy-activated" -> Optional.of(EventType.STRATEGY_ACTIVATED);
            default -> Optional.empty();
        };
    }

    boolean endedBeforeItBegan() {
        return endsContent() && Objects.requireNonNull(content).from().compareTo(at) >= 0;
    }

    boolean endsContent() {
        return content != null && !type.equals("published") && !type.equals("changed");
    }
}
