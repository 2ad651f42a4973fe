package io.throughline.delivery.choice;

import io.throughline.delivery.choice.Ranking.Ranked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Keeps one brand from filling a slot alone while others fit equally well. Pure and greedy: the best comes first; after that,
/// whenever the next one is of a brand that the slot has already, the best of another brand (or of none) takes its place if it
/// falls behind by no more than [#EQUALLY_WELL].
///
/// It only chooses who is in; the slot is shown in the order of rank.
final class BrandBalance {

    /// How much less of a score still counts as fitting equally well.
    static final double EQUALLY_WELL = 0.05;

    private static final double ROUNDING = 1e-9;

    private BrandBalance() {}

    /// @param best     all of one relaxation step, best first
    /// @param capacity most that the slot takes
    static List<Ranked> choose(SetContext context, List<Ranked> best, int capacity) {
        // an asked brand is what the reader came for; one place can't be shared
        if (!context.brands().isEmpty() || capacity < 2 || best.size() <= capacity) {
            return best.stream().limit(capacity).toList();
        }
        var left = new ArrayList<>(best);
        var chosen = new ArrayList<Ranked>();
        var brands = new HashSet<String>();
        while (chosen.size() < capacity && !left.isEmpty()) {
            var first = left.getFirst();
            var pick = !isOf(first, brands) ? first : left.stream()
                    .filter(other -> !isOf(other, brands) && other.score() >= first.score() - EQUALLY_WELL - ROUNDING)
                    .findFirst().orElse(first);
            left.remove(pick);
            chosen.add(pick == first ? pick : pick.balancing());
            if (pick.candidate().brand() != null) {
                brands.add(pick.candidate().brand());
            }
        }
        chosen.sort(Ranking.BEST_FIRST);
        return List.copyOf(chosen);
    }

    private static boolean isOf(Ranked ranked, HashSet<String> brands) {
        return ranked.candidate().brand() != null && brands.contains(ranked.candidate().brand());
    }
}
