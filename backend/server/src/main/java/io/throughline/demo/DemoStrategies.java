package io.throughline.demo;

import io.throughline.demo.DemoFiles.DemoStrategy;
import io.throughline.identity.People;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.strategy.StrategyDesk;
import io.throughline.strategy.StrategyDocument;
import io.throughline.strategy.StrategyLifecycle;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// States, approves and activates the demo's strategies. Their days are counted from the day of loading.
@Component
class DemoStrategies {

    private static final String REASON = "Approved by the portfolio board.";

    private final StrategyDesk desk;
    private final StrategyLifecycle lifecycle;
    private final People people;
    private final Clock clock;

    DemoStrategies(StrategyDesk desk, StrategyLifecycle lifecycle, People people, Clock clock) {
        this.desk = desk;
        this.lifecycle = lifecycle;
        this.people = people;
        this.clock = clock;
    }

    @Transactional
    void load(SigningSession session) {
        var strategist = people.findByUsername(DemoPeople.STRATEGIST).orElseThrow().asActor();
        var lead = people.findByUsername(DemoPeople.STRATEGY_LEAD).orElseThrow().asActor();
        DemoFiles.strategies().forEach(it -> activate(strategist, lead, session, it));
    }

    private void activate(Actor strategist, Actor lead, SigningSession session, DemoStrategy strategy) {
        if (!(desk.state(strategist, strategy.name(), strategy.brand()) instanceof StrategyDesk.Outcome.Stated(var stated))) {
            throw new IllegalStateException("the strategy '" + strategy.name() + "' can't be stated");
        }
        var document = Json.object().put("summary", strategy.summary());
        var objectives = document.putArray("objectives");
        strategy.objectives().forEach(it -> objectives.add(dated(it)));
        if (!(desk.store(strategist, stated.id(), Json.mapper().convertValue(document, StrategyDocument.class))
                instanceof StrategyDesk.Outcome.Stored(var version))) {
            throw new IllegalStateException("the strategy '" + strategy.name() + "' breaks its rules");
        }
        var approval = lifecycle.approve(lead, stated.id(), version.number(), version.sha256(), REASON,
                new SigningCredentials(lead.username(), DemoPeople.PASSWORD), session);
        if (!(approval instanceof StrategyDesk.Outcome.Approved)) {
            throw new IllegalStateException("the strategy '" + strategy.name() + "' can't be approved: " + approval);
        }
        var activation = lifecycle.activate(strategist, stated.id(), version.number(), null, null, REASON);
        if (!(activation instanceof StrategyDesk.Outcome.Activated)) {
            throw new IllegalStateException("the strategy '" + strategy.name() + "' can't be activated: " + activation);
        }
    }

    private ObjectNode dated(ObjectNode objective) {
        var dated = objective.deepCopy();
        date(dated);
        if (dated.get("measurementPlan") instanceof ObjectNode plan) {
            date(plan);
        }
        return dated;
    }

    private void date(ObjectNode node) {
        node.put("from", day(node, "fromDay"));
        node.put("until", day(node, "untilDay"));
    }

    private String day(ObjectNode node, String field) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(node.remove(field).asInt()).toString();
    }
}
