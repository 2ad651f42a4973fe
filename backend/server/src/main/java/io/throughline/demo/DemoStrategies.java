package io.throughline.demo;

import io.throughline.demo.DemoFiles.DemoStrategy;
import io.throughline.identity.People;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.strategy.StrategyDesk;
import io.throughline.strategy.StrategyDocument;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/// States and activates the demo's strategies. Their days are counted from the day of loading.
@Component
class DemoStrategies {

    private final StrategyDesk desk;
    private final People people;
    private final Clock clock;

    DemoStrategies(StrategyDesk desk, People people, Clock clock) {
        this.desk = desk;
        this.people = people;
        this.clock = clock;
    }

    @Transactional
    void load() {
        var strategist = people.findByUsername(DemoPeople.STRATEGIST).orElseThrow().asActor();
        DemoFiles.strategies().forEach(it -> activate(strategist, it));
    }

    private void activate(Actor strategist, DemoStrategy strategy) {
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
        var activation = desk.activate(strategist, stated.id(), version.number(), null, null, "Approved by the portfolio board.");
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
