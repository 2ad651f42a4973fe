package io.throughline.strategy;

import io.throughline.strategy.Strategies.Activation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a strategy version stands. Derived from facts, never stored: the clock alone activates and ends.
public enum StrategyState {
    DRAFT,
    APPROVED,
    /// Activated, and some later instant will let it decide.
    SCHEDULED,
    ACTIVE,
    /// It was activated, and no later instant will let it decide.
    ENDED;

    /// @param activations all there are, of every strategy; what was ended early has that moment as its end
    static StrategyState of(boolean approved, List<Activation> activations, String strategyId, int number, Instant now) {
        var own = activations.stream()
                .filter(it -> it.strategyId().equals(strategyId) && it.number() == number)
                .max(Comparator.comparingLong(Activation::sequence));
        if (own.isEmpty()) {
            return approved ? APPROVED : DRAFT;
        }
        var rivals = activations.stream().filter(it -> Objects.equals(it.brand(), own.get().brand())).toList();
        if (decides(own.get(), rivals, now)) {
            return ACTIVE;
        }
        // it can only begin to decide where its window opens, or where that of another one closes
        return Stream.concat(Stream.of(own.get().activeFrom()), rivals.stream().map(Activation::activeUntil).flatMap(Stream::ofNullable))
                .anyMatch(it -> it.isAfter(now) && decides(own.get(), rivals, it)) ? SCHEDULED : ENDED;
    }

    private static boolean decides(Activation own, List<Activation> rivals, Instant at) {
        return deciding(rivals, at).filter(own::equals).isPresent();
    }

    /// Of activations of one scope the one that decides: the latest of those whose window covers the instant.
    static Optional<Activation> deciding(List<Activation> ofOneScope, Instant at) {
        return ofOneScope.stream().filter(it -> it.coversInstant(at)).max(Comparator.comparingLong(Activation::sequence));
    }

    /// What decides in a scope, brand or (null) portfolio.
    static Optional<Activation> deciding(List<Activation> activations, Instant at, @Nullable String brand) {
        return deciding(activations.stream().filter(it -> Objects.equals(it.brand(), brand)).toList(), at);
    }
}
