package io.throughline.delivery;

import io.throughline.strategy.ActiveStrategy;
import io.throughline.strategy.Objective;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.taxonomy.Taxonomy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Widens a request to what counts as a match, by the taxonomy, the market's pack and the active strategy.
@Component
class ContextCompiler {

    private final Taxonomy taxonomy;
    private final MarketPacks packs;
    private final Brands brands;

    ContextCompiler(Taxonomy taxonomy, MarketPacks packs, Brands brands) {
        this.taxonomy = taxonomy;
        this.packs = packs;
        this.brands = brands;
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` for a brand that does not exist
    SetContext compile(SetRequest request, Optional<ActiveStrategy> strategy) {
        for (var brand : request.brands()) {
            if (brands.find(brand).isEmpty()) {
                throw DeliveryScope.invalid("brand", "There is no such brand.");
            }
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
                stage == null ? Set.of() : near(stage),
                stage == null ? null : taxonomy.stageAfter(stage).map(Concept::notation).orElse(null),
                need,
                need == null ? Set.of() : taxonomy.narrowerOrSame("needs", need),
                need == null ? List.of() : taxonomy.broaderOrSame("needs", need).stream().filter(broader -> !broader.equals(need)).toList(),
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

    private Set<String> near(String stage) {
        return taxonomy.scheme("stages").concepts().stream()
                .map(Concept::notation)
                .filter(other -> taxonomy.distance("stages", stage, other).orElse(0) == 1)
                .collect(Collectors.toUnmodifiableSet());
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
