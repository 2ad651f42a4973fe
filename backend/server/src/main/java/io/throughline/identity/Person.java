package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person who may sign in. `brands` and `markets` hold keys or `*`; signing needs `identityVerifiedAt` (P11-8).
public record Person(
        String id,
        String username,
        String displayName,
        Set<Role> roles,
        Set<String> brands,
        Set<String> markets,
        @Nullable String registrationNumber,
        @Nullable Instant identityVerifiedAt,
        boolean suspended) {

    public Person {
        roles = Set.copyOf(roles);
        brands = Set.copyOf(brands);
        markets = Set.copyOf(markets);
    }

    /// This person as the one who acts; asked for anew with every request, so that roles and suspension count at once.
    public Actor asActor() {
        return new Actor(id, username, displayName, roles, brands, markets);
    }
}
