package io.throughline.strategy;

import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.PeopleFixture;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Strategies that are active, so that other tests tell only their own story.
@Component
public class StrategyFixture {

    private final StrategyDesk desk;
    private final StrategyLifecycle lifecycle;
    private final PeopleFixture people;

    StrategyFixture(StrategyDesk desk, StrategyLifecycle lifecycle, PeopleFixture people) {
        this.desk = desk;
        this.lifecycle = lifecycle;
        this.people = people;
    }

    /// Stated, stored, approved and activated from now on; answers with the strategy's id.
    public String active(String name, @Nullable String brand, String... objectives) {
        var author = people.strategist();
        var lead = people.person("stefan.lead", "Stefan Lead", Set.of(Role.STRATEGIST), Set.of("*"), Set.of("*")).asActor();
        if (!(desk.state(author, name, brand) instanceof StrategyDesk.Outcome.Stated(var strategy))) {
            throw new AssertionError("not stated");
        }
        var document = Json.mapper().readValue("{\"summary\": \"\", \"objectives\": [" + String.join(",", objectives) + "]}", StrategyDocument.class);
        var stored = desk.store(author, strategy.id(), document);
        if (!(stored instanceof StrategyDesk.Outcome.Stored(var version))) {
            throw new AssertionError(stored);
        }
        var approved = lifecycle.approve(lead, strategy.id(), 1, version.sha256(), "It says what we want.",
                new SigningCredentials(lead.username(), PeopleFixture.PASSWORD), SigningSession.batch());
        var activated = lifecycle.activate(author, strategy.id(), 1, null, null, "The board agreed.");
        if (!(activated instanceof StrategyDesk.Outcome.Activated)) {
            throw new AssertionError(approved + " " + activated);
        }
        return strategy.id();
    }

    /// @param fields further JSON fields, each overriding or adding: `"brands": ["a"]`
    public static String objective(String id, String... fields) {
        var objective = Json.parse("""
                {"id": "%s", "name": "Objective %s", "audience": "hcp.primary-care", "fromStage": "considering", "toStage": "trying",
                 "needs": ["dosing"], "brands": [], "markets": ["GB"], "engagementModel": "service-oriented", "channelMix": {"web": 1.0},
                 "valueExchange": ["education"], "weight": 0.8, "from": "2020-01-01",
                 "plan": [{"stage": "considering", "need": "dosing", "items": 3}],
                 "measurementPlan": {"kpi": "First visits", "baseline": 34, "target": 45, "smallestSample": 180,
                                     "from": "2020-01-01", "until": "2040-01-01"}}
                """.formatted(id, id));
        for (var field : fields) {
            Json.parse("{" + field + "}").properties().forEach(it -> ((tools.jackson.databind.node.ObjectNode) objective).set(it.getKey(), it.getValue()));
        }
        return objective.toString();
    }
}
