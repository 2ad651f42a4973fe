package io.throughline.delivery;

import io.throughline.delivery.NeedMatch.Relation;
import io.throughline.strategy.ActiveStrategy;
import io.throughline.strategy.Objective;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.taxonomy.Taxonomy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Widens a request to what counts as a match, by the taxonomy, the market's pack and the active strategy.
@Component
class ContextCompiler {

    private final Taxonomy taxonomy;
    private final MarketPacks packs;
    private final Brands brands;
    /// Brands are added and never taken away.
    private final Set<String> knownBrands = ConcurrentHashMap.newKeySet();

    ContextCompiler(Taxonomy taxonomy, MarketPacks packs, Brands brands) {
        this.taxonomy = taxonomy;
        this.packs = packs;
        this.brands = brands;
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` for a brand that does not exist
    SetContext compile(SetRequest request, Optional<ActiveStrategy> strategy) {
        for (var brand : request.brands()) {
            if (!knownBrands.contains(brand) && brands.find(brand).isEmpty()) {
                throw DeliveryScope.invalid("brand", "There is no such brand.");
            }
            knownBrands.add(brand);
        }
        var pack = packs.get(request.market());
        var broaderAudiences = taxonomy.broaderOrSame("audiences", request.audience());
        var audiences = new LinkedHashSet<>(broaderAudiences);
        audiences.addAll(taxonomy.narrowerOrSame("audiences", request.audience()));

        var forbidden = new HashMap<String, String>();
        if (!pack.promotionToPublicAllowed() && broaderAudiences.stream().noneMatch(pack.promotionAudiences()::contains)) {
            forbidden.put(Kinds.PROMOTIONAL, "EU-2");
        }
        if (!broaderAudiences.contains("hcp")) {
            forbidden.put(Kinds.SCIENTIFIC_EXCHANGE, "US-9");
        }

        var need = request.need();
        var stage = request.stage();
        return new SetContext(
                request.channelKey(),
                request.channel(),
                request.audience(),
                audiences,
                stage,
                stage == null ? Map.of() : stageSteps(stage),
                stage == null ? null : taxonomy.stageAfter(stage).map(Concept::notation).orElse(null),
                need,
                need == null ? Map.of() : needMatches(need),
                request.market(),
                request.locales(),
                Set.copyOf(request.brands()),
                Set.copyOf(request.kinds()),
                forbidden,
                pack.prescribingInformationRequired(),
                Set.copyOf(request.seen()),
                request.limit(),
                strategy.map(active -> goals(active, request, broaderAudiences)).orElse(List.of()));
    }

    private Map<String, Integer> stageSteps(String stage) {
        var steps = new HashMap<String, Integer>();
        for (var other : taxonomy.scheme("stages").concepts()) {
            taxonomy.distance("stages", stage, other.notation()).ifPresent(distance -> steps.put(other.notation(), distance));
        }
        return steps;
    }

    private Map<String, NeedMatch> needMatches(String need) {
        var matches = new HashMap<String, NeedMatch>();
        var parents = taxonomy.find("needs", need).map(Concept::broader).orElse(List.of());
        for (var other : taxonomy.scheme("needs").concepts()) {
            if (other.broader().stream().anyMatch(parents::contains)) {
                matches.put(other.notation(), new NeedMatch(Relation.SIBLING, 2, other.notation()));
            }
        }
        for (var broader : taxonomy.broaderOrSame("needs", need)) {
            matches.put(broader, new NeedMatch(Relation.BROADER, steps(need, broader), broader));
        }
        for (var narrower : taxonomy.narrowerOrSame("needs", need)) {
            matches.put(narrower, new NeedMatch(Relation.NARROWER, steps(need, narrower), narrower));
        }
        matches.put(need, new NeedMatch(Relation.EXACT, 0, need));
        return matches;
    }

    private int steps(String need, String other) {
        return taxonomy.distance("needs", need, other).orElse(0);
    }

    /// Only what the strategy wants of this audience in this market, on a way that the asked stage lies on.
    private List<SetContext.Goal> goals(ActiveStrategy strategy, SetRequest request, List<String> broaderAudiences) {
        return strategy.objectives().stream()
                .filter(objective -> broaderAudiences.contains(objective.audience()) && objective.markets().contains(request.market()))
                .map(this::goal)
                .filter(goal -> request.stage() == null || goal.stages().contains(request.stage()))
                .toList();
    }

    private SetContext.Goal goal(Objective objective) {
        var needs = objective.needs().stream().flatMap(need -> taxonomy.narrowerOrSame("needs", need).stream()).collect(Collectors.toSet());
        return new SetContext.Goal(objective.id(), way(objective.fromStage(), objective.toStage()), needs, Set.copyOf(objective.brands()),
                objective.kind(), objective.weight());
    }

    private Set<String> way(String from, String to) {
        var stages = new LinkedHashSet<String>();
        @Nullable String at = from;
        while (at != null && stages.add(at) && !at.equals(to)) {
            at = taxonomy.stageAfter(at).map(Concept::notation).orElse(null);
        }
        return stages;
    }
}
