package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Problem;
import java.util.Set;

/// Who may act on what serves a channel (S8). Its limits and webhooks name no brand, so they are for those who have every brand; a key has
/// brands of its own and is for those who have all of them.
public final class ChannelScope {

    private ChannelScope() {}

    /// Throws `forbidden`.
    public static void requireEveryBrand(Actor actor) {
        if (!actor.mayUseEveryBrand()) {
            throw Problem.FORBIDDEN.because("A channel's limits and webhooks reach every brand, and you work for some. "
                    + "Ask a channel manager or an administrator who has every brand.");
        }
    }

    /// Throws `forbidden` where the scope reaches beyond the actor's brands. Content of no brand is open to everyone.
    static void requireBrands(Actor actor, BrandScope scope, String refusal) {
        var own = BrandScope.of(actor);
        if (!own.coversEvery() && (scope.coversEvery() || !own.brands().containsAll(scope.brands()))) {
            throw Problem.FORBIDDEN.because(refusal);
        }
    }

    /// Throws `forbidden` where the markets, `*` for all, reach beyond the actor's.
    static void requireMarkets(Actor actor, Set<String> markets, String refusal) {
        if (!markets.stream().allMatch(actor::mayUseMarket)) {
            throw Problem.FORBIDDEN.because(refusal);
        }
    }
}
