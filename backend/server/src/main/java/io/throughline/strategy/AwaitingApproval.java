package io.throughline.strategy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The newest version of a strategy that somebody other than its author may approve now.
public record AwaitingApproval(String strategyId, String name, @Nullable String brand, int number, Author createdBy, Instant createdAt) {

    public record Author(String id, String displayName) {}
}
