package io.throughline.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a list of reviews.
///
/// @param version       number of the version under review
/// @param changedBlocks of `totalBlocks`, since the approval before it
/// @param waitingForMe  what the person who asks could do now: disciplines, `certification`
public record JobRow(
        String code,
        JobItem item,
        String locale,
        String market,
        JobState state,
        int circulation,
        int version,
        @Nullable Instant dueAt,
        int changedBlocks,
        int totalBlocks,
        List<TaskState> tasks,
        List<String> waitingForMe) {

    public JobRow {
        tasks = List.copyOf(tasks);
        waitingForMe = List.copyOf(waitingForMe);
    }

    /// @param state `open` or the verdict
    public record TaskState(Discipline discipline, String state) {}
}
