package io.throughline.delivery.sets;

import io.throughline.catalogue.Readable;
import io.throughline.catalogue.ServingMarkets;
import io.throughline.delivery.edge.DeliveryScope;
import io.throughline.delivery.choice.NeedMatch;
import io.throughline.delivery.choice.NeedMatch.Relation;
import io.throughline.delivery.choice.SetContext;
import io.throughline.strategy.ActiveStrategy;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Widens a request to what counts as a match, by the taxonomy, the market's pack, the active strategies and the reader's history.
@Component
public class ContextCompiler {

    private final Taxonomy taxonomy;
    private final ServingMarkets markets;
    private final Brands brands;
    /// Brands are added and never taken away.
    private final Set<String> knownBrands = ConcurrentHashMap.newKeySet();
    private final StrategyGoals goals;
    private final Readers readers;

    ContextCompiler(Taxonomy taxonomy, ServingMarkets markets, Brands brands, StrategyGoals goals, Readers readers) {
        this.taxonomy = taxonomy;
        this.markets = markets;
        this.brands = brands;
        this.goals = goals;
        this.readers = readers;
    }

    /// @param active every active strategy at the instant
    /// @param at     the instant that the answer is for
    /// @throws io.throughline.shared.ProblemException `invalid-query` for a brand that does not exist
    public SetContext compile(SetRequest request, List<ActiveStrategy> active, Instant at) {
        for (var brand : request.brands()) {
            if (!knownBrands.contains(brand) && brands.find(brand).isEmpty()) {
                throw DeliveryScope.invalid("brand", "There is no such brand.");
            }
            knownBrands.add(brand);
        }
        var broaderAudiences = taxonomy.broaderOrSame("audiences", request.audience());
        var audiences = new LinkedHashSet<>(broaderAudiences);
        audiences.addAll(taxonomy.narrowerOrSame("audiences", request.audience()));

        var market = markets.get(request.market());
        var wanted = goals.find(request, active, broaderAudiences);
        var reader = request.seenBy() == null ? new Readers.Known(request.seen().stream().collect(Collectors.toMap(id -> id, _ -> 1)), Set.of(), false)
                : readers.know(request.seenBy(), wanted.policies(), at);
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
                new Readable(request.channel(), request.readableBrands()),
                Set.copyOf(request.kinds()),
                market.forbiddenKinds(request.audience()),
                market,
                reader.seen(),
                reader.capped(),
                reader.budgetSpent(),
                request.limit(),
                wanted.strategy(),
                wanted.others(),
                wanted.goals());
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
}
