package io.throughline.cluster;

import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.Api;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What people do at a server that may die under their hands, and what it told them was done. An act whose answer never came
/// is not in here: it may have happened, whole, or not.
final class Book {

    record Published(String id, long sequence) {}

    record Withdrawn(String id, long sequence) {}

    private final Api writer;
    private final Api signatory;
    private final Queue<Published> published = new ConcurrentLinkedQueue<>();
    private final Queue<Withdrawn> withdrawn = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private final JdbcClient jdbc;

    /// @param jdbc for the reviews between acts, which are not what is tried here
    Book(Api writer, Api signatory, JdbcClient jdbc) {
        this.writer = writer;
        this.signatory = signatory;
        this.jdbc = jdbc;
    }

    Iterable<Published> published() {
        return published;
    }

    Iterable<Withdrawn> withdrawn() {
        return withdrawn;
    }

    /// Answers that no act should have had.
    Iterable<String> failures() {
        return failures;
    }

    int acknowledged() {
        return published.size() + withdrawn.size();
    }

    /// False when no answer came. What was withdrawn before has gone through another review meanwhile.
    boolean publish(String itemId, @Nullable Instant until) {
        DeliveryFixture.reviewedAgain(jdbc, itemId, "GB");
        var end = until == null ? "" : ", \"effectiveUntil\": \"" + until + "\"";
        return act(writer, "/manage/v1/items/" + itemId + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"" + end + "}",
                answer -> published.add(new Published(answer.json().path("id").asString(), answer.json().path("sequence").asLong())));
    }

    boolean withdraw(String itemId) {
        return act(signatory, "/manage/v1/items/" + itemId + "/withdrawals", "{\"reason\": \"A new safety signal.\"}",
                answer -> withdrawn.add(new Withdrawn(answer.json().path("id").asString(), answer.json().path("sequence").asLong())));
    }

    /// Edits a text, which only the library follows.
    boolean save(String itemId) {
        try {
            var draft = writer.get("/manage/v1/items/" + itemId + "/drafts/en-GB");
            if (draft.status() != 200) {
                failures.add(draft.toString());
                return true;
            }
            var saved = writer.put("/manage/v1/items/" + itemId + "/drafts/en-GB", "{\"document\": " + draft.json().path("document") + "}",
                    "If-Match", draft.header("ETag").orElseThrow());
            if (saved.status() != 200 && saved.status() != 412) {
                failures.add(saved.toString());
            }
            return true;
        } catch (UncheckedIOException died) {
            return false;
        }
    }

    private boolean act(Api as, String path, String body, java.util.function.Consumer<Api.Answer> acknowledged) {
        try {
            var answer = as.post(path, body);
            if (answer.status() == 201 || answer.status() == 200) { // 200: it was published already, perhaps by a try whose answer was lost
                acknowledged.accept(answer);
            } else if (answer.status() != 409) { // 409: somebody else withdrew it first
                failures.add(path + ": " + answer);
            }
            return true;
        } catch (UncheckedIOException died) {
            return false;
        }
    }
}
