package io.throughline.audit;

/// What a walk through every chain found.
public sealed interface Verification {

    /// Every entry has its hash and follows the one before in its stream.
    ///
    /// @param count    entries of all streams
    /// @param headHash the root over the heads of all streams, worth writing down elsewhere: whoever replaces a chain can't keep it
    record Intact(long count, String headHash) implements Verification {}

    /// `number` is the first entry that can't be right.
    record Broken(long number, String reason) implements Verification {}
}
