package io.throughline.delivery.sets;

import io.throughline.delivery.ReaderKey;
import io.throughline.shared.BrandScope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A checked request for a content set with the credential's scope: everything that the answer depends on, in one form.
///
/// Two requests that mean the same are equal, whatever the order of their parameters: lists are sorted and without
/// repeats. That makes it the key that sets are cached by.
///
/// @param kinds     that the credential may read
/// @param readableBrands of which the credential reads content, whatever brands are asked for
/// @param locales   the asked one first, then those that may stand in for it; the one list whose order matters
/// @param seenBy    whose history decides what was seen and what is too much; never together with `seen`
/// @param explainMarkets where excluded candidates may be looked for; empty without `explain`
/// @param at        a past instant, or null for now
public record SetRequest(
        String channelKey,
        String channel,
        List<String> kinds,
        String audience,
        @Nullable String stage,
        @Nullable String need,
        String market,
        List<String> locales,
        List<String> brands,
        BrandScope readableBrands,
        int limit,
        List<String> seen,
        @Nullable ReaderKey seenBy,
        boolean explain,
        List<String> explainMarkets,
        @Nullable Instant at) {

    static final int LARGEST_LIMIT = 100;
    static final int MOST_SEEN = 500;

    public SetRequest {
        kinds = sorted(kinds);
        locales = List.copyOf(locales);
        explainMarkets = sorted(explainMarkets);
        brands = sorted(brands);
        seen = sorted(seen);
        if (locales.isEmpty() || limit < 1 || limit > LARGEST_LIMIT || seen.size() > MOST_SEEN) {
            throw new IllegalArgumentException("a request is checked before it is made");
        }
    }

    String locale() {
        return locales.getFirst();
    }

    /// Explanations and the past are for looking closely; what one person gets is that person's alone (S30). They are worked out
    /// each time and nobody may keep them.
    public boolean isCacheable() {
        return !explain && at == null && seenBy == null;
    }

    private static List<String> sorted(Collection<String> values) {
        return values.stream().distinct().sorted().toList();
    }
}
