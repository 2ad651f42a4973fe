package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a candidate meets the asked need and stage. Need and stage are the only dimensions that are ever relaxed.
///
/// @param need       the best of its needs
/// @param stageSteps along the journey to the nearest of its stages; [#OTHER_JOURNEY] when nothing connects them
public record Fit(NeedMatch need, int stageSteps) {

    enum StageMatch { EXACT, NEAR, ANY }

    static final int OTHER_JOURNEY = Integer.MAX_VALUE;

    /// From what was asked to whatever the audience may see: rows are the need met, broader, a sibling, another; columns the
    /// stage met, a neighbour, another. A widened need comes before a neighbouring stage, and an unrelated need only after
    /// both: an answer to the question at a nearby stage helps more than another answer.
    private static final int[][] STEPS = {
        {0, 2, 6},
        {1, 3, 7},
        {4, 5, 8},
        {9, 10, 11},
    };

    /// 0 when nothing was relaxed, up to 11.
    int step() {
        return step(need.relation(), stage());
    }

    static int step(NeedMatch.Relation need, StageMatch stage) {
        int row = switch (need) {
            case EXACT, NARROWER -> 0;
            case BROADER -> 1;
            case SIBLING -> 2;
            case OTHER -> 3;
        };
        return STEPS[row][stage.ordinal()];
    }

    StageMatch stage() {
        return stage(stageSteps);
    }

    static StageMatch stage(int steps) {
        return steps == 0 ? StageMatch.EXACT : steps == 1 ? StageMatch.NEAR : StageMatch.ANY;
    }

    static Fit of(SetContext context, Candidate candidate) {
        return new Fit(needOf(context, candidate.facets().need()), stageOf(context, candidate.facets().stage()));
    }

    private static NeedMatch needOf(SetContext context, List<String> needs) {
        if (context.need() == null) {
            return NeedMatch.EXACT;
        }
        var best = NeedMatch.OTHER;
        for (int i = 0; i < needs.size(); i++) {
            var match = context.needMatches().get(needs.get(i));
            // two needs of equal worth: the one whose notation comes first, so that the order of writing does not matter
            if (match != null && (match.value() > best.value() || (match.value() == best.value() && match.to().compareTo(best.to()) < 0))) {
                best = match;
            }
        }
        return best;
    }

    private static int stageOf(SetContext context, List<String> stages) {
        if (context.stage() == null) {
            return 0;
        }
        int nearest = OTHER_JOURNEY;
        for (int i = 0; i < stages.size(); i++) {
            var steps = context.stageSteps().get(stages.get(i));
            nearest = steps == null ? nearest : Math.min(nearest, steps);
        }
        return nearest;
    }

    /// The need is judged as ever; the stage must be the one that follows.
    static @Nullable Fit next(SetContext context, Candidate candidate) {
        if (context.nextStage() == null || !candidate.facets().stage().contains(context.nextStage())) {
            return null;
        }
        return new Fit(needOf(context, candidate.facets().need()), 0);
    }

    /// For any ranked slot; null where the candidate has no place in it.
    public static @Nullable Fit in(Slot slot, SetContext context, Candidate candidate) {
        return slot == Slot.NEXT ? next(context, candidate) : of(context, candidate);
    }
}
