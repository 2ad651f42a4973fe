package io.throughline.strategy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What exists for the cells of the framework matrix. Strategy asks through this port; delivery, which knows
/// publications, reviews and drafts, answers.
public interface Supply {

    /// @param audiences notations whose content counts: the audience asked for, with its broader and narrower ones
    /// @param channel   kind of channel that it must be allowed on; null: any
    /// @param brands    that the reader may see; null: all. Likewise `markets`
    /// @param at        publications count while effective: from inclusive, until exclusive
    /// @param since     first day (UTC, inclusive) that use is counted from
    record Question(Set<String> audiences, @Nullable String brand, @Nullable String market, @Nullable String channel, @Nullable Set<String> brands,
            @Nullable Set<String> markets, Instant at, LocalDate since) {
        public Question {
            audiences = Set.copyOf(audiences);
        }
    }

    /// Distinct items with one cell among their stages and needs.
    ///
    /// @param approved   items with an effective publication
    /// @param inProgress items with a draft or an open review and no effective publication
    /// @param served     times since `since` that approved items were in a set
    /// @param used       approved items that were ever in a set
    /// @param shown      times since `since` that channels said they had shown approved items
    /// @param shownItems approved items that channels ever said so of
    record CellSupply(String stage, String need, int approved, int inProgress, long served, int used, long shown, int shownItems) {
        CellSupply(String stage, String need, int approved, int inProgress) {
            this(stage, need, approved, inProgress, 0, 0, 0, 0);
        }
    }

    /// An item of one cell. `state` is `effective`, `in-review` or `draft`.
    record CellItem(String id, String key, String title, String type, String state, long served, long shown) {}

    /// @param brand    empty for what belongs to none
    /// @param audience one of the targets asked for
    record NeedSupply(String brand, String audience, String stage, int approved, int inProgress, long served) {}

    /// Items that meet a need, each counted once.
    record NeedTotals(int approved, int inProgress) {}

    /// An approved claim or module. `text` is what a claim says.
    record Fitting(String id, String key, String title, String type, @Nullable String text) {}

    List<CellSupply> countByCell(Question question);

    /// The items of one cell, effective first, then by title; at most `limit`.
    List<CellItem> listCell(Question question, String stage, String need, int limit);

    /// @param targets audience to the notations whose content counts for it; the question's own audiences don't count here
    List<NeedSupply> countByNeed(Set<String> needs, Map<String, Set<String>> targets, Question question);

    NeedTotals totalsOfNeed(Set<String> needs, Question question);

    /// Effective items of one type that suit the audience and the cell, those that match stage and need first; at most `limit`.
    List<Fitting> listFitting(Question question, String type, String stage, Set<String> needs, int limit);

    /// Of these items those that are effective in the market now, of one type, and of the brand or of none.
    List<Fitting> listEffective(Set<String> itemIds, String type, @Nullable String brand, String market, Instant at);
}
