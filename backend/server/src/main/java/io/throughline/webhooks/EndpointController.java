package io.throughline.webhooks;

import io.throughline.content.ContentType;
import io.throughline.content.ContentTypes;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.shared.ShownOnce;
import io.throughline.shared.SignedCursors;
import io.throughline.taxonomy.Brand;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.webhooks.EndpointDesk.Issued;
import io.throughline.webhooks.EndpointDesk.Wanted;
import io.throughline.webhooks.EndpointTable.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Endpoints, their delivery log, and what people do with them.
@RestController
class EndpointController {

    record EndpointList(List<EndpointView> webhooks) {}

    record SecretView(Instant createdAt, @Nullable Instant endsAt) {}

    record LastAttempt(Instant at, String outcome, @Nullable Integer status) {}

    record EndpointView(String id, String channelId, String name, String url, List<String> events, OnlyView only, String state,
            @Nullable String stateReason, Instant stateAt, @Nullable Instant failingSince, Instant createdAt, List<SecretView> secrets, @Nullable LastAttempt lastAttempt,
            @Nullable Instant lastDeliveredAt, long waiting, long failed, @Nullable String secret) {

        /// Without the secret: records end up in logs (S29).
        @Override
        public String toString() {
            return "EndpointView[" + id + "]";
        }
    }

    record WebhookRequest(@Nullable String name, @Nullable String url, @Nullable List<String> events, @Nullable OnlyView only) {}

    /// Absent and empty: everything.
    record OnlyView(@Nullable List<String> types, @Nullable List<String> markets, @Nullable List<String> brands) {}

    record ReasonBody(@Nullable String reason) {}

    record Rotation(@Nullable Integer overlapHours) {}

    record Replays(@Nullable Instant since) {}

    record Replayed(int deliveries) {}

    record DeliveryPage(List<Delivery> deliveries, @Nullable String nextCursor) {}

    record DeliveryView(Delivery delivery, String payload, List<Attempt> attempts) {}

    private static final int DEFAULT_OVERLAP_HOURS = 24;
    private static final int LONGEST_OVERLAP_HOURS = 168;
    private static final Set<String> STATES = Set.of("waiting", "delivered", "failed", "cancelled");

    private final EndpointDesk desk;
    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final Dispatcher dispatcher;
    private final SignedCursors cursors;
    private final ContentTypes types;
    private final MarketPacks packs;
    private final Brands brands;
    private final Clock clock;

    EndpointController(EndpointDesk desk, EndpointTable endpoints, DeliveryTable deliveries, Dispatcher dispatcher, SignedCursors cursors, ContentTypes types,
            MarketPacks packs, Brands brands, Clock clock) {
        this.desk = desk;
        this.types = types;
        this.packs = packs;
        this.brands = brands;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.dispatcher = dispatcher;
        this.cursors = cursors;
        this.clock = clock;
    }

    @GetMapping("/manage/v1/webhooks")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    EndpointList list() {
        var now = clock.instant();
        var health = endpoints.listHealth(now);
        var secrets = endpoints.listAllSecrets(now);
        return new EndpointList(endpoints.list().stream().map(it -> view(it, health, secrets.getOrDefault(it.id(), List.of()), null)).toList());
    }

    @PostMapping("/manage/v1/channels/{id}/webhooks")
    @ShownOnce
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    EndpointView create(Actor actor, @PathVariable String id, @RequestBody WebhookRequest body) {
        return shown(desk.create(actor, id, wanted(body)));
    }

    @GetMapping("/manage/v1/webhooks/{id}")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    EndpointView get(@PathVariable String id) {
        return one(desk.get(id), null);
    }

    @PutMapping("/manage/v1/webhooks/{id}")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    EndpointView change(Actor actor, @PathVariable String id, @RequestBody WebhookRequest body) {
        desk.change(actor, id, wanted(body));
        return get(id);
    }

    @PostMapping("/manage/v1/webhooks/{id}/pause")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    EndpointView pause(Actor actor, @PathVariable String id, @RequestBody ReasonBody body) {
        desk.pause(actor, id, Bodies.reason(body.reason()));
        return get(id);
    }

    @PostMapping("/manage/v1/webhooks/{id}/resumption")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    EndpointView resume(Actor actor, @PathVariable String id, @RequestBody ReasonBody body) {
        desk.resume(actor, id, Bodies.reason(body.reason()));
        dispatcher.wake();
        return get(id);
    }

