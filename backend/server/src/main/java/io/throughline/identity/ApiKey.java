package io.throughline.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key as administrators see it: never with its secret, `prefix` is enough to recognise it by.
///
/// @param use     `key`: sent with each request; `client`: its id and secret buy access tokens
/// @param brands  as in [io.throughline.shared.BrandScope]
/// @param secrets how many secrets are valid, two during a rotation
public record ApiKey(
        String id,
        String channelId,
        String name,
        String prefix,
        String use,
        int secrets,
        Set<String> markets,
        Set<String> locales,
        Set<String> kinds,
        Set<String> brands,
        boolean mayExplain,
        boolean mayTimeTravel,
        Instant expiresAt,
        @Nullable Instant revokedAt) {}
