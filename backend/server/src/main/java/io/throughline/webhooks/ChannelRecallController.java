package io.throughline.webhooks;

import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import io.throughline.shared.Json;
import io.throughline.shared.SignedCursors;
import io.throughline.webhooks.Recall.Confirmation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Recalls as channel apps see them, and their confirmation.
@RestController
class ChannelRecallController {

    record RecallPage(List<ChannelRecalls.Entry> recalls, @Nullable String nextCursor) {}

    record NewConfirmation(@Nullable Instant removedAt, @Nullable Integer copiesRemoved, @Nullable String note) {}

    record ConfirmationView(String recallId, Instant confirmedAt, Instant removedAt, @Nullable Integer copiesRemoved, @Nullable String note) {
        static ConfirmationView of(String recallId, Confirmation it) {
            return new ConfirmationView(recallId, it.confirmedAt(), it.removedAt(), it.copiesRemoved(), it.note());
        }
    }

    private static final int LONGEST_NOTE = 1_000;
    private static final int MOST_COPIES = 1_000_000_000;

    private final RecallDesk desk;
    private final ChannelRecalls recalls;
    private final ChangeLog changes;
    private final SignedCursors cursors;

    ChannelRecallController(RecallDesk desk, ChannelRecalls recalls, ChangeLog changes, SignedCursors cursors) {
        this.desk = desk;
        this.recalls = recalls;
        this.changes = changes;
        this.cursors = cursors;
    }

    /// `Content-Sequence` says up to which change recalls were opened.
    @ForChannels
    @GetMapping("/v1/recalls")
    ResponseEntity<RecallPage> list(ChannelClient client, @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "20") int limit, @RequestParam(required = false) @Nullable String after) {
        if (state != null && !state.equals("open") && !state.equals("confirmed")) {
            throw Bodies.invalidQuery("state", "state is 'open' or 'confirmed'; leave it out for all.");
        }
        var query = "channel-recalls " + client.keyId() + " " + state;
        var from = after == null ? null : cursors.open(query, after).asString();
        long sequence = changes.cursor();
        var page = recalls.list(client, state, Bodies.limit(limit) + 1, from);
        var body = page.size() <= limit ? new RecallPage(page, null)
                : new RecallPage(page.subList(0, limit), cursors.seal(query, Json.tree(page.get(limit - 1).id())));
        return ResponseEntity.ok().header("Content-Sequence", Long.toString(sequence)).header(HttpHeaders.CACHE_CONTROL, "private, no-store").body(body);
    }

    /// 201 for the first confirmation; 200 with that one for every later one.
    @ForChannels
    @PostMapping("/v1/recalls/{id}/confirmations")
    ResponseEntity<ConfirmationView> confirm(ChannelClient client, @PathVariable String id, @RequestBody NewConfirmation body) {
        var note = body.note() == null || body.note().isBlank() ? null : Bodies.bounded("/note", body.note().strip(), LONGEST_NOTE);
        var outcome = RecallController.done(desk.confirm(client, id, body.removedAt(), copies(body.copiesRemoved()), note));
        if (!(outcome instanceof RecallOutcome.Confirmed(var confirmation, var first))) {
            throw new IllegalStateException("a confirmation was answered with " + outcome);
        }
        return ResponseEntity.status(first ? 201 : 200).header(HttpHeaders.CACHE_CONTROL, "private, no-store").body(ConfirmationView.of(id, confirmation));
    }

    static @Nullable Integer copies(@Nullable Integer copies) {
        if (copies != null && (copies < 0 || copies > MOST_COPIES)) {
            throw Bodies.invalid("out-of-range", "/copiesRemoved", "Give a number from 0 to %d, or leave it out.".formatted(MOST_COPIES));
        }
        return copies;
    }
}
