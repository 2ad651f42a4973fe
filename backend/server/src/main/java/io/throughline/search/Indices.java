package io.throughline.search;

import io.throughline.shared.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.function.Supplier;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Elasticsearch as this module speaks to it: JSON trees over the low-level client. Requests are built as trees, never as
/// text, so nothing that a person typed can change their shape (S14).
@Component
class Indices {

    /// Bodies larger than this are sent in parts.
    private static final int TOO_MANY = 429;
    private static final long LONGEST_PAUSE = 16_000;
    private static final int BULK_BYTES = 8 << 20;
    private static final int MERGED_IN_BULK = 30;

    /// Copies of an index score a little differently, by what they have not merged yet: every node asks the same one for as long as it is there.
    private static final String SAME_COPY = "throughline";

    /// Somebody waits for a search; nobody does for what indexers send.
    private static final RequestOptions AWAITED = RequestOptions.DEFAULT.toBuilder()
            .setRequestConfig(RequestConfig.custom().setConnectTimeout(1_000).setConnectionRequestTimeout(1_000).setSocketTimeout(3_000).build())
            .build();

    /// Of each index's definition where it is not 1: an index of another version is built anew at the start.
    private static final Map<String, Integer> VERSIONS = Map.of("catalogue", 4, "library", 4);
    private static final Pattern GENERATION = Pattern.compile("-v\\d+-\\d{6}$");

    private final RestClient client;
    private final String prefix;

