package io.throughline.strategy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What channels asked for. Strategy asks through this port; delivery, which answers the channels, counts.
///
/// A request stands in the cell of the stage and need that it named; what is asked without a brand counts for every brand.
public interface Demand {

    /// @param audiences requests for one of these count
    /// @param brands    that the reader may see; null: all. Likewise `markets`
    /// @param channel   kind of the channel; null: all
    /// @param since     first day (UTC, inclusive)
    record Question(Set<String> audiences, @Nullable String brand, @Nullable String market, @Nullable String channel, @Nullable Set<String> brands,
            @Nullable Set<String> markets, LocalDate since) {
        public Question {
            audiences = Set.copyOf(audiences);
        }
    }

    /// @param stage    empty where none was named; `need` likewise
    /// @param relaxed  answered with content for something else
    /// @param empty    answered without content
    record CellCount(String stage, String need, long requests, long relaxed, long empty) {}

    /// @param brand empty where none or several were named; `stage` likewise
    record NeedCount(String brand, String audience, String stage, long requests, long relaxed, long empty) {}

    List<CellCount> countByCell(Question question);

    /// @param question its audiences don't count here
    List<NeedCount> countByNeed(Set<String> needs, Question question);
}
