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
        if (!query.brands().contains("*")) {
            filter.add(query.brands().isEmpty() ? missing("brand") : anyOf(missing("brand"), terms("brand", query.brands())));
        }
        if (query.q() != null) {
            TextQuery.addTiersTo(bool, query.q());
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

    /// Whether what is marked for indexing now is indexed within the time; what is marked later is not waited for.
    private boolean isCaughtUp(long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        long mark = jdbc.sql("select coalesce(max(mark), 0) from search_dirty").query(Long.class).single();
        while (mark > 0 && jdbc.sql("select exists (select 1 from search_dirty where mark <= :mark)").param("mark", mark).query(Boolean.class).single()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                Thread.sleep(NAP_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
