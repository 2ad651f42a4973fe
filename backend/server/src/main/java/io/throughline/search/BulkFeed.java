package io.throughline.search;

import io.throughline.search.Indices.Sent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Streams writes into an index: documents become bytes one by one, and while Elasticsearch works on one request the next is
/// being filled. Versions are content sequences, so requests that overtake each other can't put an older state over a newer one.
final class BulkFeed {

    /// Writes one JSON object.
    interface Document {
        void write(JsonGenerator json);
    }

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int REQUEST_BYTES = 4 << 20;
    private static final int IN_FLIGHT = 3;

    private final Indices indices;
    private final String index;
    private final Deque<CompletableFuture<Void>> inFlight = new ArrayDeque<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(64 << 10);
    private List<Sent> sent = new ArrayList<>();

    BulkFeed(Indices indices, String index) {
        this.indices = indices;
        this.index = index;
    }

    /// For what goes into documents: text that the database vouches for.
    static tools.jackson.core.JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    static tools.jackson.core.JsonParser parser(byte[] text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    /// @param document null deletes
    /// @throws IOException when this or an earlier write failed
    void add(String id, long version, @Nullable Document document) throws IOException {
        line(json -> {
            json.writeStartObject().writeName(document == null ? "delete" : "index").writeStartObject();
            json.writeStringProperty("_id", id);
            json.writeNumberProperty("version", version);
            json.writeStringProperty("version_type", "external_gte");
            json.writeEndObject().writeEndObject();
        });
        if (document != null) {
            line(document);
        }
        sent.add(new Sent(id, document == null));
        if (lines.size() >= REQUEST_BYTES) {
            send();
        }
    }

    /// Waits until every write was answered.
    ///
    /// @throws IOException when one of them failed
    void finish() throws IOException {
        if (!sent.isEmpty()) {
            send();
        }
        while (!inFlight.isEmpty()) {
            await(inFlight.remove());
        }
    }

    private void line(Document document) {
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), lines)) {
            document.write(json);
        }
        lines.write('\n');
    }

    private void send() throws IOException {
        while (inFlight.size() >= IN_FLIGHT) {
            await(inFlight.remove());
        }
        var body = lines.toByteArray();
        var writes = sent;
        inFlight.add(CompletableFuture.runAsync(() -> {
            try {
                indices.bulk(index, body, writes);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }, Thread::startVirtualThread));
        lines.reset();
        sent = new ArrayList<>();
    }

    private static void await(CompletableFuture<Void> answer) throws IOException {
        try {
            answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException io) {
                throw new IOException(io.getMessage(), io);
            }
            throw failed;
        }
    }
}
