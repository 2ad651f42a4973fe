package io.throughline.delivery;

import io.throughline.shared.BrandScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Preview's port to full text and filters over what is being written (Elasticsearch, in the search module).
///
/// It names items; what they say now, and whether it may be shown, is for the caller to read.
public interface PreviewSearch {

    /// @param filters index field to its accepted values (OR); different fields are AND; no value matches nothing
    /// @param brands  whose content is found
    /// @param sort    relevance, -changedAt or title
    /// @param after   sort values of the last hit of the page before; null for the first page, which waits for the index
    /// @param size    most hits
    record Query(@Nullable String q, Map<String, Set<String>> filters, BrandScope brands, String sort, @Nullable JsonNode after, int size) {

        public Query {
            filters = Map.copyOf(filters);
        }
    }

    /// @param position   sort values, for `after`
    /// @param highlights field to escaped text with `<mark>`
    record Hit(String itemId, String locale, JsonNode position, Map<String, List<String>> highlights) {}

    /// @param complete whether the index showed everything that was saved before it was asked
    record Found(List<Hit> hits, boolean complete) {}

    /// @throws ItemSearch.Unavailable when the index can't answer
    Found find(Query query) throws ItemSearch.Unavailable;
}
