package io.throughline.catalogue;

import io.throughline.catalogue.bits.Bits;
import io.throughline.catalogue.bits.Mask;
import io.throughline.catalogue.bits.Pages;
import io.throughline.shared.BrandScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The current publications of one market at one sequence. Immutable; [MarketEdit] makes the next one.
///
/// Each publication has an ordinal, and each value that sets are chosen by has the bits of its publications: what a context
/// admits is found by a few passes over words instead of over publications.
public final class MarketCatalogue {

    public enum Dimension { KIND, LOCALE, SLOT, AUDIENCE, STAGE, NEED, CHANNEL, BRAND }

    /// Stands in CHANNEL and BRAND for publications that name none.
    public static final String NONE = "";

    public static final int ROW_SHIFT = Bits.BLOCK_SHIFT;
    public static final int ROWS = 1 << ROW_SHIFT;
    static final int BUCKET_SHIFT = 9;
    static final int BUCKETS = 1 << BUCKET_SHIFT;
    /// Of all pages together; a market of a million has some four items in each bucket.
    static final int ALL_BUCKETS = 1 << 18;

    static final Pages.Kind<@Nullable Candidate[]> CANDIDATES = new Pages.Kind<>() {
        @Override
        public @Nullable Candidate[] make() {
            return new Candidate[ROWS];
        }

        @Override
        public @Nullable Candidate[] copy(@Nullable Candidate[] page) {
            return page.clone();
        }
    };

    /// Start and end of each publication's window, one after the other, in microseconds since 1970.
    static final Pages.Kind<long[]> WINDOWS = new Pages.Kind<>() {
        @Override
        public long[] make() {
            return new long[2 * ROWS];
        }

        @Override
        public long[] copy(long[] page) {
            return page.clone();
        }
    };

    /// What each candidate scores by itself: [StaticScore#of].
    static final Pages.Kind<short[]> OWN = new Pages.Kind<>() {
        @Override
        public short[] make() {
            return new short[ROWS];
        }

        @Override
        public short[] copy(short[] page) {
            return page.clone();
        }
    };

    /// What there is on a page of candidates at most: none owes more to itself, none was approved later, none is of another kind, slot
    /// or brand. It may be too wide, never too narrow.
    ///
    /// @param kinds a bit for each that occurs ([#bit]), as in `slots` and `brands`
    public record Bound(int own, Instant newest, long kinds, long slots, long brands) {

        static final Bound NOBODY = new Bound(0, Instant.MIN, 0, 0, 0);

        Bound with(int units, Candidate candidate) {
            return new Bound(Math.max(own, units), candidate.approvedAt().isAfter(newest) ? candidate.approvedAt() : newest,
                    kinds | bit(candidate.kind()), slots | bits(candidate.facets().slots()), brands | bit(candidate.brand() == null ? NONE : candidate.brand()));
        }

        /// Several values may share a bit.
        public static long bit(String value) {
            return 1L << (value.hashCode() * 0x9E3779B9 >>> 26);
        }

        public static long bits(Collection<String> values) {
            long bits = 0;
            for (var value : values) {
                bits |= bit(value);
            }
            return bits;
        }
    }

    /// What lies together when a catalogue is read, so that a set finds in few pages what it looks for: what never competes for the
    /// same place, and within that what ranks highest by itself in front.
    public record Alike(String kind, List<String> slots, String brand, int own) implements Comparable<Alike> {

        private static final Comparator<Alike> ORDER = Comparator.comparing(Alike::kind).thenComparing(alike -> String.join(",", alike.slots()))
                .thenComparing(Alike::brand).thenComparing(Comparator.comparingInt(Alike::own).reversed());

        public static Alike of(Candidate candidate) {
            return new Alike(candidate.kind(), candidate.facets().slots(), candidate.brand() == null ? NONE : candidate.brand(), StaticScore.of(candidate));
        }

        @Override
        public int compareTo(Alike other) {
            return ORDER.compare(this, other);
        }
    }

    /// The ordinals of an item's publications, by the item id's hash.
    static final Pages.Kind<int[][]> ITEMS = new Pages.Kind<>() {
        @Override
        public int[][] make() {
            return new int[BUCKETS][];
        }

        @Override
        public int[][] copy(int[][] page) {
            return page.clone();
        }
    };

    /// A window that had not begun when its publication was read.
    record Upcoming(long from, int ordinal) {}

    public static final MarketCatalogue EMPTY = new MarketCatalogue(new EnumMap<>(Dimension.class), Pages.none(CANDIDATES), Pages.none(WINDOWS),
            Pages.none(OWN), Pages.none(ITEMS), List.of(), new BitSet(), 0, List.of());

    final Map<Dimension, Map<String, Pages<long[]>>> dimensions;
    final Pages<@Nullable Candidate[]> candidates;
    final Pages<long[]> windows;
    public final Pages<short[]> own;
    final Pages<int[][]> items;
    /// By their start.
    final List<Upcoming> upcoming;
    /// Ordinals below `size` that nothing has.
    final BitSet free;
    public final int size;
    /// One for each page of candidates.
    public final List<Bound> bounds;
    /// From a page on nobody owes more to itself.
    private final int[] mostFrom;