    Indices(RestClient client, @Value("${throughline.index-prefix:throughline-}") String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    String alias(String name) {
        return prefix + name;
    }

    /// The index behind an alias, or null when there is none.
    @Nullable String behind(String name) throws IOException {
        try {
            var answer = send("GET", "/_alias/" + alias(name), null);
            return answer.propertyNames().stream().findFirst().orElse(null);
        } catch (ResponseException missing) {
            if (missing.getResponse().getStatusLine().getStatusCode() == 404) {
                return null;
            }
            throw missing;
        }
    }

    /// Whether the alias points to an index of the present definition.
    boolean isThere(String name) throws IOException {
        var index = behind(name);
        return index != null && index.startsWith(stem(name));
    }

    private String stem(String name) {
        return alias(name) + "-v" + VERSIONS.getOrDefault(name, 1) + "-";
    }

    /// Makes the next numbered index of a name from its definition; nothing points to it yet.
    String create(String name) throws IOException {
        return create(name, definition(name));
    }

    /// The same for an index that is filled before anything points to it, and that is built anew if Elasticsearch dies meanwhile:
    /// nothing waits for the disk, and segments are merged once they are many instead of again and again.
    String createToLoad(String name) throws IOException {
        var definition = definition(name);
        loading(definition.withObject("settings"), "async", MERGED_IN_BULK);
        return create(name, definition);
    }

    /// From here on it is an index like others. Everything that was loaded is on the disk when this returns.
    void loaded(String index) throws IOException {
        send("PUT", "/" + index + "/_settings", loading(Json.object(), null, null));
        send("POST", "/" + index + "/_flush", null);
    }

    private static ObjectNode loading(ObjectNode settings, @Nullable String durability, @Nullable Integer segments) {
        return settings.put("index.translog.durability", durability).put("index.merge.policy.segments_per_tier", segments)
                .put("index.merge.policy.max_merge_at_once", segments);
    }

    private static ObjectNode definition(String name) throws IOException {
        return (ObjectNode) Json.parse(new ClassPathResource("search/" + name + ".json").getContentAsString(StandardCharsets.UTF_8));
    }

    private String create(String name, ObjectNode definition) throws IOException {
        var current = behind(name);
        var stem = stem(name);
        int next = current == null || !current.startsWith(stem) ? 1 : Integer.parseInt(current.substring(stem.length())) + 1;
        var index = stem + "%06d".formatted(next);
        delete(index); // left by a rebuild that did not finish
        send("PUT", "/" + index, definition);
        return index;
    }

    /// Lets the alias point to this index only, in one step, and deletes the one before.
    void switchTo(String name, String index) throws IOException {
        var before = behind(name);
        var body = Json.object();
        var actions = body.putArray("actions");
        if (before != null) {
            actions.addObject().putObject("remove").put("index", before).put("alias", alias(name));
        }
        actions.addObject().putObject("add").put("index", index).put("alias", alias(name));
        send("POST", "/_aliases", body);
        if (before != null && !before.equals(index)) {
            delete(before);
        }
    }

    private void delete(String index) throws IOException {
        try {
            send("DELETE", "/" + index, null);
        } catch (ResponseException missing) {
            if (missing.getResponse().getStatusLine().getStatusCode() != 404) {
                throw missing;
            }
        }
    }

    void refresh(String index) throws IOException {
        send("POST", "/" + index + "/_refresh", null);
    }

    JsonNode search(String name, ObjectNode body) throws IOException {
        var request = json("POST", "/" + alias(name) + "/_search?preference=" + SAME_COPY, body);
        request.setOptions(AWAITED);
        return answer(request);
    }

    /// One write of a bulk request. Versions are content sequences: an older write never replaces a newer one.
    record Write(String id, long version, @Nullable ObjectNode document) {}

    /// Applies the writes in order and checks each one's answer; a version conflict means that something newer is there.
    ///
    /// @throws IOException when any write failed for another reason
    void bulk(String index, List<Write> writes) throws IOException {
        var lines = new StringBuilder();
        var sent = new ArrayList<Write>();
        for (var write : writes) {
            var action = Json.object();
            action.putObject(write.document() == null ? "delete" : "index")
                    .put("_id", write.id()).put("version", write.version()).put("version_type", "external_gte");
            lines.append(Json.text(action)).append('\n');
            if (write.document() != null) {
                lines.append(Json.text(write.document())).append('\n');
            }
            sent.add(write);
            if (lines.length() > BULK_BYTES) {
                sendBulk(index, lines, sent);
            }
        }
        if (!sent.isEmpty()) {
            sendBulk(index, lines, sent);
        }
    }

    private void sendBulk(String index, StringBuilder lines, List<Write> sent) throws IOException {
        bulk(index, lines.toString().getBytes(StandardCharsets.UTF_8), sent.stream().map(write -> new Sent(write.id(), write.document() == null)).toList());
        lines.setLength(0);
        sent.clear();
    }

    /// What a line of a bulk request was about.
    record Sent(String id, boolean deletes) {}

    /// Sends one bulk request and checks each write's answer.
    ///
    /// @param body as Elasticsearch reads it: lines of JSON
    /// @param sent the writes in it, in their order
    void bulk(String index, byte[] body, List<Sent> sent) throws IOException {
        // an alias that is gone must not come back as an index that Elasticsearch makes up
        var answer = patiently(() -> lines("/" + index + "/_bulk?filter_path=items.*.status,items.*.error.reason"
                + (GENERATION.matcher(index).find() ? "" : "&require_alias=true"), body));
        var items = answer.path("items");
        if (items.size() != sent.size()) {
            throw new IOException("a bulk of %d writes had %d answers".formatted(sent.size(), items.size()));
        }
        for (int i = 0; i < items.size(); i++) {
            var result = items.get(i).iterator().next();
            int status = result.path("status").asInt();
            boolean deletedAlready = sent.get(i).deletes() && status == 404;
            if (status >= 300 && status != 409 && !deletedAlready) {
                throw new IOException("the write of %s was refused with %d: %s".formatted(
                        sent.get(i).id(), status, result.path("error").path("reason").asString("")));
            }
        }
    }

    /// Elasticsearch asks for patience (429) when it has no memory for a request just now: an index that takes minutes to build
    /// must not be begun anew for that. Half a minute at most.
    private JsonNode patiently(Supplier<Request> request) throws IOException {
        for (long pause = 250; ; pause *= 2) {
            try {
                return answer(request.get());
            } catch (ResponseException refused) {
                if (refused.getResponse().getStatusLine().getStatusCode() != TOO_MANY || pause > LONGEST_PAUSE) {
                    throw refused;
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the server is stopping");
            }
        }
    }

    JsonNode send(String method, String path, @Nullable JsonNode body) throws IOException {
        return answer(json(method, path, body));
    }

    private static Request json(String method, String path, @Nullable JsonNode body) {
        var request = new Request(method, path);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(Json.mapper().writeValueAsBytes(body), ContentType.APPLICATION_JSON));
        }
        return request;
    }

    private static Request lines(String path, byte[] lines) {
        var request = new Request("POST", path);
        request.setEntity(new ByteArrayEntity(lines, ContentType.create("application/x-ndjson", StandardCharsets.UTF_8)));
        return request;
    }

    private JsonNode answer(Request request) throws IOException {
        var entity = client.performRequest(request).getEntity();
        try (var content = entity.getContent()) {
            return Json.mapper().readTree(content);
        }
    }
}
