package io.throughline.delivery.lists;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Catalogue;
import io.throughline.catalogue.CatalogueChange;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.catalogue.CatalogueHistory;
import io.throughline.catalogue.ItemPlace;
import io.throughline.catalogue.Readable;
import io.throughline.delivery.ItemSearch;
import io.throughline.delivery.edge.Body;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.delivery.edge.DeliveryWebConfiguration;
import io.throughline.delivery.edge.Served;
import io.throughline.delivery.edge.ServedCache;
import io.throughline.delivery.edge.StrategyKeys;
import io.throughline.delivery.edge.SurrogateKeys;
import io.throughline.delivery.items.Deliverables;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Sha256;
import io.throughline.shared.SignedCursors;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists delivered items (ADR 14). The index finds and orders what was current at the sequence of the first page, which the cursor
/// carries; PostgreSQL says what is served of it now. So everything that stays comes once, and nothing that is gone comes.
@Service
class ItemLists {

    static final Set<String> FACETS = Set.of("type", "kind", "brand", "market", "locale", "audience", "stage", "need", "topic", "indication");
    private static final List<String> ALWAYS = List.of("id", "key", "type", "version");
    private static final long CACHE_BYTES = 32L << 20;
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    /// Searches for one page, when much of what is found has ended since.
    private static final int ROUNDS = 4;

    /// @param credential id of the credential that asks
    /// @param chain      locales of which the nearest of each item is listed, nearest first; empty: every locale of the filter
    /// @param fields     empty: all
    record Request(String credential, @Nullable String q, Map<String, Set<String>> filters, List<String> chain, Readable readable, @Nullable Instant updatedSince,
            String sort, Set<String> facets, Set<String> fields, int limit, @Nullable String after, boolean count) {

        /// All that a page depends on but the cursor itself.
        String bound() {
            var sorted = new TreeMap<String, Set<String>>();
            filters.forEach((field, values) -> sorted.put(field, new TreeSet<>(values)));
            return "items|" + credential + "|" + q + "|" + sorted + "|" + chain + "|" + readable + "|" + updatedSince + "|" + sort;
        }

        /// Whether a newer version still is what was asked for; full text aside, which only the index knows.
        boolean accepts(Candidate candidate) {
            var facets = candidate.facets();
            return reads(candidate)
                    && meets("type", List.of(candidate.type())) && meets("kind", List.of(candidate.kind()))
                    && meets("brand", candidate.brand() == null ? List.of() : List.of(candidate.brand()))
                    && meets("audience", facets.audience()) && meets("stage", facets.stage()) && meets("need", facets.need())
                    && meets("topic", facets.topic()) && meets("indication", facets.indication());
        }

        /// Whether the credential gets it, whatever else is asked for.
        boolean reads(Candidate candidate) {
            return readable.reads(candidate);
        }

        private boolean meets(String field, List<String> values) {
            var wanted = filters.get(field);
            return wanted == null || values.stream().anyMatch(wanted::contains);
        }
    }

    /// @param sequence up to which the list shows what was published
    record Page(Body body, String etag, String surrogateKeys, long sequence, @Nullable String nextCursor, Instant validUntil) implements Served {

        @Override
        public boolean isChangedBy(CatalogueChange change) {
            return true;
        }
    }

    private final Catalogue catalogue;
    private final CatalogueHistory history;
    private final Deliverables deliverables;
    private final AlteredDocuments altered;
    private final ItemSearch search;
    private final SignedCursors cursors;
    private final StrategyKeys strategies;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    private final ServedCache<Request, Page> cache;

    ItemLists(Catalogue catalogue, CatalogueHistory history, Deliverables deliverables, AlteredDocuments altered, ItemSearch search, SignedCursors cursors,
            StrategyKeys strategies, CatalogueClock catalogueClock, Clock clock, PlatformTransactionManager transactions) {
        this.catalogue = catalogue;
        this.history = history;
        this.deliverables = deliverables;
        this.altered = altered;
        this.search = search;
        this.cursors = cursors;
        this.strategies = strategies;
        this.clock = clock;
        this.cache = new ServedCache<>(catalogueClock, altered, CACHE_BYTES);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// @param minSequence a first page waits until the index shows it, at most two seconds
    /// @throws io.throughline.shared.ProblemException `search-unavailable`, `not-yet-visible`, or `invalid-query` for a foreign or old cursor
    ServedCache.Hit<Page> answer(long minSequence, Request request) {
        var known = cache.find(request, clock.instant());
        if (known != null) {
            return known;
        }
        if (request.after() == null && minSequence > 0) {
            awaitIndex(minSequence);
        }
        var page = read(request);
        cache.keep(request, page);
        return new ServedCache.Hit<>(page, page.sequence());
    }

    private void awaitIndex(long sequence) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (catalogue.indexedUpTo() < sequence) {
            if (System.nanoTime() > deadline) {
                throw DeliveryWebConfiguration.notYetVisible();
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw DeliveryWebConfiguration.notYetVisible();
            }
        }
    }

