package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.StaticScore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// A slot of one kind while its candidates come by: the best so far.
public final class Place {

    /// The candidate of a place, and how well it fits there.
    record Placed(int step, double score, Candidate candidate) {

        /// The order of [Ranking#BEST_FIRST].
        static final Comparator<Placed> BEST_FIRST = (one, other) -> {
            int order = Integer.compare(one.step, other.step);
            return order != 0 ? order : Ranking.byScore(one.score, one.candidate, other.score, other.candidate);
        };
    }

    final Slot slot;
    final PriorityQueue<Placed> best = new PriorityQueue<>(Selection.PER_PLACE + 1, Placed.BEST_FIRST.reversed());
    /// Would be among the best, had what must be shown with them been published, or had the reader not had enough: one for each
    /// such pair or rule, so that the set can tell.
    final Map<List<String>, Placed> refused = new HashMap<>();
    private int depth = Selection.PER_PLACE;

    Place(Slot slot) {
        this.slot = slot;
    }

    /// How many it keeps.
    int depth() {
        return depth;
    }

    boolean isFull() {
        return best.size() == depth;
    }

    @Nullable Placed best() {
        return best.stream().min(Placed.BEST_FIRST).orElse(null);
    }

    /// Forgets everybody.
    ///
    /// @param depth how many it keeps from now on
    void begin(int depth) {
        this.depth = depth;
        best.clear();
        refused.clear();
    }

    void add(Placed placed) {
        best.add(placed);
        if (best.size() > depth) {
            best.remove();
        }
    }

    /// The cheap half of [#wants].
    boolean isBeyond(int step, double score) {
        if (!isFull()) {
            return false;
        }
        var worst = best.element();
        return step > worst.step() || (step == worst.step() && score < worst.score());
    }

    /// What a candidate of that step must score to come in, in [StaticScore#UNITS]; even then a newer one may keep it out.
    int least(int step) {
        if (!isFull()) {
            return 0;
        }
        var worst = best.element();
        return step < worst.step() ? 0 : step > worst.step() ? Integer.MAX_VALUE : (int) Math.round(worst.score() * StaticScore.UNITS);
    }

    /// Whether who scores as little as the last here, and was approved then at the latest, stays out.
    boolean isNewerThan(Instant approved) {
        return isFull() && approved.isBefore(best.element().candidate().approvedAt());
    }

    boolean wants(Placed placed) {
        return !isFull() || Placed.BEST_FIRST.compare(placed, best.element()) < 0;
    }
}
