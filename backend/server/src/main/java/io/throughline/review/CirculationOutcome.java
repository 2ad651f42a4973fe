package io.throughline.review;

/// How a circulation ended.
public enum CirculationOutcome {
    CERTIFIED,
    REVISE,
    REJECTED,
    CANCELLED
}
