package io.throughline.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The framework matrix of one audience: what the active objectives plan, what is approved, what is being made.
/// Pure: the same objectives and supply give the same matrix.
record FrameworkMatrix(List<Cell> cells, Summary summary) {

    record Key(String stage, String need) {}

    /// @param planned    items that the objectives ask for, the largest plan where several objectives cover the cell
    /// @param approved   items effective now
    /// @param inProgress items in draft or review
    /// @param objectives ids of the objectives that plan the cell
    /// @param missing    planned and not approved, never below 0
    /// @param gap        present where `missing` is above 0
    record Cell(String stage, String need, int planned, int approved, int inProgress, List<String> objectives, int missing,
            @Nullable Gap gap) {}

    /// @param rank  1 is the most urgent
    /// @param score 0 to 1: share of the plan that is missing times the weight of the heaviest objective
    record Gap(int rank, double score) {}

    /// @param planned  items planned over all cells
    /// @param approved planned items that are approved; supply beyond the plan doesn't count
    /// @param emptyCells gaps without any approved item
    record Summary(int planned, int approved, int gaps, int emptyCells) {}

    private record Plan(int items, double weight, List<String> objectives) {
        Plan with(Objective objective, int more) {
            var ids = new ArrayList<>(objectives);
            ids.add(objective.id());
            return new Plan(Math.max(items, more), Math.max(weight, objective.weight()), List.copyOf(ids));
        }
    }

    static FrameworkMatrix of(List<Objective> objectives, List<Supply.CellSupply> supply) {
        Map<Key, Plan> plans = new HashMap<>();
        for (var objective : objectives) {
            for (var cell : objective.plan()) {
                plans.merge(new Key(cell.stage(), cell.need()), new Plan(cell.items(), objective.weight(), List.of(objective.id())),
                        (old, _) -> old.with(objective, cell.items()));
            }
        }
        Map<Key, Supply.CellSupply> supplies = new HashMap<>();
        supply.forEach(it -> supplies.put(new Key(it.stage(), it.need()), it));
        var keys = new LinkedHashSet<>(plans.keySet());
        keys.addAll(supplies.keySet());
        var ranked = keys.stream()
                .filter(key -> score(plans.get(key), supplies.get(key)) > 0)
                .sorted(Comparator.comparingDouble((Key key) -> -score(plans.get(key), supplies.get(key)))
                        .thenComparing(Key::stage).thenComparing(Key::need))
                .toList();
        var cells = keys.stream()
                .sorted(Comparator.comparing(Key::stage).thenComparing(Key::need))
                .map(key -> cell(key, plans.get(key), supplies.get(key), ranked.indexOf(key) + 1))
                .toList();
        return new FrameworkMatrix(cells, summarise(cells));
    }

    private static Cell cell(Key key, @Nullable Plan plan, Supply.@Nullable CellSupply supply, int rank) {
        int planned = plan == null ? 0 : plan.items();
        int approved = supply == null ? 0 : supply.approved();
        return new Cell(key.stage(), key.need(), planned, approved, supply == null ? 0 : supply.inProgress(),
                plan == null ? List.of() : plan.objectives(), Math.max(0, planned - approved),
                rank == 0 ? null : new Gap(rank, score(plan, supply)));
    }

    private static double score(@Nullable Plan plan, Supply.@Nullable CellSupply supply) {
        if (plan == null) {
            return 0;
        }
        int missing = Math.max(0, plan.items() - (supply == null ? 0 : supply.approved()));
        return Math.round(1000.0 * missing / plan.items() * plan.weight()) / 1000.0;
    }

    private static Summary summarise(List<Cell> cells) {
        return new Summary(
                cells.stream().mapToInt(Cell::planned).sum(),
                cells.stream().mapToInt(it -> Math.min(it.planned(), it.approved())).sum(),
                (int) cells.stream().filter(it -> it.gap() != null).count(),
                (int) cells.stream().filter(it -> it.gap() != null && it.approved() == 0).count());
    }
}
