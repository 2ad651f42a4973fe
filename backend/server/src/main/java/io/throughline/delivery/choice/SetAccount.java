package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Refusal;
import io.throughline.delivery.choice.Composition.Exclusion;
import io.throughline.delivery.choice.Composition.Relaxation;
import io.throughline.delivery.choice.Ranking.Ranked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives account of a set (GD-5): what was relaxed, why a slot is empty, and which rule kept a candidate out.
final class SetAccount {

    private SetAccount() {}

    static List<Relaxation> relaxations(SetContext context, Slot slot, List<Ranked> list) {
        var found = new LinkedHashSet<Relaxation>();
        for (var ranked : list) {
            var fit = ranked.fit();
            var need = context.need();
            if (need != null && !fit.need().meets()) {
                found.add(new Relaxation(slot.text(), "need", need, fit.need().to()));
            }
            var stage = context.stage();
            if (stage != null && fit.stage() != Fit.StageMatch.EXACT) {
                found.add(new Relaxation(slot.text(), "stage", stage, fit.stage() == Fit.StageMatch.NEAR ? "near" : "any"));
            }
            if (!ranked.candidate().locale().equals(context.locale())) {
                found.add(new Relaxation(slot.text(), "locale", context.locale(), ranked.candidate().locale()));
            }
        }
        return List.copyOf(found);
    }

    /// @param refused what would have had a place, with what kept it out
    static String emptyReason(SetContext context, Slot slot, Map<Candidate, Refusal> refused) {
        if (slot == Slot.NEXT && context.stage() == null) {
            return "stage-not-asked";
        }
        if (slot == Slot.NEXT && context.nextStage() == null) {
            return "last-stage";
        }
        var sparing = refused.entrySet().stream()
                .filter(entry -> entry.getKey().facets().slots().contains(slot.text()) && Fit.in(slot, context, entry.getKey()) != null)
                .map(entry -> entry.getValue().rule())
                .collect(Collectors.toSet());
        return sparing.contains(Refusal.CONTACT_BUDGET) ? Refusal.CONTACT_BUDGET
                : sparing.contains(Refusal.FREQUENCY_CAP) ? Refusal.FREQUENCY_CAP : "no-approved-content";
    }

    /// Why something that may be shown is not in the set.
    ///
    /// @param ruledOut by rules between items, by publication id
    /// @param filled   the set's slots; `kind` is theirs
    static Exclusion leftOut(SetContext context, Candidate candidate, Map<String, Refusal> ruledOut, Map<Slot, List<Ranked>> filled,
            @Nullable String kind) {
        var ruled = ruledOut.get(candidate.publicationId());
        if (ruled != null && (kind == null || candidate.kind().equals(kind))) {
            return exclusion(candidate, ruled);
        }
        if (!candidate.kind().equals(kind)) {
            return exclusion(candidate, new Refusal("kind", "The set is " + kind + "; " + candidate.kind() + " content never mixes with it."));
        }
        var lost = new ArrayList<String>();
        for (var slot : Slot.RANKED) {
            var list = filled.getOrDefault(slot, List.of());
            var fit = candidate.facets().slots().contains(slot.text()) ? Fit.in(slot, context, candidate) : null;
            if (fit != null && !list.isEmpty() && fit.step() == list.getFirst().fit().step()) {
                lost.add(slot.text());
            }
        }
        return lost.isEmpty()
                ? exclusion(candidate, new Refusal("relaxation", stretch(context, candidate) + " Its slots were filled with what needed less."))
                : exclusion(candidate, new Refusal("rank", "It fits as well as what is in " + String.join(" and ", lost)
                        + ", but others rank higher and the slot is full."));
    }

    private static String stretch(SetContext context, Candidate candidate) {
        var fit = Fit.of(context, candidate);
        var parts = new ArrayList<String>();
        Optional.of(fit.need()).filter(need -> !need.meets()).ifPresent(need -> parts.add("the need relaxed to " + need.to()));
        if (fit.stage() != Fit.StageMatch.EXACT) {
            parts.add("the stage relaxed to " + (fit.stage() == Fit.StageMatch.NEAR ? "a neighbouring one" : "any"));
        }
        return parts.isEmpty() ? "It leads elsewhere." : "It fits only with " + String.join(" and ", parts) + ".";
    }

    static Exclusion exclusion(Candidate candidate, Refusal refusal) {
        return new Exclusion(candidate.itemId(), candidate.key(), candidate.title(), refusal.rule(), refusal.detail());
    }

    /// The first account of each item; an item that is in the set needs none.
    static List<Exclusion> distinct(Composition set, List<Exclusion> excluded) {
        var inSet = set.candidates().stream().map(Candidate::itemId).collect(Collectors.toSet());
        var seen = new HashSet<String>();
        return excluded.stream().filter(one -> !inSet.contains(one.id()) && seen.add(one.id())).toList();
    }
}
