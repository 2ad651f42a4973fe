package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.ShownOnce;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Channels and the keys of their apps.
@RestController
class ChannelController {

    record ChannelList(List<ChannelView> channels) {}

    record ChannelView(String id, String key, String name, String kind, boolean purgesByKey, LimitView limit, List<KeyView> keys) {}

    /// @param usual whether it is the configured one, and not the channel's own
    record LimitView(int requests, int windowSeconds, boolean usual) {}

    record CdnRequest(boolean purgesByKey, String reason) {}

    record CdnView(boolean purgesByKey) {}

    record LimitRequest(int requests, int windowSeconds, String reason) {}

    record KeyView(
            String id,
            String name,
            String prefix,
            String use,
            int secrets,
            List<String> markets,
            List<String> locales,
            List<String> kinds,
            List<String> brands,
            boolean mayExplain,
            boolean mayTimeTravel,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable String secret) {}

    /// @param use    `key`, also when it is absent, or `client`
    /// @param brands keys of brands, `none` for content of no brand, `*` for all; absent: all, which only those who have every brand can give
    record KeyRequest(
            String name,
            @Nullable String use,
            List<String> markets,
            List<String> locales,
            List<String> kinds,
            @Nullable List<String> brands,
            boolean mayExplain,
            boolean mayTimeTravel,
            Instant expiresAt) {}

    record BrandsRequest(List<String> brands, String reason) {}

    record Revocation(String reason) {}

    record Rotation(boolean keepsPrevious, String reason) {}

    private static final int MOST_BRANDS = 100;
    private static final Pattern BRAND = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}|\\*");

    private final ApiClients clients;
    private final RateLimits limits;

    ChannelController(ApiClients clients, RateLimits limits) {
        this.clients = clients;
        this.limits = limits;
    }

    /// Everyone sees the channels, to choose one for a preview; keys show their prefix only.
    @GetMapping("/manage/v1/channels")
    @Allowed
    ChannelList list() {
        var keys = clients.listKeys();
        var policies = limits.listPolicies();
        return new ChannelList(clients.listChannels().stream()
                .map(channel -> new ChannelView(channel.id(), channel.key(), channel.name(), channel.kind(), channel.purgesByKey(), limit(policies.get(channel.id())), keys.stream()
                        .filter(it -> it.channelId().equals(channel.id()))
                        .map(it -> view(it, null))
                        .toList()))
                .toList());
    }

    @PutMapping("/manage/v1/channels/{id}/limit")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    LimitView setLimit(Actor actor, @PathVariable String id, @RequestBody LimitRequest body) {
        if (body.requests() < 1 || body.requests() > 1_000_000_000 || body.windowSeconds() < 1 || body.windowSeconds() > 3_600) {
            throw Problem.INVALID_BODY.because("Allow 1 to 1,000,000,000 requests in 1 to 3,600 seconds.");
        }
        return limit(limits.setPolicy(actor, id, new RatePolicy(body.requests(), body.windowSeconds()), body.reason()));
    }

    /// With `purgesByKey` answers say how long a CDN may keep them ([RFC 9213](https://www.rfc-editor.org/rfc/rfc9213)); without it nobody may.
    @PutMapping("/manage/v1/channels/{id}/cdn")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    CdnView setCdn(Actor actor, @PathVariable String id, @RequestBody CdnRequest body) {
        return new CdnView(clients.setPurgesByKey(actor, id, body.purgesByKey(), body.reason()).purgesByKey());
    }

    private LimitView limit(@Nullable RatePolicy own) {
        var policy = own == null ? limits.usual() : own;
        return new LimitView(policy.requests(), policy.windowSeconds(), own == null);
    }

    @PostMapping("/manage/v1/channels/{id}/keys")
    @ShownOnce
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    KeyView issue(Actor actor, @PathVariable String id, @RequestBody KeyRequest body) {
        if (body.name().isBlank() || body.name().length() > 120) {
            throw Problem.INVALID_BODY.because("Give the key a name of 1 to 120 characters.");
        }
        if (body.markets().isEmpty() || body.locales().isEmpty() || body.kinds().isEmpty()) {
            throw Problem.INVALID_BODY.because("Name at least one market, one locale and one kind; an empty list would read nothing.");
        }
        var use = body.use() == null ? ApiClients.KEY : body.use();
        if (!use.equals(ApiClients.KEY) && !use.equals(ApiClients.CLIENT)) {
            throw Problem.INVALID_BODY.because("use is 'key' or 'client'.");
        }
        var wanted = new NewApiKey(body.name(), Set.copyOf(body.markets()), Set.copyOf(body.locales()),
                Set.copyOf(body.kinds()), brands(body.brands() == null ? List.of(BrandScope.ALL) : body.brands()), body.mayExplain(), body.mayTimeTravel(), body.expiresAt());
        var issued = use.equals(ApiClients.KEY) ? clients.issueKey(actor, id, wanted) : clients.issueClient(actor, id, wanted);
        return view(issued.key(), issued.secret());
    }

    /// Other brands for a key, whoever holds it; the next second reads by them.
    @PutMapping("/manage/v1/keys/{id}/brands")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    KeyView setBrands(Actor actor, @PathVariable String id, @RequestBody BrandsRequest body) {
        return view(clients.setBrands(actor, id, brands(body.brands()), body.reason()), null);
    }

    private static BrandScope brands(List<String> brands) {
        if (brands.isEmpty()) {
            throw Problem.INVALID_BODY.because("Name at least one brand, 'none' for content of no brand, or '*' for all; an empty list would read nothing.");
        }
        if (brands.size() > MOST_BRANDS || brands.stream().anyMatch(brand -> !BRAND.matcher(brand).matches())) {
            throw Problem.INVALID_BODY.because("Name up to " + MOST_BRANDS + " brands by their keys, such as veltrana; 'none' is content of no brand, '*' is all.");
        }
        return new BrandScope(Set.copyOf(brands));
    }

    @PostMapping("/manage/v1/keys/{id}/revocation")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    KeyView revoke(Actor actor, @PathVariable String id, @RequestBody Revocation body) {
        return view(clients.revokeKey(actor, id, body.reason()), null);
    }

    /// A new secret for a client, in this answer only.
    @PostMapping("/manage/v1/keys/{id}/rotation")
    @ShownOnce
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    KeyView rotate(Actor actor, @PathVariable String id, @RequestBody Rotation body) {
        var issued = clients.rotateSecret(actor, id, body.keepsPrevious(), body.reason());
        return view(issued.key(), issued.secret());
    }

    private static KeyView view(ApiKey key, @Nullable String secret) {
        return new KeyView(key.id(), key.name(), key.prefix(), key.use(), key.secrets(), sorted(key.markets()), sorted(key.locales()), sorted(key.kinds()),
                sorted(key.brands()), key.mayExplain(), key.mayTimeTravel(), key.expiresAt(), key.revokedAt(), secret);
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }
}
