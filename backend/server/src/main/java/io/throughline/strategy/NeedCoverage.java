package io.throughline.strategy;

import io.throughline.strategy.FrameworkMatrix.CellDemand;
import io.throughline.strategy.FrameworkMatrix.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One need over all brands: by brand, audience and stage, what is planned, approved, being made, asked for and served. Pure.
///
/// An objective without brands plans for the portfolio (no brand); one with several plans as much for each of them, as the
/// matrix with its brand filter does. Content without a brand meets every brand's need, so it counts for each.
final class NeedCoverage {

    record Key(String brand, String audience, String stage) {}

    /// @param brand null for what belongs to none
    record Row(@Nullable String brand, String audience, String stage, int planned, double weight, int approved, int inProgress, int missing,
            CellDemand demand, long served, @Nullable Gap gap) {}

    private static final class Plan {
        final Map<String, Integer> byNeed = new HashMap<>();
        double weight;

        int items() {
            return byNeed.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private NeedCoverage() {}

    /// @param needs  the need with its narrower ones
    /// @param supply for the audiences as rows have them
    /// @param demand with exact audiences; those within `reach` of a row's audience count for it
    /// @param reach  audience of a row to the audiences that count for it
    /// @return gaps first, by rank; then by brand, audience and stage
    static List<Row> of(Set<String> needs, List<Objective> objectives, List<Supply.NeedSupply> supply, List<Demand.NeedCount> demand,
            Map<String, Set<String>> reach) {
        var plans = plans(needs, objectives);
        Map<Key, Supply.NeedSupply> supplies = new HashMap<>();
        supply.forEach(it -> supplies.put(new Key(it.brand(), it.audience(), it.stage()), it));
        var keys = new LinkedHashSet<>(plans.keySet());
        keys.addAll(supplies.keySet());
        demand.stream().filter(it -> !it.stage().isEmpty()).forEach(it -> keys.add(new Key(it.brand(), it.audience(), it.stage())));
        Map<Key, long[]> asked = new HashMap<>();
        keys.forEach(key -> asked.put(key, asked(key, demand, reach.getOrDefault(key.audience(), Set.of(key.audience())))));
        long most = asked.values().stream().mapToLong(it -> it[0]).max().orElse(0);
        var rows = new ArrayList<Row>();
        keys.forEach(key -> rows.add(row(key, plans.get(key), supplies, asked.getOrDefault(key, new long[3]), most)));
        rows.sort(Comparator.comparingDouble((Row it) -> it.gap() == null ? 0 : -it.gap().score())
                .thenComparing(it -> it.brand() == null ? "" : it.brand()).thenComparing(Row::audience).thenComparing(Row::stage));
        var ranked = new ArrayList<Row>();
        rows.forEach(it -> ranked.add(it.gap() == null ? it : new Row(it.brand(), it.audience(), it.stage(), it.planned(), it.weight(), it.approved(),
                it.inProgress(), it.missing(), it.demand(), it.served(), new Gap(ranked.size() + 1, it.gap().score()))));
        return List.copyOf(ranked);
    }

    /// Items planned for the need over all audiences and stages; of several objectives for one cell the largest plan counts.
    static int planned(Set<String> needs, List<Objective> objectives) {
        record Cell(String audience, String stage, String need) {}
        Map<Cell, Integer> cells = new HashMap<>();
        objectives.forEach(objective -> objective.plan().stream().filter(it -> needs.contains(it.need()))
                .forEach(it -> cells.merge(new Cell(objective.audience(), it.stage(), it.need()), it.items(), Math::max)));
        return cells.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<Key, Plan> plans(Set<String> needs, List<Objective> objectives) {
        Map<Key, Plan> plans = new HashMap<>();
        for (var objective : objectives) {
            var brands = objective.brands().isEmpty() ? List.of("") : objective.brands();
            for (var cell : objective.plan()) {
                if (needs.contains(cell.need())) {
                    brands.forEach(brand -> {
                        var plan = plans.computeIfAbsent(new Key(brand, objective.audience(), cell.stage()), _ -> new Plan());
                        plan.byNeed.merge(cell.need(), cell.items(), Math::max);
                        plan.weight = Math.max(plan.weight, objective.weight());
                    });
                }
            }
        }
        return plans;
    }

    private static long[] asked(Key key, List<Demand.NeedCount> demand, Set<String> audiences) {
        var sums = new long[3];
        demand.stream()
                .filter(it -> it.stage().equals(key.stage()) && audiences.contains(it.audience()) && (it.brand().isEmpty() || it.brand().equals(key.brand())))
                .forEach(it -> {
                    sums[0] += it.requests();
                    sums[1] += it.relaxed();
                    sums[2] += it.empty();
                });
        return sums;
    }

    /// For the portfolio (no brand) the content of every brand counts.
    private static Row row(Key key, @Nullable Plan plan, Map<Key, Supply.NeedSupply> supplies, long[] asked, long most) {
        int approved = 0;
        int inProgress = 0;
        long served = 0;
        for (var it : supplies.values()) {
            boolean counts = it.audience().equals(key.audience()) && it.stage().equals(key.stage())
                    && (it.brand().equals(key.brand()) || it.brand().isEmpty() && plan != null || key.brand().isEmpty() && plan != null);
            if (counts) {
                approved += it.approved();
                inProgress += it.inProgress();
                served += it.served();
            }
        }
        int planned = plan == null ? 0 : plan.items();
        double weight = plan == null ? 0 : plan.weight;
        var demand = CellDemand.of(asked[0], asked[1], asked[2], most);
        double score = FrameworkMatrix.score(weight, planned, approved, demand.share());
        return new Row(key.brand().isEmpty() ? null : key.brand(), key.audience(), key.stage(), planned, weight, approved, inProgress,
                Math.max(0, planned - approved), demand, served, score > 0 ? new Gap(0, score) : null);
    }
}
