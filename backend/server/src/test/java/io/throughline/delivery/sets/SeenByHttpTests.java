package io.throughline.delivery.sets;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.ActiveStrategyFixture;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@Import({DeliveryFixture.class, ActiveStrategyFixture.class, PeopleFixture.class})
@ExtendWith(OutputCaptureExtension.class)
class SeenByHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();
    private static final String TWICE_AND_TWO_CONTACTS = "{\"contacts\": 2, \"perDays\": 30, \"itemRepeats\": 2, \"itemPerDays\": 7}";

    @Autowired DeliveryFixture shelf;
    @Autowired ActiveStrategyFixture strategies;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    Api web;
    String brand;
    String path;
    String reader;

    @BeforeEach
    void aBrandAndAReaderOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        brand = "reader" + BRAND.incrementAndGet();
        shelf.brand(brand);
        path = "/v1/content-sets?audience=hcp.primary-care&stage=considering&market=GB&locale=en-GB&brand=" + brand;
        reader = "hcp-" + UUID.randomUUID();
    }

    private String mine() {
        return path + "&seenBy=" + reader;
    }

    private void shown(Item item, String receipt, Instant when) {
        var event = Json.object().put("specversion", "1.0").put("id", UUID.randomUUID().toString()).put("source", "/apps/portal").put("type", "shown")
                .put("time", when.toString()).put("subject", reader);
        event.putObject("data").put("receipt", receipt).put("item", item.id());
        assertThat(web.post("/v1/events", Json.text(List.of(event))).json().path("accepted").asInt()).isEqualTo(1);
    }

    private static JsonNode slot(JsonNode set, String name) {
        return set.path("slots").valueStream().filter(slot -> slot.path("name").asString().equals(name)).findFirst().orElseThrow();
    }

    private static String lead(JsonNode set) {
        return slot(set, "lead").path("items").path(0).path("id").asString("nobody");
    }

    private Item promotion() {
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("PI"));
        return shelf.live("article", Kinds.PROMOTIONAL, brand, article("Promo").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
    }

    /// Reads promotion only: what other tests published can't stand in for it.
    private Api promotionOnly() {
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_test_budget_0123456789",
                new NewApiKey("budget", Set.of("GB"), Set.of("en-GB"), Set.of(Kinds.PROMOTIONAL), BrandScope.EVERY, true, true, Instant.now().plusSeconds(3600)));
        return Api.of(port).withKey("tlk_test_budget_0123456789");
    }

    @Test
    @Tag("S30")
    void whatOneReaderHasSeenComesLaterForThatReaderOnlyAndNobodyMayKeepTheAnswer() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var second = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Two"));
        var plain = web.get(path);
        var set = web.get(mine()).json();
        assertThat(lead(set)).isEqualTo(second.id());
        shown(second, set.path("receipt").asString(), Instant.now());

        var again = web.get(mine());
        assertThat(lead(again.json())).isNotEqualTo(second.id());
        assertThat(again.header("Cache-Control")).hasValue("private, no-store");
        assertThat(again.body()).doesNotContain(reader);
        var other = web.get(path + "&seenBy=hcp-" + UUID.randomUUID());
        assertThat(lead(other.json())).isEqualTo(second.id());
        assertThat(web.get(path).body()).isEqualTo(plain.body());
        assertThat(web.get(path).header("Cache-Control").orElseThrow()).isEqualTo("private, no-cache");
    }

    @Test
    void anItemThatWasShownAsOftenAsTheStrategyAllowsIsOmitted() {
        strategies.activate(brand, "obj_reader", 0.9, TWICE_AND_TWO_CONTACTS);
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Often"));
        var receipt = web.get(path).json().path("receipt").asString();
        shown(item, receipt, Instant.now());
        assertThat(web.get(mine()).body()).contains(item.id());
        shown(item, receipt, Instant.now());

        var set = web.get(mine() + "&explain=true").json();
        assertThat(set.path("items").has(item.id())).isFalse();
        assertThat(set.path("excluded").valueStream().filter(it -> it.path("id").asString().equals(item.id())).findFirst().orElseThrow()
                .path("rule").asString()).isEqualTo("frequency-cap");
        // what the reader asks for is not kept from them
        assertThat(web.get(mine() + "&need=dosing").json().path("items").has(item.id())).isTrue();
        assertThat(web.get(path).json().path("items").has(item.id())).isTrue();
    }

    @Test
    void whatWasShownBeforeThePeriodDoesNotCount() {
        strategies.activate(brand, "obj_reader", 0.9, TWICE_AND_TWO_CONTACTS);
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Long ago"));
        var receipt = web.get(path).json().path("receipt").asString();
        shown(item, receipt, Instant.now().minusSeconds(7 * 86_400 + 60));
        shown(item, receipt, Instant.now());
        assertThat(web.get(mine()).json().path("items").has(item.id())).isTrue();
        shown(item, receipt, Instant.now().minusSeconds(7 * 86_400 - 60));
        assertThat(web.get(mine()).json().path("items").has(item.id())).isFalse();
    }

    @Test
    void aSpentContactBudgetLeavesPromotionalSlotsEmptyForThatReaderUntilThePeriodIsOver() {
        var web = promotionOnly();
        strategies.activate(brand, "obj_reader", 0.9, "{\"contacts\": 2, \"perDays\": 30, \"itemRepeats\": 100, \"itemPerDays\": 7}");
        var item = promotion();
        var receipt = web.get(path).json().path("receipt").asString();
        assertThat(web.get(path).json().path("items").has(item.id())).isTrue();
        shown(item, receipt, Instant.now().minusSeconds(2 * 86_400));
        shown(item, receipt, Instant.now().minusSeconds(2 * 86_400)); // the same set on the same day is the same contact
        assertThat(web.get(mine()).json().path("items").has(item.id())).isTrue();
        shown(item, receipt, Instant.now());

        var set = web.get(mine() + "&explain=true").json();
        assertThat(slot(set, "lead").path("items")).isEmpty();
        assertThat(slot(set, "lead").path("emptyReason").asString()).isEqualTo("contact-budget");
        assertThat(set.path("excluded").valueStream().filter(it -> it.path("id").asString().equals(item.id())).findFirst().orElseThrow()
                .path("rule").asString()).isEqualTo("contact-budget");
        assertThat(slot(web.get(mine() + "&need=dosing").json(), "lead").path("emptyReason").asString()).isEqualTo("contact-budget");
        assertThat(web.get(path).json().path("items").has(item.id())).isTrue();
        assertThat(web.get(path + "&seenBy=hcp-" + UUID.randomUUID()).json().path("items").has(item.id())).isTrue();
    }

    @Test
    void aMeetingWithAPersonIsAContactToo() {
        var web = promotionOnly();
        strategies.activate(brand, "obj_reader", 0.9, "{\"contacts\": 1, \"perDays\": 30, \"itemRepeats\": 100, \"itemPerDays\": 7}");
        promotion();
        assertThat(slot(web.get(mine()).json(), "lead").path("items")).hasSize(1);
        var event = Json.object().put("specversion", "1.0").put("id", "m1").put("source", "/apps/tablet/" + reader).put("type", "interaction")
                .put("time", Instant.now().toString()).put("subject", reader);
        assertThat(web.post("/v1/events", Json.text(List.of(event))).json().path("accepted").asInt()).isEqualTo(1);
        assertThat(slot(web.get(mine()).json(), "lead").path("emptyReason").asString()).isEqualTo("contact-budget");
    }

    @Test
    void aReadersPastIsAnsweredAsItWas() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var second = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Two"));
        var then = web.get(mine());
        var at = Instant.now();
        shown(second, then.json().path("receipt").asString(), Instant.now().minusSeconds(60)); // comes late, and counts from when it came
        assertThat(web.get(mine()).body()).isNotEqualTo(then.body());
        assertThat(web.get(mine() + "&at=" + at).body()).isEqualTo(then.body());
    }

    @Test
    @Tag("S29")
    @Tag("GD-1")
    void theKeyOfAReaderIsInNoLog(CapturedOutput output) {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var receipt = web.get(mine()).json().path("receipt").asString();
        web.get(mine() + "&explain=true");
        web.get(mine() + "&limit=0");
        web.get(mine() + "&colour=red");
        web.get(mine() + "@example.org");
        assertThat(web.get(mine() + "@example.org").body()).doesNotContain(reader);
        web.post("/v1/events", "[{\"subject\": \"" + reader + "\", \"data\": {\"receipt\": \"" + receipt + "\"}}]");
        web.post("/v1/events", "[{\"subject\": \"" + reader + "\"");
        assertThat(output.getAll()).doesNotContain(reader);
    }

    @ParameterizedTest
    @Tag("S4")
    @Tag("S14")
    @ValueSource(strings = {"", "x", "a%00b1234567", "';drop%20table%20person--1", "a%0d%0ab1234567", "%3Cscript%3E1234567", "..%2f..%2fetc1234", "Jane%20Smith",
            "jane%40example.org", "%2B442079460958", "020-7946-0958", "020.7946.0958", "${7*7}1234567", "1234567%ff", "*"})
    void aHostileKeyIsRefused(String key) {
        var answer = web.get(path + "&seenBy=" + key.replace("{", "%7B").replace("}", "%7D").replace("$", "%24"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("invalid-query");
    }

    @Test
    @Tag("GD-1")
    void opaqueKeysOfEveryFormAreTaken() {
        var random = new Random();
        for (int i = 0; i < 10; i++) {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            for (var key : List.of(HexFormat.of().formatHex(bytes), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), "%010d".formatted(random.nextLong(10_000_000_000L)),
                    "hcp-" + random.nextLong(10_000_000L, 10_000_000_000L), UUID.randomUUID().toString(), "01ARZ3NDEKTSV4RRFFQ69G5FA" + i, "V1StGXR8_Z5jdHi6B-my" + i,
                    "7946-0958-aa" + i)) {
                assertThat(web.get(path + "&seenBy=" + key).status()).as(key).isEqualTo(200);
            }
        }
    }

    @Test
    @Tag("S31")
    void aKeyIsNoLongerThanItsLimit() {
        assertThat(web.get(path + "&seenBy=p1" + "x".repeat(198)).status()).isEqualTo(200);
        assertThat(web.get(path + "&seenBy=p1" + "x".repeat(199)).status()).isEqualTo(400);
    }

    @Test
    @Tag("S31")
    void fiveHundredSeenItemsFitAndOneMoreIsRefused() {
        var ids = IntStream.range(0, 501).mapToObj(i -> "itm_01JD8Z7Q4T0000000000%06d".formatted(i)).collect(Collectors.toList());
        var refused = web.get(path + "&seen=" + String.join(",", ids));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errors").get(0).path("path").asString()).isEqualTo("seen");
        ids.removeLast();
        assertThat(web.get(path + "&seen=" + String.join(",", ids)).status()).isEqualTo(200);
        assertThat(web.get(path + "&seen=" + ids.getFirst() + "&seenBy=" + reader).status()).isEqualTo(400);
    }
}
