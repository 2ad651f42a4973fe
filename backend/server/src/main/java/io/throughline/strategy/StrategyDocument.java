package io.throughline.strategy;

import java.util.List;

/// What a strategy version says. Immutable once stored; the next thought is the next version.
public record StrategyDocument(String summary, List<Objective> objectives) {

    public StrategyDocument {
        objectives = List.copyOf(objectives);
    }
}
