package io.throughline.publication;

import io.throughline.evidence.ReferenceNotice;

/// What became of a notice about a reference.
sealed interface NoticeOutcome {

    record Recorded(ReferenceNotice notice) implements NoticeOutcome {}

    /// There is no such reference, or no such notice about it.
    record NotFound() implements NoticeOutcome {}

    record NotAllowed(String detail) implements NoticeOutcome {}

    /// It was ended before.
    record EndedAlready() implements NoticeOutcome {}
}
