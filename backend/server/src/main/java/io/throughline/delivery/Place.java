package io.throughline.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// A slot of one kind while its candidates come by: the best so far.
final class Place {

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

    /// The same for a whole block of candidates, none of which was approved later.
    boolean isBeyond(int step, double score, Instant newest) {
        if (!isFull()) {
            return false;
        }
        var worst = best.element();
        return step > worst.step() || (step == worst.step()
                && (score < worst.score() || (score == worst.score() && newest.isBefore(worst.candidate().approvedAt()))));
    }

    boolean wants(Placed placed) {
        return !isFull() || Placed.BEST_FIRST.compare(placed, best.element()) < 0;
    }
}
