package io.throughline.audit;

/// What a walk through the whole chain found.
public sealed interface Verification {

    /// Every entry has its hash and follows the one before; `headHash` is worth writing down elsewhere: whoever replaces
    /// the whole chain can't keep it.
    record Intact(long count, String headHash) implements Verification {}

    /// `number` is the first entry that can't be right.
    record Broken(long number, String reason) implements Verification {}
}
