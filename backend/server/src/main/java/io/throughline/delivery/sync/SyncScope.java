package io.throughline.delivery.sync;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Readable;
import io.throughline.shared.BrandScope;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a channel's copy of the catalogue holds.
///
/// @param types   empty: every type
/// @param readable of which channel and brands it is; two scopes of other brands are two scopes
record SyncScope(Set<String> markets, Set<String> locales, Set<String> kinds, Set<String> types, Readable readable) {

    SyncScope {
        markets = new TreeSet<>(markets);
        locales = new TreeSet<>(locales);
        kinds = new TreeSet<>(kinds);
        types = new TreeSet<>(types);
    }

    boolean isEmpty() {
        return markets.isEmpty() || locales.isEmpty() || kinds.isEmpty() || readable.brands().coversNothing();
    }

    /// The part of it that may still be read.
    SyncScope within(Set<String> readMarkets, Set<String> readLocales, Set<String> readKinds, BrandScope readBrands) {
        return new SyncScope(both(markets, readMarkets), both(locales, readLocales), both(kinds, readKinds), types,
                new Readable(readable.channel(), readable.brands().within(readBrands)));
    }

    boolean covers(Candidate candidate) {
        return markets.contains(candidate.market()) && locales.contains(candidate.locale()) && kinds.contains(candidate.kind())
                && (types.isEmpty() || types.contains(candidate.type())) && readable.brands().covers(candidate.brand());
    }

    boolean holds(Candidate candidate) {
        return covers(candidate) && readable.reads(candidate);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }
}
