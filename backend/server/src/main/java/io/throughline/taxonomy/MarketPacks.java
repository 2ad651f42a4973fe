package io.throughline.taxonomy;

import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Service;

/// The market packs that ship, read when the server starts.
@Service
public class MarketPacks {

    private final Map<String, MarketPack> packs = new TreeMap<>();

    MarketPacks(ResourcePatternResolver resources) {
        try {
            for (var file : resources.getResources("classpath*:content-schema/market-packs/??.json")) {
                var pack = Json.mapper().readValue(file.getContentAsString(StandardCharsets.UTF_8), MarketPack.class);
                packs.put(pack.market(), pack);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the market packs can't be read", e);
        }
    }

    /// By market.
    public List<MarketPack> list() {
        return List.copyOf(packs.values());
    }

    public Optional<MarketPack> find(String market) {
        return Optional.ofNullable(packs.get(market));
    }

    /// Throws the problem `not-found`.
    public MarketPack get(String market) {
        return find(market).orElseThrow(() -> Problem.NOT_FOUND.because("There is no market '%s'.".formatted(market)));
    }
}
