package io.throughline.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.throughline.shared.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/// Recognises access tokens that this installation gave out (S24): signed with its own key by the one algorithm it uses, for
/// this audience, not yet over, of a client that has not been revoked since. The token only names the client; what it may
/// read is looked up.
@Component
class AccessTokens {

    static final Duration LIFE = Duration.ofMinutes(5);
    static final String AUDIENCE = "throughline-delivery";
    private static final int LONGEST = 4_000;
    private static final int REMEMBERED = 10_000;

    private record Known(ChannelClient client, Instant expiresAt, Instant readAt) {}

    private final ApiKeyTable keys;
    private final NimbusJwtDecoder decoder;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    AccessTokens(ApiKeyTable keys, JWKSource<SecurityContext> signingKeys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        var timestamps = new JwtTimestampValidator(Duration.ZERO);
        timestamps.setClock(clock);
        this.decoder = NimbusJwtDecoder.withJwkSource(signingKeys).jwsAlgorithm(SignatureAlgorithm.ES256).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(timestamps,
                new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audience -> audience != null && audience.contains(AUDIENCE)),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null)));
    }

    /// The client behind a token; empty for one that is forged, over, or of a client that is unknown, ended or revoked (within a second).
    Optional<ChannelClient> authenticate(String token) {
        if (token.length() > LONGEST || token.chars().filter(character -> character == '.').count() != 2) {
            return Optional.empty();
        }
        var now = clock.instant();
        var hash = Sha256.hex(token);
        var remembered = known.get(hash);
        if (remembered == null || remembered.readAt().plus(ApiClients.TRUSTED_FOR).isBefore(now)) {
            var read = read(token, now);
            if (read.isEmpty()) {
                known.remove(hash);
                return Optional.empty();
            }
            remembered = read.get();
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(hash, remembered);
        }
        return now.isBefore(remembered.expiresAt()) ? Optional.of(remembered.client()) : Optional.empty();
    }

    private Optional<Known> read(String token, Instant now) {
        try {
            var jwt = decoder.decode(token);
            var end = jwt.getExpiresAt();
            var subject = jwt.getSubject();
            return end == null || subject == null ? Optional.empty() : keys.findClient(subject)
                    .filter(found -> now.isBefore(found.usable().expiresAt()))
                    .map(found -> new Known(found.usable().client(), end, now));
        } catch (JwtException forged) {
            return Optional.empty();
        }
    }
}
