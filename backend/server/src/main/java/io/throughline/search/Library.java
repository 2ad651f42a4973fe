package io.throughline.search;

import static io.throughline.search.Clauses.anyOf;
import static io.throughline.search.Clauses.missing;
import static io.throughline.search.Clauses.terms;

import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.SignedCursors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Searches the content library for people, within the brands they work for.
@Service
class Library {

    private static final List<String> FACETS = List.of("type", "state", "kind", "brand", "audience", "stage", "need");
    private static final int MOST_FACET_VALUES = 100;

    /// @param filters field to its accepted values (OR); different fields are AND
    /// @param sort    relevance, -updated or title
    record Question(@Nullable String q, Map<String, Set<String>> filters, String sort, int limit, @Nullable String after) {
        Question {
            filters = Map.copyOf(filters);
        }
    }

    record FacetValue(String value, long count) {}

    record Answer(List<JsonNode> items, long total, Map<String, List<FacetValue>> facets, @Nullable String nextCursor) {}

    private final Indices indices;
    private final SignedCursors cursors;

    Library(Indices indices, SignedCursors cursors) {
        this.indices = indices;
        this.cursors = cursors;
    }

    /// @throws io.throughline.shared.ProblemException `search-unavailable`, or `invalid-query` for a foreign cursor
    Answer search(Actor actor, Question question) {
        var bound = bound(actor, question);
        var search = request(actor, question);
        if (question.after() != null) {
            search.set("search_after", cursors.open(bound, question.after()));
        }
        try {
            return answer(indices.search(LibraryIndexer.NAME, search), question, bound);
        } catch (IOException failed) {
            throw Problem.SEARCH_UNAVAILABLE.because("The library can't be searched at the moment. Items can still be opened by their key. Try again shortly.")
                    .withHeader("Retry-After", "5");
        }
    }

    static ObjectNode request(Actor actor, Question question) {
        var search = Json.object().put("size", question.limit() + 1).put("track_total_hits", true).put("timeout", "5s");
        search.putArray("_source").add("row");
        var bool = search.putObject("query").putObject("bool");
        var filter = bool.putArray("filter");
        if (!actor.brands().contains("*")) {
            filter.add(actor.brands().isEmpty() ? missing("brand") : anyOf(missing("brand"), terms("brand", actor.brands())));
        }
        if (question.q() != null) {
            TextQuery.addTo(bool, question.q(), List.of("body"));
            TextQuery.highlight(search, "body");
        }
        // filters of the facets come after counting: each facet shows what choosing another value would give
        var post = search.putObject("post_filter").putObject("bool").putArray("filter");
        question.filters().forEach((field, values) -> (FACETS.contains(field) ? post : filter).add(terms(field, values)));
        var aggregations = search.putObject("aggs");
        for (var facet : FACETS) {
            var others = aggregations.putObject(facet);
            var otherFilters = others.putObject("filter").putObject("bool").putArray("filter");
            question.filters().forEach((field, values) -> {
                if (FACETS.contains(field) && !field.equals(facet)) {
                    otherFilters.add(terms(field, values));
                }
            });
            others.putObject("aggs").putObject("values").putObject("terms").put("field", facet).put("size", MOST_FACET_VALUES);
        }
        sort(search.putArray("sort"), question);
        return search;
    }

    private static void sort(ArrayNode sort, Question question) {
        if (question.sort().equals("title")) {
            Clauses.sort(sort, "titleSort", "asc");
        } else if (question.sort().equals("-updated") || question.q() == null) {
            Clauses.sort(sort, "updatedAt", "desc");
        } else {
            Clauses.sort(sort, "_score", "desc");
        }
        Clauses.sort(sort, "id", "asc");
    }

    private Answer answer(JsonNode found, Question question, String bound) {
        var hits = found.path("hits").path("hits");
        var items = new ArrayList<JsonNode>();
        for (int i = 0; i < Math.min(hits.size(), question.limit()); i++) {
            var hit = hits.get(i);
            var row = (ObjectNode) hit.path("_source").path("row");
            var highlight = hit.path("highlight");
            if (highlight.has("title")) {
                row.put("titleHighlight", highlight.path("title").get(0).asString());
            }
            if (highlight.has("body")) {
                row.put("excerptHighlight", highlight.path("body").get(0).asString());
            }
            items.add(row);
        }
        var facets = new LinkedHashMap<String, List<FacetValue>>();
        for (var facet : FACETS) {
            facets.put(facet, found.path("aggregations").path(facet).path("values").path("buckets").valueStream()
                    .map(bucket -> new FacetValue(bucket.path("key").asString(), bucket.path("doc_count").asLong())).toList());
        }
        var next = hits.size() > question.limit() ? cursors.seal(bound, hits.get(question.limit() - 1).path("sort")) : null;
        return new Answer(items, found.path("hits").path("total").path("value").asLong(), facets, next);
    }

    private static String bound(Actor actor, Question question) {
        var sorted = new TreeMap<String, Set<String>>();
        question.filters().forEach((field, values) -> sorted.put(field, new TreeSet<>(values)));
        return "library|" + actor.id() + "|" + question.q() + "|" + sorted + "|" + question.sort();
    }
}
