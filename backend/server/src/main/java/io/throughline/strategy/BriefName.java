package io.throughline.strategy;

/// The brief that an item was started from, and what it is for.
public record BriefName(String id, String title, Objective objective) {

    /// @param number the version of the strategy that was active when the brief was written
    public record Objective(String strategyId, int number, String objectiveId, String name) {}
}
