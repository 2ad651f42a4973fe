package io.throughline.delivery;

import io.throughline.delivery.Fit.StageMatch;
import io.throughline.delivery.MarketCatalogue.Dimension;
import io.throughline.delivery.NeedMatch.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The best candidates of one context for each place of a set, a place being a slot of one kind. For one request.
///
/// The rules of [Admission] are applied before the cut and the cut is by [Ranking#BEST_FIRST], so nothing that belongs into the set
/// is ever cut away; with `seen` in the score there is always a next one. Bits only narrow down what is looked at: whether it may
/// be served, and how well it fits, is asked of every candidate itself. The result is the same in whatever order candidates come.
final class Selection {

    /// More than any slot shows, so that the composer has a choice.
    static final int PER_PLACE = 64;

    /// As many as all slots together take, so that whatever the others have taken there is one left.
    private static final int ENOUGH = Slot.RANKED.stream().mapToInt(Slot::capacity).sum();

    /// One step of relaxation: how the need and the stage are met.
    private record Step(int number, Set<Relation> need, StageMatch stage) {}

    private static final List<Step> STEPS = steps();

    private record Placed(int step, double score, Candidate candidate) {

        /// The order of [Ranking#BEST_FIRST].
        static final Comparator<Placed> BEST_FIRST = Comparator.comparingInt(Placed::step)
                .thenComparing(Comparator.comparingDouble(Placed::score).reversed())
                .thenComparing(Comparator.comparing((Placed placed) -> placed.candidate().approvedAt()).reversed())
                .thenComparing(placed -> placed.candidate().itemId())
                .thenComparing(placed -> placed.candidate().publicationId());
    }

    private static final class Place {
        final Slot slot;
        final PriorityQueue<Placed> best = new PriorityQueue<>(PER_PLACE + 1, Placed.BEST_FIRST.reversed());
        /// Would be among the best, had what must be shown with them been published, or had the reader not had enough: one for each
        /// such pair or rule, so that the set can tell.
        final Map<List<String>, Placed> refused = new HashMap<>();

        Place(Slot slot) {
            this.slot = slot;
        }

        boolean isFull() {
            return best.size() == PER_PLACE;
        }

        void clear() {
            best.clear();
            refused.clear();
        }

        /// The cheap half of [#wants].
        boolean isBeyond(int step, double score) {
            if (!isFull()) {
                return false;
            }
            var worst = best.element();
            return step > worst.step() || (step == worst.step() && score < worst.score());
        }

        boolean wants(Placed placed) {
            return !isFull() || Placed.BEST_FIRST.compare(placed, best.element()) < 0;
        }
    }

    private final SetContext context;
    private final Instant now;
    private final Publications publications;
    private final Map<String, Candidate> paired = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Map<Slot, Place>> places = new LinkedHashMap<>();
    /// Whether something came by that a rule between items binds, or that this reader is spared: then what fits less may still
    /// come into the set, or into its account.
    private boolean reachesFurther;

    /// @param publications of the context's market, at the sequence that candidates come from
    Selection(SetContext context, Publications publications, Instant now) {
        this.context = context;
        this.publications = publications;
        this.now = now;
        for (var kind : Kinds.IN_ORDER) {
            if (context.kinds().contains(kind) && !context.forbiddenKinds().containsKey(kind)) {
                var ofKind = new EnumMap<Slot, Place>(Slot.class);
                Slot.RANKED.forEach(slot -> ofKind.put(slot, new Place(slot)));
                places.put(kind, ofKind);
            }
        }
    }

    /// The best of every place, and what would be among them but for a missing pair or for the reader's sake.
    Collection<Candidate> candidates() {
        var chosen = new LinkedHashMap<String, Candidate>();
        places.values().forEach(ofKind -> ofKind.values().forEach(place -> {
            place.best.forEach(placed -> chosen.put(placed.candidate().publicationId(), placed.candidate()));
            place.refused.values().stream().filter(place::wants)
                    .forEach(placed -> chosen.put(placed.candidate().publicationId(), placed.candidate()));
        }));
        return chosen.values();
    }

    /// Published safety and prescribing information by item id, for every candidate that came by.
    Map<String, Candidate> paired() {
        return paired;
    }

