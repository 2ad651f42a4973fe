package io.throughline.content;

import java.util.Collection;
import java.util.Map;

/// Which versions channels get at this moment. Asked by what freezes words; answered by who publishes.
public interface EffectiveVersions {

    /// Number by item id, of those items that are effective in the market and locale.
    Map<String, Integer> find(Collection<String> itemIds, String locale, String market);
}
