package io.throughline.delivery.edge;

import io.throughline.strategy.ActiveStrategy;
import io.throughline.strategy.Objective;
import io.throughline.strategy.Strategies;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Which strategies stand behind items and lists of them. They order sets only; but whoever purges what a strategy touches means these
/// too.
@Component
public class StrategyKeys {

    private final Strategies strategies;

    StrategyKeys(Strategies strategies) {
        this.strategies = strategies;
    }

    /// Ids of the strategies active at the instant that want something in one of the markets of one of the brands.
    ///
    /// Whatever sequence the answer is from: one key too many purges too much, one too few too little.
    ///
    /// @param brands empty: of any
    public List<String> find(Collection<String> markets, Collection<String> brands, Instant at) {
        return strategies.listActiveAt(at).stream()
                .filter(strategy -> strategy.objectives().stream().anyMatch(it -> it.markets().stream().anyMatch(markets::contains) && covers(strategy, it, brands)))
                .map(ActiveStrategy::id)
                .toList();
    }

    /// When that may be others.
    public Optional<Instant> nextChangeAfter(Instant at) {
        return strategies.nextChangeAfter(at, Long.MAX_VALUE);
    }

    private static boolean covers(ActiveStrategy strategy, Objective objective, Collection<String> brands) {
        if (brands.isEmpty()) {
            return true;
        }
        return objective.brands().isEmpty() ? strategy.brand() == null || brands.contains(strategy.brand()) : objective.brands().stream().anyMatch(brands::contains);
    }
}
