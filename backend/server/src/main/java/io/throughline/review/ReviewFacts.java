package io.throughline.review;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything the rules need to know about a job in its current circulation, read under the job's lock.
///
/// @param renditionSha256 null for what was submitted before renditions were kept
/// @param developers   people who wrote in this locale of the item or in one that it derives from, or submitted any of the circulations
/// @param reviewers    people who gave a verdict in any of the circulations
/// @param openRequired annotations that demand a change and are not resolved, in all circulations
record ReviewFacts(
        String jobCode,
        JobState state,
        int circulation,
        int versionNumber,
        @Nullable String renditionSha256,
        List<Task> tasks,
        Set<String> developers,
        Set<String> reviewers,
        int openRequired) {

    ReviewFacts {
        tasks = List.copyOf(tasks);
        developers = Set.copyOf(developers);
        reviewers = Set.copyOf(reviewers);
    }

    /// @param verdict null while nobody has answered
    /// @param givenBy who gave it; null while nobody has
    record Task(String id, Discipline discipline, @Nullable Verdict verdict, @Nullable String givenBy) {}

    /// Whoever developed the text, by writing it or by handing it in (UK-2).
    boolean developedBy(String personId) {
        return developers.contains(personId);
    }

    /// The discipline whose verdict this person gave in the current circulation, if any.
    Optional<Discipline> judgedBy(String personId) {
        return tasks.stream().filter(it -> personId.equals(it.givenBy())).map(Task::discipline).findFirst();
    }

    /// The same facts after one more verdict: what the consequences are computed from.
    ReviewFacts with(Discipline discipline, Verdict verdict) {
        var after = tasks.stream()
                .map(it -> it.discipline() == discipline ? new Task(it.id(), discipline, verdict, it.givenBy()) : it)
                .toList();
        return new ReviewFacts(jobCode, state, circulation, versionNumber, renditionSha256, after, developers, reviewers, openRequired);
    }
}
