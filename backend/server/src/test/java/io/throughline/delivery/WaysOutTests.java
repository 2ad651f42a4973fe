package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// Every item of a shelf through every way out: whoever asks, and however, gets the same answer.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class WaysOutTests {

    private static final String SHELF = "market=GB&locale=en-GB";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    private final Map<String, String> titles = new LinkedHashMap<>();
    Api web;
    Api strategist;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        strategist = Api.of(port).signIn(people.strategist().username());
        brand = "ways" + System.nanoTime();
        shelf.brand(brand);
    }

    @Test
    @Tag("UK-5")
    @Tag("US-2")
    @Tag("RV-7")
    void whatMustBeShownBesideAnItemDecidesAlikeOnEveryWay() throws Exception {
        var expected = new LinkedHashMap<Item, Boolean>();
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, brand, prescribing("PI"));
        expected.put(promotion("Complete", saf, pi), true);

        var withdrawnPi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, brand, prescribing("Withdrawn PI"));
        expected.put(promotion("Without its label", saf, withdrawnPi), false);
        var endedPi = approved("prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("Ended PI"));
        shelf.published(endedPi, "GB", null, Instant.now().plusMillis(1_500).truncatedTo(ChronoUnit.MICROS));
        expected.put(promotion("With a label that ended", saf, endedPi), false);
        var futurePi = approved("prescribing-information", Kinds.NON_PROMOTIONAL, prescribing("Future PI"));
        shelf.published(futurePi, "GB", Instant.now().plus(1, ChronoUnit.DAYS), null);
        expected.put(promotion("With a label that is yet to come", saf, futurePi), false);
        var withdrawnSaf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Withdrawn safety"));
        expected.put(promotion("Without its safety information", withdrawnSaf, pi), false);
        shelf.withdrawn(withdrawnPi);
        shelf.withdrawn(withdrawnSaf);
        Thread.sleep(1_600);

        awaitListed("Complete");
        assertEverywhere(expected);

        shelf.published(withdrawnPi, "GB");
        var back = expected.keySet().stream().filter(item -> title(item).startsWith("Without its label")).findFirst().orElseThrow();
        expected.put(back, true);
        assertEverywhere(expected);

        shelf.withdrawn(pi);
        expected.replaceAll((item, served) -> served && !title(item).startsWith("Complete"));
        assertEverywhere(expected);
    }

    /// Softly, so that a rule that is missing is seen on each way at once.
    private void assertEverywhere(Map<Item, Boolean> expected) throws Exception {
        var softly = new SoftAssertions();
        for (var way : ways().entrySet()) {
            var seen = way.getValue().ids();
            expected.forEach((item, served) -> softly.assertThat(seen.contains(item.id())).as(title(item) + " by " + way.getKey()).isEqualTo(served));
        }
        expected.forEach((item, served) -> {
            var answer = web.get("/v1/items/" + item.id() + "?" + SHELF);
            softly.assertThat(answer.status() == 200).as(title(item) + " by its id: " + answer.status()).isEqualTo(served);
        });
        softly.assertAll();
    }

    private interface Way {
        List<String> ids() throws Exception;
    }

    private Map<String, Way> ways() {
        var context = "audience=hcp.primary-care&stage=considering&need=dosing&limit=20&" + SHELF + "&brand=" + brand;
        var ways = new LinkedHashMap<String, Way>();
        ways.put("a list", () -> ids(web.get("/v1/items?limit=100&" + SHELF + "&brand=" + brand).json().path("items")));
        ways.put("a search", () -> ids(web.get("/v1/items?limit=100&q=waysout&" + SHELF + "&brand=" + brand).json().path("items")));
        ways.put("sync", this::synced);
        ways.put("content sets", () -> placed(web.get("/v1/content-sets?" + context).json()));
        ways.put("the channel's preview", () -> {
            var channel = strategist.get("/manage/v1/channels").json().path("channels").valueStream()
                    .filter(it -> it.path("key").asString().equals("web")).findFirst().orElseThrow().path("id").asString();
            return placed(strategist.get("/manage/v1/channels/" + channel + "/content-set?" + context).json().path("set"));
        });
        return ways;
    }

    private List<String> placed(JsonNode set) {
        var ids = new ArrayList<String>();
        set.path("items").propertyNames().forEach(ids::add);
        return ids;
    }

    private List<String> synced() {
        var ids = new ArrayList<String>();
        var page = web.get("/v1/sync?initial=true&limit=100&" + SHELF).json();
        while (true) {
            page.path("changes").forEach(change -> ids.add(change.at("/item/id").asString("")));
            if (!page.path("hasMore").asBoolean()) {
                return ids;
            }
            page = web.get("/v1/sync?token=" + page.path("nextToken").asString()).json();
        }
    }

    private static List<String> ids(JsonNode items) {
        return items.valueStream().map(item -> item.path("id").asString()).toList();
    }

    private void awaitListed(String title) throws InterruptedException {
        var deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (Instant.now().isBefore(deadline)) {
            if (web.get("/v1/items?limit=100&" + SHELF + "&brand=" + brand).body().contains(title)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(title + " is not listed");
    }

    private Item promotion(String title, Item safety, Item prescribing) {
        var item = shelf.live("article", Kinds.PROMOTIONAL, brand,
                words(title).put("safetyInformation", safety.id()).put("prescribingInformation", prescribing.id()));
        titles.put(item.id(), title);
        return item;
    }

    private String title(Item item) {
        return titles.getOrDefault(item.id(), "");
    }

    private Item approved(String type, String kind, tools.jackson.databind.node.ObjectNode document) {
        var item = shelf.written(type, kind, brand, document);
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        return item;
    }

    private static tools.jackson.databind.node.ObjectNode words(String title) {
        return article(title).put("body", title + ": the word is waysout.");
    }
}
