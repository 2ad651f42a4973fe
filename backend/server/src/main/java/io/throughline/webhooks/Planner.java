package io.throughline.webhooks;

import io.throughline.shared.Ids;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import io.throughline.webhooks.ChannelScopes.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Turns changes of the catalogue into recalls and into deliveries for each endpoint that may know of them. Cursor, recalls and
/// deliveries commit together, one node at a time: so each change is planned exactly once, whatever dies when.
@Component
class Planner {

    private static final int BATCH = 200;

    private final ChangeLog changes;
    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final ChannelScopes scopes;
    private final RecallOpening recalls;
    private final Steps steps;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Planner(ChangeLog changes, EndpointTable endpoints, DeliveryTable deliveries, ChannelScopes scopes, RecallOpening recalls, Steps steps, Clock clock,
            PlatformTransactionManager transactions) {
        this.changes = changes;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.scopes = scopes;
        this.recalls = recalls;
        this.steps = steps;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Plans one batch; true when there may be more.
    boolean plan() {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var cursor = changes.lockCursor();
            if (cursor.isEmpty()) {
                return false; // another node is at it
            }
            var batch = changes.listAfter(cursor.get(), BATCH);
            if (batch.isEmpty()) {
                return false;
            }
            steps.reached(Step.WEBHOOK_READ);
            var now = clock.instant();
            var listening = endpoints.list();
            var readable = scopes.read();
            var recallIds = new HashMap<String, String>();
            batch.forEach(change -> plan(change, listening, readable, recallIds, now));
            changes.moveCursor(batch.getLast().sequence());
            steps.reached(Step.WEBHOOK_PLANNED);
            return batch.size() == BATCH;
        }));
    }

    private void plan(Change change, List<Endpoint> listening, Snapshot readable, Map<String, String> recallIds, Instant now) {
        if (change.endedBeforeItBegan()) {
            deliveries.cancelFor(Objects.requireNonNull(change.content()).publicationId(), now);
        }
        var event = change.event();
        if (event.isEmpty()) {
            return;
        }
        var recallId = recallOf(change, readable, recallIds, now);
        for (var endpoint : listening) {
            if (endpoint.hears(event.get(), change.content()) && mayKnow(endpoint, change, readable)) {
                deliveries.insert(delivery(endpoint, change, event.get(), recallId, now));
            }
        }
    }

    private @Nullable String recallOf(Change change, Snapshot readable, Map<String, String> known, Instant now) {
        var withdrawal = change.withdrawal();
        if (withdrawal == null) {
            return null;
        }
        var id = known.computeIfAbsent(withdrawal.id(), _ -> recalls.open(withdrawal, readable, now).orElse(""));
        return id.isEmpty() ? null : id;
    }

    /// Of what is published: who can read it. Of what has ended: who could, for they may hold a copy.
    private static boolean mayKnow(Endpoint endpoint, Change change, Snapshot readable) {
        var content = change.content();
        if (content == null) {
            return readable.hasKeyFor(endpoint.channelId(), Objects.requireNonNull(change.strategy()).brand(), change.at());
        }
        return change.endsContent()
                ? readable.could(endpoint.channelId(), content.shelf(), content.from(), change.at())
                : readable.reads(endpoint.channelId(), content.shelf(), change.at());
    }

    /// What becomes effective later is told then.
    private static DeliveryTable.New delivery(Endpoint endpoint, Change change, EventType event, @Nullable String recallId, Instant now) {
        var content = change.content();
        var id = Ids.next("evt");
        if (content == null) {
            return new DeliveryTable.New(id, endpoint.id(), event.written(), change.sequence(), 0, null, null,
                    Payloads.strategy(change.sequence(), change.at(), Objects.requireNonNull(change.strategy())), false, now, now);
        }
        var due = event == EventType.CONTENT_PUBLISHED && content.from().isAfter(now) ? content.from() : now;
        return new DeliveryTable.New(id, endpoint.id(), event.written(), change.sequence(), 0, content.publicationId(), content.shelf(),
                Payloads.content(event, change.sequence(), change.at(), content, recallId, 0, change.endsContent()),
                event == EventType.CONTENT_WITHDRAWN || change.type().equals("impacted"), now, due);
    }
}
