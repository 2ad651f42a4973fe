package io.throughline.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The framework matrix of one audience: what the active objectives plan, what is approved, what is being made, what
/// channels ask for and what they are given. Pure: the same facts give the same matrix.
record FrameworkMatrix(List<Cell> cells, Summary summary) {

    record Key(String stage, String need) {}

    /// @param planned    items that the objectives ask for, the largest plan where several objectives cover the cell
    /// @param approved   items effective now
    /// @param inProgress items in draft or review
    /// @param objectives ids of the objectives that plan the cell
    /// @param missing    planned and not approved, never below 0
    /// @param weight     of the heaviest objective that plans the cell; 0 without a plan
    /// @param gap        present where `missing` is above 0
    record Cell(String stage, String need, int planned, int approved, int inProgress, List<String> objectives, int missing, double weight,
            CellDemand demand, CellUse use, @Nullable Gap gap) {

        static Cell empty(String stage, String need) {
            return new Cell(stage, need, 0, 0, 0, List.of(), 0, 0, CellDemand.NONE, CellUse.NONE, null);
        }
    }

    /// Set requests for the cell; `relaxed` and `empty` are parts of `requests`.
    ///
    /// @param share 0 to 1: against the cell that is asked for most; 0 where nothing is asked for
    record CellDemand(long requests, long relaxed, long empty, double share) {
        static final CellDemand NONE = new CellDemand(0, 0, 0, 0);

        static CellDemand of(long requests, long relaxed, long empty, long most) {
            return new CellDemand(requests, relaxed, empty, most == 0 ? 0 : thousandths((double) requests / most));
        }
    }

    /// @param served      times that approved items of the cell were in a set
    /// @param usedItems   approved items that ever were
    /// @param neverServed approved items that never were
    /// @param shown       times that channels said they had shown them, which is less than served where a channel is silent or filters
    /// @param shownItems  approved items that channels ever said so of
    record CellUse(long served, int usedItems, int neverServed, double neverServedShare, long shown, int shownItems) {
        static final CellUse NONE = new CellUse(0, 0, 0, 0, 0, 0);
    }

    /// @param rank  1 is the most urgent
    /// @param score 0 to 2, see [#score]
    record Gap(int rank, double score) {}

    /// @param planned  items planned over all cells
    /// @param approved planned items that are approved; supply beyond the plan doesn't count
    /// @param emptyCells gaps without any approved item
    /// @param requests all set requests, those that named no stage or no need (`unplacedRequests`) too
    record Summary(int planned, int approved, int gaps, int emptyCells, long requests, long relaxed, long empty, long unplacedRequests) {}

    private record Plan(int items, double weight, List<String> objectives) {
        Plan with(Objective objective, int more) {
            var ids = new ArrayList<>(objectives);
            ids.add(objective.id());
            return new Plan(Math.max(items, more), Math.max(weight, objective.weight()), List.copyOf(ids));
        }
    }

    static FrameworkMatrix of(List<Objective> objectives, List<Supply.CellSupply> supply, List<Demand.CellCount> demand) {
        Map<Key, Plan> plans = new HashMap<>();
        for (var objective : objectives) {
            for (var cell : objective.plan()) {
                plans.merge(new Key(cell.stage(), cell.need()), new Plan(cell.items(), objective.weight(), List.of(objective.id())),
                        (old, _) -> old.with(objective, cell.items()));
            }
        }
        Map<Key, Supply.CellSupply> supplies = new HashMap<>();
        supply.forEach(it -> supplies.put(new Key(it.stage(), it.need()), it));
        Map<Key, Demand.CellCount> demands = new HashMap<>();
        demand.stream().filter(FrameworkMatrix::isPlaced).forEach(it -> demands.put(new Key(it.stage(), it.need()), it));
        long most = demands.values().stream().mapToLong(Demand.CellCount::requests).max().orElse(0);
        var keys = new LinkedHashSet<>(plans.keySet());
        keys.addAll(supplies.keySet());
        keys.addAll(demands.keySet());
        var cells = keys.stream()
                .map(key -> cell(key, plans.get(key), supplies.get(key), demands.get(key), most))
                .sorted(Comparator.comparing(Cell::stage).thenComparing(Cell::need))
                .toList();
        var ranked = ranked(cells);
        return new FrameworkMatrix(ranked, summarise(ranked, demand));
    }

    /// How urgent a gap is: weight of its heaviest objective × share of the plan that is missing × (1 + share of the demand).
    ///
    /// What strategy wants and nobody asks for yet stays a gap at its weight; what is asked for most counts up to twice.
    /// Demand alone makes no gap: what nobody planned is for the strategist to plan first.
    static double score(double weight, int planned, int approved, double demandShare) {
        return planned == 0 ? 0 : thousandths(weight * Math.max(0, planned - approved) / planned * (1 + demandShare));
    }

    private static boolean isPlaced(Demand.CellCount count) {
        return !count.stage().isEmpty() && !count.need().isEmpty();
    }

    private static Cell cell(Key key, @Nullable Plan plan, Supply.@Nullable CellSupply supply, Demand.@Nullable CellCount asked, long most) {
        int planned = plan == null ? 0 : plan.items();
        int approved = supply == null ? 0 : supply.approved();
        double weight = plan == null ? 0 : plan.weight();
        var demand = asked == null ? CellDemand.NONE : CellDemand.of(asked.requests(), asked.relaxed(), asked.empty(), most);
        double score = score(weight, planned, approved, demand.share());
        return new Cell(key.stage(), key.need(), planned, approved, supply == null ? 0 : supply.inProgress(),
                plan == null ? List.of() : plan.objectives(), Math.max(0, planned - approved), weight, demand, use(supply),
                score > 0 ? new Gap(0, score) : null);
    }

    private static CellUse use(Supply.@Nullable CellSupply supply) {
        if (supply == null || supply.approved() == 0) {
            return CellUse.NONE;
        }
        int never = Math.max(0, supply.approved() - supply.used());
        return new CellUse(supply.served(), supply.used(), never, thousandths((double) never / supply.approved()), supply.shown(), supply.shownItems());
    }

    private static List<Cell> ranked(List<Cell> cells) {
        var order = cells.stream()
                .filter(it -> it.gap() != null)
                .sorted(Comparator.comparingDouble((Cell it) -> it.gap() == null ? 0 : -it.gap().score())
                        .thenComparing(Cell::stage).thenComparing(Cell::need))
                .toList();
        return cells.stream()
                .map(it -> it.gap() == null ? it : new Cell(it.stage(), it.need(), it.planned(), it.approved(), it.inProgress(), it.objectives(),
                        it.missing(), it.weight(), it.demand(), it.use(), new Gap(order.indexOf(it) + 1, it.gap().score())))
                .toList();
    }

    private static double thousandths(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static Summary summarise(List<Cell> cells, List<Demand.CellCount> demand) {
        return new Summary(
                cells.stream().mapToInt(Cell::planned).sum(),
                cells.stream().mapToInt(it -> Math.min(it.planned(), it.approved())).sum(),
                (int) cells.stream().filter(it -> it.gap() != null).count(),
                (int) cells.stream().filter(it -> it.gap() != null && it.approved() == 0).count(),
                demand.stream().mapToLong(Demand.CellCount::requests).sum(),
                demand.stream().mapToLong(Demand.CellCount::relaxed).sum(),
                demand.stream().mapToLong(Demand.CellCount::empty).sum(),
                demand.stream().filter(it -> !isPlaced(it)).mapToLong(Demand.CellCount::requests).sum());
    }
}
