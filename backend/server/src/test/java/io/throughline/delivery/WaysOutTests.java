package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.WaysOut.Shelf;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.node.ObjectNode;

/// Every item of a shelf through every way out: whoever asks, and however, gets the same answer.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class WaysOutTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    private final Map<String, String> titles = new LinkedHashMap<>();
    Api web;
    WaysOut ways;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        ways = new WaysOut(web, Api.of(port).signIn(people.strategist().username()), Api.of(port).withKey(people.previewToken(people.channelManager())));
        brand = "ways" + System.nanoTime();
        shelf.brand(brand);
    }

    @Test
    @Tag("UK-5")
    @Tag("US-2")
    @Tag("RV-7")
    void whatMustBeShownBesideAnItemDecidesAlikeOnEveryWay() throws Exception {
        var gb = new Shelf("GB", "en-GB", brand);
        var expected = new LinkedHashMap<Item, Boolean>();
        var saf = live(gb, "safety-information", Kinds.PROMOTIONAL, safety("Safety"));
        var pi = live(gb, "prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("PI"));
        expected.put(promotion(gb, "Complete", saf, pi), true);

        var withdrawnPi = live(gb, "prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("Withdrawn PI"));
        expected.put(promotion(gb, "Without its label", saf, withdrawnPi), false);
        var endedPi = approved("prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("Ended PI"));
        shelf.published(endedPi, "GB", null, Instant.now().plusMillis(1_500).truncatedTo(ChronoUnit.MICROS));
        expected.put(promotion(gb, "With a label that ended", saf, endedPi), false);
        var futurePi = approved("prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("Future PI"));
        shelf.published(futurePi, "GB", Instant.now().plus(1, ChronoUnit.DAYS), null);
        var early = promotion(gb, "With a label that is yet to come", saf, futurePi);
        expected.put(early, false);
        var withdrawnSaf = live(gb, "safety-information", Kinds.PROMOTIONAL, safety("Withdrawn safety"));
        expected.put(promotion(gb, "Without its safety information", withdrawnSaf, pi), false);
        var otherSaf = live(gb, "safety-information", Kinds.NON_PROMOTIONAL, safety("Safety of another kind"));
        expected.put(promotion(gb, "With safety information of another kind", otherSaf, pi), false);
        shelf.withdrawn(withdrawnPi);
        shelf.withdrawn(withdrawnSaf);
        Thread.sleep(1_600);

        shelf.awaitIndex();
        assertEverywhere(gb, expected, Map.of(early, true));
        var before = Instant.now();
        var then = Map.copyOf(expected);

        shelf.published(withdrawnPi, "GB");
        var back = expected.keySet().stream().filter(item -> title(item).startsWith("Without its label")).findFirst().orElseThrow();
        expected.put(back, true);
        assertEverywhere(gb, expected, Map.of(early, true));

        shelf.withdrawn(pi);
        expected.replaceAll((item, served) -> served && !title(item).startsWith("Complete"));
        assertEverywhere(gb, expected, Map.of(early, true));

        var past = ways.at(gb, before);
        then.forEach((item, served) -> assertThat(past.contains(item.id())).as(title(item) + " in the past").isEqualTo(served));
    }

    @Test
    @Tag("EU-2")
    @Tag("US-9")
    void kindAudienceAndMarketDecideAlikeOnEveryWay() throws Exception {
        for (var place : new Shelf[] {new Shelf("GB", "en-GB", ""), new Shelf("US", "en-US", "")}) {
            for (var kind : Kinds.IN_ORDER) {
                var of = new Shelf(place.market(), place.locale(), brand + place.market().toLowerCase(java.util.Locale.ROOT) + kind);
                shelf.brand(of.brand());
                var saf = live(of, "safety-information", kind, safety("Safety " + kind));
                var pi = live(of, "prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("PI " + kind));
                var toThePublic = kind.equals(Kinds.NON_PROMOTIONAL) || (kind.equals(Kinds.PROMOTIONAL) && place.market().equals("US"));
                var expected = new LinkedHashMap<Item, Boolean>();
                expected.put(made(of, kind, "For professionals", saf, pi, "hcp"), true);
                expected.put(made(of, kind, "For cardiologists", saf, pi, "hcp.cardiology"), true);
                expected.put(made(of, kind, "For patients", saf, pi, "patient"), toThePublic);
                expected.put(made(of, kind, "For professionals and patients", saf, pi, "hcp", "patient"), toThePublic);
                expected.put(made(of, kind, "For nobody", saf, pi), false);
                shelf.awaitIndex();
                assertEverywhere(of, expected, Map.of());
            }
        }
    }

    @Test
    @Tag("US-9")
    void aSetIsOfOneKindOnEveryWay() throws Exception {
        var gb = new Shelf("GB", "en-GB", brand);
        var pi = live(gb, "prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("PI"));
        for (var kind : Kinds.IN_ORDER) {
            var saf = live(gb, "safety-information", kind, safety("Safety " + kind));
            made(gb, kind, "One " + kind, saf, pi, "hcp");
            made(gb, kind, "Another " + kind, saf, pi, "hcp");
            shelf.awaitIndex();
        }
        ways.kindsOfSets(gb).forEach((way, kinds) -> assertThat(kinds).as(way).hasSizeLessThanOrEqualTo(1));
        assertThat(ways.kindsOfSets(gb).values().stream().filter(kinds -> !kinds.isEmpty()).count()).isGreaterThanOrEqualTo(8);
    }

    /// Softly, so that a rule that is missing is seen on each way at once.
    ///
    /// @param supposed what is otherwise where everything approved counts as published
    private void assertEverywhere(Shelf of, Map<Item, Boolean> expected, Map<Item, Boolean> supposed) {
        var softly = new SoftAssertions();
        for (var way : ways.all().entrySet()) {
            var seen = way.getValue().ids(of, expected.keySet());
            expected.forEach((item, served) -> softly.assertThat(seen.contains(item.id())).as(title(item) + " by " + way.getKey() + " in " + of)
                    .isEqualTo(way.getKey().equals(WaysOut.SUPPOSING) ? supposed.getOrDefault(item, served) : served));
        }
        softly.assertAll();
    }

    private Item promotion(Shelf of, String title, Item safety, Item prescribing) {
        return made(of, Kinds.PROMOTIONAL, title, safety, prescribing, "hcp");
    }

    private Item made(Shelf of, String kind, String title, Item safety, Item prescribing, String... audience) {
        var item = shelf.written("article", kind, of.brand(), of.locale(),
                words(title).put("safetyInformation", safety.id()).put("prescribingInformation", prescribing.id()));
        titles.put(item.id(), title);
        shelf.liveFor(of.market(), of.locale(), item, audience);
        return item;
    }

    private String title(Item item) {
        return titles.getOrDefault(item.id(), "") + " (" + item.kind() + ")";
    }

    private Item live(Shelf of, String type, String kind, ObjectNode document) {
        return shelf.liveIn(of.market(), of.locale(), type, kind, of.brand(), document);
    }

    private Item approved(String type, String kind, ObjectNode document) {
        var item = shelf.written(type, kind, brand, document);
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        return item;
    }

    private static ObjectNode words(String title) {
        // a need that no other test writes for: what has no brand would take places in these sets
        return DeliveryFixture.classify(article(title).put("body", title + ": the word is waysout."), "need", "monitor-adjust");
    }
}
