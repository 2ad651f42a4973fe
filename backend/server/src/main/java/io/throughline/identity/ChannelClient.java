package io.throughline.identity;

import io.throughline.shared.BrandScope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The channel app behind a request, with what its key may read; `*` is all, an empty set none. What must be shown with an item comes with
/// it, whatever its own kind and brand are (US-2, UK-5). Controllers of the delivery API take it as an argument.
///
/// @param purgesByKey whether a CDN stands before it that the channel purges by surrogate key, so that shared copies may be kept
public record ChannelClient(
        String keyId,
        String channelId,
        String channelKey,
        String channelKind,
        Set<String> markets,
        Set<String> locales,
        Set<String> kinds,
        BrandScope brands,
        boolean mayExplain,
        boolean mayTimeTravel,
        boolean purgesByKey) {

    public boolean mayReadMarket(String market) {
        return markets.contains("*") || markets.contains(market);
    }

    public boolean mayReadLocale(String locale) {
        return locales.contains("*") || locales.contains(locale);
    }

    /// @param brand null: content of no brand, which a key reads only when that is in its scope
    public boolean mayReadBrand(@Nullable String brand) {
        return brands.covers(brand);
    }

    public boolean mayReadKind(String kind) {
        return kinds.contains("*") || kinds.contains(kind);
    }
}
