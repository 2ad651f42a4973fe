package io.throughline.strategy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A brief as lists show it.
///
/// @param overdue due before today (UTC) and neither done nor cancelled
public record BriefRow(String id, String title, BriefState state, String audience, String stage, String need, @Nullable String brand,
        String market, LocalDate dueOn, boolean overdue, Writer writer, @Nullable String itemId) {

    public record Writer(String id, String displayName) {}
}