    /// Considers everything of a market that started at or before a sequence.
    void offerAll(MarketCatalogue market, long asOf) {
        new Scan(market, asOf).run(PER_PLACE);
    }

    /// Considers no more than the set can depend on: a slot takes the least relaxed, so what fits less than enough others is
    /// not looked at. The same set comes of it as of [#offerAll], but not the same account of what was left out.
    void offerEnough(MarketCatalogue market, long asOf) {
        var scan = new Scan(market, asOf);
        scan.run(ENOUGH);
        if (reachesFurther) {
            places.values().forEach(ofKind -> ofKind.values().forEach(Place::clear));
            scan.run(PER_PLACE);
        }
    }

    /// Considers one candidate, for every place that it suits.
    void offer(Candidate candidate) {
        var ofKind = places.get(candidate.kind());
        for (var slot : candidate.facets().slots()) {
            for (var place : ofKind == null ? List.<Place>of() : ofKind.values()) {
                if (place.slot.text().equals(slot)) {
                    offer(place, candidate);
                }
            }
        }
    }

    /// Looks up what must be shown with a candidate.
    void pair(Candidate candidate) {
        pair(candidate.facets().safetyInformation());
        pair(candidate.facets().prescribingInformation());
    }

    private void offer(Place place, Candidate candidate) {
        var fit = Fit.in(place.slot, context, candidate);
        if (fit == null) {
            return;
        }
        int step = fit.step();
        double score = Ranking.score(context, candidate, fit, place.slot);
        if (place.isBeyond(step, score)) {
            return;
        }
        var placed = new Placed(step, score, candidate);
        if (!place.wants(placed)) {
            return;
        }
        pair(candidate);
        var refusal = Admission.refuse(context, candidate, paired, now).orElse(null);
        reachesFurther |= !candidate.facets().rules().isEmpty() || (refusal != null && refusal.sparing());
        if (refusal != null) {
            if (refusal.pairing() || refusal.sparing()) {
                place.refused.merge(refusal.pairing() ? Composer.pairs(candidate) : List.of(refusal.rule()), placed, (a, b) -> Placed.BEST_FIRST.compare(a, b) <= 0 ? a : b);
            }
        } else if (!isCoveredByNearerLocale(candidate)) {
            place.best.add(placed);
            if (place.best.size() > PER_PLACE) {
                place.best.remove();
            }
        }
    }

    private void pair(@Nullable String itemId) {
        if (itemId == null || !asked.add(itemId)) {
            return;
        }
        Candidate nearest = null;
        for (var candidate : publications.of(itemId)) {
            if (candidate.window().contains(now) && rank(candidate) >= 0 && (nearest == null || rank(candidate) < rank(nearest))) {
                nearest = candidate;
            }
        }
        if (nearest != null) {
            paired.put(itemId, nearest);
        }
    }

