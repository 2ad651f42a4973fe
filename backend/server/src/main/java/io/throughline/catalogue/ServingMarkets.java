package io.throughline.catalogue;

import io.throughline.catalogue.ServingRules.Market;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.taxonomy.Taxonomy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What each market asks of what is served in it, worked out once for a pack.
@Component
public class ServingMarkets {

    private record Known(MarketPack pack, Market market) {}

    private final MarketPacks packs;
    private final Taxonomy taxonomy;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ServingMarkets(MarketPacks packs, Taxonomy taxonomy) {
        this.packs = packs;
        this.taxonomy = taxonomy;
    }

    public Market get(String market) {
        var pack = packs.get(market);
        var found = known.get(market);
        if (found == null || found.pack() != pack) {
            found = new Known(pack, Market.of(pack, taxonomy));
            known.put(market, found);
        }
        return found.market();
    }
}
