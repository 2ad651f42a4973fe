package io.throughline.identity;

import io.throughline.shared.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What it takes to make a person. The user name is kept in lower case and never given to anyone else (P11-8).
public record NewPerson(
        String username,
        String displayName,
        String password,
        Set<Role> roles,
        Set<String> brands,
        Set<String> markets,
        @Nullable String registrationNumber,
        boolean identityVerified) {

    public NewPerson {
        username = Accounts.normalise(username);
        if (!username.matches("[a-z0-9][a-z0-9._-]{1,62}")) {
            throw new IllegalArgumentException("a user name is 2 to 63 letters, digits, dots, hyphens or underscores");
        }
        displayName = displayName.strip();
        if (displayName.isEmpty() || displayName.length() > 120) {
            throw new IllegalArgumentException("a display name has 1 to 120 characters");
        }
        roles = Set.copyOf(roles);
        brands = Set.copyOf(brands);
        markets = Set.copyOf(markets);
    }

    /// Without the password: records end up in logs (S29).
    @Override
    public String toString() {
        return "NewPerson[" + username + "]";
    }
}