    private boolean isCoveredByNearerLocale(Candidate candidate) {
        if (candidate.locale().equals(context.locale())) {
            return false;
        }
        for (var other : publications.of(candidate.itemId())) {
            if (rank(other) >= 0 && rank(other) < rank(candidate)) {
                pair(other);
                if (Admission.refuse(context, other, paired, now).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private int rank(Candidate candidate) {
        return context.locales().indexOf(candidate.locale());
    }

    private static List<Step> steps() {
        var steps = new TreeMap<Integer, Step>();
        for (var stage : StageMatch.values()) {
            for (var need : Relation.values()) {
                steps.computeIfAbsent(Fit.step(need, stage), number -> new Step(number, EnumSet.noneOf(Relation.class), stage)).need().add(need);
            }
        }
        return List.copyOf(steps.values());
    }

    /// One pass over a market's bits.
    private final class Scan {

        private final MarketCatalogue market;
        private final long asOf;
        private final long nowMicros = MarketCatalogue.floorMicros(now);
        private final Map<Set<Relation>, long[]> needs = new HashMap<>();
        private final Map<StageMatch, long[]> stages = new EnumMap<>(StageMatch.class);

        Scan(MarketCatalogue market, long asOf) {
            this.market = market;
            this.asOf = asOf;
        }

        /// @param enough a place that has as many looks no further than to the end of that step
        void run(int enough) {
            var scope = scope();
            var kind = market.mask();
            var suited = market.mask();
            for (var ofKind : places.entrySet()) {
                System.arraycopy(scope, 0, kind, 0, scope.length);
                Bits.and(kind, market.bits(Dimension.KIND, ofKind.getKey()));
                for (var place : ofKind.getValue().values()) {
                    System.arraycopy(kind, 0, suited, 0, kind.length);
                    Bits.and(suited, market.bits(Dimension.SLOT, place.slot.text()));
                    if (place.slot == Slot.NEXT) {
                        Bits.and(suited, context.nextStage() == null ? null : market.bits(Dimension.STAGE, context.nextStage()));
                    }
                    fill(place, suited, enough);
                }
            }
        }

        /// What none of the dimensions that never relax leaves out.
        private long[] scope() {
            var scope = market.mask(Dimension.AUDIENCE, context.audiences());
            Bits.and(scope, market.mask(Dimension.LOCALE, context.locales()));
            Bits.and(scope, market.mask(Dimension.CHANNEL, List.of(MarketCatalogue.NONE, context.channel())));
            if (!context.brands().isEmpty()) {
                var brands = new ArrayList<>(context.brands());
                brands.add(MarketCatalogue.NONE);
                Bits.and(scope, market.mask(Dimension.BRAND, brands));
            }
            return scope;
        }

        private void fill(Place place, long[] suited, int enough) {
            for (var step : STEPS) {
                if (place.best.size() >= enough && place.best.element().step() < step.number()) {
                    return;
                }
                boolean next = place.slot == Slot.NEXT;
                if (next && step.stage() != StageMatch.EXACT) {
                    continue;
                }
                var need = needs.computeIfAbsent(step.need(), this::need);
                var stage = next ? suited : stages.computeIfAbsent(step.stage(), this::stage);
                for (int word = 0; word < suited.length; word++) {
                    long bits = suited[word] & need[word] & stage[word];
                    while (bits != 0) {
                        look(place, (word << 6) + Long.numberOfTrailingZeros(bits));
                        bits &= bits - 1;
                    }
                }
            }
        }

        private void look(Place place, int ordinal) {
            if (!market.isEffective(ordinal, nowMicros)) {
                return;
            }
            var candidate = market.candidate(ordinal);
            if (candidate.startedSequence() <= asOf) {
                offer(place, candidate);
            }
        }

        /// Those whose best need stands so to the asked one; of several needs the better counts.
        private long[] need(Set<Relation> relations) {
            if (context.need() == null) {
                return relations.contains(Relation.EXACT) ? all() : market.mask();
            }
            int best = relations.stream().mapToInt(Enum::ordinal).min().orElseThrow();
            var mask = relations.contains(Relation.OTHER) ? all() : market.mask(Dimension.NEED, related(relations));
            var better = EnumSet.allOf(Relation.class);
            better.removeIf(relation -> relation.ordinal() >= best);
            Bits.andNot(mask, market.mask(Dimension.NEED, related(better)));
            return mask;
        }

        private List<String> related(Set<Relation> relations) {
            return context.needMatches().entrySet().stream().filter(entry -> relations.contains(entry.getValue().relation())).map(Map.Entry::getKey).toList();
        }

        private long[] stage(StageMatch wanted) {
            if (context.stage() == null) {
                return wanted == StageMatch.EXACT ? all() : market.mask();
            }
            var mask = wanted == StageMatch.ANY ? all() : market.mask(Dimension.STAGE, near(wanted));
            for (var better : StageMatch.values()) {
                if (better.ordinal() < wanted.ordinal()) {
                    Bits.andNot(mask, market.mask(Dimension.STAGE, near(better)));
                }
            }
            return mask;
        }

        private List<String> near(StageMatch match) {
            return context.stageSteps().entrySet().stream().filter(entry -> Fit.stage(entry.getValue()) == match).map(Map.Entry::getKey).toList();
        }

        private long[] all() {
            var mask = market.mask();
            java.util.Arrays.fill(mask, -1);
            return mask;
        }
    }
}
