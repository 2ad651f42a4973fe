package io.throughline.strategy;

import java.util.List;

/// The strategy version that decides at an instant, with those of its objectives that run on that UTC day.
public record ActiveStrategy(String id, int number, List<Objective> objectives) {

    public ActiveStrategy {
        objectives = List.copyOf(objectives);
    }
}
