package io.throughline.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The order of candidates within a slot. A pure function of context and candidate: no clock, no chance, so that the
/// same context and catalogue give the same order on every node.
///
/// The score is a weighted sum of parts between 0 and 1, and lies between 0 and 1 itself:
///
/// | part | weight | value |
/// |---|---|---|
/// | need | 0.35 | 1 the asked or a narrower one, 0.5 a broader one, 0 another |
/// | stage | 0.25 | 1 the asked one (in `next`: the following one), 0.5 a neighbour, 0 another |
/// | objective | 0.20 | the largest weight among the strategy's objectives that want it |
/// | unseen | 0.10 | 1 unless the request lists it as seen |
/// | brand | 0.05 | 1 when the asked brand is its own, or no brand was asked |
/// | audience | 0.05 | 1 when it names the asked audience itself, not only a broader or narrower one |
///
/// Freshness is no part: it would change the answer by the clock alone. The newer approval wins a tie instead.
final class Ranking {

    private static final double NEED = 0.35;
    private static final double STAGE = 0.25;
    private static final double OBJECTIVE = 0.20;
    private static final double UNSEEN = 0.10;
    private static final double BRAND = 0.05;
    private static final double AUDIENCE = 0.05;

    /// The least relaxed first, then the higher score, the nearer locale, the newer approval, and last the id.
    static final Comparator<Ranked> BEST_FIRST = Comparator.comparingInt((Ranked ranked) -> ranked.fit().step())
            .thenComparing(Comparator.comparingDouble(Ranked::score).reversed())
            .thenComparing(Comparator.comparing((Ranked ranked) -> ranked.candidate().approvedAt()).reversed())
            .thenComparing(ranked -> ranked.candidate().itemId());

    /// @param score   0 to 1, rounded to two digits
    /// @param reasons codes, most telling first
    /// @param objectives ids of the objectives it serves
    record Ranked(Candidate candidate, Fit fit, double score, List<String> reasons, List<String> objectives) {

        Ranked {
            reasons = List.copyOf(reasons);
            objectives = List.copyOf(objectives);
        }
    }

    private Ranking() {}

    static Ranked rank(SetContext context, Candidate candidate, Fit fit, Slot slot) {
        var reasons = new ArrayList<String>();
        double score = 0;
        score += NEED * switch (fit.need()) {
            case EXACT -> reason(reasons, context.need() == null ? null : "need-exact", 1);
            case BROADER -> reason(reasons, "need-broader:" + fit.needTo(), 0.5);
            case ANY -> reason(reasons, "need-other", 0);
        };
        score += STAGE * (slot == Slot.NEXT
                ? reason(reasons, "advances:" + context.nextStage(), 1)
                : switch (fit.stage()) {
                    case EXACT -> reason(reasons, context.stage() == null ? null : "stage-exact", 1);
                    case NEAR -> reason(reasons, "stage-near", 0.5);
                    case ANY -> reason(reasons, "stage-other", 0);
                });
        var wanting = context.goals().stream().filter(goal -> goal.wants(candidate)).toList();
        wanting.forEach(goal -> reasons.add("objective:" + goal.id()));
        score += OBJECTIVE * wanting.stream().mapToDouble(SetContext.Goal::weight).max().orElse(0);
        if (!context.seen().contains(candidate.itemId())) {
            score += UNSEEN;
            if (!context.seen().isEmpty()) {
                reasons.add("not-seen");
            }
        } else {
            reasons.add("seen");
        }
        if (context.brands().isEmpty() || (candidate.brand() != null && context.brands().contains(candidate.brand()))) {
            score += BRAND;
        }
        if (candidate.facets().audience().contains(context.audience())) {
            score += AUDIENCE;
            reasons.add("audience-exact");
        }
        if (!candidate.locale().equals(context.locale())) {
            reasons.add("locale-fallback:" + candidate.locale());
        }
        return new Ranked(candidate, fit, Math.round(score * 100) / 100.0, reasons, wanting.stream().map(SetContext.Goal::id).toList());
    }

    private static double reason(List<String> reasons, @org.jspecify.annotations.Nullable String code, double value) {
        if (code != null) {
            reasons.add(code);
        }
        return value;
    }
}