    @PostMapping("/manage/v1/webhooks/{id}/deletion")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Actor actor, @PathVariable String id, @RequestBody ReasonBody body) {
        desk.delete(actor, id, Bodies.reason(body.reason()));
    }

    @PostMapping("/manage/v1/webhooks/{id}/secrets")
    @ShownOnce
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    EndpointView rotate(Actor actor, @PathVariable String id, @RequestBody Rotation body) {
        int hours = body.overlapHours() == null ? DEFAULT_OVERLAP_HOURS : body.overlapHours();
        if (hours < 0 || hours > LONGEST_OVERLAP_HOURS) {
            throw Bodies.invalid("out-of-range", "/overlapHours", "Give 0 to %d hours.".formatted(LONGEST_OVERLAP_HOURS));
        }
        return shown(desk.rotate(actor, id, Duration.ofHours(hours)));
    }

    @PostMapping("/manage/v1/webhooks/{id}/test-events")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Delivery test(Actor actor, @PathVariable String id) {
        var delivery = desk.test(actor, id);
        dispatcher.wake();
        return delivery;
    }

    @GetMapping("/manage/v1/webhooks/{id}/deliveries")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    DeliveryPage listDeliveries(Actor actor, @PathVariable String id, @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String type, @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(defaultValue = "20") int limit, @RequestParam(required = false) @Nullable String after) {
        var endpoint = desk.getWithLog(actor, id);
        var filter = new DeliveryTable.Filter(words("state", state, STATES), types(type), since);
        var query = "deliveries %s %s %s %s".formatted(endpoint.id(), state, type, since);
        var from = after == null ? null : cursors.open(query, after).asString();
        var page = deliveries.list(endpoint.id(), filter, Bodies.limit(limit) + 1, from);
        return page.size() <= limit ? new DeliveryPage(page, null)
                : new DeliveryPage(page.subList(0, limit), cursors.seal(query, Json.tree(page.get(limit - 1).id())));
    }

    @GetMapping("/manage/v1/webhooks/{id}/deliveries/{deliveryId}")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    DeliveryView getDelivery(Actor actor, @PathVariable String id, @PathVariable String deliveryId) {
        var delivery = desk.getDelivery(desk.getWithLog(actor, id).id(), deliveryId);
        return new DeliveryView(delivery, deliveries.payload(delivery.id()), deliveries.listAttempts(delivery.id()));
    }

    @PostMapping("/manage/v1/webhooks/{id}/deliveries/{deliveryId}/replay")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Delivery replay(Actor actor, @PathVariable String id, @PathVariable String deliveryId) {
        var delivery = desk.replay(actor, id, deliveryId);
        dispatcher.wake();
        return delivery;
    }

    @PostMapping("/manage/v1/webhooks/{id}/replays")
    @Allowed({Role.CHANNEL_MANAGER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replayed replaySince(Actor actor, @PathVariable String id, @RequestBody Replays body) {
        if (body.since() == null) {
            throw Bodies.invalid("required", "/since", "Say since when.");
        }
        int count = desk.replaySince(actor, id, body.since());
        dispatcher.wake();
        return new Replayed(count);
    }

    private Wanted wanted(WebhookRequest body) {
        var events = body.events() == null ? List.<String>of() : body.events().stream().distinct().toList();
        if (events.isEmpty()) {
            throw Bodies.invalid("required", "/events", "Choose at least one event type; an empty list would tell nothing.");
        }
        events.stream().filter(it -> EventType.find(it).isEmpty()).findFirst().ifPresent(_ -> {
            throw Bodies.invalid("unknown", "/events", "Event types are " + Arrays.stream(EventType.values()).map(EventType::written).toList() + ".");
        });
        return new Wanted(Bodies.text("/name", body.name(), 120), Bodies.text("/url", body.url(), 2_000), events, only(body.only()));
    }

    private Endpoint.Only only(@Nullable OnlyView view) {
        if (view == null) {
            return Endpoint.Only.EVERYTHING;
        }
        return new Endpoint.Only(known("types", view.types(), types.list().stream().map(ContentType::name).toList()),
                known("markets", view.markets(), packs.list().stream().map(MarketPack::market).toList()),
                known("brands", view.brands(), brands.list().stream().map(Brand::key).toList()));
    }

    private static Set<String> known(String field, @Nullable List<String> values, List<String> known) {
        var wanted = values == null ? Set.<String>of() : new LinkedHashSet<>(values);
        wanted.stream().filter(it -> !known.contains(it)).findFirst().ifPresent(it -> {
            throw Bodies.invalid("unknown", "/only/" + field, "There is no '%s'; there are %s.".formatted(it, known.stream().sorted().toList()));
        });
        return wanted;
    }

    private static OnlyView only(Endpoint.Only it) {
        return new OnlyView(it.types().stream().sorted().toList(), it.markets().stream().sorted().toList(), it.brands().stream().sorted().toList());
    }

    private static Set<String> types(@Nullable String value) {
        var known = new LinkedHashSet<>(Arrays.stream(EventType.values()).map(EventType::written).toList());
        known.add(EventType.TEST);
        return words("type", value, known);
    }

    private static Set<String> words(String parameter, @Nullable String value, Set<String> known) {
        if (value == null) {
            return Set.of();
        }
        var words = new LinkedHashSet<>(Arrays.asList(value.split(",", -1)));
        if (!known.containsAll(words)) {
            throw Bodies.invalidQuery(parameter, "%s takes, with commas between them: %s.".formatted(parameter, known.stream().sorted().toList()));
        }
        return words;
    }

    private EndpointView shown(Issued issued) {
        return one(issued.endpoint(), issued.secret().written());
    }

    private EndpointView one(Endpoint it, @Nullable String secret) {
        var now = clock.instant();
        return view(it, endpoints.listHealth(now), endpoints.listSecrets(it.id(), now), secret);
    }

    private static EndpointView view(Endpoint it, List<Health> health, List<EndpointTable.Sealed> sealed, @Nullable String secret) {
        var own = health.stream().filter(one -> one.endpointId().equals(it.id())).findFirst();
        var last = own.filter(one -> one.lastAttemptAt() != null && one.lastOutcome() != null)
                .map(one -> new LastAttempt(java.util.Objects.requireNonNull(one.lastAttemptAt()), java.util.Objects.requireNonNull(one.lastOutcome()), one.lastStatus()));
        var secrets = sealed.stream().map(one -> new SecretView(one.createdAt(), one.endsAt())).toList();
        return new EndpointView(it.id(), it.channelId(), it.name(), it.url(), it.events(), only(it.only()), it.state(), it.stateReason(), it.stateAt(), it.failingSince(),
                it.createdAt(), secrets, last.orElse(null), own.map(Health::lastDeliveredAt).orElse(null), own.map(Health::waiting).orElse(0L),
                own.map(Health::failed).orElse(0L), secret);
    }
}
