package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import io.throughline.shared.DatabasePool;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Channels and the keys of their apps. A key is shown once and kept as its SHA-256: it has 256 random bits, so that a
/// slow hash would add nothing.
@Service
public class ApiClients {

    /// A new key with the one sight of its secret.
    public record IssuedKey(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "IssuedKey[" + key.id() + "]";
        }
    }

    /// @param renewing whether somebody reads it anew already
    private record Known(ChannelClient client, Instant expiresAt, Instant readAt, AtomicBoolean renewing) {

        boolean isOlderThan(Duration age, Instant now) {
            return readAt.plus(age).isBefore(now);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(ApiClients.class);

    static final Duration TRUSTED_FOR = Duration.ofMillis(850); // a revocation and other brands act within a second (S25)
    /// From then on a key in use is read anew beside the requests, so that none of them waits for it.
    private static final Duration RENEWED_AFTER = Duration.ofMillis(400);
    static final String KEY = "key";
    static final String CLIENT = "client";
    private static final int REMEMBERED = 10_000;
    private static final int PREFIX_LENGTH = 12;
    private static final Duration LONGEST_LIFE = Duration.ofDays(400);

    private final ApiKeyTable keys;
    private final AuditTrail audit;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    ApiClients(ApiKeyTable keys, AuditTrail audit, Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /// The client with this key; empty when it is unknown, expired or revoked (within a second).
    public Optional<ChannelClient> authenticate(String bearerToken) {
        if (!bearerToken.startsWith("tlk_") || bearerToken.length() > 200) {
            return Optional.empty();
        }
        var now = clock.instant();
        var hash = Sha256.hex(bearerToken);
        var remembered = known.get(hash);
        if (remembered == null || remembered.isOlderThan(TRUSTED_FOR, now)) {
            remembered = read(hash, now);
        } else if (remembered.isOlderThan(RENEWED_AFTER, now) && remembered.renewing().compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> DatabasePool.DELIVERY.run(() -> renew(hash)));
        }
        return remembered != null && now.isBefore(remembered.expiresAt()) ? Optional.of(remembered.client()) : Optional.empty();
    }

    private @Nullable Known read(String hash, Instant now) {
        var found = keys.findUsable(hash);
        if (found.isEmpty()) {
            known.remove(hash);
            return null;
        }
        var read = new Known(found.get().client(), found.get().expiresAt(), now, new AtomicBoolean());
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        known.put(hash, read);
        return read;
    }

    private void renew(String hash) {
        try {
            read(hash, clock.instant());
        } catch (DataAccessException away) {
            log.debug("a key can't be read anew; it is trusted for {} and then asked for again", TRUSTED_FOR, away);
        }
    }

    public List<Channel> listChannels() {
        return keys.listChannels();
    }

    public Optional<Channel> findChannelById(String id) {
        return keys.listChannels().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    public Optional<Channel> findChannel(String key) {
        return keys.listChannels().stream().filter(it -> it.key().equals(key)).findFirst();
    }

    public List<ApiKey> listKeys() {
        return keys.listKeys();
    }

    /// Makes a key and answers with its secret, this once. Throws `not-found` for an unknown channel.
    @Transactional
    public IssuedKey issueKey(Actor actor, String channelId, NewApiKey key) {
        return issue(actor, channelId, key, KEY);
    }

    /// The same for a client: its id and secret buy access tokens at `/oauth2/token`.
    @Transactional
    public IssuedKey issueClient(Actor actor, String channelId, NewApiKey key) {
        return issue(actor, channelId, key, CLIENT);
    }

    /// Gives a client a new secret, shown this once. Throws `not-found`, also for a plain key: that is replaced by issuing another.
    ///
    /// @param keepsPrevious whether the newest secret so far stays valid beside it; an older one ends in any case
    @Transactional
    public IssuedKey rotateSecret(Actor actor, String keyId, boolean keepsPrevious, String reason) {
        requireManager(actor);
        Reasons.require(reason);
        requireWithin(actor, keyId, "There is no such client in force.");
        var secret = secret(CLIENT);
        if (!keys.rotate(keyId, Sha256.hex(secret), prefix(secret), keepsPrevious)) {
            throw Problem.NOT_FOUND.because("There is no such client in force.");
        }
        audit.record(actor, "key.secret-rotated", "api-key", keyId, reason, null, Json.object().put("keepsPrevious", keepsPrevious));
        return new IssuedKey(getKey(keyId), secret);
    }

    private IssuedKey issue(Actor actor, String channelId, NewApiKey key, String use) {
        requireManager(actor);
        ChannelScope.requireMarkets(actor, key.markets(), "You can't give a key markets that you may not use yourself.");
        ChannelScope.requireBrands(actor, key.brands(), "You can't give a key brands that are not yours. Name some of your own; 'none' stands for content of no brand.");
        if (findChannelById(channelId).isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such channel.");
        }
        var now = clock.instant();
        if (!key.expiresAt().isAfter(now) || key.expiresAt().isAfter(now.plus(LONGEST_LIFE))) {
            throw Problem.INVALID_BODY.because("expiresAt lies in the future, at most %d days ahead.".formatted(LONGEST_LIFE.toDays()));
        }
        var secret = secret(use);
        return new IssuedKey(insert(actor, channelId, secret, key, use), secret);
    }

    private String secret(String use) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return (use.equals(CLIENT) ? "tls_" : "tlk_") + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String prefix(String secret) {
        return secret.substring(0, Math.min(PREFIX_LENGTH, secret.length()));
    }

    /// Revokes a key for good; a revoked one stays revoked. Throws `not-found`.
    @Transactional
    public ApiKey revokeKey(Actor actor, String keyId, String reason) {
        requireManager(actor);
        Reasons.require(reason);
        requireWithin(actor, keyId, "There is no such key, or it is revoked already.");
        var hash = keys.revoke(keyId, clock.instant().atOffset(ZoneOffset.UTC))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such key, or it is revoked already."));
        audit.record(actor, "key.revoked", "api-key", keyId, reason, null, null);
        known.remove(hash);
        return getKey(keyId);
    }

    /// Gives a key other brands, from the next second on. Throws `not-found`, also for a revoked one, and `forbidden` where what it reads
    /// or shall read reaches beyond the actor's own brands or markets.
    @Transactional
    public ApiKey setBrands(Actor actor, String keyId, BrandScope brands, String reason) {
        requireManager(actor);
        Reasons.require(reason);
        if (!keys.lockInForce(keyId)) {
            throw Problem.NOT_FOUND.because("There is no such key, or it is revoked already.");
        }
        requireWithin(actor, keyId, "There is no such key, or it is revoked already.");
        ChannelScope.requireBrands(actor, brands, "You can't give a key brands that are not yours. Name some of your own; 'none' stands for content of no brand.");
        var before = getKey(keyId);
        keys.addBrands(keyId, brands, actor.id(), clock.instant().atOffset(ZoneOffset.UTC));
        var after = getKey(keyId);
        audit.record(actor, "key.brands-changed", "api-key", keyId, reason, Json.tree(before), Json.tree(after));
        return after;
    }

    @Transactional
    Channel createChannel(Actor actor, String key, String name, String kind) {
        var channel = new Channel(Ids.next("chn"), key, name, kind, false);
        keys.insert(channel);
        audit.record(actor, "channel.created", "channel", channel.id(), null, null, Json.tree(channel));
        return channel;
    }

    /// Says whether a CDN that purges by surrogate key stands before a channel. Throws `not-found`.
    @Transactional
    public Channel setPurgesByKey(Actor actor, String channelId, boolean purgesByKey, String reason) {
        requireManager(actor);
        ChannelScope.requireEveryBrand(actor);
        Reasons.require(reason);
        var before = findChannelById(channelId);
        if (before.isEmpty() || !keys.setPurgesByKey(channelId, purgesByKey)) {
            throw Problem.NOT_FOUND.because("There is no such channel.");
        }
        var after = findChannelById(channelId).orElseThrow();
        audit.record(actor, "channel.cdn-changed", "channel", channelId, reason, Json.tree(before.get()), Json.tree(after));
        return after;
    }

    @Transactional
    void seedKey(Actor actor, String channelId, String secret, NewApiKey key) {
        if (!keys.exists(Sha256.hex(secret))) {
            insert(actor, channelId, secret, key, KEY);
        }
    }

    private ApiKey insert(Actor actor, String channelId, String secret, NewApiKey key, String use) {
        var made = new ApiKey(Ids.next("key"), channelId, key.name(), prefix(secret), use, 1,
                key.markets(), key.locales(), key.kinds(), key.brands().brands(), key.mayExplain(), key.mayTimeTravel(), key.expiresAt(), null);
        keys.insert(made, Sha256.hex(secret), actor.id(), clock.instant().atOffset(ZoneOffset.UTC));
        audit.record(actor, "key.issued", "api-key", made.id(), null, null, Json.tree(made));
        return made;
    }

    private ApiKey getKey(String id) {
        return keys.listKeys().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    }

    private void requireWithin(Actor actor, String keyId, String missing) {
        var key = keys.listKeys().stream().filter(it -> it.id().equals(keyId)).findFirst().orElseThrow(() -> Problem.NOT_FOUND.because(missing));
        ChannelScope.requireMarkets(actor, key.markets(),
                "This key reads markets that are not yours. Ask a channel manager or an administrator who has all of them.");
        ChannelScope.requireBrands(actor, new BrandScope(key.brands()),
                "This key reads brands that are not yours. Ask a channel manager or an administrator who has all of them.");
    }

    private static void requireManager(Actor actor) {
        if (!Set.of(Role.CHANNEL_MANAGER, Role.ADMINISTRATOR).stream().anyMatch(actor::has)) {
            throw Problem.FORBIDDEN.because("Only channel managers and administrators manage keys.");
        }
    }
}
