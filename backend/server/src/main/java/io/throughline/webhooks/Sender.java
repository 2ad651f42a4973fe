package io.throughline.webhooks;

import io.throughline.audit.AuditTrail;
import io.throughline.outbound.Outbound;
import io.throughline.outbound.OutboundAnswer;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import io.throughline.webhooks.DeliveryTable.Claimed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes one call and writes down what came of it: at least once, because a node may die between the two.
@Component
class Sender {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    private static final int GONE = 410;

    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final ChannelScopes scopes;
    private final SecretVault vault;
    private final Outbound outbound;
    private final AuditTrail audit;
    private final Steps steps;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Sender(EndpointTable endpoints, DeliveryTable deliveries, ChannelScopes scopes, SecretVault vault, Outbound outbound, AuditTrail audit, Steps steps,
            Clock clock, PlatformTransactionManager transactions) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.scopes = scopes;
        this.vault = vault;
        this.outbound = outbound;
        this.audit = audit;
        this.steps = steps;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    void send(String endpointId, Claimed delivery) {
        var endpoint = endpoints.find(endpointId);
        if (endpoint.isEmpty()) {
            return; // deleted meanwhile, with its deliveries
        }
        var started = clock.instant();
        if (!mayStillKnow(endpoint.get(), delivery, started)) {
            deliveries.end(delivery, "cancelled", "No key of the channel reads this any more.", started);
            return;
        }
        var answer = call(endpoint.get(), delivery, started);
        steps.reached(Step.WEBHOOK_SENT);
        record(endpoint.get(), delivery, answer, attempt(delivery, started, answer));
        steps.reached(Step.WEBHOOK_RECORDED);
    }

    /// What was to be told of published content is for those only who can read it when it is told (S3).
    private boolean mayStillKnow(Endpoint endpoint, Claimed delivery, Instant now) {
        var shelf = delivery.shelf();
        return shelf == null || !delivery.type().equals(EventType.CONTENT_PUBLISHED.written())
                || scopes.of(List.of(endpoint.channelId())).reads(endpoint.channelId(), shelf, now);
    }

    private OutboundAnswer call(Endpoint endpoint, Claimed delivery, Instant now) {
        var secrets = new ArrayList<WebhookSecret>();
        for (var sealed : endpoints.listSecrets(endpoint.id(), now)) {
            var opened = vault.open(sealed.sealed(), sealed.id());
            if (opened.isEmpty()) {
                return new OutboundAnswer.Refused("This server can't read the endpoint's secret, so it can't sign. Give every node the same "
                        + "THROUGHLINE_SECRETS_KEY, or rotate the secret.", java.time.Duration.ZERO);
            }
            secrets.add(WebhookSecret.parse(opened.get()));
        }
        var payload = delivery.payload().getBytes(StandardCharsets.UTF_8);
        long timestamp = now.getEpochSecond();
        return outbound.post(endpoint.url(), Map.of(
                "webhook-id", delivery.id(),
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", WebhookSignature.sign(secrets, delivery.id(), timestamp, payload)), payload);
    }

    private static Attempt attempt(Claimed delivery, Instant started, OutboundAnswer answer) {
        int took = (int) answer.took().toMillis();
        return switch (answer) {
            case OutboundAnswer.Responded it -> new Attempt(delivery.attempt(), started, took, isSuccess(it) ? "delivered" : "rejected", it.status(),
                    words(it), it.excerpt().isEmpty() ? null : it.excerpt().replace("\0", "�"));
            case OutboundAnswer.Refused(var why, _) -> new Attempt(delivery.attempt(), started, took, "not-allowed", null, why, null);
            case OutboundAnswer.Unreachable(var why, _) -> new Attempt(delivery.attempt(), started, took, "unreachable", null, why, null);
            case OutboundAnswer.TimedOut(var why, _) -> new Attempt(delivery.attempt(), started, took, "timed-out", null, why, null);
        };
    }

    private static boolean isSuccess(OutboundAnswer.Responded it) {
        return it.status() >= 200 && it.status() < 300;
    }

    private static String words(OutboundAnswer.Responded it) {
        if (isSuccess(it)) {
            return "The receiver took it.";
        }
        return switch (it.status()) {
            case GONE -> "The receiver answered that it is gone for good (410), so the endpoint was disabled.";
            case 401, 403 -> "The receiver refused the call (%d). Check that it has the current secret.".formatted(it.status());
            case 404, 405 -> "The receiver has nothing at this address (%d). Check the address.".formatted(it.status());
            case 429 -> "The receiver asked for fewer calls (429).";
            default -> it.status() >= 300 && it.status() < 400
                    ? "The receiver sent the call elsewhere (%d); redirects are not followed. Give the final address.".formatted(it.status())
                    : "The receiver answered %d; any answer from 200 to 299 counts as received.".formatted(it.status());
        };
    }

    private void record(Endpoint endpoint, Claimed delivery, OutboundAnswer answer, Attempt attempt) {
        transaction.executeWithoutResult(_ -> {
            var now = clock.instant();
            deliveries.record(delivery.id(), attempt);
            if (attempt.outcome().equals("delivered")) {
                deliveries.delivered(delivery.id(), now);
                endpoints.succeeded(endpoint.id());
                return;
            }
            var wish = answer instanceof OutboundAnswer.Responded it ? it.retryAfter() : null;
            if (delivery.type().equals(EventType.TEST)) {
                deliveries.end(delivery, "failed", attempt.detail(), now); // somebody is looking at it: no second try
                return;
            }
            RetrySchedule.next(delivery.failures() + 1, now, wish, ThreadLocalRandom.current().nextDouble()).ifPresentOrElse(
                    next -> deliveries.failed(delivery, next),
                    () -> deliveries.end(delivery, "failed", "Given up after %d tries.".formatted(delivery.failures() + 1), now));
            judge(endpoint, attempt.status(), endpoints.failed(endpoint.id(), now), now);
        });
    }

    /// Disables an endpoint that is gone, or that has failed for days without one success.
    private void judge(Endpoint endpoint, @Nullable Integer status, Instant failingSince, Instant now) {
        String why = null;
        if (status != null && status == GONE) {
            why = "The receiver answered 410: it is gone for good.";
        } else if (!now.isBefore(failingSince.plus(RetrySchedule.PATIENCE))) {
            why = "Every call has failed since %s.".formatted(failingSince.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
        if (why != null && endpoints.disable(endpoint.id(), why, now)) {
            audit.record(Actor.system(), "webhook.disabled", "webhook", endpoint.id(), why, null, Json.object().put("url", endpoint.url()));
            log.warn("The webhook {} was disabled: {}", endpoint.id(), why);
        }
    }
}
