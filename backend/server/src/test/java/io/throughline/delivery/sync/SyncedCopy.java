package io.throughline.delivery.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A channel app that keeps a copy of the catalogue by sync, and nothing but what sync told it.
public final class SyncedCopy {

    private final String scope;
    private final int limit;
    private Api api;
    private @Nullable String token;
    private boolean more;
    final Map<String, JsonNode> items = new TreeMap<>();
    final Set<String> reasons = new HashSet<>();

    /// @param scope query parameters of the first call, each with its `&`
    SyncedCopy(Api api, String scope, int limit) {
        this.api = api;
        this.scope = scope;
        this.limit = limit;
    }

    void goOnWith(Api other) {
        api = other;
    }

    /// One call; true when there is more at once.
    boolean call() {
        var answer = patiently(api, "/v1/sync?" + (token == null ? "initial=true" + scope : "token=" + token) + "&limit=" + limit);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        var page = answer.json();
        assertThat(page.path("changes").size()).isLessThanOrEqualTo(limit);
        long last = -1;
        for (var change : page.path("changes")) {
            assertThat(change.path("sequence").asLong()).isGreaterThanOrEqualTo(last);
            last = change.path("sequence").asLong();
            var place = place(change);
            switch (change.path("change").asString()) {
                case "upsert" -> items.put(place, change.path("item"));
                case "delete" -> {
                    items.remove(place);
                    reasons.add(change.path("reason").asString());
                }
                case String other -> throw new AssertionError(other);
            }
        }
        token = page.path("nextToken").asString();
        more = page.path("hasMore").asBoolean();
        return more;
    }

    void catchUp() {
        int calls = 0;
        while (call()) {
            assertThat(++calls).as("calls until the copy is whole").isLessThan(10_000);
        }
    }

    String token() {
        if (token == null) {
            throw new AssertionError("the copy was not begun");
        }
        return token;
    }

    /// What the same credential lists for the same scope.
    Map<String, JsonNode> listed() {
        var listed = new TreeMap<String, JsonNode>();
        String cursor = "";
        do {
            var page = patiently(api, "/v1/items?limit=100&sort=title" + scope + (cursor.isEmpty() ? "" : "&after=" + cursor));
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json().path("items").forEach(item -> assertThat(listed.put(place(item), item)).as("twice in the list: " + place(item)).isNull());
            cursor = page.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        return listed;
    }

    /// A node on a machine that is very busy may not know whether it is current; it says so, and a client tries again.
    public static Api.Answer patiently(Api api, String path) {
        var answer = api.get(path);
        for (int i = 0; i < 100 && answer.status() == 503 && answer.body().contains("catalogue-stale"); i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer = api.get(path);
        }
        return answer;
    }

    static String place(JsonNode node) {
        return node.path("id").asString() + " " + node.path("market").asString() + " " + node.path("locale").asString();
    }
}
