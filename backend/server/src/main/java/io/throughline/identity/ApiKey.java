package io.throughline.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key as administrators see it: never with its secret, `prefix` is enough to recognise it by.
public record ApiKey(
        String id,
        String channelId,
        String name,
        String prefix,
        Set<String> markets,
        Set<String> locales,
        Set<String> kinds,
        boolean mayExplain,
        boolean mayTimeTravel,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}
