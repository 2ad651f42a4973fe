package io.throughline.review;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything the rules need to know about a job in its current circulation, read under the job's lock.
///
/// @param contributors people who ever wrote in the drafts of this item and locale
/// @param submitters   people who submitted any of the job's circulations
/// @param openRequired annotations that demand a change and are not resolved, in all circulations
record ReviewFacts(
        String jobCode,
        JobState state,
        int circulation,
        int versionNumber,
        String versionSha256,
        List<Task> tasks,
        Set<String> contributors,
        Set<String> submitters,
        int openRequired) {

    ReviewFacts {
        tasks = List.copyOf(tasks);
        contributors = Set.copyOf(contributors);
        submitters = Set.copyOf(submitters);
    }

    /// @param verdict null while nobody has answered
    record Task(String id, Discipline discipline, @Nullable Verdict verdict) {}

    /// Whoever developed the text, by writing it or by handing it in (UK-2).
    boolean developedBy(String personId) {
        return contributors.contains(personId) || submitters.contains(personId);
    }

    /// The same facts after one more verdict: what the consequences are computed from.
    ReviewFacts with(Discipline discipline, Verdict verdict) {
        var after = tasks.stream()
                .map(it -> it.discipline() == discipline ? new Task(it.id(), discipline, verdict) : it)
                .toList();
        return new ReviewFacts(jobCode, state, circulation, versionNumber, versionSha256, after, contributors, submitters, openRequired);
    }
}
