package io.throughline.strategy;

import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.strategy.BriefRules.Place;
import io.throughline.strategy.FrameworkMatrixController.ObjectiveView;
import io.throughline.taxonomy.Taxonomy;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BriefSuggestionController {

    private static final int MOST = 30;
    private static final int MESSAGES = 3;
    private static final int LONGEST_MESSAGE = 500;

    record Suggestions(List<ObjectiveView> objectives, List<StrategyViews.PersonName> writers, List<BriefViews.BriefItem> claims,
            List<BriefViews.BriefItem> modules, List<String> keyMessages) {}

    private final BriefRules rules;
    private final MatrixScope scopes;
    private final Supply supply;
    private final Taxonomy taxonomy;
    private final People people;
    private final Clock clock;

    BriefSuggestionController(BriefRules rules, MatrixScope scopes, Supply supply, Taxonomy taxonomy, People people, Clock clock) {
        this.rules = rules;
        this.scopes = scopes;
        this.supply = supply;
        this.taxonomy = taxonomy;
        this.people = people;
        this.clock = clock;
    }

    /// Objectives of the audience and of narrower ones. Content by classification alone: same audience line, then same need, then same stage.
    @Allowed(Role.STRATEGIST)
    @GetMapping("/manage/v1/brief-suggestions")
    Suggestions suggest(Actor actor, @RequestParam String audience, @RequestParam String stage, @RequestParam String need, @RequestParam String market,
            @RequestParam(required = false) @Nullable String brand) {
        scopes.require("audiences", "audience", audience);
        scopes.require("stages", "stage", stage);
        scopes.require("needs", "need", need);
        scopes.require("markets", "market", market);
        if ((brand != null && !actor.mayUseBrand(brand)) || !actor.mayUseMarket(market)) {
            throw Problem.NOT_FOUND.because("There is no such brand or market, or it is not yours to read. Choose another in the filters.");
        }
        var now = clock.instant();
        var place = new Place(audience, stage, need, brand, market);
        var audiences = new LinkedHashSet<>(taxonomy.narrowerOrSame("audiences", audience));
        audiences.addAll(taxonomy.broaderOrSame("audiences", audience));
        // of the brand or of none: what checkContent will accept
        var question = new Supply.Question(audiences, null, market, null, brand == null ? Set.of() : Set.of(brand), null, now, MatrixScope.day(now));
        var needs = new LinkedHashSet<>(taxonomy.narrowerOrSame("needs", need));
        needs.addAll(taxonomy.broaderOrSame("needs", need));
        var claims = supply.listFitting(question, "claim", stage, needs, MOST);
        return new Suggestions(ObjectiveView.listOf(rules.listWithin(actor, place, now)), writers(place), items(claims),
                items(supply.listFitting(question, "module", stage, needs, MOST)),
                claims.stream().map(Supply.Fitting::text).filter(Objects::nonNull).map(it -> it.strip().replaceAll("\\s+", " "))
                        .filter(it -> !it.isEmpty() && it.length() <= LONGEST_MESSAGE).limit(MESSAGES).toList());
    }

    private List<StrategyViews.PersonName> writers(Place place) {
        return people.list().stream().filter(it -> BriefRules.mayWrite(it.asActor(), it.suspended(), place))
                .map(it -> new StrategyViews.PersonName(it.id(), it.displayName())).toList();
    }

    private static List<BriefViews.BriefItem> items(List<Supply.Fitting> fitting) {
        return fitting.stream().map(it -> new BriefViews.BriefItem(it.id(), it.key(), it.title(), it.type(), it.text())).toList();
    }
}
