package io.throughline.delivery;

import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists delivered items. The index finds and orders; PostgreSQL says which of them may still be served. What was published
/// a moment ago may be missing until the index shows it: the answer's sequence says how far it has come.
@Service
class ItemLists {

    static final Set<String> FACETS = Set.of("type", "kind", "brand", "market", "locale", "audience", "stage", "need", "topic", "indication");
    private static final Set<String> ALWAYS = Set.of("id", "key", "type", "version");

    /// @param fields empty: all
    record Request(@Nullable String q, Map<String, Set<String>> filters, String channel, @Nullable Instant updatedSince, String sort,
            Set<String> facets, Set<String> fields, int limit, @Nullable String after, boolean count) {

        /// All that a page depends on but the cursor itself.
        String bound() {
            var sorted = new TreeMap<String, Set<String>>();
            filters.forEach((field, values) -> sorted.put(field, new TreeSet<>(values)));
            return "items|" + q + "|" + sorted + "|" + channel + "|" + updatedSince + "|" + sort;
        }
    }

    /// @param sequence up to which the list shows what was published
    record Page(byte[] body, String etag, long sequence, @Nullable String nextCursor, Instant validUntil) implements Served {

        @Override
        public String surrogateKeys() {
            return "items";
        }

        @Override
        public boolean isChangedBy(CatalogueChange change) {
            return true;
        }
    }

    private final Catalogue catalogue;
    private final DeliveredItems items;
    private final ItemSearch search;
    private final SignedCursors cursors;
    private final Clock clock;
    private final TransactionTemplate snapshot;

    ItemLists(Catalogue catalogue, DeliveredItems items, ItemSearch search, SignedCursors cursors, Clock clock,
            PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        this.items = items;
        this.search = search;
        this.cursors = cursors;
        this.clock = clock;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// @throws io.throughline.shared.ProblemException `search-unavailable`, or `invalid-query` for a foreign cursor
    Page answer(Request request) {
        var now = clock.instant();
        var after = request.after() == null ? null : cursors.open(request.bound(), request.after());
        long sequence = catalogue.indexedUpTo();
        var found = find(request, after, now);
        var next = found.hits().size() > request.limit()
                ? cursors.seal(request.bound(), found.hits().get(request.limit() - 1).position())
                : null;
        return Objects.requireNonNull(snapshot.execute(_ -> page(request, found, next, now, sequence)));
    }

    private ItemSearch.Found find(Request request, @Nullable JsonNode after, Instant now) {
        try {
            return search.find(new ItemSearch.Query(request.q(), request.filters(), request.channel(), request.updatedSince(), request.sort(),
                    request.facets(), after, request.limit() + 1, now));
        } catch (ItemSearch.Unavailable away) {
            throw Problem.SEARCH_UNAVAILABLE.because("Lists can't be answered at the moment; content sets and single items can. Try again shortly.")
                    .withHeader("Retry-After", "5");
        }
    }

    private Page page(Request request, ItemSearch.Found found, @Nullable String next, Instant now, long sequence) {
        var hits = found.hits().subList(0, Math.min(found.hits().size(), request.limit()));
        var current = new TreeMap<String, Candidate>();
        catalogue.listCurrent(hits.stream().map(ItemSearch.Hit::publicationId).toList()).stream()
                .filter(candidate -> candidate.window().contains(now))
                .forEach(candidate -> current.put(candidate.publicationId(), candidate));
        var body = Json.object();
        var list = body.putArray("items");
        var until = now.plusSeconds(60);
        for (var hit : hits) {
            var candidate = current.get(hit.publicationId());
            if (candidate == null) {
                continue; // ended since the index saw it
            }
            var item = item(candidate, now);
            if (item == null) {
                continue;
            }
            until = Objects.requireNonNull(Window.earlier(until, candidate.window().until()));
            if (!request.fields().isEmpty()) {
                item.retain(keep(request.fields()));
            }
            if (request.q() != null) {
                item.put("score", hit.score());
                var highlights = item.putObject("highlights");
                hit.highlights().forEach((field, parts) -> parts.forEach(highlights.withArray(field)::add));
            }
            list.add(item);
        }
        if (!request.facets().isEmpty()) {
            var facets = body.putObject("facets");
            new TreeMap<>(found.facets()).forEach((facet, values) -> values.forEach(value ->
                    facets.withArray(facet).addObject().put("value", value.value()).put("count", value.count())));
        }
        if (request.count()) {
            body.put("total", found.total());
        }
        if (next != null) {
            body.put("nextCursor", next);
        }
        var bytes = Json.text(body).getBytes(StandardCharsets.UTF_8);
        return new Page(bytes, "\"li-" + Sha256.hex(bytes).substring(0, 24) + "\"", sequence, next, until);
    }

    private static List<String> keep(Set<String> fields) {
        var keep = new ArrayList<>(ALWAYS);
        keep.addAll(fields);
        return keep;
    }

    /// Null when what must be shown with it is not published.
    private @Nullable ObjectNode item(Candidate candidate, Instant now) {
        var paired = catalogue.findPaired(SetRules.needed(candidate), candidate.market(), List.of(candidate.locale()), now);
        if (SingleItems.isUnpaired(candidate, paired) || SetRules.refuseAlone(candidate, paired).isPresent()) {
            return null;
        }
        return Json.parseObject(new String(Objects.requireNonNull(items.bytes(List.of(candidate), paired).get(candidate.itemId())), StandardCharsets.UTF_8));
    }
}
