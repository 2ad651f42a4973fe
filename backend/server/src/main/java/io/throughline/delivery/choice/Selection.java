package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.MarketCatalogue;
import io.throughline.catalogue.Publications;
import io.throughline.catalogue.bits.Mask;
import io.throughline.content.Kinds;
import io.throughline.delivery.choice.Fit.StageMatch;
import io.throughline.delivery.choice.Place.Placed;
import io.throughline.delivery.choice.Suited.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The best candidates of one context for each place of a set, a place being a slot of one kind. For one request.
///
/// The rules of [Admission] are applied before the cut and the cut is by [Ranking#BEST_FIRST], so nothing that belongs into the set
/// is ever cut away; with `seen` in the score there is always a next one. Bits only narrow down what is looked at: whether it may
/// be served, and how well it fits, is asked of every candidate itself. The result is the same in whatever order candidates come.
public final class Selection {

    /// More than any slot shows, so that the composer has a choice.
    public static final int PER_PLACE = 64;

    /// As many as all slots together take, so that whatever the others have taken there is one left.
    private static final int ENOUGH = Slot.RANKED.stream().mapToInt(Slot::capacity).sum();

    /// Of so many the best are looked at before others are found.
    private static final int MANY = 128;

    private static final List<Slot> BESIDE_LEAD = Slot.RANKED.stream().filter(slot -> slot != Slot.LEAD).toList();
    private final SetContext context;
    private final Instant now;
    private final Publications publications;
    private final Set<String> withheld;
    private final Map<String, Candidate> paired = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private @Nullable String lastPair;
    private @Nullable String pairBefore;
    private final Map<String, Map<Slot, Place>> places = new LinkedHashMap<>();
    /// Whether something came by that is bound by a rule about other items, or that this reader is spared: then what fits less may still
    /// come into the set, or into its account.
    private boolean reachesFurther;

    /// @param publications of the context's market, at the sequence that candidates come from
    public Selection(SetContext context, Publications publications, Instant now) {
        this(context, publications, now, Set.of());
    }

