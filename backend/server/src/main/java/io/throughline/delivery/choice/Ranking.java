package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.StaticScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order of candidates within a slot. A pure function of context and candidate: no clock, no chance, so that the
/// same context and catalogue give the same order on every node and for ever. What counts, and how much: [ScorePart].
public final class Ranking {

    /// The least relaxed first, then the higher score, the newer approval, and last the ids. Written out, because it sorts hundreds for a set.
    public static final Comparator<Ranked> BEST_FIRST = (one, other) -> {
        int order = Integer.compare(one.fit().step(), other.fit().step());
        return order != 0 ? order : byScore(one.score(), one.candidate(), other.score(), other.candidate());
    };

    /// Of two at the same step.
    static int byScore(double score, Candidate candidate, double otherScore, Candidate other) {
        int order = Double.compare(otherScore, score);
        order = order != 0 ? order : other.approvedAt().compareTo(candidate.approvedAt());
        order = order != 0 ? order : candidate.itemId().compareTo(other.itemId());
        return order != 0 ? order : candidate.publicationId().compareTo(other.publicationId());
    }

    /// @param score    0 to 1, the sum of the parts, in whole ten-thousandths
    /// @param balances whether it took the place of a better one, for the sake of another brand
    public record Ranked(Candidate candidate, Fit fit, double score, boolean balances) {

        Ranked balancing() {
            return new Ranked(candidate, fit, score, true);
        }
    }

    /// Why a candidate stands where it does.
    ///
    /// @param reasons codes, most telling first
    /// @param parts   what each part adds, in the order of [ScorePart]
    /// @param objectives ids of the objectives it serves
    record Account(List<String> reasons, Map<ScorePart, Double> parts, List<String> objectives) {

        Account {
            reasons = List.copyOf(reasons);
            objectives = List.copyOf(objectives);
        }
    }

    private Ranking() {}

    /// 0 to 1, in whole ten-thousandths. Allocates nothing, so that every candidate of a catalogue may be asked.
    ///
    /// Order by [Fit#step()] first, then by this (falling), then by approvedAt (falling), item id and publication id: [#BEST_FIRST].
    static double score(SetContext context, Candidate candidate, Fit fit, Slot slot) {
        var parts = ScorePart.of(slot);
        int units = 0;
        for (int i = 0; i < parts.size(); i++) {
            units += parts.get(i).units(context, candidate, fit);
        }
        return units / (double) StaticScore.UNITS;
    }

    public static Ranked rank(SetContext context, Candidate candidate, Fit fit, Slot slot) {
        return new Ranked(candidate, fit, score(context, candidate, fit, slot), false);
    }

    /// The account of a score; only what is shown needs one.
    static Account account(SetContext context, Ranked ranked, Slot slot) {
        var candidate = ranked.candidate();
        var reasons = new ArrayList<String>();
        var parts = new LinkedHashMap<ScorePart, Double>();
        for (var part : ScorePart.of(slot)) {
            parts.put(part, part.units(context, candidate, ranked.fit()) / (double) StaticScore.UNITS);
            part.reasons(context, candidate, ranked.fit(), reasons::add);
        }
        if (!candidate.locale().equals(context.locale())) {
            reasons.add("locale-fallback:" + candidate.locale());
        }
        if (ranked.balances()) {
            reasons.add("balances-brands");
        }
        return new Account(reasons, Collections.unmodifiableMap(parts),
                context.goals().stream().filter(goal -> goal.wants(candidate)).map(SetContext.Goal::id).toList());
    }
}
