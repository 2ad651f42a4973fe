package io.throughline.review;

/// What came of an act of review.
public sealed interface ReviewOutcome<T> {

    record Done<T>(T value) implements ReviewOutcome<T> {}

    record Refused<T>(ReviewRefusal refusal) implements ReviewOutcome<T> {}
}
