package io.throughline.content;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which versions channels get. Asked by what freezes words; answered by who publishes.
public interface EffectiveVersions {

    /// Number by item id, of those items that are effective in the market and locale at this moment.
    Map<String, Integer> find(Collection<String> itemIds, String locale, String market);

    /// The number that was effective in a market at a moment.
    ///
    /// @param locales the nearest first; the first that has one decides
    Optional<Integer> findAt(String itemId, List<String> locales, String market, Instant at);
}
