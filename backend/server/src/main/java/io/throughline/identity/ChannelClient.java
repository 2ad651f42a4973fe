package io.throughline.identity;

import java.util.Set;

/// The channel app behind a request, with what its key may read; `*` is all, an empty set none. Controllers of the
/// delivery API take it as an argument.
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
        boolean mayExplain,
        boolean mayTimeTravel,
        boolean purgesByKey) {

    public boolean mayReadMarket(String market) {
        return markets.contains("*") || markets.contains(market);
    }

    public boolean mayReadLocale(String locale) {
        return locales.contains("*") || locales.contains(locale);
    }

    public boolean mayReadKind(String kind) {
        return kinds.contains("*") || kinds.contains(kind);
    }
}
