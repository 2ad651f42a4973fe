package io.throughline.delivery;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Delivery's port to whatever finds publications quickly (Elasticsearch, in the search module).
///
/// What comes back is a hint, never the truth: the caller checks every id against PostgreSQL and adds what the index
/// has not seen yet.
public interface CandidateSource {

    /// One place of a set: publications whose item fits the slot, best ones first.
    ///
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
            @Nullable String brand,
            Set<String> stages,
            Set<String> nearStages,
            boolean required,
            Set<String> needs,
            Set<String> broaderNeeds,
            int size) {

        public Query {
            locales = List.copyOf(locales);
            audiences = Set.copyOf(audiences);
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
