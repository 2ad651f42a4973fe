package io.throughline.catalogue;

import java.util.Map;

/// Everything that is published, as of one content sequence. Immutable: whoever holds it sees nothing else for as long as they like.
///
/// @param sequence   every change up to this one is in it, and no later one; -1 before anything was read
/// @param activation the newest content sequence up to it at which a strategy was activated or ended; 0 when none was
public record CatalogueState(long sequence, long activation, Map<String, MarketCatalogue> markets) {

    static final CatalogueState NOTHING_READ = new CatalogueState(-1, 0, Map.of());

    public CatalogueState {
        markets = Map.copyOf(markets);
    }

    public MarketCatalogue market(String code) {
        return markets.getOrDefault(code, MarketCatalogue.EMPTY);
    }

    public int count() {
        return markets.values().stream().mapToInt(MarketCatalogue::count).sum();
    }
}
