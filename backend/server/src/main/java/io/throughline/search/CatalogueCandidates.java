package io.throughline.search;

import static io.throughline.search.Clauses.anyOf;
import static io.throughline.search.Clauses.best;
import static io.throughline.search.Clauses.missing;
import static io.throughline.search.Clauses.range;
import static io.throughline.search.Clauses.term;
import static io.throughline.search.Clauses.terms;
import static io.throughline.search.Clauses.worth;

import io.throughline.delivery.CandidateSource;
import io.throughline.shared.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Candidates for content sets from the catalogue index: filters only, one bounded search per slot and kind, sent at once.
@Component
class CatalogueCandidates implements CandidateSource {

    // Added up, need and stage order as delivery's relaxation steps do: 6+4 > 5+4 > 6+2 > 5+2 > 6 > 5 > 4 > 2 > 0
    private static final int NEED = 6;
    private static final int BROADER_NEED = 5;
    private static final int STAGE = 4;
    private static final int NEAR_STAGE = 2;

    private final Indices indices;

    CatalogueCandidates(Indices indices) {
        this.indices = indices;
    }

    @Override
    public List<List<String>> find(List<Query> queries) throws Unavailable {
        if (queries.isEmpty()) {
            return List.of();
        }
        try {
            var answer = indices.multiSearch(CatalogueIndexer.NAME, queries.stream().map(CatalogueCandidates::search).toList());
            var found = new ArrayList<List<String>>(queries.size());
            for (var response : answer.path("responses")) {
                var ids = new ArrayList<String>();
                response.path("hits").path("hits").forEach(hit -> ids.add(hit.path("fields").path("id").path(0).asString()));
                found.add(ids);
            }
            return found;
        } catch (IOException failed) {
            throw new Unavailable("Elasticsearch gave no candidates: " + failed.getMessage(), failed);
        }
    }

    static ObjectNode search(Query query) {
        var search = Json.object().put("size", query.size()).put("track_total_hits", false).put("timeout", "2s");
        // `_id` is a stored field: reading it unpacks each hit's whole block of documents, at several times the cost of the search
        search.put("stored_fields", "_none_").putArray("docvalue_fields").add("id");
        var bool = search.putObject("query").putObject("bool");
        var filter = bool.putArray("filter");
        filter.add(term("kind", query.kind()));
        filter.add(term("market", query.market()));
        filter.add(terms("locale", query.locales()));
        filter.add(term("slots", query.slot()));
        filter.add(terms("audience", query.audiences()));
        filter.add(anyOf(missing("channel"), term("channel", query.channel())));
        if (!query.brands().isEmpty()) {
            filter.add(anyOf(missing("brand"), terms("brand", query.brands())));
        }
        filter.add(range("effectiveFrom", "lte", query.at().toString()));
        filter.add(range("effectiveUntil", "gt", query.at().toString()));
        if (query.required()) {
            filter.add(terms("stage", query.stages()));
        }
        var should = bool.putArray("should");
        if (!query.needs().isEmpty()) {
            should.add(best(worth(NEED, terms("need", query.needs())), worth(BROADER_NEED, terms("need", query.broaderNeeds()))));
        }
        if (!query.required() && !query.stages().isEmpty()) {
            should.add(best(worth(STAGE, terms("stage", query.stages())), worth(NEAR_STAGE, terms("stage", query.nearStages()))));
        }
        var sort = search.putArray("sort");
        Clauses.sort(sort, "_score", "desc");
        Clauses.sort(sort, "approvedAt", "desc");
        Clauses.sort(sort, "itemId", "asc");
        return search;
    }
}
