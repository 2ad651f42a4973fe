package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.strategy.MatrixScope.Filters;
import io.throughline.strategy.Overlaps.Competitor;
import io.throughline.strategy.Overlaps.Pair;
import io.throughline.strategy.Strategies.Activation;
import io.throughline.taxonomy.Taxonomy;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OverlapController {

    private static final int MOST_PAIRS = 500;

    record CompetitorView(String strategyId, String strategyName, int number, String objectiveId, String name, String audience,
            List<String> brands, @Nullable String kind, String engagementModel, double weight) {

        static CompetitorView of(Competitor it) {
            var objective = it.objective();
            return new CompetitorView(it.strategyId(), it.strategyName(), it.number(), objective.id(), objective.name(), objective.audience(),
                    objective.brands(), objective.kind(), objective.engagementModel(), objective.weight());
        }
    }

    record PairView(Overlaps.Severity severity, List<Overlaps.Reason> reasons, CompetitorView first, CompetitorView second, String audience,
            List<String> stages, List<String> needs, List<String> markets, List<String> brands, LocalDate from, @Nullable LocalDate until,
            double contacts, double contactBudget) {

        static PairView of(Pair it) {
            return new PairView(it.severity(), it.reasons(), CompetitorView.of(it.first()), CompetitorView.of(it.second()), it.audience(),
                    it.stages(), it.needs(), it.markets(), it.brands(), it.from(), it.until(), it.contacts(), it.contactBudget());
        }
    }

    record Report(List<PairView> pairs, int conflicts, boolean complete) {}

    private final Strategies strategies;
    private final EngagementModels models;
    private final MatrixScope scopes;
    private final Taxonomy taxonomy;
    private final JdbcClient jdbc;
    private final Clock clock;

    OverlapController(Strategies strategies, EngagementModels models, MatrixScope scopes, Taxonomy taxonomy, JdbcClient jdbc, Clock clock) {
        this.strategies = strategies;
        this.models = models;
        this.scopes = scopes;
        this.taxonomy = taxonomy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Objectives of the deciding versions that have not ended, those that start later too.
    @Allowed
    @GetMapping("/manage/v1/strategy-overlaps")
    Report overlaps(Actor actor, @RequestParam(required = false) @Nullable String market, @RequestParam(required = false) @Nullable String audience,
            @RequestParam(required = false) @Nullable String brand) {
        // checks the filters
        scopes.of(actor, audience, new Filters(brand, market, null, MatrixScope.DEFAULT_DAYS));
        var now = clock.instant();
        var today = MatrixScope.day(now);
        var within = audience == null ? Set.<String>of() : near(audience);
        var deciding = strategies.listDecidingAt(now).stream().filter(it -> StrategyScope.mayRead(actor, it.brand())).toList();
        var names = names(deciding);
        var competitors = deciding.stream()
                .flatMap(it -> it.document().objectives().stream()
                        .filter(objective -> objective.until() == null || !objective.until().isBefore(today))
                        .filter(objective -> MatrixScope.isWithin(actor, objective, new Filters(null, market, null, MatrixScope.DEFAULT_DAYS)))
                        .map(objective -> competitor(it, names.getOrDefault(it.strategyId(), it.strategyId()), objective)))
                .toList();
        var pairs = Overlaps.of(competitors).stream()
                .filter(it -> within.isEmpty() || within.contains(it.audience()))
                .filter(it -> brand == null || it.first().objective().coversBrand(brand) || it.second().objective().coversBrand(brand))
                .toList();
        return new Report(pairs.stream().limit(MOST_PAIRS).map(PairView::of).toList(),
                (int) pairs.stream().filter(it -> it.severity() == Overlaps.Severity.CONFLICT).count(), pairs.size() <= MOST_PAIRS);
    }

    private Competitor competitor(Activation active, String name, Objective objective) {
        var needs = new LinkedHashMap<String, List<String>>();
        objective.needs().forEach(it -> needs.put(it, taxonomy.broaderOrSame("needs", it)));
        var segments = objective.segments().stream().collect(Collectors.groupingBy(it -> taxonomy.broaderOrSame("segments", it).getLast(), Collectors.toSet()));
        var model = models.find(objective.engagementModel()).orElseThrow();
        return new Competitor(active.strategyId(), name, active.number(), objective, taxonomy.broaderOrSame("audiences", objective.audience()),
                scopes.way(objective), needs, segments, model.humanContact(), objective.contactPolicy() == null ? model.contactPolicy() : objective.contactPolicy());
    }

    private Set<String> near(String audience) {
        var near = new LinkedHashSet<>(taxonomy.narrowerOrSame("audiences", audience));
        near.addAll(taxonomy.broaderOrSame("audiences", audience));
        return near;
    }

    private Map<String, String> names(List<Activation> deciding) {
        var names = new LinkedHashMap<String, String>();
        jdbc.sql("select id, name from strategy where id = any(:ids)")
                .param("ids", deciding.stream().map(Activation::strategyId).toArray(String[]::new))
                .query((row, _) -> names.put(row.getString("id"), row.getString("name")))
                .list();
        return names;
    }
}
