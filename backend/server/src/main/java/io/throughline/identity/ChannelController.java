package io.throughline.identity;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Channels and the keys of their apps.
@RestController
class ChannelController {

    record ChannelList(List<ChannelView> channels) {}

    record ChannelView(String id, String key, String name, String kind, List<KeyView> keys) {}

    record KeyView(
            String id,
            String name,
            String prefix,
            List<String> markets,
            List<String> locales,
            List<String> kinds,
            boolean mayExplain,
            boolean mayTimeTravel,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable String secret) {}

    record KeyRequest(
            String name,
            List<String> markets,
            List<String> locales,
            List<String> kinds,
            boolean mayExplain,
            boolean mayTimeTravel,
            Instant expiresAt) {}

    record Revocation(String reason) {}

    private final ApiClients clients;

    ChannelController(ApiClients clients) {
        this.clients = clients;
    }

    /// Everyone sees the channels, to choose one for a preview; keys show their prefix only.
    @GetMapping("/manage/v1/channels")
    @Allowed
    ChannelList list() {
        var keys = clients.listKeys();
        return new ChannelList(clients.listChannels().stream()
                .map(channel -> new ChannelView(channel.id(), channel.key(), channel.name(), channel.kind(), keys.stream()
                        .filter(it -> it.channelId().equals(channel.id()))
                        .map(it -> view(it, null))
                        .toList()))
                .toList());
    }

    @PostMapping("/manage/v1/channels/{id}/keys")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    KeyView issue(Actor actor, @PathVariable String id, @RequestBody KeyRequest body) {
        if (body.name().isBlank() || body.name().length() > 120) {
            throw Problem.INVALID_BODY.because("Give the key a name of 1 to 120 characters.");
        }
        if (body.markets().isEmpty() || body.locales().isEmpty() || body.kinds().isEmpty()) {
            throw Problem.INVALID_BODY.because("Name at least one market, one locale and one kind; an empty list would read nothing.");
        }
        var issued = clients.issueKey(actor, id, new NewApiKey(body.name(), Set.copyOf(body.markets()), Set.copyOf(body.locales()),
                Set.copyOf(body.kinds()), body.mayExplain(), body.mayTimeTravel(), body.expiresAt()));
        return view(issued.key(), issued.secret());
    }

    @PostMapping("/manage/v1/keys/{id}/revocation")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    KeyView revoke(Actor actor, @PathVariable String id, @RequestBody Revocation body) {
        return view(clients.revokeKey(actor, id, body.reason()), null);
    }

    private static KeyView view(ApiKey key, @Nullable String secret) {
        return new KeyView(key.id(), key.name(), key.prefix(), sorted(key.markets()), sorted(key.locales()), sorted(key.kinds()),
                key.mayExplain(), key.mayTimeTravel(), key.expiresAt(), key.revokedAt(), secret);
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }
}
