package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.strategy.Demand.NeedCount;
import io.throughline.strategy.Objective.PlannedCell;
import io.throughline.strategy.Supply.NeedSupply;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeedCoverageTests {

    private static final Set<String> NEEDS = Set.of("treatment-decision", "dosing");
    private static final Map<String, Set<String>> REACH = Map.of("hcp", Set.of("hcp", "hcp.nurse"), "hcp.nurse", Set.of("hcp", "hcp.nurse"));

    @Test
    void eachBrandOfAnObjectiveHasARow() {
        var rows = rows(List.of(objective("hcp", List.of("one", "two"), 0.5, new PlannedCell("aware", "dosing", 2))), List.of(), List.of());

        assertThat(rows).extracting(NeedCoverage.Row::brand).containsExactly("one", "two");
        assertThat(rows).allSatisfy(it -> assertThat(it.missing()).isEqualTo(2));
        assertThat(rows).extracting(it -> it.gap() == null ? 0 : it.gap().rank()).containsExactly(1, 2);
    }

    @Test
    void plansForNarrowerNeedsAddUpAndOtherNeedsDoNotCount() {
        var rows = rows(List.of(objective("hcp", List.of("one"), 0.5, new PlannedCell("aware", "dosing", 2), new PlannedCell("aware", "treatment-decision", 1),
                new PlannedCell("aware", "daily-life", 9))), List.of(), List.of());

        assertThat(rows).singleElement().satisfies(it -> assertThat(it.planned()).isEqualTo(3));
    }

    @Test
    void contentOfNoBrandMeetsEveryBrandsNeed() {
        var rows = rows(List.of(objective("hcp", List.of("one"), 0.5, new PlannedCell("aware", "dosing", 3))),
                List.of(new NeedSupply("", "hcp", "aware", 1, 0, 5), new NeedSupply("one", "hcp", "aware", 1, 2, 7)), List.of());

        var one = rows.stream().filter(it -> "one".equals(it.brand())).findFirst().orElseThrow();
        assertThat(one.approved()).isEqualTo(2);
        assertThat(one.inProgress()).isEqualTo(2);
        assertThat(one.served()).isEqualTo(12);
        assertThat(one.missing()).isEqualTo(1);
    }

    @Test
    void thePortfoliosPlanIsMetByEveryBrandsContent() {
        var rows = rows(List.of(objective("hcp", List.of(), 0.5, new PlannedCell("aware", "dosing", 2))),
                List.of(new NeedSupply("one", "hcp", "aware", 1, 0, 0), new NeedSupply("two", "hcp", "aware", 1, 0, 0)), List.of());

        assertThat(rows.stream().filter(it -> it.brand() == null).findFirst().orElseThrow().gap()).isNull();
        assertThat(rows).hasSize(3);
    }

    @Test
    void demandOfNarrowerAudiencesAndOfNoBrandCounts() {
        var rows = rows(List.of(objective("hcp", List.of("one"), 1, new PlannedCell("aware", "dosing", 1))), List.of(),
                List.of(new NeedCount("one", "hcp.nurse", "aware", 3, 1, 1), new NeedCount("", "hcp", "aware", 4, 0, 4),
                        new NeedCount("two", "hcp", "aware", 90, 0, 0), new NeedCount("one", "hcp", "", 50, 0, 0)));

        assertThat(rows.stream().filter(it -> "one".equals(it.brand()) && it.audience().equals("hcp")).findFirst().orElseThrow().demand().requests()).isEqualTo(7);
        assertThat(rows).noneMatch(it -> it.stage().isEmpty());
    }

    @Test
    void ofSeveralPlansForOneCellTheLargestIsPlanned() {
        var objectives = List.of(objective("hcp", List.of("one", "two"), 0.5, new PlannedCell("aware", "dosing", 2)),
                objective("hcp", List.of("one"), 0.9, new PlannedCell("aware", "dosing", 3)));

        assertThat(NeedCoverage.planned(NEEDS, objectives)).isEqualTo(3);
        assertThat(rows(objectives, List.of(), List.of()).getFirst()).satisfies(it -> {
            assertThat(it.brand()).isEqualTo("one");
            assertThat(it.planned()).isEqualTo(3);
            assertThat(it.weight()).isEqualTo(0.9);
        });
    }

    private static List<NeedCoverage.Row> rows(List<Objective> objectives, List<NeedSupply> supply, List<NeedCount> demand) {
        return NeedCoverage.of(NEEDS, objectives, supply, demand, REACH);
    }

    private static Objective objective(String audience, List<String> brands, double weight, PlannedCell... plan) {
        return new Objective("obj_a", "A", audience, "aware", "trying", List.of("dosing"), brands, List.of("GB"), null, "service-oriented",
                Map.of("web", 1.0), List.of(), weight, LocalDate.of(2026, 1, 1), null, List.of(plan), null);
    }
}
