package io.throughline.search;

import static io.throughline.search.Clauses.anyOf;
import static io.throughline.search.Clauses.missing;
import static io.throughline.search.Clauses.terms;

import io.throughline.delivery.ItemSearch;
import io.throughline.delivery.PreviewSearch;
import io.throughline.shared.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds drafts and newest versions for previews in the library's index.
@Component
class LibraryPreview implements PreviewSearch {

    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final int NAP_MILLIS = 20;
    private static final int MOST_AWAITED = 1_000;

    private final Indices indices;
    private final JdbcClient jdbc;

    LibraryPreview(Indices indices, JdbcClient jdbc) {
        this.indices = indices;
        this.jdbc = jdbc;
    }

    @Override
    public Found find(Query query) throws ItemSearch.Unavailable {
        boolean complete = isCaughtUp(query.after() == null ? PATIENCE_NANOS : 0);
        try {
            return new Found(hits(indices.search(LibraryIndexer.NAME, request(query))), complete);
        } catch (IOException failed) {
            throw new ItemSearch.Unavailable("Elasticsearch gave no preview list: " + failed.getMessage(), failed);
        }
    }

    static ObjectNode request(Query query) {
        var search = Json.object().put("size", query.size()).put("track_total_hits", false).put("timeout", "5s");
        search.putArray("_source").add("itemId").add("locale");
        var bool = search.putObject("query").putObject("bool");
        var filter = bool.putArray("filter");
        query.filters().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> filter.add(terms(entry.getKey(), entry.getValue())));
        if (!query.brands().coversEvery()) {
            filter.add(Clauses.brands(query.brands()));
        }
        if (query.q() != null) {
            TextQuery.addTo(bool, query.q(), List.of("body"));
            TextQuery.highlight(search, "body");
        }
        var sort = search.putArray("sort");
        if (query.sort().equals("title")) {
            Clauses.sort(sort, "titleSort", "asc");
        } else {
            if (query.sort().equals("relevance") && query.q() != null) {
                Clauses.sort(sort, "_score", "desc");
            }
            Clauses.sort(sort, "updatedAt", "desc");
        }
        Clauses.sort(sort, "id", "asc");
        if (query.after() != null) {
            search.set("search_after", query.after());
        }
        return search;
    }

    private static List<Hit> hits(JsonNode answer) {
        var hits = new ArrayList<Hit>();
        for (var hit : answer.path("hits").path("hits")) {
            var highlights = new LinkedHashMap<String, List<String>>();
            hit.path("highlight").properties().forEach(field -> highlights.put(field.getKey().equals("body") ? "plainText" : field.getKey(),
                    field.getValue().valueStream().map(part -> part.asString("")).toList()));
            hits.add(new Hit(hit.at("/_source/itemId").asString(), hit.at("/_source/locale").asString(), hit.path("sort"), highlights));
        }
        return hits;
    }

    /// Whether everything that waits for indexing now is indexed within the time. A mark moves when its item is saved again, so items are waited
    /// for, not marks: each until it was seen without one.
    private boolean isCaughtUp(long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        var waiting = jdbc.sql("select item_id from search_dirty limit :most").param("most", MOST_AWAITED).query(String.class).list();
        if (waiting.size() == MOST_AWAITED) {
            return false; // an import or a rebuild, which takes longer than anybody waits
        }
        while (!waiting.isEmpty()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                Thread.sleep(NAP_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
            waiting = jdbc.sql("select item_id from search_dirty where item_id = any(:ids)").param("ids", waiting.toArray(String[]::new))
                    .query(String.class).list();
        }
        return true;
    }
}
