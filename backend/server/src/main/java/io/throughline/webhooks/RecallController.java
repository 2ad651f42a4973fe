package io.throughline.webhooks;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.SignedCursors;
import io.throughline.webhooks.Recall.InChannel;
import io.throughline.webhooks.Recall.Part;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Recalls as people follow them: who has confirmed, who has not.
@RestController
class RecallController {

    record RecallPage(List<Recall> recalls, @Nullable String nextCursor) {}

    record EndpointName(String id, String name, String state) {}

    record ChannelName(String id, String key, String name) {}

    record ChannelView(ChannelName channel, List<String> publications, @Nullable Instant toldAt, int reminders, @Nullable Instant remindedAt,
            @Nullable Instant remindAt, Recall.Served served, List<EndpointName> endpoints, Recall.@Nullable Confirmation confirmation) {}

    record RecallView(Recall recall, List<Part> parts, List<ChannelView> channels, boolean mayConfirm, boolean mayClose) {}

    record NewConfirmation(@Nullable String reason, @Nullable Instant removedAt, @Nullable Integer copiesRemoved) {}

    record NewReminder(@Nullable String channelId) {}

    record Reminded(int channels, int recently) {}

    record Closing(@Nullable String reason) {}

    private static final Role[] CONFIRMERS = {Role.CHANNEL_MANAGER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR};
    private static final Role[] CLOSERS = {Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR};
    private static final String CURSOR = "recalls ";

    private final RecallDesk desk;
    private final RecallTable recalls;
    private final EndpointTable endpoints;
    private final SignedCursors cursors;

    RecallController(RecallDesk desk, RecallTable recalls, EndpointTable endpoints, SignedCursors cursors) {
        this.desk = desk;
        this.recalls = recalls;
        this.endpoints = endpoints;
        this.cursors = cursors;
    }

    @GetMapping("/manage/v1/recalls")
    @Allowed
    RecallPage list(Actor actor, @RequestParam(required = false) @Nullable String state, @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String after) {
        if (state != null && !state.equals("open") && !state.equals("ended")) {
            throw Bodies.invalidQuery("state", "state is 'open' or 'ended'; leave it out for all.");
        }
        var query = CURSOR + state;
        var from = after == null ? null : cursors.open(query, after).asString();
        var page = recalls.list(actor, "open".equals(state), "ended".equals(state), Bodies.limit(limit) + 1, from);
        return page.size() <= limit ? new RecallPage(page, null)
                : new RecallPage(page.subList(0, limit), cursors.seal(query, Json.tree(page.get(limit - 1).id())));
    }

    @GetMapping("/manage/v1/recalls/{id}")
    @Allowed
    RecallView get(Actor actor, @PathVariable String id) {
        var recall = recalls.find(actor, id).orElseThrow(RecallController::nothingHere);
        var all = endpoints.list();
        var channels = recalls.listChannels(id).stream().map(it -> view(it, all)).toList();
        return new RecallView(recall, recalls.listParts(id), channels, actor.hasAny(CONFIRMERS), recall.isOpen() && actor.hasAny(CLOSERS));
    }

    private static ChannelView view(InChannel it, List<Endpoint> all) {
        return new ChannelView(new ChannelName(it.channelId(), it.channelKey(), it.channelName()), it.publications(), it.toldAt(), it.reminders(),
                it.remindedAt(), it.remindAt(), it.served(),
                all.stream().filter(endpoint -> endpoint.channelId().equals(it.channelId()) && endpoint.hears(EventType.CONTENT_WITHDRAWN))
                        .map(endpoint -> new EndpointName(endpoint.id(), endpoint.name(), endpoint.state())).toList(),
                it.confirmation());
    }

    @PostMapping("/manage/v1/recalls/{id}/channels/{channelId}/confirmation")
    @Allowed({Role.CHANNEL_MANAGER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    RecallView confirm(Actor actor, @PathVariable String id, @PathVariable String channelId, @RequestBody NewConfirmation body) {
        done(desk.confirmFor(actor, id, channelId, body.removedAt(), ChannelRecallController.copies(body.copiesRemoved()), Bodies.reason(body.reason())));
        return get(actor, id);
    }

    @PostMapping("/manage/v1/recalls/{id}/reminders")
    @Allowed({Role.CHANNEL_MANAGER, Role.SIGNATORY, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.ACCEPTED)
    Reminded remind(Actor actor, @PathVariable String id, @RequestBody NewReminder body) {
        return done(desk.remind(actor, id, body.channelId())) instanceof RecallOutcome.Reminded(var channels, var recently)
                ? new Reminded(channels, recently) : new Reminded(0, 0);
    }

    @PostMapping("/manage/v1/recalls/{id}/closing")
    @Allowed({Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @ResponseStatus(HttpStatus.CREATED)
    RecallView close(Actor actor, @PathVariable String id, @RequestBody Closing body) {
        done(desk.close(actor, id, Bodies.reason(body.reason())));
        return get(actor, id);
    }

    static RecallOutcome done(RecallOutcome outcome) {
        return switch (outcome) {
            case RecallOutcome.Confirmed it -> it;
            case RecallOutcome.Reminded it -> it;
            case RecallOutcome.Closed it -> it;
            case RecallOutcome.NotFound() -> throw nothingHere();
            case RecallOutcome.Refused(var detail) -> throw Problem.CONFLICT.because(detail);
            case RecallOutcome.Invalid(var path, var detail) -> throw Bodies.invalid("invalid", path, detail);
        };
    }

    static RuntimeException nothingHere() {
        return Problem.NOT_FOUND.because("There is no such recall, or it is not for you. Check the id.");
    }
}
