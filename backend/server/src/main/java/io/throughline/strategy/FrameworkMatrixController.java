package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/manage/v1/framework-matrix")
class FrameworkMatrixController {

    private static final int CELL_ITEMS = 50;

    record StageView(String notation, String label) {}

    record NeedView(String notation, String label, @Nullable String example) {}

    record Matrix(String audience, List<StageView> stages, List<NeedView> needs, List<FrameworkMatrix.Cell> cells,
            FrameworkMatrix.Summary summary, List<StrategyRef> strategies) {}

    record StrategyRef(String id, int number) {}

    record ObjectiveView(String id, String name, double weight, String engagementModel, String fromStage, String toStage) {}

    record CellDetail(String stage, String need, int planned, int approved, int inProgress, int missing,
            FrameworkMatrix.@Nullable Gap gap, List<Supply.CellItem> items, List<ObjectiveView> objectives) {}

    private record Scope(List<ActiveStrategy> strategies, List<Objective> objectives, Supply.Question question) {}

    private final Strategies strategies;
    private final Supply supply;
    private final Taxonomy taxonomy;
    private final Clock clock;

    FrameworkMatrixController(Strategies strategies, Supply supply, Taxonomy taxonomy, Clock clock) {
        this.strategies = strategies;
        this.supply = supply;
        this.taxonomy = taxonomy;
        this.clock = clock;
    }

    /// The matrix of one audience: stages in journey order, needs in vocabulary order, cells that are planned or supplied.
    @Allowed
    @GetMapping
    Matrix matrix(Actor actor, @RequestParam String audience, @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String market) {
        var scope = scope(actor, audience, brand, market);
        var matrix = FrameworkMatrix.of(scope.objectives(), supply.countByCell(scope.question()));
        var stages = journeyOf(audience).stream().map(it -> new StageView(it.notation(), it.label("en"))).toList();
        var shown = stages.stream().map(StageView::notation).collect(Collectors.toSet());
        var needs = taxonomy.scheme("needs").concepts().stream().map(it -> new NeedView(it.notation(), it.label("en"), it.example("en"))).toList();
        return new Matrix(audience, stages, needs, matrix.cells().stream().filter(it -> shown.contains(it.stage())).toList(), matrix.summary(),
                scope.strategies().stream().map(it -> new StrategyRef(it.id(), it.number())).toList());
    }

    /// One cell with its items, the objectives that plan it, and its gap.
    @Allowed
    @GetMapping("/cell")
    CellDetail cell(Actor actor, @RequestParam String audience, @RequestParam String stage, @RequestParam String need,
            @RequestParam(required = false) @Nullable String brand, @RequestParam(required = false) @Nullable String market) {
        require("stages", "stage", stage);
        require("needs", "need", need);
        var scope = scope(actor, audience, brand, market);
        var cell = FrameworkMatrix.of(scope.objectives(), supply.countByCell(scope.question())).cells().stream()
                .filter(it -> it.stage().equals(stage) && it.need().equals(need))
                .findFirst()
                .orElse(new FrameworkMatrix.Cell(stage, need, 0, 0, 0, List.of(), 0, null));
        var objectives = scope.objectives().stream()
                .filter(it -> cell.objectives().contains(it.id()))
                .sorted(Comparator.comparingDouble((Objective it) -> -it.weight()).thenComparing(Objective::id))
                .map(it -> new ObjectiveView(it.id(), it.name(), it.weight(), it.engagementModel(), it.fromStage(), it.toStage()))
                .toList();
        return new CellDetail(stage, need, cell.planned(), cell.approved(), cell.inProgress(), cell.missing(), cell.gap(),
                supply.listCell(scope.question(), stage, need, CELL_ITEMS), objectives);
    }

    private Scope scope(Actor actor, String audience, @Nullable String brand, @Nullable String market) {
        require("audiences", "audience", audience);
        if (market != null) {
            require("markets", "market", market);
        }
        if (!actor.mayUseBrand(brand) || (market != null && !actor.mayUseMarket(market))) {
            throw Problem.NOT_FOUND.because("There is no such brand or market, or it is not yours to read. Choose another in the filters.");
        }
        Set<String> audiences = new LinkedHashSet<>(taxonomy.narrowerOrSame("audiences", audience));
        audiences.addAll(taxonomy.broaderOrSame("audiences", audience));
        var now = clock.instant();
        var active = strategies.listActiveAt(now);
        var objectives = active.stream()
                .flatMap(it -> it.objectives().stream())
                .filter(it -> audiences.contains(it.audience()) && it.coversBrand(brand) && (market == null || it.markets().contains(market)))
                .toList();
        return new Scope(active, objectives, new Supply.Question(audiences, brand, market, now));
    }

    // The journey that was drawn for this audience, or for the nearest broader one.
    private List<Concept> journeyOf(String audience) {
        var lineage = taxonomy.broaderOrSame("audiences", audience);
        return taxonomy.scheme("stages").concepts().stream()
                .filter(it -> it.order() != null && it.audience().stream().anyMatch(lineage::contains))
                .sorted(Comparator.comparing(Concept::order))
                .toList();
    }

    private Concept require(String scheme, String parameter, String notation) {
        return taxonomy.find(scheme, notation).orElseThrow(() -> Problem.INVALID_QUERY.because(
                "The parameter " + parameter + " has no concept “" + notation + "”. Use a notation of the vocabulary " + scheme + "."));
    }
}
