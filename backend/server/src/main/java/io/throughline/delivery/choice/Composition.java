package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a content set consists of, before it is written as JSON.
///
/// @param kind       the one kind of everything in it; null when it is empty
/// @param objectives of the strategy that some item serves, in the order in which they appear
/// @param watched    item ids whose publication or end would change the set, beyond what could newly enter
/// @param omitted    exclusions beyond those that are listed
/// @param nextChange when a window in it ends; null when nothing is scheduled
public record Composition(
        @Nullable String kind,
        List<Filled> slots,
        List<Relaxation> relaxed,
        List<Exclusion> excluded,
        List<String> objectives,
        Set<String> watched,
        boolean blockedByPairing,
        @Nullable Instant nextChange,
        int omitted) {

    /// With every exclusion listed.
    Composition(@Nullable String kind, List<Filled> slots, List<Relaxation> relaxed, List<Exclusion> excluded, List<String> objectives,
            Set<String> watched, boolean blockedByPairing, @Nullable Instant nextChange) {
        this(kind, slots, relaxed, excluded, objectives, watched, blockedByPairing, nextChange, 0);
    }

    /// The same set with a longer account of what was left out, one entry for each item, cut to `most`. What came nearest comes first:
    /// what ended or broke a rule of its own, then what is meant for others, then what ranked lower, and other brands last. An item
    /// that is there again after an end is told by its present entry.
    public Composition explainedBy(List<Exclusion> ended, int most) {
        var present = excluded.stream().map(Exclusion::id).collect(Collectors.toSet());
        var all = new ArrayList<Exclusion>();
        ended.stream().filter(one -> !present.contains(one.id())).forEach(all::add);
        all.addAll(excluded);
        all.sort(Comparator.comparingInt(Composition::distance));
        var distinct = SetAccount.distinct(this, all);
        return new Composition(kind, slots, relaxed, distinct.stream().limit(most).toList(), objectives, watched, blockedByPairing, nextChange,
                Math.max(0, distinct.size() - most));
    }

    private static int distance(Exclusion exclusion) {
        return switch (exclusion.rule()) {
            case "allowedMarket", "locale", "kind", "allowedAudience", "allowedChannel" -> 1;
            case "relaxation" -> 2;
            case "rank" -> 3;
            case "brand" -> 4;
            default -> 0;
        };
    }

    public Composition {
        slots = List.copyOf(slots);
        relaxed = List.copyOf(relaxed);
        excluded = List.copyOf(excluded);
        objectives = List.copyOf(objectives);
        watched = Set.copyOf(watched);
    }

    /// @param emptyReason no-approved-content, contact-budget, frequency-cap, last-stage, stage-not-asked or not-required; null when filled
    public record Filled(Slot slot, boolean mandatory, List<Chosen> items, @Nullable String emptyReason) {

        public Filled {
            items = List.copyOf(items);
            if (items.isEmpty() == (emptyReason == null)) {
                throw new IllegalArgumentException("a slot has items or the reason why not");
            }
        }
    }

    /// @param score null where rank did not decide
    /// @param parts what the score consists of; empty where rank did not decide
    public record Chosen(Candidate candidate, List<String> reasons, @Nullable Double score, Map<ScorePart, Double> parts) {}

    /// @param to what was served instead: a broader need, `near`, `any`, or a locale
    public record Relaxation(String slot, String dimension, String from, String to) {}

    public record Exclusion(String id, String key, String title, String rule, String detail) {}

    public List<Candidate> candidates() {
        return slots.stream().flatMap(slot -> slot.items().stream()).map(Chosen::candidate).toList();
    }
}
