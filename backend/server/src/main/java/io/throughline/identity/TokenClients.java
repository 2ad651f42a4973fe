package io.throughline.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import io.throughline.shared.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/// The credentials that work by client id and secret, as the authorization server wants to see them. They are managed like keys
/// ([ApiClients]); nothing is written here.
@Component
class TokenClients implements RegisteredClientRepository {

    private final ApiKeyTable keys;
    private final Clock clock;

    TokenClients(ApiKeyTable keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are made by the management API");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return keys.findClient(clientId).filter(found -> clock.instant().isBefore(found.usable().expiresAt()))
                .map(found -> RegisteredClient.withId(clientId)
                        .clientId(clientId)
                        .clientSecret(String.join(" ", found.secretHashes()))
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(AccessTokens.LIFE).build())
                        .build())
                .orElse(null);
    }

    /// Compares a secret with the hashes of those that are valid, two during a rotation. Secrets have 256 random bits, so that a
    /// slow hash would add nothing.
    static final class Secrets implements PasswordEncoder {

        @Override
        public String encode(@Nullable CharSequence secret) {
            return Sha256.hex(String.valueOf(secret));
        }

        @Override
        public boolean matches(@Nullable CharSequence secret, @Nullable String hashes) {
            if (secret == null || hashes == null) {
                return false;
            }
            var given = encode(secret).getBytes(StandardCharsets.US_ASCII);
            boolean right = false;
            for (var hash : hashes.split(" ")) {
                right |= MessageDigest.isEqual(given, hash.getBytes(StandardCharsets.US_ASCII));
            }
            return right;
        }
    }
}
