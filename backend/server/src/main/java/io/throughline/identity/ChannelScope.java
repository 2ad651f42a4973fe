package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Problem;
import java.util.Set;

/// Who may act on what serves a channel (S8): its keys, limits and webhooks name no brand, so they are for those who have every brand.
public final class ChannelScope {

    private ChannelScope() {}

    /// Throws `forbidden`.
    public static void requireEveryBrand(Actor actor) {
        if (!actor.mayUseEveryBrand()) {
            throw Problem.FORBIDDEN.because("A channel's keys, limits and webhooks reach every brand, and you work for some. "
                    + "Ask a channel manager or an administrator who has every brand.");
        }
    }

    /// Throws `forbidden` where the markets, `*` for all, reach beyond the actor's.
    static void requireMarkets(Actor actor, Set<String> markets, String refusal) {
        if (!markets.stream().allMatch(actor::mayUseMarket)) {
            throw Problem.FORBIDDEN.because(refusal);
        }
    }
}
