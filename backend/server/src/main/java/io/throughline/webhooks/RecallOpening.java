package io.throughline.webhooks;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import io.throughline.webhooks.ChannelScopes.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Opens the recall of a withdrawal: which channels have to confirm, and for which publications.
@Component
class RecallOpening {

    private final RecallTable recalls;
    private final AuditTrail audit;
    private final Steps steps;

    RecallOpening(RecallTable recalls, AuditTrail audit, Steps steps) {
        this.recalls = recalls;
        this.audit = audit;
        this.steps = steps;
    }

    /// In the caller's transaction. The id of the withdrawal's recall; empty when no channel could ever read what was withdrawn.
    Optional<String> open(Change.Withdrawn withdrawal, Snapshot readable, Instant now) {
        var known = recalls.findIdByWithdrawal(withdrawal.id());
        if (known.isPresent()) {
            return known;
        }
        var concerned = concerned(withdrawal, readable);
        if (concerned.isEmpty()) {
            return Optional.empty();
        }
        var id = Ids.next("rcl");
        recalls.insert(id, withdrawal, now);
        concerned.forEach((channel, publications) -> recalls.insertChannel(id, channel, List.copyOf(publications), ReminderSchedule.next(0, now).orElseThrow()));
        audit.record(Actor.system(), "recall.opened", "recall", id, null, null, Json.object().put("withdrawalId", withdrawal.id())
                .put("itemId", withdrawal.itemId()).set("channels", Json.tree(List.copyOf(concerned.keySet()))));
        steps.reached(Step.RECALL_OPENED);
        return Optional.of(id);
    }

    /// Channel ids with the withdrawn publications that a key of theirs could read, or what stood in their place before, at any
    /// time: revoked keys count, and so do keys that never asked. Whoever may hold a copy is asked.
    private Map<String, Set<String>> concerned(Change.Withdrawn withdrawal, Snapshot readable) {
        var concerned = new LinkedHashMap<String, Set<String>>();
        for (var content : recalls.listWithdrawn(withdrawal)) {
            if (!content.from().isBefore(content.until())) {
                continue; // never effective: nobody got it
            }
            readable.channelIds().stream()
                    .filter(channel -> readable.could(channel, content.shelf(), content.from(), content.until()))
                    .forEach(channel -> concerned.computeIfAbsent(channel, _ -> new LinkedHashSet<>()).add(content.publicationId()));
        }
        return concerned;
    }
}
