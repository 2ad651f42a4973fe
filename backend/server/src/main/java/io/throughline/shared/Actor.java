package io.throughline.shared;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who acts: the signed-in person with roles and scopes as they are now, or the system itself for scheduled jobs.
///
/// `brands` and `markets` hold keys, or `*` for all; an empty set is none. Services take the actor as their first
/// parameter, so that no act can happen without one (S11).
public record Actor(String id, String username, String displayName, Set<Role> roles, Set<String> brands, Set<String> markets) {

    private static final Actor SYSTEM = new Actor("system", "system", "Throughline", Set.of(), Set.of("*"), Set.of("*"));

    public Actor {
        if (id.isBlank() || username.isBlank() || displayName.isBlank()) {
            throw new IllegalArgumentException("an actor has an id, a user name and a display name");
        }
        roles = Set.copyOf(roles);
        brands = Set.copyOf(brands);
        markets = Set.copyOf(markets);
    }

    /// Only for scheduled jobs: never the stand-in for a request whose person is unknown.
    public static Actor system() {
        return SYSTEM;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean hasAny(Role... wanted) {
        for (var role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    public boolean mayUseBrand(String brand) {
        return mayUseEveryBrand() || brands.contains(brand);
    }

    /// Whether what concerns all brands at once is the actor's: the portfolio's strategy, what serves a whole channel.
    public boolean mayUseEveryBrand() {
        return brands.contains("*");
    }

    /// Content of no brand is open to everyone; that holds for content alone.
    public boolean mayUseContentOf(@Nullable String brand) {
        return brand == null || mayUseBrand(brand);
    }

    public boolean mayUseMarket(String market) {
        return markets.contains("*") || markets.contains(market);
    }
}
