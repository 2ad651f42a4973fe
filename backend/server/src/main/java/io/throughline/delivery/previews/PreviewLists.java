package io.throughline.delivery.previews;

import io.throughline.delivery.ItemSearch;
import io.throughline.delivery.PreviewSearch;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.delivery.lists.ListRequests;
import io.throughline.delivery.choice.Place;
import io.throughline.identity.ChannelClient;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.SignedCursors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists newest words for preview tokens. The index finds and orders; what is shown is read from PostgreSQL and held to the token's scope
/// and to the filters once more, so that the index decides about nothing but the order. Costs two statements and one search a page.
@Service
class PreviewLists {

    private static final int LONGEST_TEXT = 400;
    private static final Set<String> SORTS = Set.of("relevance", "-changedAt", "title");
    private static final Set<String> DIMENSIONS = Set.of("audience", "stage", "need", "topic", "indication");

    /// As it came.
    record Query(
            @Nullable String q,
            @Nullable String type,
            @Nullable String audience,
            @Nullable String stage,
            @Nullable String need,
            @Nullable String topic,
            @Nullable String brand,
            @Nullable String indication,
            @Nullable String market,
            @Nullable String locale,
            @Nullable String kind,
            String sort,
            @Nullable Integer limit,
            @Nullable String after) {}

    private final DeliveryScope scope;
    private final PreviewSearch search;
    private final PreviewReader reader;
    private final PreviewDocuments documents;
    private final SignedCursors cursors;

    PreviewLists(DeliveryScope scope, PreviewSearch search, PreviewReader reader, PreviewDocuments documents, SignedCursors cursors) {
        this.scope = scope;
        this.search = search;
        this.reader = reader;
        this.documents = documents;
        this.cursors = cursors;
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` with the parameter, `not-found` for what the token may not read,
    ///     `search-unavailable`
    ObjectNode answer(PreviewViewer viewer, Query query) {
        if (query.q() != null && (query.q().isBlank() || query.q().length() > LONGEST_TEXT)) {
            throw DeliveryScope.invalid("q", "q has 1 to " + LONGEST_TEXT + " characters.");
        }
        if (!SORTS.contains(query.sort())) {
            throw DeliveryScope.invalid("sort", "sort is relevance, -changedAt or title.");
        }
        int limit = ListRequests.limit(query.limit());
        var filters = filters(viewer.client(), query);
        var bound = bound(viewer, query, filters);
        var found = find(new PreviewSearch.Query(query.q(), filters, viewer.client().brands(), query.sort(),
                query.after() == null ? null : cursors.open(bound, query.after()), limit + 1));
        var hits = found.hits().subList(0, Math.min(limit, found.hits().size()));
        var newest = reader.find(hits.stream().map(hit -> new Previewed.Place(hit.itemId(), hit.locale())).toList());
        var shown = new LinkedHashMap<PreviewSearch.Hit, Previewed>();
        for (var hit : hits) {
            var previewed = newest.get(new Previewed.Place(hit.itemId(), hit.locale()));
            if (previewed != null && previewed.isFor(viewer) && accepts(filters, previewed)) {
                shown.put(hit, previewed);
            }
        }
        var written = documents.write(viewer, shown.values()).iterator();
        var body = Json.object().put("complete", found.complete());
        var items = body.putArray("items");
        shown.keySet().forEach(hit -> {
            var item = written.next();
            if (query.q() != null) {
                var highlights = item.putObject("highlights");
                hit.highlights().forEach((field, parts) -> parts.forEach(highlights.withArray(field)::add));
            }
            items.add(item);
        });
        if (found.hits().size() > limit) {
            body.put("nextCursor", cursors.seal(bound, hits.getLast().position()));
        }
        return body;
    }

    private PreviewSearch.Found find(PreviewSearch.Query query) {
        try {
            return search.find(query);
        } catch (ItemSearch.Unavailable away) {
            throw Problem.SEARCH_UNAVAILABLE.because("Lists can't be answered at the moment; single items and content sets can. Try again shortly.")
                    .withHeader("Retry-After", "5");
        }
    }

    private Map<String, Set<String>> filters(ChannelClient client, Query query) {
        var markets = ListRequests.readable("market", query.market(), client::mayReadMarket, scope.markets(client));
        // a draft has no market: it is asked whether the market could have it in its language
        var within = new ChannelClient(client.keyId(), client.channelId(), client.channelKey(), client.channelKind(), markets, client.locales(),
                client.kinds(), client.brands(), false, false, false);
        var filters = new HashMap<String, Set<String>>();
        filters.put("locale", ListRequests.readable("locale", query.locale(), client::mayReadLocale, scope.locales(within)));
        filters.put("kind", ListRequests.readable("kind", query.kind(), client::mayReadKind, scope.kinds(client)));
        put(filters, "type", scope.types(query.type()));
        put(filters, "brand", DeliveryScope.brands(client, query.brand()));
        put(filters, "audience", scope.concepts("audience", "audiences", query.audience()));
        put(filters, "stage", scope.concepts("stage", "stages", query.stage()));
        put(filters, "need", scope.concepts("need", "needs", query.need()));
        put(filters, "topic", scope.concepts("topic", "topics", query.topic()));
        put(filters, "indication", scope.concepts("indication", "indications", query.indication()));
        return filters;
    }

    private static void put(Map<String, Set<String>> filters, String field, Set<String> values) {
        if (!values.isEmpty()) {
            filters.put(field, values);
        }
    }

    private static boolean accepts(Map<String, Set<String>> filters, Previewed previewed) {
        var item = previewed.item();
        for (var filter : filters.entrySet()) {
            var values = DIMENSIONS.contains(filter.getKey())
                    ? previewed.document().path("classification").path(filter.getKey()).valueStream().map(JsonNode::asString).toList()
                    : switch (filter.getKey()) {
                        case "locale" -> List.of(previewed.locale());
                        case "kind" -> List.of(item.kind());
                        case "type" -> List.of(item.type());
                        case "brand" -> item.brand() == null ? List.<String>of() : List.of(item.brand());
                        default -> throw new IllegalStateException("no such filter: " + filter.getKey());
                    };
            if (values.stream().noneMatch(filter.getValue()::contains)) {
                return false;
            }
        }
        return true;
    }

    /// All that a page depends on but the cursor itself.
    private static String bound(PreviewViewer viewer, Query query, Map<String, Set<String>> filters) {
        var sorted = new TreeMap<String, List<String>>();
        filters.forEach((field, values) -> sorted.put(field, new ArrayList<>(new TreeSet<>(values))));
        return "preview-items|" + viewer.tokenId() + "|" + query.q() + "|" + sorted + "|" + query.sort();
    }
}
