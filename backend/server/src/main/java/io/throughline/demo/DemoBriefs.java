package io.throughline.demo;

import io.throughline.delivery.DemandHistory;
import io.throughline.demo.DemoFiles.DemoBrief;
import io.throughline.identity.People;
import io.throughline.strategy.BriefDesk;
import io.throughline.strategy.Strategies;
import io.throughline.strategy.Supply;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What the demo's channels asked for in the last days, and the briefs that its strategist made of the gaps.
@Component
class DemoBriefs {

    private static final int DAYS = 10;
    private static final int CLAIMS = 2;

    private final BriefDesk desk;
    private final Strategies strategies;
    private final Supply supply;
    private final DemandHistory demand;
    private final People people;
    private final Clock clock;

    DemoBriefs(BriefDesk desk, Strategies strategies, Supply supply, DemandHistory demand, People people, Clock clock) {
        this.desk = desk;
        this.strategies = strategies;
        this.supply = supply;
        this.demand = demand;
        this.people = people;
        this.clock = clock;
    }

    @Transactional
    void load() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int ago = 0; ago < DAYS; ago++) {
            var day = today.minusDays(ago);
            DemoFiles.demand().forEach(it -> demand.addRequests(day, it.channel(), it.audience(), it.stage(), it.need(), it.market(),
                    it.brand() == null ? "" : it.brand(), it.requests(), it.relaxed(), it.empty()));
            demand.addUse(day, "web");
        }
        DemoFiles.briefs().forEach(it -> brief(it, today));
    }

    private void brief(DemoBrief it, LocalDate today) {
        var strategist = people.findByUsername(DemoPeople.STRATEGIST).orElseThrow().asActor();
        var writer = people.findByUsername(DemoPeople.WRITER).orElseThrow();
        var strategy = strategies.activeAt(clock.instant(), it.brand()).orElseThrow();
        var fitting = supply.listFitting(new Supply.Question(Set.of(it.audience(), "hcp"), null, it.market(), null, Set.of(it.brand()), null,
                clock.instant(), today), "claim", it.stage(), Set.of(it.need()), CLAIMS);
        var outcome = desk.create(strategist, new BriefDesk.NewBrief(strategy.id(), it.objective(), it.audience(), it.stage(), it.need(), it.brand(),
                it.market(), it.title(), it.keyMessages(), fitting.stream().map(Supply.Fitting::id).toList(), List.of(), today.plusDays(it.dueDay()),
                writer.id()));
        if (!(outcome instanceof BriefDesk.Outcome.Done)) {
            throw new IllegalStateException("the brief '" + it.title() + "' can't be written: " + outcome);
        }
    }
}
