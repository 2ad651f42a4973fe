package io.throughline.identity;

import io.throughline.shared.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Hashes and checks passwords with Argon2id (RFC 9106): 19 MiB, two passes, one lane, about 60 ms a check.
@Component
class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 200; // what is hashed must be bounded (S31)

    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final String nobodys = argon2.encode("a password that nobody has");

    String hash(String password) {
        return argon2.encode(password);
    }

    /// Takes the same time whether there is a hash or not: an unknown account must not answer faster (S10).
    boolean matches(String password, @Nullable String hash) {
        boolean right = argon2.matches(password.length() <= LONGEST ? password : "", hash == null ? nobodys : hash);
        return right && hash != null && password.length() <= LONGEST;
    }

    void requireAcceptable(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST || password.isBlank()) {
            throw Problem.INVALID_BODY.because("A password has %d to %d characters; three or four words make a good one."
                    .formatted(SHORTEST, LONGEST));
        }
    }
}
