package io.throughline.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A preview token as people see it: never with its secret, `prefix` is enough to recognise it by.
///
/// @param madeBy the name of the person whose eyes it has
record PreviewToken(
        String id,
        String channelId,
        String name,
        String prefix,
        Set<String> markets,
        Set<String> locales,
        Set<String> kinds,
        String madeBy,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}
