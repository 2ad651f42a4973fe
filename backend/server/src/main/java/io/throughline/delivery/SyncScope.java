package io.throughline.delivery;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a channel's copy of the catalogue holds.
///
/// @param types   empty: every type
/// @param channel notation of the channel's kind
record SyncScope(Set<String> markets, Set<String> locales, Set<String> kinds, Set<String> types, String channel) {

    SyncScope {
        markets = new TreeSet<>(markets);
        locales = new TreeSet<>(locales);
        kinds = new TreeSet<>(kinds);
        types = new TreeSet<>(types);
    }

    boolean isEmpty() {
        return markets.isEmpty() || locales.isEmpty() || kinds.isEmpty();
    }

    /// The part of it that may still be read.
    SyncScope within(Set<String> readMarkets, Set<String> readLocales, Set<String> readKinds) {
        return new SyncScope(both(markets, readMarkets), both(locales, readLocales), both(kinds, readKinds), types, channel);
    }

    boolean covers(Candidate candidate) {
        return markets.contains(candidate.market()) && locales.contains(candidate.locale()) && kinds.contains(candidate.kind())
                && (types.isEmpty() || types.contains(candidate.type()));
    }

    boolean holds(Candidate candidate) {
        return covers(candidate) && (candidate.facets().channel().isEmpty() || candidate.facets().channel().contains(channel));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }
}
