package io.throughline.engagement;

import io.throughline.engagement.EventCheck.Verdict;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import io.throughline.shared.Problem;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

@RestController
class EventController {

    static final int LARGEST_BATCH = 500;

    private static final int ACCEPTED = 202;
    private static final int REFUSED = 422;

    /// @param index     place in the batch, from 0
    /// @param id        the event's own; absent where it has none that could be repeated
    /// @param status    202 or 422
    /// @param duplicate true where it was known already
    record Status(int index, @Nullable String id, int status, @Nullable Boolean duplicate, @Nullable String code, @Nullable String path,
            @Nullable String detail) {}

    record Answer(int accepted, int duplicates, int refused, List<Status> events) {}

    private final EventCheck check;
    private final EngagementEvents events;
    private final Clock clock;

    EventController(EventCheck check, EngagementEvents events, Clock clock) {
        this.check = check;
        this.events = events;
        this.clock = clock;
    }

    @ForChannels
    @PostMapping("/v1/events")
    ResponseEntity<Answer> post(ChannelClient client, @RequestBody JsonNode body) {
        if (!(body instanceof ArrayNode batch) || batch.isEmpty()) {
            throw Problem.INVALID_BODY.because("Send a JSON array of 1 to " + LARGEST_BATCH + " events.");
        }
        if (batch.size() > LARGEST_BATCH) {
            throw Problem.PAYLOAD_TOO_LARGE.because("A batch has at most " + LARGEST_BATCH + " events; send the rest in another one.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var verdicts = batch.valueStream().map(event -> check.check(event, client.channelKey(), now)).toList();
        var good = new ArrayList<EngagementEvent>();
        for (var verdict : verdicts) {
            if (verdict instanceof Verdict.Good(var event)) {
                good.add(event);
            }
        }
        var fresh = new HashSet<>(good.isEmpty() ? List.of() : events.append(client.channelKey(), good, now));
        var statuses = new ArrayList<Status>();
        int duplicates = 0;
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case Verdict.Good(var event) -> {
                    // the first of its key is the new one
                    boolean known = !fresh.remove(new EngagementEvents.Key(event.source(), event.id()));
                    duplicates += known ? 1 : 0;
                    statuses.add(new Status(i, event.id(), ACCEPTED, known ? true : null, null, null, null));
                }
                case Verdict.Refused(var code, var path, var detail) ->
                        statuses.add(new Status(i, EventCheck.idOf(batch.get(i)), REFUSED, null, code, path, detail));
            }
        }
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Cache-Control", "private, no-store")
                .body(new Answer(good.size() - duplicates, duplicates, verdicts.size() - good.size(), statuses));
    }
}
