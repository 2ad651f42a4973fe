package io.throughline.delivery.choice;

import io.throughline.catalogue.MarketCatalogue;
import io.throughline.catalogue.MarketCatalogue.Dimension;
import io.throughline.catalogue.bits.Mask;
import io.throughline.delivery.choice.Fit.StageMatch;
import io.throughline.delivery.choice.NeedMatch.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which publications of a market suit a context, as masks, and how much each sort of them can score. For one request.
final class Suited {

    /// One step of relaxation: how the need and the stage are met.
    record Step(int number, Set<Relation> need, StageMatch stage) {}

    static final List<Step> STEPS = steps();

    /// What an objective wants, or what a part of the score is for.
    ///
    /// @param units what it adds to a score
    record Wanted(int units, Mask mask) {}

    private final SetContext context;
    private final MarketCatalogue market;
    private final Map<Set<Relation>, Mask> needs = new HashMap<>();
    private final Map<StageMatch, Mask> stages = new EnumMap<>(StageMatch.class);
    private final Mask scope;
    private final long brands;
    private final List<Wanted> extras = new ArrayList<>();
    private final List<Wanted> wanted;

    Suited(SetContext context, MarketCatalogue market) {
        this.context = context;
        this.market = market;
        scope = scope().remembered(market.blocks());
        brands = bounds(context);
        wanted = Stream.concat(context.goals().stream().map(goal -> new Wanted(ScorePart.OBJECTIVE.units(goal.weight()), wanted(goal)))
                .filter(goal -> goal.mask() != Mask.NONE)
                .sorted(Comparator.comparingInt(Wanted::units).reversed()), Stream.of(new Wanted(0, Mask.ALL))).toList();
        extras.add(new Wanted(ScorePart.AUDIENCE.units(1), market.any(Dimension.AUDIENCE, List.of(context.audience()))));
        if (!context.brands().isEmpty()) {
            extras.add(new Wanted(ScorePart.BRAND.units(1), market.any(Dimension.BRAND, context.brands())));
        }
    }

    /// Most units first: the first that wants a candidate counts. The last is nobody's, and everything.
    List<Wanted> wanted() {
        return wanted;
    }

    /// What else adds to the score of some: that they name the audience itself, and that they belong to an asked brand.
    List<Wanted> extras() {
        return extras;
    }

    /// Of a kind, for a slot.
    Mask of(String kind, Slot slot) {
        var asked = new ArrayList<>(List.of(scope, market.any(Dimension.KIND, List.of(kind)), market.any(Dimension.SLOT, List.of(slot.text()))));
        if (slot == Slot.NEXT) {
            asked.add(context.nextStage() == null ? Mask.NONE : market.any(Dimension.STAGE, List.of(context.nextStage())));
        }
        return Mask.and(asked);
    }

    /// Whether a block may hold anything of a kind, for a slot.
    boolean mayBeIn(MarketCatalogue.Bound bound, String kind, Slot slot) {
        return (bound.kinds() & MarketCatalogue.Bound.bit(kind)) != 0 && (bound.slots() & MarketCatalogue.Bound.bit(slot.text())) != 0
                && (bound.brands() & brands) != 0;
    }

    /// Those whose best need and nearest stage stand so to the asked ones; for the slot `next` the stage is settled already.
    List<Mask> at(Step step, Slot slot) {
        var need = needs.computeIfAbsent(step.need(), this::need);
        return List.of(need, slot == Slot.NEXT ? Mask.ALL : stages.computeIfAbsent(step.stage(), this::stage));
    }

    /// Most that a candidate of that step can score, beside what is wanted, what is extra, and what it owes to itself.
    int units(Step step, Slot slot) {
        return ScorePart.NEED.units(bestValue(step.need()))
                + (slot == Slot.NEXT ? ScorePart.ADVANCE.units(1) : ScorePart.STAGE.units(bestValue(step.stage())))
                + ScorePart.UNSEEN.units(1) + (context.brands().isEmpty() ? ScorePart.BRAND.units(1) : 0);
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
        var readable = context.readable().brands();
        if (!readable.coversEvery()) {
            asked.add(market.any(Dimension.BRAND, MarketCatalogue.brands(readable)));
        }
        return Mask.and(asked);
    }

    /// Of the brands that are asked for, or all, those that are read, as in [MarketCatalogue.Bound#brands].
    private static long bounds(SetContext context) {
        long asked = context.brands().isEmpty() ? -1 : MarketCatalogue.Bound.bits(context.brands()) | MarketCatalogue.Bound.bit(MarketCatalogue.NONE);
        var readable = context.readable().brands();
        return readable.coversEvery() ? asked : asked & MarketCatalogue.Bound.bits(MarketCatalogue.brands(readable));
    }

    /// As [SetContext.Goal#wants], what few have first.
    private Mask wanted(SetContext.Goal goal) {
        var asked = new ArrayList<Mask>();
        if (!goal.needs().isEmpty()) {
            asked.add(market.any(Dimension.NEED, goal.needs()));
        }
        if (!goal.brands().isEmpty()) {
            asked.add(market.any(Dimension.BRAND, goal.brands()));
        }
        asked.add(market.any(Dimension.STAGE, goal.stages()));
        if (goal.kind() != null) {
            asked.add(market.any(Dimension.KIND, List.of(goal.kind())));
        }
        return Mask.and(asked);
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
        return mask.without(market.any(Dimension.NEED, related(better)));
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
                mask = mask.without(market.any(Dimension.STAGE, near(better)));
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

    private static List<Step> steps() {
        var steps = new TreeMap<Integer, Step>();
        for (var stage : StageMatch.values()) {
            for (var need : Relation.values()) {
                steps.computeIfAbsent(Fit.step(need, stage), number -> new Step(number, EnumSet.noneOf(Relation.class), stage)).need().add(need);
            }
        }
        return List.copyOf(steps.values());
    }
}
