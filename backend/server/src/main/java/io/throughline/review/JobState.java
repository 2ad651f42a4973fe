package io.throughline.review;

/// Where a review job stands.
public enum JobState {
    IN_REVIEW,
    REVISE_AND_RESUBMIT,
    CERTIFIED,
    CANCELLED
}
