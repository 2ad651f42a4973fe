package io.throughline.search;

import static io.throughline.search.Clauses.anyOf;
import static io.throughline.search.Clauses.missing;
import static io.throughline.search.Clauses.range;
import static io.throughline.search.Clauses.term;
import static io.throughline.search.Clauses.terms;

import io.throughline.delivery.ItemSearch;
import io.throughline.shared.Json;
import io.throughline.taxonomy.Taxonomy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists of delivered items from the catalogue index: full text with highlights, filters, facets.
@Component
class CatalogueSearch implements ItemSearch {

    private static final int MOST_FACET_VALUES = 100;
    /// So many of the best stand in the order of a list that is ranked, since its cursor has to fit into an address. Whoever pages further
    /// gets the others by their approval.
    private static final int RANKED = 300;

    /// Facet to the scheme of its concepts.
    private static final Map<String, String> SCHEMES = Map.of("audience", "audiences", "stage", "stages", "need", "needs", "topic", "topics",
            "indication", "indications");
    /// In an aggregation's name, between the facet and what is counted with its narrower concepts.
    private static final String WITH_NARROWER = "+";

    private final Indices indices;
    private final Taxonomy taxonomy;
    /// Concepts that have narrower ones, with those, by facet: a count of them is what the filter would find.
    private final Map<String, Map<String, Set<String>>> broad = new HashMap<>();

    CatalogueSearch(Indices indices, Taxonomy taxonomy) {
        this.indices = indices;
        this.taxonomy = taxonomy;
        SCHEMES.forEach((facet, scheme) -> broad.put(facet, broad(scheme)));
    }

    private Map<String, Set<String>> broad(String scheme) {
        var found = new TreeMap<String, Set<String>>();
        for (var concept : taxonomy.scheme(scheme).concepts()) {
            var narrower = taxonomy.narrowerOrSame(scheme, concept.notation());
            if (narrower.size() > 1) {
                found.put(concept.notation(), narrower);
            }
        }
        return found;
    }

    @Override
    public Found find(Query query) throws ItemSearch.Unavailable {
        try {
            return isRanked(query) ? ranked(query) : found(indices.search(CatalogueIndexer.NAME, request(query)), query);
        } catch (IOException failed) {
            throw new ItemSearch.Unavailable("Elasticsearch gave no list: " + failed.getMessage(), failed);
        }
    }

    private static boolean isRanked(Query query) {
        return query.q() != null && query.sort().equals("relevance");
    }

    /// BM25 moves with every other document, so the order is taken once, when the list begins, and travels in the cursor (ADR 14).
    private Found ranked(Query query) throws IOException {
        var after = query.after();
        var counted = indices.search(CatalogueIndexer.NAME, ranking(query));
        var ranks = after == null
                ? counted.path("hits").path("hits").valueStream().map(hit -> hit.path("fields").path("startedSequence").path(0).asLong()).toList()
                : Ranks.read(after.path("ranks").asString());
        var written = after == null ? Ranks.written(ranks) : after.path("ranks").asString();
        var hits = new ArrayList<Hit>();
        int next = after == null ? 0 : after.path("next").asInt();
        // what was withdrawn since is in the order still and in the index no more
        while (hits.size() < query.size() && next < ranks.size()) {
            int end = Math.min(next + query.size() - hits.size(), ranks.size());
            var there = new HashMap<Long, JsonNode>();
            indices.search(CatalogueIndexer.NAME, page(query, ranks.subList(next, end))).path("hits").path("hits")
                    .forEach(hit -> there.put(hit.path("fields").path("startedSequence").path(0).asLong(), hit));
            for (int i = next; i < end; i++) {
                var hit = there.get(ranks.get(i));
                if (hit != null) {
                    hits.add(hit(hit, Json.object().put("ranks", written).put("next", i + 1)));
                }
            }
            next = end;
        }
        if (hits.size() < query.size() && ranks.size() >= RANKED) {
            for (var hit : indices.search(CatalogueIndexer.NAME, rest(query, ranks, query.size() - hits.size(), after)).path("hits").path("hits")) {
                var position = Json.object().put("ranks", written).put("next", ranks.size());
                position.set("rest", hit.path("sort"));
                hits.add(hit(hit, position));
            }
        }
        return new Found(hits, counted.path("hits").path("total").path("value").asLong(), facets(counted, query));
    }

    private ObjectNode ranking(Query query) {
        var search = request(query).put("size", query.after() == null ? RANKED : 0);
        search.remove(List.of("highlight", "search_after"));
        search.putArray("docvalue_fields").add("startedSequence");
        return search;
    }

    private ObjectNode page(Query query, List<Long> some) {
        var search = request(query).put("size", some.size()).put("track_total_hits", false);
        search.remove(List.of("aggs", "search_after"));
        search.path("query").path("bool").withArray("filter").add(started(some));
        search.putArray("docvalue_fields").add("startedSequence");
        return search;
    }

