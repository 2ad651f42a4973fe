package io.throughline.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well a candidate meets the asked need and stage. Need and stage are the only dimensions that are ever relaxed.
///
/// @param needTo the broader need that it meets instead of the asked one; null when it meets none of them
record Fit(NeedMatch need, StageMatch stage, @Nullable String needTo) {

    enum NeedMatch { EXACT, BROADER, ANY }

    enum StageMatch { EXACT, NEAR, ANY }

    private record Step(NeedMatch need, StageMatch stage) {}

    /// From what was asked to whatever the audience may see. A widened need comes before a neighbouring stage, and an
    /// unrelated need only after both: an answer to the question at a nearby stage helps more than another answer.
    private static final List<Step> STEPS = List.of(
            new Step(NeedMatch.EXACT, StageMatch.EXACT),
            new Step(NeedMatch.BROADER, StageMatch.EXACT),
            new Step(NeedMatch.EXACT, StageMatch.NEAR),
            new Step(NeedMatch.BROADER, StageMatch.NEAR),
            new Step(NeedMatch.EXACT, StageMatch.ANY),
            new Step(NeedMatch.BROADER, StageMatch.ANY),
            new Step(NeedMatch.ANY, StageMatch.EXACT),
            new Step(NeedMatch.ANY, StageMatch.NEAR),
            new Step(NeedMatch.ANY, StageMatch.ANY));

    /// 0 when nothing was relaxed, up to 8.
    int step() {
        return STEPS.indexOf(new Step(need, stage));
    }

    static Fit of(SetContext context, Candidate candidate) {
        var stage = stageOf(context, candidate.facets().stage());
        var needs = candidate.facets().need();
        if (context.need() == null || needs.stream().anyMatch(context.needs()::contains)) {
            return new Fit(NeedMatch.EXACT, stage, null);
        }
        for (var broader : context.broaderNeeds()) {
            if (needs.contains(broader)) {
                return new Fit(NeedMatch.BROADER, stage, broader);
            }
        }
        return new Fit(NeedMatch.ANY, stage, null);
    }

    private static StageMatch stageOf(SetContext context, List<String> stages) {
        if (context.stage() == null || stages.contains(context.stage())) {
            return StageMatch.EXACT;
        }
        return stages.stream().anyMatch(context.nearStages()::contains) ? StageMatch.NEAR : StageMatch.ANY;
    }

    /// The need is judged as ever; the stage must be the one that follows.
    static @Nullable Fit next(SetContext context, Candidate candidate) {
        if (context.nextStage() == null || !candidate.facets().stage().contains(context.nextStage())) {
            return null;
        }
        var fit = of(context, candidate);
        return new Fit(fit.need(), StageMatch.EXACT, fit.needTo());
    }
}
