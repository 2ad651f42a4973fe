package io.throughline.strategy;

/// Where a brief stands: asked, being written, published, or no longer wanted.
public enum BriefState {
    OPEN,
    IN_WORK,
    DONE,
    CANCELLED
}
