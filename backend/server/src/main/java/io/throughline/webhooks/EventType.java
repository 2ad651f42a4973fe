package io.throughline.webhooks;

import java.util.Optional;
import java.util.stream.Stream;

/// What endpoints are told of, as the delivery API's contract names it.
enum EventType {
    CONTENT_PUBLISHED("content.published"),
    CONTENT_WITHDRAWN("content.withdrawn"),
    CONTENT_EXPIRED("content.expired"),
    /// What it holds has changed its rendering or its state.
    CONTENT_CHANGED("content.changed"),
    STRATEGY_ACTIVATED("strategy.activated");

    /// Sent when a person asks for it, never by itself; nobody can subscribe to it.
    static final String TEST = "webhook.test";

    private final String written;

    EventType(String written) {
        this.written = written;
    }

    String written() {
        return written;
    }

    static Optional<EventType> find(String written) {
        return Stream.of(values()).filter(it -> it.written.equals(written)).findFirst();
    }
}
