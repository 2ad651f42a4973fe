package io.throughline.webhooks;

import io.throughline.shared.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Thin payloads: what happened to which ids at which sequence. The content itself is fetched, with `Min-Sequence`, so that a
/// late or repeated call never brings old content.
final class Payloads {

    private Payloads() {}

    /// @param recallId of a withdrawal: what is to be confirmed
    /// @param reminder 0 for the first message
    /// @param ended    of a changed item: whether it left
    static String content(EventType type, long sequence, Instant at, Change.Content content, @Nullable String recallId, int reminder,
            boolean ended) {
        var data = Json.object().put("sequence", sequence).put("itemId", content.itemId()).put("version", content.version())
                .put("market", content.shelf().market()).put("locale", content.shelf().locale());
        if (type == EventType.CONTENT_PUBLISHED) {
            data.put("effectiveFrom", content.from().toString()).put("effectiveUntil", content.until().toString());
        }
        if (type == EventType.CONTENT_CHANGED) {
            data.put("ended", ended);
        }
        if (recallId != null) {
            data.put("recallId", recallId);
        }
        if (reminder > 0) {
            data.put("reminder", reminder);
        }
        return message(type.written(), at, data);
    }

    static String strategy(long sequence, Instant at, Change.Strategy strategy) {
        var data = Json.object().put("sequence", sequence).put("strategyId", strategy.id()).put("version", strategy.version())
                .put("activeFrom", strategy.from().toString());
        var until = strategy.until();
        if (until != null) {
            data.put("activeUntil", until.toString());
        }
        return message(EventType.STRATEGY_ACTIVATED.written(), at, data);
    }

    static String test(Instant at, String endpointId) {
        return message(EventType.TEST, at, Json.object().put("endpointId", endpointId));
    }

    private static String message(String type, Instant at, ObjectNode data) {
        var message = Json.object().put("type", type).put("timestamp", at.toString());
        message.set("data", data);
        return Json.text(message);
    }
}
