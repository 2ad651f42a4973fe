package io.throughline.review;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which review jobs to list; everything that is given must hold.
///
/// @param states     empty: any
/// @param discipline jobs in which this discipline's task of the current circulation is open
/// @param mine       only jobs that wait for the person who asks: for their verdict, their certification, or their revision
/// @param markets    empty: any
public record JobFilter(Set<JobState> states, @Nullable Discipline discipline, boolean mine, Set<String> markets) {
    public JobFilter {
        states = Set.copyOf(states);
        markets = Set.copyOf(markets);
    }
}
