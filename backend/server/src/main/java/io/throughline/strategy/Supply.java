package io.throughline.strategy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What exists for the cells of the framework matrix. Strategy asks through this port; delivery, which knows
/// publications, reviews and drafts, answers.
public interface Supply {

    /// @param audiences notations whose content counts: the audience asked for, with its broader and narrower ones
    /// @param at        publications count while effective: from inclusive, until exclusive
    record Question(Set<String> audiences, @Nullable String brand, @Nullable String market, Instant at) {
        public Question {
            audiences = Set.copyOf(audiences);
        }
    }

    /// Distinct items with one cell among their stages and needs.
    ///
    /// @param approved   items with an effective publication
    /// @param inProgress items with a draft or an open review and no effective publication
    record CellSupply(String stage, String need, int approved, int inProgress) {}

    /// An item of one cell. `state` is `effective`, `in-review` or `draft`.
    record CellItem(String id, String key, String title, String type, String state) {}

    List<CellSupply> countByCell(Question question);

    /// The items of one cell, effective first, then by title; at most `limit`.
    List<CellItem> listCell(Question question, String stage, String need, int limit);
}
