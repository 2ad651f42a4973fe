package io.throughline.delivery;

import static java.util.stream.Collectors.joining;

import io.throughline.content.Item;
import io.throughline.testing.Api;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Every way on which an item can reach somebody who reads. A way that is added to the product belongs in here.
final class WaysOut {

    /// @param brand the shelf's own, so that nothing else competes for the places of its sets
    record Shelf(String market, String locale, String brand) {

        String query() {
            return "market=" + market + "&locale=" + locale;
        }
    }

    interface Way {
        /// Ids of the items that come out of it.
        Set<String> ids(Shelf shelf, Collection<Item> asked);
    }

    /// A way that shows what would be if everything that was approved were published now.
    static final String SUPPOSING = "the preview of a set";

    /// Of the journeys of those whom sets are asked for; patients walk another one, so no stage is named for them.
    private static final List<String> CONTEXTS = List.of("audience=hcp.primary-care&stage=considering&need=monitor-adjust",
            "audience=hcp.cardiology&stage=considering&need=monitor-adjust", "audience=patient&need=monitor-adjust");

    private final Api web;
    private final Api strategist;
    private final Api preview;

    WaysOut(Api web, Api strategist, Api preview) {
        this.web = web;
        this.strategist = strategist;
        this.preview = preview;
    }

    Map<String, Way> all() {
        var ways = new LinkedHashMap<String, Way>();
        ways.put("its id", (shelf, asked) -> single(asked, item -> "/v1/items/" + item.id() + "?" + shelf.query()));
        ways.put("its key", (shelf, asked) -> single(asked, item -> "/v1/items/" + item.key() + "?" + shelf.query()));
        ways.put("a list", (shelf, _) -> listed(shelf, "&brand=" + shelf.brand()));
        ways.put("a list by ids", (shelf, asked) -> listed(shelf, "&ids=" + asked.stream().map(Item::id).collect(joining(","))));
        ways.put("a list by keys", (shelf, asked) -> listed(shelf, "&keys=" + asked.stream().map(Item::key).collect(joining(","))));
        ways.put("a search", (shelf, _) -> listed(shelf, "&q=waysout&brand=" + shelf.brand()));
        ways.put("sync", (shelf, _) -> synced(shelf));
        ways.put("content sets", (shelf, _) -> sets(shelf, context -> web.get("/v1/content-sets?" + context).json()));
        ways.put("the sample channel", (shelf, _) -> sampled(shelf));
        ways.put("content sets of a moment", (shelf, _) -> at(shelf, Instant.now()));
        ways.put("the channel's preview", (shelf, _) ->
                sets(shelf, context -> strategist.get("/manage/v1/channels/web/content-set?" + context).json().path("set")));
        ways.put(SUPPOSING, (shelf, _) -> sets(shelf, context -> preview.get("/preview/v1/content-sets?" + context).json()));
        return ways;
    }

    /// What sets are told to have been at a moment that is over.
    Set<String> at(Shelf shelf, Instant moment) {
        return sets(shelf, context -> web.get("/v1/content-sets?at=" + moment + "&" + context).json());
    }

    /// The kinds that each set of a shelf holds, by way and context. Safety information is of the kind of what it accompanies.
    Map<String, Set<String>> kindsOfSets(Shelf shelf) {
        var asks = new LinkedHashMap<String, Function<String, JsonNode>>();
        asks.put("content sets", context -> web.get("/v1/content-sets?" + context).json());
        asks.put("content sets of a moment", context -> web.get("/v1/content-sets?at=" + Instant.now() + "&" + context).json());
        asks.put("the channel's preview", context -> strategist.get("/manage/v1/channels/web/content-set?" + context).json().path("set"));
        asks.put(SUPPOSING, context -> preview.get("/preview/v1/content-sets?" + context).json());
        var kinds = new LinkedHashMap<String, Set<String>>();
        asks.forEach((way, ask) -> CONTEXTS.forEach(context -> {
            var found = new HashSet<String>();
            ask.apply(context + "&limit=20&" + shelf.query() + "&brand=" + shelf.brand()).path("items").forEach(item -> found.add(item.path("kind").asString()));
            kinds.put(way + " for " + context, found);
        }));
        return kinds;
    }

    private Set<String> single(Collection<Item> asked, Function<Item, String> path) {
        var ids = new HashSet<String>();
        asked.stream().filter(item -> web.get(path.apply(item)).status() == 200).map(Item::id).forEach(ids::add);
        return ids;
    }

    private Set<String> listed(Shelf shelf, String filter) {
        var ids = new HashSet<String>();
        web.get("/v1/items?limit=100&" + shelf.query() + filter).json().path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private static Set<String> sets(Shelf shelf, Function<String, JsonNode> ask) {
        var ids = new HashSet<String>();
        CONTEXTS.forEach(context -> ids.addAll(ask.apply(context + "&limit=20&" + shelf.query() + "&brand=" + shelf.brand()).path("items").propertyNames()));
        return ids;
    }

    /// As `examples/web-channel` asks: without a limit, and again with what it has shown. It asks for no brand; here it does, so that the
    /// shelf's items are the ones that have a chance.
    private Set<String> sampled(Shelf shelf) {
        var ids = new HashSet<String>();
        CONTEXTS.forEach(context -> {
            var asked = "/v1/content-sets?" + context + "&" + shelf.query() + "&brand=" + shelf.brand();
            var shown = web.get(asked).json().path("items").propertyNames();
            ids.addAll(shown);
            ids.addAll(web.get(asked + "&seen=" + String.join(",", shown)).json().path("items").propertyNames());
        });
        return ids;
    }

    private Set<String> synced(Shelf shelf) {
        var ids = new HashSet<String>();
        var page = web.get("/v1/sync?initial=true&limit=100&" + shelf.query()).json();
        while (true) {
            page.path("changes").forEach(change -> ids.add(change.at("/item/id").asString("")));
            if (!page.path("hasMore").asBoolean()) {
                return ids;
            }
            page = web.get("/v1/sync?token=" + page.path("nextToken").asString()).json();
        }
    }
}
