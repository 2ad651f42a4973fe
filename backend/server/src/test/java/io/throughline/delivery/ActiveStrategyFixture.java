package io.throughline.delivery;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.Ids;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Brand strategies that are active by rows alone.
@TestComponent
public class ActiveStrategyFixture {

    private final JdbcClient jdbc;
    private final PeopleFixture people;
    private final CatalogueLog log;
    private final CatalogueClock clock;
    private final TransactionTemplate transaction;

    ActiveStrategyFixture(JdbcClient jdbc, PeopleFixture people, CatalogueLog log, CatalogueClock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.people = people;
        this.log = log;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// One objective for `hcp` from considering to trying over dosing, in GB.
    ///
    /// @return the strategy's id
    public String activate(String brand, String objective, double weight, String contactPolicy) {
        var id = Ids.next("str");
        var by = people.writer().id();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        long sequence = transaction.execute(_ -> {
            jdbc.sql("insert into strategy (id, name, scope, brand, created_by, created_at) values (:id, :brand, 'brand', :brand, :by, :now)")
                    .param("id", id).param("brand", brand).param("by", by).param("now", now).update();
            jdbc.sql("""
                            insert into strategy_version (strategy_id, number, document, sha256, created_by, created_at)
                            values (:id, 1, cast(:document as jsonb), 'x', :by, :now)
                            """)
                    .param("id", id).param("by", by).param("now", now).param("document", """
                            {"summary": "", "objectives": [{"id": "%s", "name": "Start well", "audience": "hcp", "fromStage": "considering", "toStage": "trying",
                              "needs": ["dosing"], "brands": [], "markets": ["GB"], "engagementModel": "service-oriented", "channelMix": {"web": 1},
                              "valueExchange": [], "weight": %s, "from": "2020-01-01", "plan": [], "segments": [], "contactPolicy": %s}]}
                            """.formatted(objective, weight, contactPolicy)).update();
            long taken = log.append(CatalogueLog.Change.STRATEGY_ACTIVATED, null, null, null, null, id, "For the test.", by);
            jdbc.sql("""
                            insert into strategy_activation (strategy_id, number, active_from, reason, activated_by, activated_at, sequence)
                            values (:id, 1, :now, 'For the test.', :by, :now, :sequence)
                            """).param("id", id).param("by", by).param("now", now).param("sequence", taken).update();
            return taken;
        });
        clock.awaitSequence(sequence);
        return id;
    }
}
