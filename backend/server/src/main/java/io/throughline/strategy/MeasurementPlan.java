package io.throughline.strategy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// How an objective will be judged. Without one an objective can't be activated, because nobody could
/// later tell a poor strategy from poor execution.
///
/// @param kpi            what is measured, in the strategist's words
/// @param unit           what `baseline` and `target` are counted in, such as `%` or `patients a month`
/// @param baseline       the value before the objective starts
/// @param target         the value that counts as success
/// @param smallestSample observations needed before a result may be read, at least 1
/// @param from           first day of measuring (UTC, inclusive)
/// @param until          last day of measuring (UTC, inclusive)
public record MeasurementPlan(
        String kpi,
        @Nullable String unit,
        double baseline,
        double target,
        int smallestSample,
        LocalDate from,
        LocalDate until) {

    public MeasurementPlan {
        if (kpi.isBlank()) {
            throw new IllegalArgumentException("A measurement plan names its KPI");
        }
        if (smallestSample < 1) {
            throw new IllegalArgumentException("The smallest sample is at least 1");
        }
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("Measuring ends before it starts");
        }
        if (baseline == target) {
            throw new IllegalArgumentException("A target that equals its baseline can't be reached or missed");
        }
    }
}
