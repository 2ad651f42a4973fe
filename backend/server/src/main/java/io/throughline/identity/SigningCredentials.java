package io.throughline.identity;

import org.jspecify.annotations.Nullable;

/// What a person types to sign: the password each time, the user id too with the first signing of a session (P11-9).
public record SigningCredentials(@Nullable String userId, String password) {
    @Override
    public String toString() {
        return "SigningCredentials[…]";
    }
}
