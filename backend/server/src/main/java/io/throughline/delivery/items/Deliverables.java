package io.throughline.delivery.items;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Catalogue;
import io.throughline.catalogue.CatalogueHistory;
import io.throughline.catalogue.ItemPlace;
import io.throughline.catalogue.ServingMarkets;
import io.throughline.catalogue.ServingRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// What of many publications may go out, each with what must be published beside it (US-2, UK-5, rules of items). Reads once for each market and
/// locale, not for each item.
@Component
public class Deliverables {

    /// @param mark changes when the publication, or one that decides whether or how it goes out, is another one
    public record Deliverable(Candidate candidate, Map<String, Candidate> paired, String mark) {}

    private record Shelf(String market, String locale) {}

    private final Catalogue catalogue;
    private final CatalogueHistory history;
    private final DeliveredItems items;
    private final ServingMarkets markets;

    Deliverables(Catalogue catalogue, CatalogueHistory history, DeliveredItems items, ServingMarkets markets) {
        this.catalogue = catalogue;
        this.history = history;
        this.items = items;
        this.markets = markets;
    }

    /// Those of the candidates whose window is open and that may be shown by themselves, in their order.
    ///
    /// @param sequence what is paired is looked up as of this one
    public Map<ItemPlace, Deliverable> check(Collection<Candidate> candidates, long sequence, Instant at) {
        return check(candidates, (shelf, pairs) -> history.findPaired(pairs, shelf.market(), shelf.locale(), sequence, at), at);
    }

    /// The same for now.
    ///
    /// @param chain locales in which what is paired may be, nearest first, as for a single item; empty: in that of the candidate only
    public Map<ItemPlace, Deliverable> check(Collection<Candidate> candidates, List<String> chain, Instant at) {
        return check(candidates, (shelf, pairs) -> catalogue.findPaired(pairs, shelf.market(), chain.isEmpty() ? List.of(shelf.locale()) : chain, at), at);
    }

    private interface Pairs {
        Map<String, Candidate> find(Shelf shelf, Collection<String> itemIds);
    }

    private Map<ItemPlace, Deliverable> check(Collection<Candidate> candidates, Pairs lookup, Instant at) {
        var shelves = new HashMap<Shelf, List<Candidate>>();
        var open = candidates.stream().filter(candidate -> candidate.window().contains(at)).toList();
        open.forEach(candidate -> shelves.computeIfAbsent(new Shelf(candidate.market(), candidate.locale()), _ -> new ArrayList<>()).add(candidate));
        var paired = new HashMap<Shelf, Map<String, Candidate>>();
        shelves.forEach((shelf, on) -> {
            var pairs = new LinkedHashSet<String>();
            on.forEach(candidate -> pairs.addAll(ServingRules.needed(candidate)));
            paired.put(shelf, lookup.find(shelf, pairs));
        });
        var deliverable = new LinkedHashMap<ItemPlace, Deliverable>();
        for (var candidate : open) {
            var around = Objects.requireNonNull(paired.get(new Shelf(candidate.market(), candidate.locale())));
            if (ServingRules.refuse(candidate, around, markets.get(candidate.market()), at).isEmpty()) {
                deliverable.put(ItemPlace.of(candidate), new Deliverable(candidate, around, mark(candidate, around)));
            }
        }
        return deliverable;
    }

    /// The items as they go out, JSON objects in UTF-8. Not to be written to.
    public Map<ItemPlace, byte[]> write(Collection<Deliverable> deliverables) {
        var shelves = new LinkedHashMap<Shelf, List<Deliverable>>();
        deliverables.forEach(it -> shelves.computeIfAbsent(new Shelf(it.candidate().market(), it.candidate().locale()), _ -> new ArrayList<>()).add(it));
        var written = new HashMap<ItemPlace, byte[]>();
        shelves.forEach((shelf, on) -> items.readOnce(on.stream().map(Deliverable::candidate).toList(), on.getFirst().paired())
                .forEach((id, item) -> written.put(new ItemPlace(id, shelf.market(), shelf.locale()), item.body().joined())));
        return written;
    }

    private static String mark(Candidate candidate, Map<String, Candidate> paired) {
        var mark = new StringBuilder(candidate.publicationId());
        ServingRules.needed(candidate).stream().sorted().map(paired::get).forEach(pair -> mark.append('|').append(pair == null ? "" : pair.publicationId()));
        return mark.toString();
    }
}
