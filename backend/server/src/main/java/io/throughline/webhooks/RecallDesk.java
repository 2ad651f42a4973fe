package io.throughline.webhooks;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.webhooks.Recall.Confirmation;
import io.throughline.webhooks.Recall.InChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Confirms, reminds and closes recalls.
@Service
class RecallDesk {

    private static final int BATCH = 50;

    private final RecallTable recalls;
    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final AuditTrail audit;
    private final Clock clock;

    RecallDesk(RecallTable recalls, EndpointTable endpoints, DeliveryTable deliveries, AuditTrail audit, Clock clock) {
        this.recalls = recalls;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.audit = audit;
        this.clock = clock;
    }

    /// The channel's app confirms with its own key. A second confirmation changes nothing and answers with the first.
    @Transactional
    RecallOutcome confirm(ChannelClient client, String recallId, @Nullable Instant removedAt, @Nullable Integer copies, @Nullable String note) {
        var parts = recalls.lock(recallId) ? partsFor(client, recallId) : List.<Change.Content>of();
        var channel = parts.isEmpty() ? Optional.<InChannel>empty() : recalls.findChannel(recallId, client.channelId());
        if (channel.isEmpty()) {
            return new RecallOutcome.NotFound();
        }
        if (parts.size() < channel.get().publications().size()) {
            return new RecallOutcome.Refused("This key reads only a part of what was recalled from its channel. Confirm with a key that reads all of it, "
                    + "or ask the people who run the channel to confirm.");
        }
        var actor = new Actor(client.keyId(), "channel." + client.channelKey(), channel.get().channelName(), Set.of(), Set.of(), Set.of());
        return confirm(actor, recallId, channel.get(), removedAt, copies, note, client.keyId(), null);
    }

    /// A person confirms for a channel that can't, and says why.
    @Transactional
    RecallOutcome confirmFor(Actor actor, String recallId, String channelId, @Nullable Instant removedAt, @Nullable Integer copies, String reason) {
        var recall = recalls.find(actor, recallId);
        var channel = recall.isPresent() && recalls.lock(recallId) ? recalls.findChannel(recallId, channelId) : Optional.<InChannel>empty();
        if (channel.isEmpty()) {
            return new RecallOutcome.NotFound();
        }
        if (channel.get().confirmation() != null) {
            return new RecallOutcome.Refused(channel.get().channelName() + " has confirmed already; there is nothing left to do.");
        }
        return confirm(actor, recallId, channel.get(), removedAt, copies, null, null, reason);
    }

