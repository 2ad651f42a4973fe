package io.throughline.webhooks;

/// What came of an act on a recall.
sealed interface RecallOutcome {

    /// @param first false when the channel had confirmed before; then nothing was changed
    record Confirmed(Recall.Confirmation confirmation, boolean first) implements RecallOutcome {}

    /// @param channels how many channels were sent a reminder
    /// @param recently how many were not, because the last one is less than an hour old
    record Reminded(int channels, int recently) implements RecallOutcome {}

    record Closed() implements RecallOutcome {}

    record NotFound() implements RecallOutcome {}

    /// @param detail why not now, and what to do
    record Refused(String detail) implements RecallOutcome {}

    record Invalid(String path, String detail) implements RecallOutcome {}
}
