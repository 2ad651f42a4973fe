package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.strategy.Objective.PlannedCell;
import io.throughline.strategy.Supply.CellSupply;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameworkMatrixTests {

    @Test
    void aPlannedCellWithEnoughSupplyIsNoGap() {
        var matrix = matrix(
                List.of(objective("obj_1", 1, new PlannedCell("considering", "dosing", 2))),
                List.of(new CellSupply("considering", "dosing", 2, 0)));

        assertThat(matrix.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.missing()).isZero();
            assertThat(cell.gap()).isNull();
        });
        assertThat(matrix.summary()).isEqualTo(new FrameworkMatrix.Summary(2, 2, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void oneItemShortIsAGap() {
        var matrix = matrix(
                List.of(objective("obj_1", 0.8, new PlannedCell("considering", "dosing", 2))),
                List.of(new CellSupply("considering", "dosing", 1, 3)));

        assertThat(matrix.cells().getFirst().gap()).isEqualTo(new FrameworkMatrix.Gap(1, 0.4));
        assertThat(matrix.summary()).isEqualTo(new FrameworkMatrix.Summary(2, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void gapsRankByMissingShareTimesWeight() {
        var matrix = matrix(
                List.of(
                        objective("obj_1", 0.4, new PlannedCell("aware", "dosing", 1)),
                        objective("obj_2", 0.9, new PlannedCell("trying", "dosing", 4))),
                List.of(new CellSupply("trying", "dosing", 1, 0)));

        assertThat(matrix.cells()).extracting(it -> it.stage() + " " + it.gap())
                .containsExactly("aware Gap[rank=2, score=0.4]", "trying Gap[rank=1, score=0.675]");
        assertThat(matrix.summary().emptyCells()).isEqualTo(1);
    }

    @Test
    void severalObjectivesShareACellByItsLargestPlan() {
        var matrix = matrix(
                List.of(
                        objective("obj_1", 0.5, new PlannedCell("aware", "dosing", 1)),
                        objective("obj_2", 0.9, new PlannedCell("aware", "dosing", 3))),
                List.of());

        var cell = matrix.cells().getFirst();
        assertThat(cell.planned()).isEqualTo(3);
        assertThat(cell.objectives()).containsExactly("obj_1", "obj_2");
        assertThat(cell.gap()).isEqualTo(new FrameworkMatrix.Gap(1, 0.9));
    }

    @Test
    void supplyWithoutAPlanIsShownAndNoGap() {
        var matrix = matrix(List.of(), List.of(new CellSupply("aware", "dosing", 2, 1)));

        assertThat(matrix.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.planned()).isZero();
            assertThat(cell.approved()).isEqualTo(2);
            assertThat(cell.gap()).isNull();
        });
    }

    @Test
    void demandRaisesAGapAndItsAbsenceDoesNotLowerIt() {
        var objectives = List.of(objective("obj_1", 0.6, new PlannedCell("aware", "dosing", 2), new PlannedCell("trying", "dosing", 2)));

        var matrix = FrameworkMatrix.of(objectives, List.of(), List.of(new Demand.CellCount("trying", "dosing", 40, 10, 30)));

        assertThat(matrix.cells()).extracting(it -> it.stage() + " " + it.gap())
                .containsExactly("aware Gap[rank=2, score=0.6]", "trying Gap[rank=1, score=1.2]");
        assertThat(matrix.cells().get(1).demand()).isEqualTo(new FrameworkMatrix.CellDemand(40, 10, 30, 1));
    }

    @Test
    void theShareOfDemandIsAgainstTheCellThatIsAskedForMost() {
        var objectives = List.of(objective("obj_1", 1, new PlannedCell("aware", "dosing", 2)));

        var matrix = FrameworkMatrix.of(objectives, List.of(new CellSupply("aware", "dosing", 1, 0)),
                List.of(new Demand.CellCount("aware", "dosing", 10, 0, 0), new Demand.CellCount("trying", "dosing", 40, 0, 40)));

        // 1 × 1/2 × (1 + 10/40)
        assertThat(matrix.cells().getFirst().gap()).isEqualTo(new FrameworkMatrix.Gap(1, 0.625));
    }

    @Test
    void demandWithoutAPlanIsShownAndNoGap() {
        var matrix = FrameworkMatrix.of(List.of(), List.of(), List.of(new Demand.CellCount("aware", "dosing", 10, 4, 6)));

        assertThat(matrix.cells()).singleElement().satisfies(cell -> {
            assertThat(cell.demand().empty()).isEqualTo(6);
            assertThat(cell.gap()).isNull();
        });
    }

    @Test
    void whatNamesNoStageOrNeedStandsInNoCellAndInTheSummary() {
        var matrix = FrameworkMatrix.of(List.of(), List.of(),
                List.of(new Demand.CellCount("", "", 7, 0, 1), new Demand.CellCount("aware", "", 2, 0, 0), new Demand.CellCount("aware", "dosing", 1, 1, 0)));

        assertThat(matrix.cells()).hasSize(1);
        assertThat(matrix.summary()).isEqualTo(new FrameworkMatrix.Summary(0, 0, 0, 0, 10, 1, 1, 9));
    }

    @Test
    void useIsOfApprovedItemsAndSaysWhatWasNeverServed() {
        var matrix = matrix(List.of(), List.of(new CellSupply("aware", "dosing", 4, 2, 120, 3, 40, 2), new CellSupply("trying", "dosing", 0, 2, 0, 0, 0, 0)));

        assertThat(matrix.cells().getFirst().use()).isEqualTo(new FrameworkMatrix.CellUse(120, 3, 1, 0.25, 40, 2));
        assertThat(matrix.cells().get(1).use()).isEqualTo(FrameworkMatrix.CellUse.NONE);
    }

    private static FrameworkMatrix matrix(List<Objective> objectives, List<CellSupply> supply) {
        return FrameworkMatrix.of(objectives, supply, List.of());
    }

    private static Objective objective(String id, double weight, PlannedCell... plan) {
        return new Objective(id, "Move " + id, "hcp", "aware", "trying", List.of("dosing"), List.of(), List.of("GB"), null,
                "service-oriented", Map.of("web", 1.0), List.of("education"), weight, LocalDate.of(2026, 1, 1), null, List.of(plan), null);
    }
}