    MarketCatalogue(Map<Dimension, Map<String, Pages<long[]>>> dimensions, Pages<@Nullable Candidate[]> candidates, Pages<long[]> windows,
            Pages<short[]> own, Pages<int[][]> items, List<Upcoming> upcoming, BitSet free, int size, List<Bound> bounds) {
        this.dimensions = dimensions;
        this.candidates = candidates;
        this.windows = windows;
        this.own = own;
        this.items = items;
        this.upcoming = upcoming;
        this.free = free;
        this.size = size;
        this.bounds = List.copyOf(bounds);
        this.mostFrom = new int[bounds.size()];
        for (int i = mostFrom.length - 1, most = 0; i >= 0; i--) {
            most = Math.max(most, bounds.get(i).own());
            mostFrom[i] = most;
        }
    }

    /// How many pages of candidates there are, a [Mask]'s blocks.
    public int blocks() {
        return mostFrom.length;
    }

    /// From this block on nobody owes more to itself.
    public int mostFrom(int block) {
        return mostFrom[block];
    }

    /// What the candidate owes to itself, without looking at it.
    public int own(int ordinal) {
        return Objects.requireNonNull(own.page(ordinal >> ROW_SHIFT))[ordinal & ROWS - 1];
    }

    public int count() {
        return size - free.cardinality();
    }

    /// The ordinal must be taken.
    public Candidate candidate(int ordinal) {
        return Objects.requireNonNull(Objects.requireNonNull(candidates.page(ordinal >> ROW_SHIFT))[ordinal & ROWS - 1]);
    }

    public void forEach(Consumer<Candidate> consumer) {
        for (int ordinal = free.nextClearBit(0); ordinal < size; ordinal = free.nextClearBit(ordinal + 1)) {
            consumer.accept(candidate(ordinal));
        }
    }

    /// Whether its window contains the moment, to the microsecond: never false where the window itself says true.
    public boolean isEffective(int ordinal, long nowMicros) {
        var page = Objects.requireNonNull(windows.page(ordinal >> ROW_SHIFT));
        int at = (ordinal & ROWS - 1) << 1;
        return page[at] <= nowMicros && nowMicros < page[at + 1];
    }

    /// The current publications of an item, one for each locale.
    public List<Candidate> publications(String itemId) {
        int bucket = bucket(itemId);
        var page = items.page(bucket >> BUCKET_SHIFT);
        var ordinals = page == null ? null : page[bucket & BUCKETS - 1];
        if (ordinals == null) {
            return List.of();
        }
        var found = new ArrayList<Candidate>(1);
        for (int ordinal : ordinals) {
            var candidate = candidate(ordinal);
            if (candidate.itemId().equals(itemId)) {
                found.add(candidate);
            }
        }
        return found;
    }

    /// When the next scheduled publication of these locales, kinds and brands starts; null when none is waiting.
    public @Nullable Instant nextStart(Collection<String> locales, Set<String> kinds, BrandScope brands, Instant now) {
        for (var next : upcoming) {
            var candidate = candidate(next.ordinal());
            var from = candidate.window().from();
            if (from != null && from.isAfter(now) && locales.contains(candidate.locale()) && kinds.contains(candidate.kind())
                    && brands.covers(candidate.brand())) {
                return from;
            }
        }
        return null;
    }

    public long[] mask() {
        return new long[Bits.words(size)];
    }

    /// All that have any of the values.
    public long[] mask(Dimension dimension, Collection<String> values) {
        var mask = mask();
        var bits = dimensions.getOrDefault(dimension, Map.of());
        new HashSet<>(values).forEach(value -> Bits.or(mask, bits.get(value)));
        return mask;
    }

    /// Values that some publication has or had.
    Set<String> values(Dimension dimension) {
        return dimensions.getOrDefault(dimension, Map.of()).keySet();
    }

    /// The same, computed where it is looked at.
    public Mask any(Dimension dimension, Collection<String> values) {
        var bits = dimensions.getOrDefault(dimension, Map.of());
        var wanted = new ArrayList<@Nullable Pages<long[]>>(values.size());
        new HashSet<>(values).forEach(value -> wanted.add(bits.get(value)));
        return Mask.any(wanted);
    }

    public @Nullable Pages<long[]> bits(Dimension dimension, String value) {
        return dimensions.getOrDefault(dimension, Map.of()).get(value);
    }

    /// The values of BRAND that a scope of some brands covers.
    public static List<String> brands(BrandScope scope) {
        return scope.brands().stream().map(brand -> brand.equals(BrandScope.UNBRANDED) ? NONE : brand).toList();
    }

    static int bucket(String itemId) {
        int hash = itemId.hashCode();
        return (hash ^ hash >>> 16) & ALL_BUCKETS - 1;
    }

    public static long floorMicros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
    }

    static long ceilMicros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + (moment.getNano() + 999) / 1_000;
    }
}
