package io.throughline.delivery.sets;

import io.throughline.delivery.choice.SetContext;
import io.throughline.strategy.ActiveStrategy;
import io.throughline.strategy.ContactPolicy;
import io.throughline.strategy.Objective;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the active strategies want in a context, and how often they let a person be approached.
///
/// The asked brand's own strategy decides, else the portfolio's. The others have a say too, at half their weight: a brand may
/// order its own content, but how brands stand to each other is for the portfolio to say.
@Component
class StrategyGoals {

    private static final double DECIDING = 1;
    private static final double ADVISING = 0.5;

    /// @param strategy the one that decides; null when neither the asked brand nor the portfolio has one
    /// @param others   that want something here too
    /// @param policies of all goals; a reader is spared when any of them says so
    record Wanted(SetContext.@Nullable Strategy strategy, List<SetContext.Strategy> others, List<SetContext.Goal> goals, Set<ContactPolicy> policies) {}

    private final Taxonomy taxonomy;

    StrategyGoals(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
    }

    /// @param active    every active strategy at the instant
    /// @param audiences the asked one and its broader ones
    Wanted find(SetRequest request, List<ActiveStrategy> active, List<String> audiences) {
        var deciding = deciding(request, active);
        var goals = new ArrayList<SetContext.Goal>();
        var others = new ArrayList<SetContext.Strategy>();
        var policies = new LinkedHashSet<ContactPolicy>();
        SetContext.@Nullable Strategy first = null;
        for (var strategy : active) {
            boolean asked = strategy.brand() == null || request.brands().isEmpty() || request.brands().contains(strategy.brand());
            boolean told = strategy.brand() == null || request.readableBrands().covers(strategy.brand());
            if (!asked || !told) {
                continue;
            }
            var wanted = strategy.objectives().stream().filter(objective -> appliesTo(objective, request, audiences)).toList();
            wanted.forEach(objective -> {
                goals.add(goal(strategy, objective, strategy.equals(deciding) ? DECIDING : ADVISING));
                if (objective.contactPolicy() != null) {
                    policies.add(objective.contactPolicy());
                }
            });
            var named = new SetContext.Strategy(strategy.id(), strategy.number(),
                    wanted.stream().map(Objective::id).collect(Collectors.toUnmodifiableSet()));
            if (strategy.equals(deciding)) {
                first = named;
            } else if (!wanted.isEmpty()) {
                others.add(named);
            }
        }
        return new Wanted(first, List.copyOf(others), List.copyOf(goals), Set.copyOf(policies));
    }

    private static @Nullable ActiveStrategy deciding(SetRequest request, List<ActiveStrategy> active) {
        var own = request.brands().size() != 1 ? null
                : active.stream().filter(strategy -> request.brands().getFirst().equals(strategy.brand())).findFirst().orElse(null);
        return own != null ? own : active.stream().filter(strategy -> strategy.brand() == null).findFirst().orElse(null);
    }

    /// Only what is wanted of this audience in this market, on a way that the asked stage lies on.
    private boolean appliesTo(Objective objective, SetRequest request, List<String> audiences) {
        return audiences.contains(objective.audience()) && objective.markets().contains(request.market())
                && (request.stage() == null || way(objective).contains(request.stage()));
    }

    private SetContext.Goal goal(ActiveStrategy strategy, Objective objective, double share) {
        var needs = objective.needs().stream().flatMap(need -> taxonomy.narrowerOrSame("needs", need).stream()).collect(Collectors.toSet());
        var brands = strategy.brand() == null || !objective.brands().isEmpty() ? Set.copyOf(objective.brands()) : Set.of(strategy.brand());
        return new SetContext.Goal(objective.id(), way(objective), needs, brands, objective.kind(), share * objective.weight());
    }

    /// The stages from where the audience stands to where it shall come, both included.
    private Set<String> way(Objective objective) {
        var stages = new LinkedHashSet<String>();
        @Nullable String at = objective.fromStage();
        while (at != null && stages.add(at) && !at.equals(objective.toStage())) {
            at = taxonomy.stageAfter(at).map(Concept::notation).orElse(null);
        }
        return stages;
    }
}
