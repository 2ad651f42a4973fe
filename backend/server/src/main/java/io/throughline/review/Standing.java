package io.throughline.review;

import java.util.Set;

/// What the verdicts of one circulation add up to. Recomputed from them each time, never stored by itself.
sealed interface Standing {

    /// @param missing disciplines that have not answered yet, never empty
    record Awaiting(Set<Discipline> missing) implements Standing {
        public Awaiting {
            missing = Set.copyOf(missing);
        }
    }

    /// Every discipline has approved without changes: a signatory may certify.
    record ReadyToCertify() implements Standing {}

    /// @param outcome `REVISE` or `REJECTED`
    /// @param by      the disciplines whose verdicts sent it back
    record SentBack(CirculationOutcome outcome, Set<Discipline> by) implements Standing {
        public SentBack {
            by = Set.copyOf(by);
        }
    }
}
