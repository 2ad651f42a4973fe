package io.throughline.delivery.sync;

import io.throughline.catalogue.Readable;
import io.throughline.delivery.edge.Answers;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.delivery.lists.ListRequests;
import io.throughline.delivery.sync.SyncToken.Position;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import io.throughline.shared.Problem;
import io.throughline.shared.SignedCursors;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SyncController {

    static final Duration TOKEN_LIFE = Duration.ofDays(90);

    private final Sync sync;
    private final SignedCursors cursors;
    private final DeliveryScope scope;
    private final Clock clock;

    SyncController(Sync sync, SignedCursors cursors, DeliveryScope scope, Clock clock) {
        this.sync = sync;
        this.cursors = cursors;
        this.scope = scope;
        this.clock = clock;
    }

    @ForChannels
    @GetMapping("/v1/sync")
    ResponseEntity<byte[]> get(
            ChannelClient client,
            @RequestParam(required = false) @Nullable Boolean initial,
            @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String locale,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(required = false) @Nullable Integer limit) {
        if (Boolean.TRUE.equals(initial) == (token != null)) {
            throw DeliveryScope.invalid(token == null ? "initial" : "token", "Begin with initial=true, then go on with token alone.");
        }
        if (token != null) {
            refuseBeside("market", market);
            refuseBeside("locale", locale);
            refuseBeside("type", type);
        }
        var from = token == null ? first(client, market, locale, type) : opened(client, token);
        var answer = sync.answer(from, reads(client, from), ListRequests.limit(limit), next -> cursors.seal(bound(client), next.json()));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION)
                .header(Answers.CONTENT_SEQUENCE, Long.toString(answer.sequence()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }

    private SyncToken first(ChannelClient client, @Nullable String market, @Nullable String locale, @Nullable String type) {
        var asked = new SyncScope(
                readable("market", market, client::mayReadMarket, scope.markets(client)),
                readable("locale", locale, client::mayReadLocale, scope.locales(client)),
                Set.copyOf(scope.kinds(client)), scope.types(type), Readable.by(client));
        return new SyncToken(asked, null, null, asked, Position.START);
    }

    /// A token goes on with the credentials of its channel, so that keys can be replaced: what a narrower one does not read leaves
    /// the copy, and a wider one does not widen it. One that reads nothing of it is refused, like one of another channel.
    private SyncToken opened(ChannelClient client, String token) {
        var opened = SyncToken.read(cursors.open(bound(client), token, "token",
                "This token does not belong to this credential. Take 'nextToken' as it is, or begin anew with initial=true."));
        if (!opened.scope().readable().channel().equals(client.channelKind()) || reads(client, opened).isEmpty()) {
            throw DeliveryScope.invalid("token", "This token belongs to a credential with another scope. Begin anew with initial=true.");
        }
        if (opened.takenAt().plus(TOKEN_LIFE).isBefore(clock.instant())) {
            throw Problem.SYNC_TOKEN_EXPIRED.because("The token is older than %d days. Begin anew with initial=true and drop what you hold."
                    .formatted(TOKEN_LIFE.toDays()));
        }
        return opened;
    }

    private SyncScope reads(ChannelClient client, SyncToken token) {
        return token.reading().within(Set.copyOf(scope.markets(client)), Set.copyOf(scope.locales(client)), Set.copyOf(scope.kinds(client)),
                client.brands());
    }

    private static String bound(ChannelClient client) {
        return "sync|" + client.channelId();
    }

    private static void refuseBeside(String parameter, @Nullable String value) {
        if (value != null) {
            throw DeliveryScope.invalid(parameter, "The token has its scope; take '%s' out, or begin anew with initial=true.".formatted(parameter));
        }
    }

    private static Set<String> readable(String parameter, @Nullable String value, Predicate<String> mayRead, List<String> all) {
        return new HashSet<>(ListRequests.readable(parameter, value, mayRead, all));
    }
}