    private Page read(Request request) {
        var cursor = request.after() == null ? null : cursors.open(request.bound(), request.after());
        // read before the index is asked: it shows at least this
        long sequence = cursor == null ? catalogue.indexedUpTo() : cursor.path("n").asLong();
        var now = clock.instant(); // after the sequence: what was published up to it has begun, unless it is scheduled
        if (cursor != null && history.nextChangeAfter(sequence).filter(at -> at.plus(ItemSearch.CURSOR_LIFE).isBefore(now)).isPresent()) {
            throw DeliveryScope.invalid("after", "This cursor is older than an hour and the catalogue has changed since. Start without 'after'.");
        }
        var position = cursor == null ? null : cursor.path("p");
        var body = Json.object();
        var list = body.putArray("items");
        ItemSearch.Found first = null;
        var until = now.plusSeconds(60);
        long read = sequence;
        boolean more = true;
        for (int round = 0; round < ROUNDS && more && list.size() < request.limit(); round++) {
            int wanted = request.limit() - list.size();
            var found = find(request, sequence, position, wanted + 1, now);
            first = first == null ? found : first;
            more = found.hits().size() > wanted;
            var hits = found.hits().subList(0, Math.min(found.hits().size(), wanted));
            position = hits.isEmpty() ? position : hits.getLast().position();
            var checked = altered.leavingOut(() -> Objects.requireNonNull(snapshot.execute(_ -> check(request, sequence, hits))));
            checked.items().forEach(list::add);
            read = checked.sequence();
            until = checked.validUntil().isBefore(until) ? checked.validUntil() : until;
        }
        var next = more && position != null ? cursors.seal(request.bound(), Json.object().put("n", sequence).set("p", position)) : null;
        if (cursor == null && next == null) {
            addMissing(request, body);
        }
        addCounts(request, body, Objects.requireNonNull(first), next);
        var bytes = Json.text(body).getBytes(StandardCharsets.UTF_8);
        // a first page shows what the index had come to; a later one owes nothing newer than its cursor, and was checked at `read`
        long shown = cursor == null ? sequence : read;
        return new Page(Body.of(bytes), "\"li-" + Sha256.hex(bytes).substring(0, 24) + "\"", keys(request, body, now), shown, next, until);
    }

    private ItemSearch.Found find(Request request, long sequence, @Nullable JsonNode after, int size, Instant now) {
        try {
            return search.find(new ItemSearch.Query(request.q(), request.filters(), request.readable().channel(), request.readable().brands(), sequence, request.updatedSince(), request.sort(),
                    request.facets(), after, size, now));
        } catch (ItemSearch.Unavailable away) {
            throw Problem.SEARCH_UNAVAILABLE.because("Lists can't be answered at the moment; content sets and single items can. Try again shortly.")
                    .withHeader("Retry-After", "5");
        }
    }

    private record Checked(List<ObjectNode> items, long sequence, Instant validUntil) {}

    /// @param pinned sequence that the list is of
    private Checked check(Request request, long pinned, List<ItemSearch.Hit> hits) {
        long sequence = catalogue.head();
        var now = clock.instant(); // after the snapshot was taken, for the same reason
        var current = history.currentInPlaceOf(hits.stream().map(ItemSearch.Hit::publicationId).toList());
        current.entrySet().removeIf(entry -> !entry.getKey().equals(entry.getValue().publicationId()) && !request.accepts(entry.getValue()));
        var served = deliverables.check(current.values(), request.chain(), now);
        served.keySet().removeAll(standIns(request, pinned, served.keySet(), now));
        var written = deliverables.write(served.values());
        var items = new ArrayList<ObjectNode>();
        for (var hit : hits) {
            var candidate = current.get(hit.publicationId());
            var json = candidate == null ? null : written.get(ItemPlace.of(candidate));
            if (candidate != null && json != null) {
                items.add(item(request, hit, candidate, json));
            }
        }
        var until = history.nextWindow(request.filters().getOrDefault("market", Set.of()), request.filters().getOrDefault("locale", Set.of()),
                now, now.plusSeconds(60));
        return new Checked(items, sequence, until);
    }

