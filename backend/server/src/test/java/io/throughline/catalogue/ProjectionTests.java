package io.throughline.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.delivery.Plainly;
import io.throughline.delivery.choice.Admission;
import io.throughline.delivery.choice.Selection;
import io.throughline.delivery.choice.SetContext;
import io.throughline.delivery.choice.Shelf;
import io.throughline.delivery.sets.PastCatalogue;
import io.throughline.strategy.Strategies;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ProjectionTests {

    @Autowired CatalogueProjection projection;
    @Autowired CatalogueClock clock;
    @Autowired PastCatalogue past;
    @Autowired DeliveryFixture shelf;
    @Autowired Strategies strategies;
    @Autowired JdbcClient jdbc;
    @Autowired DataSource dataSource;

    private record Remembered(SetContext context, Instant at, List<Candidate> selected) {}

    private List<Candidate> everything() {
        return jdbc.sql("""
                        select p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
                               p.effective_from, p.effective_until, p.started_sequence, p.facets
                          from publication p where p.ended_sequence is null
                        """).query((row, _) -> Catalogue.read(row)).list();
    }

    private List<Candidate> selected(SetContext context, Instant now) {
        assertThat(clock.awaitSequence(jdbc.sql("select value from content_sequence").query(Long.class).single())).isTrue();
        var market = projection.current().market(context.market());
        var selection = new Selection(context, market::publications, now);
        selection.offerAll(market, Long.MAX_VALUE);
        return served(selection, context, now);
    }

    private static List<Candidate> served(Selection selection, SetContext context, Instant now) {
        return selection.candidates().stream().filter(candidate -> Admission.refuse(context, candidate, selection.paired(), now).isEmpty())
                .sorted(Plainly.BY_ID).toList();
    }

    @Test
    void memoryAndPostgresAgreeAfterEveryChangeAndEveryMomentCanBeComeBackTo() throws InterruptedException {
        var random = new Random(7);
        var live = new ArrayList<Item>();
        var moments = new ArrayList<Remembered>();
        for (int i = 0; i < 40; i++) {
            var document = DeliveryFixture.article("Candidate " + i);
            DeliveryFixture.classify(document, "need", List.of("dosing", "treatment-decision", "daily-life").get(random.nextInt(3)));
            DeliveryFixture.classify(document, "stage", List.of("considering", "trying", "adopted", "unaware").get(random.nextInt(4)));
            if (live.isEmpty() || random.nextInt(3) > 0) {
                live.add(shelf.live("article", Kinds.IN_ORDER.get(1 + random.nextInt(2)), null, document));
            } else if (random.nextBoolean()) {
                shelf.withdrawn(live.remove(random.nextInt(live.size())));
            } else { // the same version again, scheduled: the one before is superseded at once
                shelf.published(live.get(random.nextInt(live.size())), "GB", Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(3_600), null);
            }
            for (var context : List.of(Shelf.dosingForGps(), Shelf.context("daily-life", "adopted", "improving-outcomes"))) {
                var now = Instant.now();
                var selected = selected(context, now);
                assertThat(selected).isEqualTo(Plainly.select(context, everything(), now));
                moments.add(new Remembered(context, now, selected));
            }
            Thread.sleep(2); // a change takes its moment from the clock
        }
        for (var moment : moments) {
            var then = past.select(moment.context(), projection.current(), past.headAt(moment.at()), moment.at());
            assertThat(served(then.selection(), moment.context(), moment.at())).isEqualTo(moment.selected());
        }
    }

    @Test
    void whatIsReadAnewEqualsWhatFollowedTheChanges() throws SQLException {
        shelf.withdrawn(shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Short")));
        shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Long"));
        var anew = new CatalogueProjection(strategies, Clock.systemUTC());
        try (var connection = dataSource.getConnection()) {
            anew.load(connection);
        }
        assertThat(clock.awaitSequence(anew.current().sequence())).isTrue();
        assertThat(anew.current().sequence()).isEqualTo(projection.current().sequence());
        assertThat(anew.current().activation()).isEqualTo(projection.current().activation());
        for (var code : anew.current().markets().keySet()) {
            assertThat(candidates(projection.current().market(code))).isEqualTo(candidates(anew.current().market(code)));
        }
        assertThat(projection.current().count()).isEqualTo(anew.current().count());
    }

    private static List<Candidate> candidates(MarketCatalogue market) {
        var found = new ArrayList<Candidate>();
        for (int ordinal = 0; ordinal < market.size; ordinal++) {
            if (!market.free.get(ordinal)) {
                found.add(market.candidate(ordinal));
            }
        }
        found.sort(Plainly.BY_ID);
        return found;
    }
}
