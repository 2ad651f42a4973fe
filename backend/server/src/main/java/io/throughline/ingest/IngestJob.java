package io.throughline.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A folder that is taken in file by file.
///
/// @param waiting files not yet looked at; the other counts are of those that were
record IngestJob(String id, String folder, IngestTarget target, State state, int total, int created, int duplicates,
        int refused, int waiting, String createdBy, Instant createdAt, @Nullable Instant finishedAt) {

    enum State {
        WAITING,
        RUNNING,
        FINISHED,
        /// Whoever started it may no longer write for it.
        CANCELLED
    }
}
