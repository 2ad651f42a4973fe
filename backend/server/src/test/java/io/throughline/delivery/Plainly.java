package io.throughline.delivery;

import io.throughline.catalogue.Candidate;
import io.throughline.content.Kinds;
import io.throughline.delivery.choice.Admission;
import io.throughline.delivery.choice.Fit;
import io.throughline.delivery.choice.Ranking;
import io.throughline.delivery.choice.Selection;
import io.throughline.delivery.choice.SetContext;
import io.throughline.delivery.choice.Slot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a selection comes to when everything is looked at, one after the other: slow and without any doubt.
public final class Plainly {

    public static final Comparator<Candidate> BY_ID = Comparator.comparing(Candidate::publicationId);

    private Plainly() {}

    public static List<Candidate> select(SetContext context, Collection<Candidate> everything, Instant now) {
        var paired = paired(context, everything, now);
        var nearest = new HashMap<String, Candidate>();
        everything.stream().filter(candidate -> Admission.refuse(context, candidate, paired, now).isEmpty())
                .sorted(Comparator.comparingInt((Candidate candidate) -> context.locales().indexOf(candidate.locale())))
                .forEach(candidate -> nearest.putIfAbsent(candidate.itemId(), candidate));
        var chosen = new LinkedHashMap<String, Candidate>();
        for (var kind : Kinds.IN_ORDER) {
            for (var slot : Slot.RANKED) {
                nearest.values().stream().filter(candidate -> candidate.kind().equals(kind) && candidate.facets().slots().contains(slot.text()))
                        .map(candidate -> {
                            var fit = Fit.in(slot, context, candidate);
                            return fit == null ? null : Ranking.rank(context, candidate, fit, slot);
                        })
                        .filter(Objects::nonNull).sorted(Ranking.BEST_FIRST).limit(Selection.PER_PLACE)
                        .forEach(ranked -> chosen.put(ranked.candidate().publicationId(), ranked.candidate()));
            }
        }
        return chosen.values().stream().sorted(BY_ID).toList();
    }

    public static Map<String, Candidate> paired(SetContext context, Collection<Candidate> everything, Instant now) {
        var paired = new HashMap<String, Candidate>();
        everything.stream()
                .filter(candidate -> candidate.market().equals(context.market()) && context.locales().contains(candidate.locale())
                        && candidate.window().contains(now))
                .sorted(Comparator.comparingInt((Candidate candidate) -> context.locales().indexOf(candidate.locale())))
                .forEach(candidate -> paired.putIfAbsent(candidate.itemId(), candidate));
        return paired;
    }
}