    private ObjectNode rest(Query query, List<Long> ranks, int size, @Nullable JsonNode after) {
        var search = request(query).put("size", size).put("track_total_hits", false);
        search.remove(List.of("aggs", "search_after"));
        ((ObjectNode) search.path("query").path("bool")).putArray("must_not").add(started(ranks));
        var sort = search.putArray("sort");
        Clauses.sort(sort, "approvedAt", "desc");
        Clauses.sort(sort, "id", "asc");
        search.put("track_scores", true);
        if (after != null && after.has("rest")) {
            search.set("search_after", after.path("rest"));
        }
        return search;
    }

    private static ObjectNode started(List<Long> some) {
        var among = Json.object();
        var list = among.putObject("terms").putArray("startedSequence");
        some.forEach(list::add);
        return among;
    }

    private static Hit hit(JsonNode hit, JsonNode position) {
        return new Hit(hit.path("_id").asString(), position, hit.path("_score").asDouble(0), highlights(hit));
    }

    private ObjectNode request(Query query) {
        var search = Json.object().put("size", query.size()).put("_source", false).put("track_total_hits", true).put("timeout", "5s");
        var bool = search.putObject("query").putObject("bool");
        var filter = bool.putArray("filter");
        query.filters().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> filter.add(terms(entry.getKey(), entry.getValue())));
        filter.add(anyOf(missing("channel"), term("channel", query.channel())));
        if (!query.brands().coversEvery()) {
            filter.add(Clauses.brands(query.brands()));
        }
        filter.add(range("effectiveFrom", "lte", query.at().toString()));
        filter.add(range("effectiveUntil", "gt", query.at().toString()));
        filter.add(range("startedSequence", "lte", query.sequence()));
        filter.add(anyOf(missing("endedSequence"), range("endedSequence", "gt", query.sequence())));
        if (query.updatedSince() != null) {
            // what was scheduled is new when it starts
            filter.add(anyOf(range("publishedAt", "gte", query.updatedSince().toString()), range("effectiveFrom", "gte", query.updatedSince().toString())));
        }
        if (query.q() != null) {
            TextQuery.addTo(bool, query.q(), List.of("body", "summary"));
            TextQuery.highlight(search, "summary", "body");
        }
        if (!query.facets().isEmpty()) {
            var aggregations = search.putObject("aggs");
            query.facets().stream().sorted().forEach(facet -> {
                aggregations.putObject(facet).putObject("terms").put("field", facet).put("size", MOST_FACET_VALUES);
                var concepts = broad.getOrDefault(facet, Map.of());
                if (!concepts.isEmpty()) {
                    var filters = aggregations.putObject(facet + WITH_NARROWER).putObject("filters").putObject("filters");
                    concepts.forEach((notation, narrower) -> filters.set(notation, terms(facet, narrower)));
                }
            });
        }
        var sort = search.putArray("sort");
        if (query.sort().equals("title")) {
            Clauses.sort(sort, "titleSort", "asc");
        } else if (query.sort().equals("-approvedAt") || query.q() == null) {
            Clauses.sort(sort, "approvedAt", "desc");
        } else {
            Clauses.sort(sort, "_score", "desc");
            Clauses.sort(sort, "approvedAt", "desc");
        }
        Clauses.sort(sort, "id", "asc");
        if (query.after() != null) {
            search.set("search_after", query.after());
        }
        return search;
    }

    private static Found found(JsonNode answer, Query query) {
        var hits = answer.path("hits").path("hits").valueStream()
                .map(hit -> hit(hit, hit.path("sort"))).toList();
        return new Found(hits, answer.path("hits").path("total").path("value").asLong(), facets(answer, query));
    }

    private static Map<String, List<String>> highlights(JsonNode hit) {
        var highlights = new LinkedHashMap<String, List<String>>();
        hit.path("highlight").properties().forEach(field -> highlights.put(field.getKey().equals("body") ? "plainText" : field.getKey(),
                field.getValue().valueStream().map(part -> part.asString("")).toList()));
        return highlights;
    }

    private static Map<String, List<FacetValue>> facets(JsonNode answer, Query query) {
        var facets = new HashMap<String, List<FacetValue>>();
        for (var facet : query.facets()) {
            var counts = new HashMap<String, Long>();
            answer.path("aggregations").path(facet).path("buckets").forEach(bucket -> counts.put(bucket.path("key").asString(), bucket.path("doc_count").asLong()));
            answer.path("aggregations").path(facet + WITH_NARROWER).path("buckets").properties()
                    .forEach(bucket -> counts.put(bucket.getKey(), bucket.getValue().path("doc_count").asLong()));
            facets.put(facet, counts.entrySet().stream().filter(count -> count.getValue() > 0)
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                    .map(count -> new FacetValue(count.getKey(), count.getValue())).toList());
        }
        return facets;
    }
}
