package io.throughline.strategy;

import io.throughline.shared.Actor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose strategy a person may read, and for whom they may act (S7, S8). A strategy without a brand is the portfolio's and decides for
/// every brand: everyone reads it, only whoever has every brand acts on it.
final class StrategyScope {

    private StrategyScope() {}

    /// @param brand null: the portfolio's
    static boolean mayRead(Actor actor, @Nullable String brand) {
        return brand == null || actor.mayUseBrand(brand);
    }

    /// @param brand null: the portfolio's
    static boolean mayActFor(Actor actor, @Nullable String brand) {
        return brand == null ? actor.mayUseEveryBrand() : actor.mayUseBrand(brand);
    }

    /// Why the actor takes no step with a strategy of this brand that they may read; empty where they may.
    static Optional<String> refusal(Actor actor, @Nullable String brand) {
        return mayActFor(actor, brand) ? Optional.empty() : Optional.of(
                "The portfolio's strategy decides for every brand, and you work for some. Ask a strategist who has every brand, or use the strategy of your own brand.");
    }

    /// The same for one of its versions: what its objectives name is touched by every step.
    static Optional<String> refusal(Actor actor, @Nullable String brand, StrategyDocument document) {
        return refusal(actor, brand).or(() -> document.objectives().stream().allMatch(it -> it.brands().stream().allMatch(actor::mayUseBrand))
                ? Optional.empty() : Optional.of(
                "An objective of this version names a brand that is not yours. Ask a strategist who has every brand, or store a version that names only yours."));
    }
}
