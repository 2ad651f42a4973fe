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
import java.util.Objects;
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

    private static final List<Slot> BESIDE_LEAD = Slot.RANKED.stream().filter(slot -> slot != Slot.LEAD).toList();
    /// From so many blocks on it pays to look at what can score highest first.
    private static final int LARGE = 16;

    /// One step of relaxation: how the need and the stage are met.
    private record Step(int number, Set<Relation> need, StageMatch stage) {}

    private static final List<Step> STEPS = steps();

    private record Placed(int step, double score, Candidate candidate) {

        /// The order of [Ranking#BEST_FIRST].
        static final Comparator<Placed> BEST_FIRST = (one, other) -> {
            int order = Integer.compare(one.step, other.step);
            return order != 0 ? order : Ranking.byScore(one.score, one.candidate, other.score, other.candidate);
        };
    }

    private static final class Place {
        final Slot slot;
        final PriorityQueue<Placed> best = new PriorityQueue<>(PER_PLACE + 1, Placed.BEST_FIRST.reversed());
        /// Would be among the best, had what must be shown with them been published, or had the reader not had enough: one for each
        /// such pair or rule, so that the set can tell.
        final Map<List<String>, Placed> refused = new HashMap<>();
        /// How many it keeps.
        private int depth = PER_PLACE;

        Place(Slot slot) {
            this.slot = slot;
        }

        boolean isFull() {
            return best.size() == depth;
        }

        @Nullable Placed best() {
            return best.stream().min(Placed.BEST_FIRST).orElse(null);
        }

        void begin(int depth) {
            this.depth = depth;
            best.clear();
            refused.clear();
        }

        void add(Placed placed) {
            best.add(placed);
            if (best.size() > depth) {
                best.remove();
            }
        }

        /// The cheap half of [#wants].
        boolean isBeyond(int step, double score) {
            if (!isFull()) {
                return false;
            }
            var worst = best.element();
            return step > worst.step() || (step == worst.step() && score < worst.score());
        }

        /// The same for a whole block of candidates, none of which was approved later.
        boolean isBeyond(int step, double score, Instant newest) {
            if (!isFull()) {
                return false;
            }
            var worst = best.element();
            return step > worst.step() || (step == worst.step()
                    && (score < worst.score() || (score == worst.score() && newest.isBefore(worst.candidate().approvedAt()))));
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
    private @Nullable String lastPair;
    private @Nullable String pairBefore;
    private final Map<String, Map<Slot, Place>> places = new LinkedHashMap<>();
    /// Whether something came by that is bound by a rule about other items, or that this reader is spared: then what fits less may still
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
        var scan = new Scan(market, asOf);
        places.keySet().forEach(kind -> scan.run(kind, Slot.RANKED, PER_PLACE));
    }

    /// Considers no more than the set can depend on: a slot takes the least relaxed, so what fits less than enough others is
    /// not looked at, nor is what a kind has beside its lead when another kind has a better one. The same set comes of it as of
    /// [#offerAll], but not the same account of what was left out.
    void offerEnough(MarketCatalogue market, long asOf) {
        places.values().forEach(ofKind -> ofKind.values().forEach(place -> place.begin(depth(place.slot))));
        var scan = new Scan(market, asOf);
        places.keySet().forEach(kind -> scan.run(kind, List.of(Slot.LEAD), ENOUGH));
        var kind = kindOfBestLead();
        // who is spared something is told so in each slot, whichever kind would have filled it
        var kinds = kind == null || !context.capped().isEmpty() || context.budgetSpent() ? places.keySet() : Set.of(kind);
        kinds.forEach(one -> scan.run(one, BESIDE_LEAD, ENOUGH));
        if (reachesFurther) {
            places.values().forEach(ofKind -> ofKind.values().forEach(place -> place.begin(PER_PLACE)));
            offerAll(market, asOf);
        }
    }

    /// The lead chooses first and is one. The others choose among what is left, and for the sake of brands also what ranks lower
    /// ([BrandBalance]), unless a brand was asked for.
    private int depth(Slot slot) {
        return slot == Slot.LEAD ? 1 : context.brands().isEmpty() ? PER_PLACE : ENOUGH;
    }

    /// As [Composer] chooses the set's kind; null without any lead.
    private @Nullable String kindOfBestLead() {
        String best = null;
        Placed bestLead = null;
        for (var ofKind : places.entrySet()) {
            var lead = Objects.requireNonNull(ofKind.getValue().get(Slot.LEAD)).best();
            if (lead != null && (bestLead == null || lead.step() < bestLead.step() || (lead.step() == bestLead.step() && lead.score() > bestLead.score()))) {
                best = ofKind.getKey();
                bestLead = lead;
            }
        }
        return best;
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
        reachesFurther |= SetRules.speaksOfOthers(candidate) || (refusal != null && refusal.sparing());
        if (refusal != null) {
            if (refusal.pairing() || refusal.sparing()) {
                place.refused.merge(refusal.pairing() ? Composer.pairs(candidate) : List.of(refusal.rule()), placed, (a, b) -> Placed.BEST_FIRST.compare(a, b) <= 0 ? a : b);
            }
        } else if (!isCoveredByNearerLocale(candidate)) {
            place.add(placed);
        }
    }

    private void pair(@Nullable String itemId) {
        // candidates in a row mostly share theirs, the very same string: see CandidateReader
        if (itemId == null || itemId == lastPair || itemId == pairBefore) {
            return;
        }
        pairBefore = lastPair;
        lastPair = itemId;
        if (!asked.add(itemId)) {
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

    /// Those of a market that an objective of that weight wants, and that name the audience itself or don't.
    ///
    /// @param units what both add to a score
    private record Tier(int units, Mask mask) {}

    /// Looks through a market, the most promising blocks of candidates first, and leaves out those in which nothing can be better
    /// than what a place has.
    private final class Scan {

        private final MarketCatalogue market;
        private final int blocks;
        private final long asOf;
        private final long nowMicros = MarketCatalogue.floorMicros(now);
        private final Map<Set<Relation>, Mask> needs = new HashMap<>();
        private final Map<StageMatch, Mask> stages = new EnumMap<>(StageMatch.class);
        private final Mask scope;
        private final List<Tier> tiers;

        Scan(MarketCatalogue market, long asOf) {
            this.market = market;
            this.asOf = asOf;
            blocks = market.blocks();
            scope = scope();
            tiers = tiers();
        }

        /// @param enough a place that has as many looks no further than to the end of that step
        void run(String kind, List<Slot> slots, int enough) {
            var ofKind = Objects.requireNonNull(places.get(kind));
            for (var slot : slots) {
                var suited = new ArrayList<>(List.of(scope, market.any(Dimension.KIND, List.of(kind)), market.any(Dimension.SLOT, List.of(slot.text()))));
                if (slot == Slot.NEXT) {
                    suited.add(context.nextStage() == null ? Mask.NONE : market.any(Dimension.STAGE, List.of(context.nextStage())));
                }
                fill(Objects.requireNonNull(ofKind.get(slot)), Mask.and(blocks, suited), enough);
            }
        }

        /// What none of the dimensions that never relax leaves out.
        private Mask scope() {
            var asked = new ArrayList<>(List.of(market.any(Dimension.AUDIENCE, context.audiences()), market.any(Dimension.LOCALE, context.locales()),
                    market.any(Dimension.CHANNEL, List.of(MarketCatalogue.NONE, context.channel()))));
            if (!context.brands().isEmpty()) {
                var brands = new ArrayList<>(context.brands());
                brands.add(MarketCatalogue.NONE);
                asked.add(market.any(Dimension.BRAND, brands));
            }
            return Mask.and(blocks, asked);
        }

        /// Most units first; together they are everything.
        private List<Tier> tiers() {
            if (blocks < LARGE) {
                return List.of(new Tier(ScorePart.AUDIENCE.units(1) + ScorePart.OBJECTIVE.units(1), Mask.ALL));
            }
            var wanted = new TreeMap<Double, List<Mask>>(Comparator.reverseOrder());
            for (var goal : context.goals()) {
                wanted.computeIfAbsent(goal.weight(), _ -> new ArrayList<>()).add(wanted(goal));
            }
            var tiers = new ArrayList<Tier>();
            var before = Mask.NONE;
            for (var entry : wanted.entrySet()) {
                var these = Mask.or(blocks, entry.getValue());
                addTiers(tiers, entry.getKey(), these.andNot(blocks, before));
                before = before == Mask.NONE ? these : Mask.or(blocks, List.of(before, these));
            }
            addTiers(tiers, 0, Mask.ALL.andNot(blocks, before));
            tiers.sort(Comparator.comparingInt(Tier::units).reversed());
            return tiers;
        }

        private void addTiers(List<Tier> tiers, double weight, Mask mask) {
            var named = market.any(Dimension.AUDIENCE, List.of(context.audience()));
            int units = ScorePart.OBJECTIVE.units(weight);
            tiers.add(new Tier(units + ScorePart.AUDIENCE.units(1), Mask.and(blocks, List.of(mask, named))));
            tiers.add(new Tier(units, mask.andNot(blocks, named)));
        }

        /// As [SetContext.Goal#wants].
        private Mask wanted(SetContext.Goal goal) {
            var asked = new ArrayList<>(List.of(market.any(Dimension.STAGE, goal.stages())));
            if (!goal.needs().isEmpty()) {
                asked.add(market.any(Dimension.NEED, goal.needs()));
            }
            if (!goal.brands().isEmpty()) {
                asked.add(market.any(Dimension.BRAND, goal.brands()));
            }
            if (goal.kind() != null) {
                asked.add(market.any(Dimension.KIND, List.of(goal.kind())));
            }
            return Mask.and(blocks, asked);
        }

        private void fill(Place place, Mask suited, int enough) {
            if (suited == Mask.NONE) {
                return;
            }
            boolean next = place.slot == Slot.NEXT;
            int wanted = Math.min(enough, place.depth);
            for (var step : STEPS) {
                if (place.best.size() >= wanted && place.best.element().step() < step.number()) {
                    return;
                }
                if (next && step.stage() != StageMatch.EXACT) {
                    continue;
                }
                var need = needs.computeIfAbsent(step.need(), this::need);
                var stage = next ? Mask.ALL : stages.computeIfAbsent(step.stage(), this::stage);
                if (need == Mask.NONE || stage == Mask.NONE) {
                    continue;
                }
                int units = ScorePart.NEED.units(bestValue(step.need())) + (next ? ScorePart.ADVANCE.units(1) : ScorePart.STAGE.units(bestValue(step.stage())))
                        + ScorePart.UNSEEN.units(1) + ScorePart.BRAND.units(1);
                for (var tier : tiers) {
                    fill(place, step.number(), units + tier.units(), List.of(suited, need, stage, tier.mask()));
                }
            }
        }

        /// @param units most that a candidate can have beside what it owes to itself
        private void fill(Place place, int step, int units, List<Mask> masks) {
            for (int block = 0; block < blocks; block++) {
                if (place.isBeyond(step, score(units + market.mostFrom(block)))) {
                    return;
                }
                var bound = market.bounds.get(block);
                if (place.isBeyond(step, score(units + bound.own()), bound.newest())) {
                    continue;
                }
                var suited = masks.get(0).block(block);
                var need = masks.get(1).block(block);
                var stage = masks.get(2).block(block);
                var tier = masks.get(3).block(block);
                for (int word = 0; word < Mask.WORDS; word++) {
                    long bits = suited[word] & need[word] & stage[word] & tier[word];
                    while (bits != 0) {
                        int ordinal = (block << MarketCatalogue.ROW_SHIFT) + (word << 6) + Long.numberOfTrailingZeros(bits);
                        if (!place.isBeyond(step, score(units + market.own(ordinal)))) {
                            look(place, ordinal);
                        }
                        bits &= bits - 1;
                    }
                }
            }
        }

        /// As [Ranking#score] counts it.
        private static double score(int units) {
            return units / (double) ScorePart.UNITS;
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
        private Mask need(Set<Relation> relations) {
            if (context.need() == null) {
                return relations.contains(Relation.EXACT) ? Mask.ALL : Mask.NONE;
            }
            int best = relations.stream().mapToInt(Enum::ordinal).min().orElseThrow();
            var mask = relations.contains(Relation.OTHER) ? Mask.ALL : market.any(Dimension.NEED, related(relations));
            var better = EnumSet.allOf(Relation.class);
            better.removeIf(relation -> relation.ordinal() >= best);
            return mask.andNot(blocks, market.any(Dimension.NEED, related(better)));
        }

        private List<String> related(Set<Relation> relations) {
            return context.needMatches().entrySet().stream().filter(entry -> relations.contains(entry.getValue().relation())).map(Map.Entry::getKey).toList();
        }

        private double bestValue(Set<Relation> relations) {
            return context.need() == null ? 1 : context.needMatches().values().stream().filter(match -> relations.contains(match.relation()))
                    .mapToDouble(NeedMatch::value).max().orElse(0);
        }

        private Mask stage(StageMatch wanted) {
            if (context.stage() == null) {
                return wanted == StageMatch.EXACT ? Mask.ALL : Mask.NONE;
            }
            var mask = wanted == StageMatch.ANY ? Mask.ALL : market.any(Dimension.STAGE, near(wanted));
            for (var better : StageMatch.values()) {
                if (better.ordinal() < wanted.ordinal()) {
                    mask = mask.andNot(blocks, market.any(Dimension.STAGE, near(better)));
                }
            }
            return mask;
        }

        private List<String> near(StageMatch match) {
            return context.stageSteps().entrySet().stream().filter(entry -> Fit.stage(entry.getValue()) == match).map(Map.Entry::getKey).toList();
        }

        /// At least two steps away are worth at most a quarter.
        private static double bestValue(StageMatch match) {
            return switch (match) {
                case EXACT -> 1;
                case NEAR -> 0.5;
                case ANY -> 0.25;
            };
        }
    }
}
