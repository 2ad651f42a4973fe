package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class CandidatesTests {

    @Autowired Catalogue catalogue;
    @Autowired CandidateSource index;
    @Autowired DeliveryFixture shelf;

    @Test
    void theIndexAndPostgresAloneAgreeAtEverySequence() throws InterruptedException {
        var random = new Random(7);
        for (int i = 0; i < 30; i++) {
            var document = DeliveryFixture.article("Candidate " + i);
            DeliveryFixture.classify(document, "need", List.of("dosing", "treatment-decision", "daily-life").get(random.nextInt(3)));
            DeliveryFixture.classify(document, "stage", List.of("considering", "trying", "adopted", "unaware").get(random.nextInt(4)));
            var item = shelf.live("article", Kinds.IN_ORDER.get(1 + random.nextInt(2)), null, document);
            if (random.nextInt(4) == 0) {
                shelf.withdrawn(item);
            }
            agree(); // while the index lags behind
        }
        for (int i = 0; i < 300 && catalogue.indexedUpTo() < catalogue.head(); i++) {
            Thread.sleep(50);
        }
        assertThat(catalogue.indexedUpTo()).isEqualTo(catalogue.head());
        assertThat(agree()).isPositive();
    }

    private int agree() {
        var withIndex = new Candidates(catalogue, index);
        var without = new Candidates(catalogue, queries -> {
            throw new CandidateSource.Unavailable("away", new java.io.IOException());
        });
        var context = Shelf.context("dosing", "considering", "trying");
        var now = Instant.now();
        Set<Candidate> expected = new HashSet<>(without.prove(context, without.ask(context, now), now));
        assertThat(new HashSet<>(withIndex.prove(context, withIndex.ask(context, now), now))).isEqualTo(expected);
        return expected.size();
    }
}
