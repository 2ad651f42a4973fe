package io.throughline.identity;

import io.throughline.identity.HashQueue.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The one way to prove oneself by a password: to sign in, to sign, to change it. What is wrong is counted; what was wrong too
/// often is not even hashed. No transaction is open while a password is hashed.
@Service
class PasswordProofs {

    enum Proof { RIGHT, WRONG, TOO_MANY }

    private final FailedAttempts failures;
    private final Passwords passwords;

    PasswordProofs(FailedAttempts failures, Passwords passwords) {
        this.failures = failures;
        this.passwords = passwords;
    }

    /// Under which the attempts of a person who is signed in already count, to sign or to change the password.
    static String accountOf(String personId) {
        return "person " + personId;
    }

    /// @param account under which attempts are counted, whether it exists or not
    /// @param hash    null where there is none: it takes as long to be wrong (S10)
    /// @throws io.throughline.shared.ProblemException `busy`; the attempt does not count then
    Proof prove(String account, Origin origin, String password, @Nullable String hash) {
        var attempt = failures.begin(account, origin);
        if (attempt.isEmpty()) {
            return Proof.TOO_MANY;
        }
        boolean right;
        try {
            right = passwords.matches(origin.isKnown() ? Urgency.KNOWN : Urgency.STRANGER, password, hash);
        } catch (RuntimeException unchecked) {
            failures.takeBack(attempt.getAsLong());
            throw unchecked;
        }
        if (!right) {
            return Proof.WRONG;
        }
        failures.forget(account, origin);
        return Proof.RIGHT;
    }
}
