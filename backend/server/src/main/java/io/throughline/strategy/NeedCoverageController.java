package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.strategy.FrameworkMatrixController.ObjectiveView;
import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NeedCoverageController {

    private static final int MOST_ROWS = 1_000;

    record Totals(int planned, int approved, int inProgress, long requests, long relaxed, long empty, int gaps) {}

    record Coverage(String need, List<String> needs, int days, List<ObjectiveView> objectives, List<NeedCoverage.Row> rows, Totals totals,
            boolean complete) {}

    private final MatrixScope scopes;
    private final Supply supply;
    private final Demand demand;
    private final Taxonomy taxonomy;

    NeedCoverageController(MatrixScope scopes, Supply supply, Demand demand, Taxonomy taxonomy) {
        this.scopes = scopes;
        this.supply = supply;
        this.demand = demand;
        this.taxonomy = taxonomy;
    }

    /// Starts from a need, over all brands that the person may see.
    @Allowed
    @GetMapping("/manage/v1/need-coverage")
    Coverage coverage(Actor actor, @RequestParam String need, @RequestParam(required = false) @Nullable String market,
            @RequestParam(required = false) @Nullable String channel, @RequestParam(required = false) @Nullable Integer days) {
        scopes.require("needs", "need", need);
        var scope = scopes.of(actor, null, FrameworkMatrixController.filters(null, market, channel, days));
        var needs = taxonomy.narrowerOrSame("needs", need);
        var wanted = scope.wanted().stream().filter(it -> it.objective().needs().stream().anyMatch(needs::contains)).toList();
        var objectives = wanted.stream().map(MatrixScope.Wanted::objective).map(it -> visible(actor, it)).toList();
        var asked = demand.countByNeed(needs, scope.demand());
        var reach = reach(objectives, asked);
        var rows = NeedCoverage.of(needs, objectives, supply.countByNeed(needs, reach, scope.supply()), asked, reach);
        var totals = supply.totalsOfNeed(needs, scope.supply());
        return new Coverage(need, inOrder(needs), scope.days(), ObjectiveView.listOf(wanted), rows.stream().limit(MOST_ROWS).toList(),
                new Totals(NeedCoverage.planned(needs, objectives), totals.approved(), totals.inProgress(),
                        asked.stream().mapToLong(Demand.NeedCount::requests).sum(), asked.stream().mapToLong(Demand.NeedCount::relaxed).sum(),
                        asked.stream().mapToLong(Demand.NeedCount::empty).sum(), (int) rows.stream().filter(it -> it.gap() != null).count()),
                rows.size() <= MOST_ROWS);
    }

    /// Of an objective for several brands only those that the person may see get rows.
    private static Objective visible(Actor actor, Objective it) {
        return it.brands().stream().allMatch(actor::mayUseBrand) ? it : it.withBrands(it.brands().stream().filter(actor::mayUseBrand).toList());
    }

    /// What is planned or asked for an audience is met by content for narrower and broader ones; other audiences stand for themselves.
    private Map<String, Set<String>> reach(List<Objective> objectives, List<Demand.NeedCount> asked) {
        var wide = new LinkedHashSet<String>();
        objectives.forEach(it -> wide.add(it.audience()));
        asked.forEach(it -> wide.add(it.audience()));
        var reach = new LinkedHashMap<String, Set<String>>();
        taxonomy.scheme("audiences").concepts().stream().map(Concept::notation).forEach(it -> {
            var members = new LinkedHashSet<String>(Set.of(it));
            if (wide.contains(it)) {
                members.addAll(taxonomy.narrowerOrSame("audiences", it));
                members.addAll(taxonomy.broaderOrSame("audiences", it));
            }
            reach.put(it, members);
        });
        return reach;
    }

    private List<String> inOrder(Set<String> needs) {
        return taxonomy.scheme("needs").concepts().stream().map(Concept::notation).filter(needs::contains).collect(Collectors.toList());
    }
}
