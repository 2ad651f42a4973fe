package io.throughline.webhooks;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.ApiClients;
import io.throughline.identity.ChannelScope;
import io.throughline.outbound.Outbound;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What people do with endpoints. Roles are checked at the routes, every brand is asked for here; every act stands in the trail, no secret does (S29).
@Service
class EndpointDesk {

    /// An endpoint with the one sight of its new secret.
    record Issued(Endpoint endpoint, WebhookSecret secret) {}

    /// @param name   1 to 120 characters
    /// @param events written names, at least one
    record Wanted(String name, String url, List<String> events, Endpoint.Only only) {}

    private static final int MOST_PER_CHANNEL = 20;
    private static final int MOST_REPLAYED = 10_000;

    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final ApiClients clients;
    private final SecretVault vault;
    private final Outbound outbound;
    private final AuditTrail audit;
    private final Clock clock;

    EndpointDesk(EndpointTable endpoints, DeliveryTable deliveries, ApiClients clients, SecretVault vault, Outbound outbound, AuditTrail audit, Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.clients = clients;
        this.vault = vault;
        this.outbound = outbound;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Issued create(Actor actor, String channelId, Wanted wanted) {
        ChannelScope.requireEveryBrand(actor);
        if (clients.findChannelById(channelId).isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such channel.");
        }
        check(wanted);
        if (endpoints.countOf(channelId) >= MOST_PER_CHANNEL) {
            throw Problem.CONFLICT.because("A channel has at most %d endpoints. Delete one that is not used.".formatted(MOST_PER_CHANNEL));
        }
        var now = now();
        var endpoint = new Endpoint(Ids.next("whk"), channelId, wanted.name(), wanted.url(), wanted.events(), wanted.only(), "active", null, now, null, now);
        endpoints.insert(endpoint, actor.id());
        audit.record(actor, "webhook.created", "webhook", endpoint.id(), null, null, Json.tree(endpoint));
        return new Issued(endpoint, addSecret(endpoint.id(), now));
    }

    @Transactional
    Endpoint change(Actor actor, String id, Wanted wanted) {
        ChannelScope.requireEveryBrand(actor);
        var before = lock(id);
        check(wanted);
        endpoints.change(id, wanted);
        var after = lock(id);
        audit.record(actor, "webhook.changed", "webhook", id, null, Json.tree(before), Json.tree(after));
        return after;
    }

    @Transactional
    Endpoint pause(Actor actor, String id, String reason) {
        ChannelScope.requireEveryBrand(actor);
        if (!lock(id).state().equals("active")) {
            throw Problem.CONFLICT.because("Only an active endpoint can be paused; this one is not.");
        }
        return setState(actor, id, "paused", "webhook.paused", reason);
    }

    /// What has waited meanwhile goes out at once.
    @Transactional
    Endpoint resume(Actor actor, String id, String reason) {
        ChannelScope.requireEveryBrand(actor);
        if (lock(id).state().equals("active")) {
            throw Problem.CONFLICT.because("The endpoint is active; there is nothing to resume.");
        }
        deliveries.hurry(id, Instant.EPOCH, clock.instant());
        return setState(actor, id, "active", "webhook.resumed", reason);
    }

    private Endpoint setState(Actor actor, String id, String state, String action, String reason) {
        endpoints.setState(id, state, state.equals("active") ? null : reason, clock.instant());
        var after = lock(id);
        audit.record(actor, action, "webhook", id, reason, null, Json.tree(after));
        return after;
    }

    @Transactional
    void delete(Actor actor, String id, String reason) {
        ChannelScope.requireEveryBrand(actor);
        var before = lock(id);
        var now = clock.instant();
        endpoints.setState(id, "deleted", reason, now);
        endpoints.endSecrets(id, now, now);
        deliveries.cancelAllOf(id, now);
        audit.record(actor, "webhook.deleted", "webhook", id, reason, Json.tree(before), null);
    }

    /// A new secret at once; the one before stays valid beside it for `overlap`, any older one ends now.
    @Transactional
    Issued rotate(Actor actor, String id, Duration overlap) {
        ChannelScope.requireEveryBrand(actor);
        var endpoint = lock(id);
        var now = now();
        endpoints.endSecrets(id, now.plus(overlap), now);
        var secret = addSecret(id, now);
        audit.record(actor, "webhook.secret-rotated", "webhook", id, null, null, Json.object().put("oldSecretEndsAt", now.plus(overlap).toString()));
        return new Issued(endpoint, secret);
    }

    /// Sends a message of type `webhook.test`, also to a paused endpoint; once, without further tries.
    @Transactional
    Delivery test(Actor actor, String id) {
        ChannelScope.requireEveryBrand(actor);
        if (lock(id).state().equals("disabled")) {
            throw Problem.CONFLICT.because("The endpoint is disabled. Resume it, then test it.");
        }
        var now = now();
        var delivery = new DeliveryTable.New(Ids.next("evt"), id, EventType.TEST, null, 0, null, null, Payloads.test(now, id), true, now, now);
        deliveries.insert(delivery);
        audit.record(actor, "webhook.tested", "webhook", id, null, null, Json.object().put("deliveryId", delivery.id()));
        return getDelivery(id, delivery.id());
    }

    @Transactional
    Delivery replay(Actor actor, String id, String deliveryId) {
        ChannelScope.requireEveryBrand(actor);
        requireSending(lock(id));
        var before = getDelivery(id, deliveryId);
        if (!deliveries.replay(deliveryId, clock.instant())) {
            throw Problem.CONFLICT.because("It has not been given up: it is tried again by itself.");
        }
        audit.record(actor, "webhook.replayed", "webhook", id, null, null, Json.object().put("deliveryId", before.id()));
        return getDelivery(id, deliveryId);
    }

    /// Everything of the endpoint that was made since then, whether it is delivered, given up or waits to be tried again; how many. What
    /// is not effective yet is told when it is.
    @Transactional
    int replaySince(Actor actor, String id, Instant since) {
        ChannelScope.requireEveryBrand(actor);
        requireSending(lock(id));
        var now = clock.instant();
        if (!since.isBefore(now)) {
            throw Bodies.invalid("invalid", "/since", "Give a time in the past.");
        }
        int count = deliveries.hurry(id, since, now) + deliveries.replaySince(id, since, now, MOST_REPLAYED);
        audit.record(actor, "webhook.replayed", "webhook", id, null, null, Json.object().put("since", since.toString()).put("deliveries", count));
        return count;
    }

    /// Its log tells what happened to every brand's content.
    Endpoint getWithLog(Actor actor, String id) {
        ChannelScope.requireEveryBrand(actor);
        return get(id);
    }

    Endpoint get(String id) {
        return endpoints.find(id).orElseThrow(EndpointDesk::nothingHere);
    }

    Delivery getDelivery(String id, String deliveryId) {
        return deliveries.find(id, deliveryId).orElseThrow(EndpointDesk::nothingHere);
    }

    static ProblemException nothingHere() {
        return Problem.NOT_FOUND.because("There is no such endpoint or delivery. It may have been deleted.");
    }

    private Endpoint lock(String id) {
        return endpoints.lock(id).orElseThrow(EndpointDesk::nothingHere);
    }

    private static void requireSending(Endpoint endpoint) {
        if (!endpoint.state().equals("active")) {
            throw Problem.CONFLICT.because("The endpoint is %s. Resume it, then replay.".formatted(endpoint.state()));
        }
    }

    private void check(Wanted wanted) {
        outbound.refusal(wanted.url()).ifPresent(why -> {
            throw Bodies.invalid("not-allowed", "/url", why);
        });
    }

    private WebhookSecret addSecret(String endpointId, Instant now) {
        var secret = WebhookSecret.generate();
        var id = Ids.next("whs");
        endpoints.insertSecret(id, endpointId, vault.seal(secret.written(), id), now);
        return secret;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
