package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.strategy.MatrixScope.Filters;
import io.throughline.strategy.MatrixScope.Scope;
import io.throughline.strategy.MatrixScope.Wanted;
import io.throughline.taxonomy.Taxonomy;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/manage/v1")
class FrameworkMatrixController {

    private static final int CELL_ITEMS = 50;
    private static final int CELL_BRIEFS = 20;

    record StageView(String notation, String label) {}

    record NeedView(String notation, String label, @Nullable String example) {}

    record Matrix(String audience, List<StageView> stages, List<NeedView> needs, List<FrameworkMatrix.Cell> cells,
            FrameworkMatrix.Summary summary, List<StrategyRef> strategies, int days) {}

    record StrategyRef(String id, int number) {}

    record ObjectiveView(String strategyId, int number, String id, String name, double weight, String engagementModel, String audience,
            String fromStage, String toStage, List<String> brands, List<String> markets) {

        static ObjectiveView of(Wanted wanted) {
            var it = wanted.objective();
            return new ObjectiveView(wanted.strategyId(), wanted.number(), it.id(), it.name(), it.weight(), it.engagementModel(), it.audience(),
                    it.fromStage(), it.toStage(), it.brands(), it.markets());
        }

        /// Heaviest first.
        static List<ObjectiveView> listOf(List<Wanted> wanted) {
            return wanted.stream()
                    .sorted(Comparator.comparingDouble((Wanted it) -> -it.objective().weight()).thenComparing(it -> it.objective().id()))
                    .map(ObjectiveView::of)
                    .toList();
        }
    }

    record CellDetail(String stage, String need, int planned, int approved, int inProgress, int missing, double weight,
            FrameworkMatrix.CellDemand demand, FrameworkMatrix.CellUse use, FrameworkMatrix.@Nullable Gap gap, List<Supply.CellItem> items,
            List<ObjectiveView> objectives, List<BriefRow> briefs) {}

    private final MatrixScope scopes;
    private final Supply supply;
    private final Demand demand;
    private final Taxonomy taxonomy;
    private final StrategyWords words;
    private final Briefs briefs;

    FrameworkMatrixController(MatrixScope scopes, Supply supply, Demand demand, Taxonomy taxonomy, StrategyWords words, Briefs briefs) {
        this.scopes = scopes;
        this.supply = supply;
        this.demand = demand;
        this.taxonomy = taxonomy;
        this.words = words;
        this.briefs = briefs;
    }

    /// The matrix of one audience: stages in journey order, needs in vocabulary order, cells that are planned, supplied or asked for.
    @Allowed
    @GetMapping(path = "/framework-matrix", produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
    Matrix matrix(Actor actor, @RequestParam String audience, @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String market, @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Integer days) {
        var scope = scopes.of(actor, audience, filters(brand, market, channel, days));
        var matrix = matrix(scope);
        var stages = scopes.journeyOf(audience).stream().map(it -> new StageView(it.notation(), it.label("en"))).toList();
        var needs = taxonomy.scheme("needs").concepts().stream().map(it -> new NeedView(it.notation(), it.label("en"), it.example("en"))).toList();
        return new Matrix(audience, stages, needs, shown(audience, matrix), matrix.summary(),
                scope.strategies().stream().map(it -> new StrategyRef(it.strategyId(), it.number())).toList(), scope.days());
    }

    /// The same as a table for spreadsheets, for whoever asks for one; a link can't, so it has an address of its own too.
    @Allowed
    @GetMapping(path = "/framework-matrix", produces = "text/csv")
    ResponseEntity<byte[]> asTable(Actor actor, @RequestParam String audience, @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String market, @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Integer days) {
        return table(actor, audience, brand, market, channel, days);
    }

    @Allowed
    @GetMapping("/framework-matrix.csv")
    ResponseEntity<byte[]> table(Actor actor, @RequestParam String audience, @RequestParam(required = false) @Nullable String brand,
            @RequestParam(required = false) @Nullable String market, @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Integer days) {
        var scope = scopes.of(actor, audience, filters(brand, market, channel, days));
        var names = scope.wanted().stream().collect(Collectors.toMap(it -> it.objective().id(), it -> it.objective().name(), (first, _) -> first));
        var text = MatrixTable.of(shown(audience, matrix(scope)), words::concept, names, words.concept("audiences", audience),
                brand == null ? "" : words.brand(brand), market == null ? "" : words.concept("markets", market),
                channel == null ? "" : words.concept("channels", channel), scope.days());
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"framework-matrix.csv\"")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /// One cell with its items, the objectives that plan it, and its gap.
    @Allowed
    @GetMapping("/framework-matrix/cell")
    CellDetail cell(Actor actor, @RequestParam String audience, @RequestParam String stage, @RequestParam String need,
            @RequestParam(required = false) @Nullable String brand, @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String channel, @RequestParam(required = false) @Nullable Integer days) {
        scopes.require("stages", "stage", stage);
        scopes.require("needs", "need", need);
        var scope = scopes.of(actor, audience, filters(brand, market, channel, days));
        var cell = matrix(scope).cells().stream()
                .filter(it -> it.stage().equals(stage) && it.need().equals(need))
                .findFirst()
                .orElseGet(() -> FrameworkMatrix.Cell.empty(stage, need));
        var planning = scope.wanted().stream()
                .filter(it -> it.objective().plan().stream().anyMatch(planned -> planned.stage().equals(stage) && planned.need().equals(need)))
                .toList();
        return new CellDetail(stage, need, cell.planned(), cell.approved(), cell.inProgress(), cell.missing(), cell.weight(), cell.demand(),
                cell.use(), cell.gap(), supply.listCell(scope.supply(), stage, need, CELL_ITEMS), ObjectiveView.listOf(planning),
                briefs.listFor(actor, scope.supply(), stage, need, CELL_BRIEFS));
    }

    private FrameworkMatrix matrix(Scope scope) {
        return FrameworkMatrix.of(scope.objectives(), supply.countByCell(scope.supply()), demand.countByCell(scope.demand()));
    }

    /// Content for a broader audience may name stages of other journeys, too.
    private List<FrameworkMatrix.Cell> shown(String audience, FrameworkMatrix matrix) {
        var stages = scopes.journeyOf(audience).stream().map(it -> it.notation()).collect(Collectors.toSet());
        return matrix.cells().stream().filter(it -> stages.contains(it.stage())).toList();
    }

    static Filters filters(@Nullable String brand, @Nullable String market, @Nullable String channel, @Nullable Integer days) {
        return new Filters(brand, market, channel, days == null ? MatrixScope.DEFAULT_DAYS : days);
    }
}
