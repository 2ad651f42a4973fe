package io.throughline.strategy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The strategy version that decides at an instant, with those of its objectives that run on that UTC day.
///
/// @param brand key of the brand whose strategy it is; null for the portfolio's
public record ActiveStrategy(String id, int number, @Nullable String brand, List<Objective> objectives) {

    public ActiveStrategy {
        objectives = List.copyOf(objectives);
    }
}
