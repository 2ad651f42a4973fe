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
import java.util.TreeMap;
import java.util.Set;
import java.util.Map;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists of delivered items from the catalogue index: full text with highlights, filters, facets.
@Component
class CatalogueSearch implements ItemSearch {

    private static final int MOST_FACET_VALUES = 100;

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
            return found(indices.search(CatalogueIndexer.NAME, request(query)), query);
        } catch (IOException failed) {
            throw new ItemSearch.Unavailable("Elasticsearch gave no list: " + failed.getMessage(), failed);
        }
    }

    private ObjectNode request(Query query) {
        var search = Json.object().put("size", query.size()).put("_source", false).put("track_total_hits", true).put("timeout", "5s");
        var bool = search.putObject("query").putObject("bool");
        var filter = bool.putArray("filter");
        query.filters().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> filter.add(terms(entry.getKey(), entry.getValue())));
        filter.add(anyOf(missing("channel"), term("channel", query.channel())));
        filter.add(range("effectiveFrom", "lte", query.at().toString()));
        filter.add(range("effectiveUntil", "gt", query.at().toString()));
        filter.add(range("startedSequence", "lte", query.sequence()));
        filter.add(anyOf(missing("endedSequence"), range("endedSequence", "gt", query.sequence())));
        if (query.updatedSince() != null) {
            // what was scheduled is new when it starts
            filter.add(anyOf(range("publishedAt", "gte", query.updatedSince().toString()), range("effectiveFrom", "gte", query.updatedSince().toString())));
        }
        if (query.q() != null) {
            TextQuery.addTiersTo(bool, query.q());
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
        var hits = new ArrayList<Hit>();
        for (var hit : answer.path("hits").path("hits")) {
            var highlights = new LinkedHashMap<String, List<String>>();
            hit.path("highlight").properties().forEach(field -> highlights.put(field.getKey().equals("body") ? "plainText" : field.getKey(),
                    field.getValue().valueStream().map(part -> part.asString("")).toList()));
            hits.add(new Hit(hit.path("_id").asString(), hit.path("sort"), hit.path("_score").asDouble(0), highlights));
        }
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
        return new Found(hits, answer.path("hits").path("total").path("value").asLong(), facets);
    }
}