    /// Those places whose item the list shows in a nearer locale. What was published there after the list began is not on it, so it takes
    /// nobody's place.
    private Set<ItemPlace> standIns(Request request, long pinned, Set<ItemPlace> places, Instant now) {
        var nearer = new HashMap<ItemPlace, List<ItemPlace>>();
        for (var place : places) {
            int rank = request.chain().indexOf(place.locale());
            if (rank > 0) {
                nearer.put(place, request.chain().subList(0, rank).stream().map(locale -> new ItemPlace(place.itemId(), place.market(), locale)).toList());
            }
        }
        if (nearer.isEmpty()) {
            return Set.of();
        }
        var then = history.asOf(nearer.values().stream().flatMap(List::stream).toList(), pinned);
        var current = history.currentInPlaceOf(then.stream().map(Candidate::publicationId).toList()).values().stream().filter(request::reads).toList();
        var shown = deliverables.check(current, request.chain(), now).keySet();
        return nearer.entrySet().stream().filter(entry -> entry.getValue().stream().anyMatch(shown::contains)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static ObjectNode item(Request request, ItemSearch.Hit hit, Candidate candidate, byte[] json) {
        var item = Json.parseObject(new String(json, StandardCharsets.UTF_8));
        if (!request.fields().isEmpty()) {
            var keep = new ArrayList<>(ALWAYS);
            keep.addAll(request.fields());
            item.retain(keep);
        }
        if (request.q() != null) {
            if (request.sort().equals("relevance")) {
                item.put("score", hit.score());
            }
            var highlights = item.putObject("highlights");
            if (hit.publicationId().equals(candidate.publicationId())) { // the words of the version before are not this one's
                hit.highlights().forEach((field, parts) -> parts.forEach(highlights.withArray(field)::add));
            }
        }
        return item;
    }

    /// The shelves that the list is of, the strategies that want something of them, and the items on the page: a purge of either takes the
    /// page with it.
    private String keys(Request request, ObjectNode body, Instant now) {
        var markets = request.filters().getOrDefault("market", Set.of());
        var keys = new SurrogateKeys().general(SurrogateKeys.LISTS).markets(markets).kinds(request.filters().getOrDefault("kind", Set.of()))
                .strategies(strategies.find(markets, request.filters().getOrDefault("brand", Set.of()), now));
        body.path("items").forEach(item -> keys.type(item.path("type").asString("")).items(List.of(item.path("id").asString(""))));
        return keys.text();
    }

    /// Those that were asked for by name and are not on the list: a channel that holds a copy has to know whether it may keep it.
    private void addMissing(Request request, ObjectNode body) {
        var names = new TreeSet<>(request.filters().getOrDefault("itemId", Set.of()));
        names.addAll(request.filters().getOrDefault("key", Set.of()));
        if (names.isEmpty()) {
            return;
        }
        body.path("items").forEach(item -> {
            names.remove(item.path("id").asString(""));
            names.remove(item.path("key").asString(""));
        });
        var withdrawn = new HashSet<String>();
        if (!names.isEmpty()) {
            history.lastOf(names, request.filters().getOrDefault("market", Set.of()), request.filters().getOrDefault("locale", Set.of())).stream()
                    .filter(CatalogueHistory.Last::isWithdrawn).map(CatalogueHistory.Last::candidate)
                    .filter(it -> request.reads(it) && request.meets("kind", List.of(it.kind())))
                    .forEach(it -> withdrawn.addAll(List.of(it.itemId(), it.key())));
        }
        var missing = body.putArray("missing");
        names.forEach(name -> missing.addObject().put("name", name).put("reason", withdrawn.contains(name) ? "content-withdrawn" : "not-found"));
    }

    private static void addCounts(Request request, ObjectNode body, ItemSearch.Found found, @Nullable String next) {
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
    }
}
