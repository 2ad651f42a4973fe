package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.StaticScore;
import io.throughline.publication.EvidenceGrade;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// The named parts of a score. Each is worth 0 to 1 and counts with its weight; the weights that apply to a slot add up to 1.
///
/// Every part is a pure function of context and candidate. None looks at a clock, at chance, or at the other candidates:
/// that an item is withdrawn never changes what the rest is worth.
public enum ScorePart {

    /// How near the candidate comes to the asked need in the needs vocabulary: see [NeedMatch#value()]. 1 when none was asked.
    NEED(0.30) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return fit.need().value();
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            switch (fit.need().relation()) {
                case EXACT -> {
                    if (context.need() != null) {
                        reasons.accept("need-exact");
                    }
                }
                case NARROWER -> reasons.accept("need-narrower:" + fit.need().to());
                case BROADER -> reasons.accept("need-broader:" + fit.need().to());
                case SIBLING -> reasons.accept("need-sibling:" + fit.need().to());
                case OTHER -> reasons.accept("need-other");
            }
        }
    },

    /// How near it comes to the asked stage along the journey: 1 for the stage itself, half of it for each step away, 0 on another
    /// journey. 1 when no stage was asked.
    STAGE(0.20) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return fit.stageSteps() > 30 ? 0 : 1.0 / (1 << fit.stageSteps());
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            switch (fit.stage()) {
                case EXACT -> {
                    if (context.stage() != null) {
                        reasons.accept("stage-exact");
                    }
                }
                case NEAR -> reasons.accept("stage-near");
                case ANY -> reasons.accept("stage-other");
            }
        }
    },

    /// In the slot `next` instead of the stage: 1 because the candidate leads to the stage that follows; nothing else may stand there.
    ADVANCE(0.20) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return 1;
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            reasons.accept("advances:" + context.nextStage());
        }
    },

    /// The largest weight among the objectives of the active strategies that want it; 0 when none does.
    OBJECTIVE(0.20) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            double largest = 0;
            var goals = context.goals();
            for (int i = 0; i < goals.size(); i++) {
                var goal = goals.get(i);
                if (goal.weight() > largest && goal.wants(candidate)) {
                    largest = goal.weight();
                }
            }
            return largest;
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            context.goals().stream().filter(goal -> goal.wants(candidate)).forEach(goal -> reasons.accept("objective:" + goal.id()));
        }
    },

    /// 1 unless the reader has seen it.
    UNSEEN(0.10) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return context.timesSeen().containsKey(candidate.itemId()) ? 0 : 1;
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            if (!context.timesSeen().isEmpty()) {
                reasons.accept(context.timesSeen().containsKey(candidate.itemId()) ? "seen" : "not-seen");
            }
        }
    },

    /// What it shows for its statements: see [EvidenceGrade#value()].
    EVIDENCE(StaticScore.EVIDENCE_WEIGHT) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return StaticScore.evidence(candidate);
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            if (candidate.facets().evidenceGrade() != EvidenceGrade.NONE) {
                reasons.accept("evidence:" + candidate.facets().evidenceGrade().name().toLowerCase(Locale.ROOT));
            }
        }
    },

    /// When it was approved: see [StaticScore#freshness].
    FRESHNESS(StaticScore.FRESHNESS_WEIGHT) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return StaticScore.freshness(candidate);
        }
    },

    /// 1 when it belongs to the asked brand, or none was asked; 0 for what belongs to no brand although one was asked.
    BRAND(0.04) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return context.brands().isEmpty() || (candidate.brand() != null && context.brands().contains(candidate.brand())) ? 1 : 0;
        }
    },

    /// 1 when it names the asked audience itself, 0 when only a broader or narrower one.
    AUDIENCE(0.04) {
        @Override
        double value(SetContext context, Candidate candidate, Fit fit) {
            return candidate.facets().audience().contains(context.audience()) ? 1 : 0;
        }

        @Override
        void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {
            if (candidate.facets().audience().contains(context.audience())) {
                reasons.accept("audience-exact");
            }
        }
    };

    static final List<ScorePart> EVERYWHERE = List.of(NEED, STAGE, OBJECTIVE, UNSEEN, EVIDENCE, FRESHNESS, BRAND, AUDIENCE);
    static final List<ScorePart> IN_NEXT = List.of(NEED, ADVANCE, OBJECTIVE, UNSEEN, EVIDENCE, FRESHNESS, BRAND, AUDIENCE);

    private final double weight;
    private final String text = name().toLowerCase(Locale.ROOT);

    ScorePart(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    /// 0 to 1, by the candidate alone.
    abstract double value(SetContext context, Candidate candidate, Fit fit);

    /// Codes for people; a part without any has none to tell.
    void reasons(SetContext context, Candidate candidate, Fit fit, Consumer<String> reasons) {}

    /// What it adds to the score, in [StaticScore#UNITS].
    int units(SetContext context, Candidate candidate, Fit fit) {
        return units(value(context, candidate, fit));
    }

    /// What that value of the part adds to a score, in [StaticScore#UNITS].
    int units(double value) {
        return StaticScore.units(weight, value);
    }

    /// As answers write it.
    public String text() {
        return text;
    }

    static List<ScorePart> of(Slot slot) {
        return slot == Slot.NEXT ? IN_NEXT : EVERYWHERE;
    }
}
