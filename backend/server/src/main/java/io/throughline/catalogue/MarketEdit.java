package io.throughline.catalogue;

import io.throughline.catalogue.MarketCatalogue.Dimension;
import io.throughline.catalogue.MarketCatalogue.Upcoming;
import io.throughline.catalogue.bits.Bits;
import io.throughline.catalogue.bits.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The next [MarketCatalogue], made from the one before by adding and removing publications. For one thread, once.
public final class MarketEdit {

    private final MarketCatalogue before;
    private final Map<Dimension, Map<String, Pages.Edit<long[]>>> dimensions = new EnumMap<>(Dimension.class);
    private final Pages.Edit<@Nullable Candidate[]> candidates;
    private final Pages.Edit<long[]> windows;
    private final Pages.Edit<short[]> own;
    private final Pages.Edit<int[][]> items;
    private final BitSet free;
    private final long horizon;
    private @Nullable List<Upcoming> upcoming;
    private int size;
    private final List<MarketCatalogue.Bound> bounds;

    /// @param horizon windows that begin later, in microseconds since 1970, count as upcoming
    public MarketEdit(MarketCatalogue before, long horizon) {
        this.before = before;
        this.horizon = horizon;
        candidates = before.candidates.edit();
        windows = before.windows.edit();
        own = before.own.edit();
        items = before.items.edit();
        free = (BitSet) before.free.clone();
        size = before.size;
        bounds = new ArrayList<>(before.bounds);
    }

    public void add(Candidate candidate) {
        int hole = free.nextSetBit(0);
        int ordinal = hole < 0 ? size++ : hole;
        free.clear(ordinal);
        int page = ordinal >> MarketCatalogue.ROW_SHIFT;
        int row = ordinal & MarketCatalogue.ROWS - 1;
        var from = candidate.window().from();
        var until = candidate.window().until();
        candidates.writable(page)[row] = candidate;
        int units = StaticScore.of(candidate);
        own.writable(page)[row] = (short) units;
        if (page == bounds.size()) {
            bounds.add(MarketCatalogue.Bound.NOBODY);
        }
        bounds.set(page, bounds.get(page).with(units, candidate));
        var window = windows.writable(page);
        window[2 * row] = from == null ? Long.MIN_VALUE : MarketCatalogue.floorMicros(from);
        window[2 * row + 1] = until == null ? Long.MAX_VALUE : MarketCatalogue.ceilMicros(until);
        forEachValue(candidate, (dimension, value) -> Bits.set(bits(dimension, value), ordinal));

        int bucket = MarketCatalogue.bucket(candidate.itemId());
        var buckets = items.writable(bucket >> MarketCatalogue.BUCKET_SHIFT);
        int at = bucket & MarketCatalogue.BUCKETS - 1;
        var ordinals = buckets[at] == null ? new int[0] : buckets[at];
        var more = Arrays.copyOf(ordinals, ordinals.length + 1);
        more[ordinals.length] = ordinal;
        buckets[at] = more;
        if (window[2 * row] > horizon) {
            upcoming().add(new Upcoming(window[2 * row], ordinal));
        }
    }

    /// @throws IllegalStateException when it is not there: then this is not what the change came to
    public void remove(String itemId, String publicationId) {
        int bucket = MarketCatalogue.bucket(itemId);
        var buckets = items.writable(bucket >> MarketCatalogue.BUCKET_SHIFT);
        int at = bucket & MarketCatalogue.BUCKETS - 1;
        var ordinals = buckets[at] == null ? new int[0] : buckets[at];
        for (int ordinal : ordinals) {
            int row = ordinal & MarketCatalogue.ROWS - 1;
            var rows = candidates.writable(ordinal >> MarketCatalogue.ROW_SHIFT);
            var candidate = rows[row];
            if (candidate != null && candidate.publicationId().equals(publicationId)) {
                rows[row] = null;
                buckets[at] = Arrays.stream(ordinals).filter(other -> other != ordinal).toArray();
                forEachValue(candidate, (dimension, value) -> Bits.clear(bits(dimension, value), ordinal));
                free.set(ordinal);
                if (windows.writable(ordinal >> MarketCatalogue.ROW_SHIFT)[2 * row] > horizon || !before.upcoming.isEmpty()) {
                    upcoming().removeIf(next -> next.ordinal() == ordinal);
                }
                return;
            }
        }
        throw new IllegalStateException("the publication " + publicationId + " of " + itemId + " ended but was not there");
    }

    public MarketCatalogue done() {
        var all = new EnumMap<Dimension, Map<String, Pages<long[]>>>(Dimension.class);
        for (var dimension : Dimension.values()) {
            var values = new HashMap<>(before.dimensions.getOrDefault(dimension, Map.of()));
            dimensions.getOrDefault(dimension, Map.of()).forEach((value, edit) -> values.put(value, edit.done()));
            all.put(dimension, values);
        }
        var next = upcoming;
        if (next != null) {
            next.removeIf(one -> one.from() <= horizon);
            next.sort(Comparator.comparingLong(Upcoming::from).thenComparingInt(Upcoming::ordinal));
        }
        return new MarketCatalogue(all, candidates.done(), windows.done(), own.done(), items.done(), next == null ? before.upcoming : next, free, size,
                bounds);
    }

    private List<Upcoming> upcoming() {
        if (upcoming == null) {
            upcoming = new ArrayList<>(before.upcoming);
        }
        return upcoming;
    }

    private Pages.Edit<long[]> bits(Dimension dimension, String value) {
        return dimensions.computeIfAbsent(dimension, _ -> new HashMap<>()).computeIfAbsent(value, _ ->
                Objects.requireNonNullElseGet(before.bits(dimension, value), () -> Pages.none(Bits.KIND)).edit());
    }

    private interface Values {
        void have(Dimension dimension, String value);
    }

    private static void forEachValue(Candidate candidate, Values values) {
        var facets = candidate.facets();
        values.have(Dimension.KIND, candidate.kind());
        values.have(Dimension.LOCALE, candidate.locale());
        values.have(Dimension.BRAND, candidate.brand() == null ? MarketCatalogue.NONE : candidate.brand());
        facets.slots().forEach(slot -> values.have(Dimension.SLOT, slot));
        facets.audience().forEach(audience -> values.have(Dimension.AUDIENCE, audience));
        facets.stage().forEach(stage -> values.have(Dimension.STAGE, stage));
        facets.need().forEach(need -> values.have(Dimension.NEED, need));
        facets.channel().forEach(channel -> values.have(Dimension.CHANNEL, channel));
        if (facets.channel().isEmpty()) {
            values.have(Dimension.CHANNEL, MarketCatalogue.NONE);
        }
    }
}
