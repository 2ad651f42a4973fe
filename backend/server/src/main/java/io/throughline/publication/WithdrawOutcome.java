package io.throughline.publication;

/// What became of a wish to withdraw.
public sealed interface WithdrawOutcome {

    record Withdrawn(Withdrawal withdrawal) implements WithdrawOutcome {}

    record NotFound() implements WithdrawOutcome {}

    record NotAllowed(String detail) implements WithdrawOutcome {}

    /// Nothing is published there, so there is nothing to withdraw.
    record NothingPublished() implements WithdrawOutcome {}

    record ReasonMissing() implements WithdrawOutcome {}
}
