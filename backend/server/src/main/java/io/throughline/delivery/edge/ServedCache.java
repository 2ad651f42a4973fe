package io.throughline.delivery.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.identity.RateLimits;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers of this node that are still true.
///
/// Nothing is dropped when a change comes; instead an entry proves itself when it is asked for: it looks at the changes
/// since it was last proven. So an answer that was being made while a change came can't slip in and stay.
public final class ServedCache<K, V extends Served> {

    private static final class Entry<V> {
        final V value;
        /// Proven up to here. Races only repeat a proof.
        volatile long provenAt;
        /// Documents that were known to be altered when it was kept.
        final Set<String> altered;

        Entry(V value, long provenAt, Set<String> altered) {
            this.value = value;
            this.altered = altered;
            this.provenAt = provenAt;
        }
    }

    /// @param sequence up to which the answer is proven
    public record Hit<V>(V value, long sequence) {}

    private final CatalogueClock clock;
    private final AlteredDocuments altered;
    private final Cache<K, Entry<V>> entries;

    public ServedCache(CatalogueClock clock, AlteredDocuments altered, long bytes) {
        this.clock = clock;
        this.altered = altered;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                // and a quarter for the compressed bytes
                .weigher((K key, Entry<V> entry) -> entry.value.body().length() * 5 / 4 + 1_024)
                .build();
    }

    public @Nullable Hit<V> find(K key, Instant now) {
        var entry = entries.getIfPresent(key);
        if (entry == null) {
            return null;
        }
        if (!entry.altered.equals(altered.ids()) || !now.isBefore(entry.value.validUntil()) || !prove(entry)) {
            entries.asMap().remove(key, entry);
            return null;
        }
        RateLimits.cheap();
        return new Hit<>(entry.value, entry.provenAt);
    }

    public void keep(K key, V value) {
        entries.put(key, new Entry<>(value, value.sequence(), altered.ids()));
    }

    private boolean prove(Entry<V> entry) {
        long newest = clock.sequence();
        for (long number = entry.provenAt + 1; number <= newest; number++) {
            var change = clock.change(number);
            if (change == null || entry.value.isChangedBy(change)) {
                return false;
            }
        }
        if (newest > entry.provenAt) {
            entry.provenAt = newest;
        }
        return true;
    }
}