    /// @param withheld ids of publications that are as if they were not there
    public Selection(SetContext context, Publications publications, Instant now, Set<String> withheld) {
        this.context = context;
        this.withheld = withheld;
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
    public Collection<Candidate> candidates() {
        var chosen = new LinkedHashMap<String, Candidate>();
        places.values().forEach(ofKind -> ofKind.values().forEach(place -> {
            place.best.forEach(placed -> chosen.put(placed.candidate().publicationId(), placed.candidate()));
            place.refused.values().stream().filter(place::wants)
                    .forEach(placed -> chosen.put(placed.candidate().publicationId(), placed.candidate()));
        }));
        return chosen.values();
    }

    /// Published safety and prescribing information by item id, for every candidate that came by.
    public Map<String, Candidate> paired() {
        return paired;
    }

    /// Considers everything of a market that started at or before a sequence.
    public void offerAll(MarketCatalogue market, long asOf) {
        var scan = new Scan(market, asOf);
        places.keySet().forEach(kind -> scan.run(kind, Slot.RANKED, PER_PLACE));
    }

    /// Considers no more than the set can depend on: a slot takes the least relaxed, so what fits less than enough others is
    /// not looked at, nor is what a kind has beside its lead when another kind has a better one. The same set comes of it as of
    /// [#offerAll], but not the same account of what was left out.
    public void offerEnough(MarketCatalogue market, long asOf) {
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
    public void offer(Candidate candidate) {
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
    public void pair(Candidate candidate) {
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
        if (!place.wants(placed) || withheld.contains(candidate.publicationId())) {
            return;
        }
        pair(candidate);
        var refusal = Admission.refuse(context, candidate, paired, now).orElse(null);
        reachesFurther |= SetRules.speaksOfOthers(candidate) || (refusal != null && refusal.sparing());
        if (refusal != null) {
            if (refusal.pairing() || refusal.sparing()) {
                place.refused.merge(refusal.pairing() ? candidate.pairs() : List.of(refusal.rule()), placed, (a, b) -> Placed.BEST_FIRST.compare(a, b) <= 0 ? a : b);
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
            if (candidate.window().contains(now) && rank(candidate) >= 0 && !withheld.contains(candidate.publicationId()) && (nearest == null || rank(candidate) < rank(nearest))) {
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
            if (rank(other) >= 0 && rank(other) < rank(candidate) && !withheld.contains(other.publicationId())) {
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

    /// Looks through a market, the most promising blocks of candidates first, and leaves out those in which nothing can be better
    /// than what a place has.
    private final class Scan {

        private final MarketCatalogue market;
        private final Suited suited;
        private final long asOf;
        private final long nowMicros = MarketCatalogue.floorMicros(now);
        /// What was found and not looked at yet: most that it can score, and below that its ordinal's complement, so that among equals
        /// what comes first in the catalogue, mostly the newest, is the larger number.
        private final long[] found = new long[MANY + MarketCatalogue.ROWS];
        private int count;
        private final long[] words = new long[Mask.WORDS];
        /// What a candidate must be able to score to be looked at.
        private int least;

        Scan(MarketCatalogue market, long asOf) {
            this.market = market;
            this.asOf = asOf;
            suited = new Suited(context, market);
        }

        /// @param enough a place that has as many looks no further than to the end of that step
        void run(String kind, List<Slot> slots, int enough) {
            var ofKind = Objects.requireNonNull(places.get(kind));
            for (var slot : slots) {
                fill(Objects.requireNonNull(ofKind.get(slot)), kind, enough);
            }
        }

        private void fill(Place place, String kind, int enough) {
            var ofKind = suited.of(kind, place.slot);
            int wanted = Math.min(enough, place.depth());
            for (var step : Suited.STEPS) {
                if (ofKind == Mask.NONE || (place.best.size() >= wanted && place.best.element().step() < step.number())) {
                    return;
                }
                if (place.slot == Slot.NEXT && step.stage() != StageMatch.EXACT) {
                    continue;
                }
                var masks = suited.at(step, place.slot);
                if (!masks.contains(Mask.NONE)) {
                    fill(place, kind, step, List.of(ofKind, masks.getFirst(), masks.getLast()));
                }
            }
        }

        private void fill(Place place, String kind, Step step, List<Mask> masks) {
            int units = suited.units(step, place.slot);
            int extras = suited.extras().stream().mapToInt(Suited.Wanted::units).sum();
            int most = units + suited.wanted().getFirst().units() + extras;
            least = place.least(step.number());
            for (int block = 0; block < market.blocks() && most + market.mostFrom(block) >= least; block++) {
                var bound = market.bounds.get(block);
                int best = most + bound.own();
                if (!suited.mayBeIn(bound, kind, place.slot) || best < least || (best == least && place.isNewerThan(bound.newest()))) {
                    continue;
                }
                Arrays.fill(words, -1);
                for (int i = 0; i < masks.size(); i++) {
                    masks.get(i).and(block, words);
                }
                for (int word = 0; word < words.length; word++) {
                    if (words[word] != 0) {
                        find(block, word, words[word], units, extras + bound.own());
                    }
                }
                if (count >= MANY) {
                    lookAtFound(place, step.number());
                }
            }
            lookAtFound(place, step.number());
        }

        /// Finds out what each can score, as far as that can still be enough.
        ///
        /// @param units  see [Suited#units]
        /// @param beside most that any of them has beside those and what is wanted of it
        private void find(int block, int word, long bits, int units, int beside) {
            for (int i = 0; bits != 0 && units + suited.wanted().get(i).units() + beside >= least; i++) { // the last wants everything
                var wanted = suited.wanted().get(i);
                long these = wanted.mask().and(block, word, bits);
                bits &= ~these;
                for (; these != 0; these &= these - 1) {
                    int ordinal = (block << MarketCatalogue.ROW_SHIFT) + (word << 6) + Long.numberOfTrailingZeros(these);
                    int most = units + wanted.units() + market.own(ordinal);
                    for (int j = 0; j < suited.extras().size(); j++) {
                        var extra = suited.extras().get(j);
                        most += extra.mask().and(block, word, these & -these) == 0 ? 0 : extra.units();
                    }
                    if (most >= least) {
                        found[count++] = (long) most << 32 | ~ordinal & 0xFFFF_FFFFL;
                    }
                }
            }
        }

        /// The most promising first: the sooner a place has the best, the fewer others are looked at.
        private void lookAtFound(Place place, int step) {
            Arrays.sort(found, 0, count);
            while (count > 0) {
                long next = found[--count];
                int most = (int) (next >> 32);
                if (most < least) {
                    count = 0;
                    break;
                }
                int ordinal = ~(int) next;
                if (most > least || !place.isNewerThan(market.bounds.get(ordinal >> MarketCatalogue.ROW_SHIFT).newest())) {
                    look(place, ordinal);
                    least = place.least(step);
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
    }
}
