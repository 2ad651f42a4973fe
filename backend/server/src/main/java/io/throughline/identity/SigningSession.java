package io.throughline.identity;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One continuous period in which a person signs: a sign-in session, or a batch. Controllers take it as an argument.
public abstract sealed class SigningSession permits SigningSession.Batch, HttpSigningSession {

    SigningSession() {}

    /// Whether the next signing is the first of this session for that person, which needs both components (P11-9).
    public abstract boolean isFirstSigningOf(String personId);

    abstract void bothGivenBy(String personId);

    /// For loading many signed records in one go; each signing still needs its password.
    public static SigningSession batch() {
        return new Batch();
    }

    /// Remembers, in memory and salted, which passwords proved right: a thousand slow hashes of one password prove no more.
    static final class Batch extends SigningSession {

        private final byte[] salt = new byte[32];
        private final Map<String, @Nullable String> proved = new HashMap<>();

        Batch() {
            new SecureRandom().nextBytes(salt);
        }

        @Override
        public boolean isFirstSigningOf(String personId) {
            return !proved.containsKey(personId);
        }

        @Override
        void bothGivenBy(String personId) {
            proved.putIfAbsent(personId, null);
        }

        void proved(String personId, String password) {
            proved.put(personId, fingerprint(password));
        }

        boolean alreadyProved(String personId, String password) {
            var fingerprint = proved.get(personId);
            return fingerprint != null && MessageDigest.isEqual(fingerprint.getBytes(StandardCharsets.UTF_8),
                    fingerprint(password).getBytes(StandardCharsets.UTF_8));
        }

        private String fingerprint(String password) {
            var digest = Sha256.digest();
            digest.update(salt);
            return Sha256.hex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