    private RecallOutcome confirm(Actor actor, String recallId, InChannel channel, @Nullable Instant removedAt, @Nullable Integer copies,
            @Nullable String note, @Nullable String keyId, @Nullable String reason) {
        var known = channel.confirmation();
        if (known != null) {
            return new RecallOutcome.Confirmed(known, false);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (removedAt != null && removedAt.isAfter(now)) {
            return new RecallOutcome.Invalid("/removedAt", "It lies in the future. Confirm when the last copy is gone.");
        }
        var withdrawnAt = recalls.getWithdrawnAt(recallId);
        if (removedAt != null && removedAt.isBefore(withdrawnAt)) {
            return new RecallOutcome.Invalid("/removedAt", "It lies before the withdrawal at " + withdrawnAt
                    + ", so it can't be about that. Say when the last copy was removed after it.");
        }
        var confirmation = new Confirmation(now, removedAt == null ? now : removedAt.truncatedTo(ChronoUnit.MICROS), copies, note,
                keyId == null ? new Recall.PersonName(actor.id(), actor.displayName()) : null, reason);
        recalls.confirm(recallId, channel.channelId(), confirmation, keyId, keyId == null ? actor.id() : null);
        audit.record(actor, "recall.confirmed", "recall", recallId, reason, null,
                Json.object().put("channelId", channel.channelId()).set("confirmation", Json.tree(confirmation)));
        if (recalls.completeIfConfirmed(recallId, now)) {
            audit.record(Actor.system(), "recall.completed", "recall", recallId, null, null, null);
        }
        return new RecallOutcome.Confirmed(confirmation, true);
    }

    /// Tells those that have not confirmed once more, now, unless they were reminded within the last hour. Null: every channel that has not.
    @Transactional
    RecallOutcome remind(Actor actor, String recallId, @Nullable String channelId) {
        var recall = recalls.find(actor, recallId);
        if (recall.isEmpty() || !recalls.lock(recallId)) {
            return new RecallOutcome.NotFound();
        }
        var waiting = recalls.listChannels(recallId).stream().filter(it -> it.confirmation() == null)
                .filter(it -> channelId == null || it.channelId().equals(channelId)).toList();
        if (waiting.isEmpty()) {
            return channelId == null ? new RecallOutcome.Refused("Every channel has confirmed; there is nobody to remind.") : new RecallOutcome.NotFound();
        }
        var now = clock.instant();
        var told = new ArrayList<String>();
        int recently = 0;
        for (var it : waiting) {
            var due = recalls.lockUnless(recallId, it.channelId(), now.minus(ReminderSchedule.AT_LEAST));
            if (due.isEmpty()) {
                recently++;
            } else if (send(due.get(), now, recall.get().isOpen())) {
                told.add(it.channelId());
            }
        }
        if (told.isEmpty() && recently > 0) {
            return new RecallOutcome.Refused("%s reminded within the last hour. Remind again when an hour has passed, or ask the people who run the channel."
                    .formatted(recently == 1 && waiting.size() == 1 ? waiting.getFirst().channelName() + " was" : "Those with an endpoint were"));
        }
        if (told.isEmpty()) {
            return new RecallOutcome.Refused("None of them has an active endpoint for content.withdrawn. Tell the people who run the channel, "
                    + "and confirm for them when it is done.");
        }
        audit.record(actor, "recall.reminded", "recall", recallId, null, null,
                Json.object().set("channels", Json.tree(told)));
        return new RecallOutcome.Reminded(told.size(), recently);
    }

    @Transactional
    RecallOutcome close(Actor actor, String recallId, String reason) {
        if (recalls.find(actor, recallId).isEmpty() || !recalls.lock(recallId)) {
            return new RecallOutcome.NotFound();
        }
        if (!recalls.close(recallId, actor.id(), reason, clock.instant())) {
            return new RecallOutcome.Refused("It has ended already.");
        }
        var missing = recalls.listChannels(recallId).stream().filter(it -> it.confirmation() == null).map(InChannel::channelId).toList();
        audit.record(actor, "recall.closed", "recall", recallId, reason, null, Json.object().set("withoutConfirmation", Json.tree(missing)));
        return new RecallOutcome.Closed();
    }

    /// Sends the reminders that are due; how many channels there were.
    @Transactional
    int remindDue() {
        var now = clock.instant();
        var due = recalls.lockDue(now, BATCH);
        due.forEach(it -> send(it, now, true));
        return due.size();
    }

    /// One message for each withdrawn publication to each endpoint of the channel; false when there is none to send to. The
    /// schedule goes on in any case.
    private boolean send(RecallTable.Due it, Instant now, boolean goOn) {
        var listening = endpoints.list().stream()
                .filter(endpoint -> endpoint.channelId().equals(it.channelId()) && endpoint.state().equals("active") && endpoint.hears(EventType.CONTENT_WITHDRAWN))
                .toList();
        int number = it.reminders() + 1;
        for (var change : recalls.listChanges(it.publications())) {
            var content = Objects.requireNonNull(change.content());
            var payload = Payloads.content(EventType.CONTENT_WITHDRAWN, change.sequence(), change.at(), content, it.recallId(), number, true);
            listening.stream().filter(endpoint -> endpoint.hears(EventType.CONTENT_WITHDRAWN, content)).forEach(endpoint -> deliveries.insert(new DeliveryTable.New(Ids.next("evt"), endpoint.id(), EventType.CONTENT_WITHDRAWN.written(),
                    change.sequence(), number, content.publicationId(), content.shelf(), payload, true, now, now)));
        }
        boolean told = !listening.isEmpty();
        recalls.reminded(it, told, now, goOn ? ReminderSchedule.next(number, now).orElse(null) : null);
        return told;
    }

    /// The channel's part of a recall that this very key reads; empty when it reads none or the recall is not for its channel.
    private List<Change.Content> partsFor(ChannelClient client, String recallId) {
        return recalls.listPublications(recallId, client.channelId()).stream()
                .filter(it -> client.mayReadMarket(it.shelf().market()) && client.mayReadLocale(it.shelf().locale()) && client.mayReadKind(it.shelf().kind())
                        && client.mayReadBrand(it.shelf().brand()))
                .toList();
    }
}
