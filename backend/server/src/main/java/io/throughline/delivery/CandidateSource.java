package io.throughline.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Delivery's port to whatever finds publications quickly (Elasticsearch, in the search module).
///
/// What comes back is a hint, never the truth: the caller checks every id against PostgreSQL and adds what the index
/// has not seen yet.
public interface CandidateSource {

    /// One place of a set: publications whose item fits the slot, the least relaxed first (a widened need before a near stage), then the newer
    /// approval, then the item id.
    ///
    /// @param brands   empty: any; what belongs to no brand always suits
    /// @param at       effective at this moment
    /// @param stages   exactly these count as the asked stage; empty: none was asked
    /// @param required true: a publication outside `stages` is no candidate at all
    /// @param size     most ids to return
    record Query(
            String slot,
            String kind,
            String market,
            List<String> locales,
            Set<String> audiences,
            String channel,
            Set<String> brands,
            Set<String> stages,
            Set<String> nearStages,
            boolean required,
            Set<String> needs,
            Set<String> broaderNeeds,
            Instant at,
            int size) {

        public Query {
            locales = List.copyOf(locales);
            audiences = Set.copyOf(audiences);
            brands = Set.copyOf(brands);
            stages = Set.copyOf(stages);
            nearStages = Set.copyOf(nearStages);
            needs = Set.copyOf(needs);
            broaderNeeds = Set.copyOf(broaderNeeds);
        }
    }

    /// Publication ids per query, in the queries' order, each list best first.
    ///
    /// @throws Unavailable when the index can't answer; PostgreSQL must then do without it
    List<List<String>> find(List<Query> queries) throws Unavailable;

    /// The index did not answer in time or at all.
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
