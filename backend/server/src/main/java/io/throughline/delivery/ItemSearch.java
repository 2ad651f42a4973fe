package io.throughline.delivery;

import io.throughline.shared.BrandScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Delivery's port to full text and filters over the catalogue (Elasticsearch, in the search module).
///
/// It names publications; whether they may be served is checked by the caller.
public interface ItemSearch {

    /// How long a list may take from its first page to its last. The index keeps what was superseded at least that long.
    Duration CURSOR_LIFE = Duration.ofHours(1);

    /// @param filters  index field to its accepted values (OR); different fields are AND
    /// @param brands   whose content is found, whatever the filters ask for
    /// @param sequence what was current then is listed, even if it was superseded since
    /// @param updatedSince published, or effective, at or after this instant
    /// @param sort     relevance, -approvedAt or title
    /// @param after    sort values of the last hit of the page before
    /// @param size     most hits
    record Query(
            @Nullable String q,
            Map<String, Set<String>> filters,
            String channel,
            BrandScope brands,
            long sequence,
            @Nullable Instant updatedSince,
            String sort,
            Set<String> facets,
            @Nullable JsonNode after,
            int size,
            Instant at) {

        public Query {
            filters = Map.copyOf(filters);
            facets = Set.copyOf(facets);
        }
    }

    /// @param position   sort values, for `after`
    /// @param highlights field to escaped text with `<mark>`
    record Hit(String publicationId, JsonNode position, double score, Map<String, List<String>> highlights) {}

    record FacetValue(String value, long count) {}

    record Found(List<Hit> hits, long total, Map<String, List<FacetValue>> facets) {}

    /// @throws Unavailable when the index can't answer
    Found find(Query query) throws Unavailable;

    /// The index did not answer in time or at all.
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
