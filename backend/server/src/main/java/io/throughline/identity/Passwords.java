package io.throughline.identity;

import io.throughline.identity.HashQueue.Urgency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Hashes and checks passwords with Argon2id (RFC 9106): 19 MiB, two passes, one lane, about 60 ms a check, in the [HashQueue].
@Component
class Passwords {

    private final HashQueue queue;
    private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    private final String nobodys = argon2.encode("a password that nobody has");

    Passwords(HashQueue queue) {
        this.queue = queue;
    }

    String hash(String password) {
        return queue.run(Urgency.KNOWN, () -> argon2.encode(password));
    }

    /// Takes the same time whether there is a hash or not: an unknown account must not answer faster (S10).
    boolean matches(Urgency urgency, String password, @Nullable String hash) {
        boolean bounded = password.length() <= PasswordRules.LONGEST;
        boolean right = queue.run(urgency, () -> argon2.matches(bounded ? password : "", hash == null ? nobodys : hash));
        return right && hash != null && bounded;
    }

    boolean matchesAny(String password, List<String> hashes) {
        return hashes.stream().anyMatch(hash -> matches(Urgency.KNOWN, password, hash));
    }
}
