package io.throughline.identity;

import io.throughline.shared.BrandScope;
import java.time.Instant;
import java.util.Set;

/// What a key may read; `*` is all. An empty set is none. `expiresAt` is exclusive.
public record NewApiKey(
        String name,
        Set<String> markets,
        Set<String> locales,
        Set<String> kinds,
        BrandScope brands,
        boolean mayExplain,
        boolean mayTimeTravel,
        Instant expiresAt) {

    public NewApiKey {
        if (name.isBlank() || name.length() > 120) {
            throw new IllegalArgumentException("a key's name has 1 to 120 characters");
        }
        markets = Set.copyOf(markets);
        locales = Set.copyOf(locales);
        kinds = Set.copyOf(kinds);
    }
}
