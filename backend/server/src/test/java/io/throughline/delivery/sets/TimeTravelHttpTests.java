package io.throughline.delivery.sets;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.ActiveStrategyFixture;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@IntegrationTest
@Import({DeliveryFixture.class, ActiveStrategyFixture.class, PeopleFixture.class})
class TimeTravelHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    /// What a channel got at an instant.
    record Moment(String what, Instant at, int status, String body) {}

    @Autowired DeliveryFixture shelf;
    @Autowired ActiveStrategyFixture strategies;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    final List<Moment> moments = new ArrayList<>();
    Api web;
    String brand;
    String path;

    @BeforeEach
    void aBrandAndAKeyForPromotionOnly() {
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_test_travel_0123456789",
                new NewApiKey("travel", Set.of("GB"), Set.of("en-GB"), Set.of(Kinds.PROMOTIONAL), BrandScope.EVERY, true, true, Instant.now().plusSeconds(3600)));
        web = Api.of(port).withKey("tlk_test_travel_0123456789");
        brand = "travel" + BRAND.incrementAndGet();
        shelf.brand(brand);
        path = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand;
    }

    private void remember(String what) {
        var answer = web.get(path);
        moments.add(new Moment(what, Instant.now(), answer.status(), answer.body()));
    }

    @Test
    void everyInstantOfThePastGivesTheBytesThatWereServedThen() {
        remember("nothing yet");
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("PI"));
        remember("safety information alone");
        var first = shelf.live("article", Kinds.PROMOTIONAL, brand, article("First").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        remember("first published");
        var second = shelf.live("article", Kinds.PROMOTIONAL, brand, article("Second").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        remember("second published");
        strategies.activate(brand, "obj_travel", 0.9, "null");
        remember("strategy active");
        shelf.publishedAnew(first, "GB");
        remember("first superseded");
        shelf.withdrawn(second);
        remember("second withdrawn");
        shelf.published(saf, "GB", Instant.now().plusSeconds(3600), null);
        remember("safety information effective later only");
        shelf.published(saf, "GB");
        remember("safety information back");
        shelf.withdrawn(saf);
        remember("safety information withdrawn, and what holds it gone with it");
        shelf.published(saf, "GB");
        shelf.published(first, "GB");
        remember("both back");

        assertThat(moments).extracting(Moment::status).contains(409);
        assertThat(moments.stream().map(Moment::body).distinct()).hasSizeGreaterThanOrEqualTo(6);
        for (var moment : moments) {
            var again = web.get(path + "&at=" + moment.at());
            assertThat(again.status()).as(moment.what()).isEqualTo(moment.status());
            if (moment.status() == 200) {
                assertThat(again.body()).as(moment.what()).isEqualTo(moment.body());
                assertThat(again.header("Cache-Control")).hasValue("private, no-store");
            }
        }
    }

    @Test
    void beforeTheFirstChangeThereWasNothing() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Later"));
        var answer = web.get(path + "&at=1999-01-01T00:00:00Z");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items")).isEmpty();
        assertThat(answer.header("Content-Sequence")).hasValue("0");
    }

    @Test
    @Tag("GD-5")
    void thePastIsExplainedToo() {
        var all = Api.of(port).withKey(people.webKey());
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Gone"));
        var at = Instant.now();
        shelf.withdrawn(item);
        var then = all.get(path + "&explain=true&at=" + at).json();
        assertThat(then.path("items").has(item.id())).isTrue();
        assertThat(then.path("excluded").valueStream().map(it -> it.path("id").asString())).doesNotContain(item.id());
        var parts = then.path("slots").get(0).path("items").get(0).path("scoreParts");
        assertThat(parts.path("need").asDouble()).isEqualTo(0.3);
        assertThat(parts.propertyNames()).containsExactly("need", "stage", "objective", "unseen", "evidence", "freshness", "brand", "audience");
    }

    @ParameterizedTest
    @Tag("S4")
    @ValueSource(strings = {"2999-01-01T00:00:00Z", "yesterday", "2026-11-21", "2026-11-21T09:40:00", "-1", "1e9", "+1000000000-12-31T23:59:59Z", "",
            "2026-02-30T00:00:00Z", "-999999999-01-01T00:00:00Z", "0000-00-00T00:00:00Z", "'%3B--"})
    void anInstantThatIsNoneOrLiesAheadIsRefused(String at) {
        assertThat(web.get(path + "&at=" + at.replace("+", "%2B")).status()).isEqualTo(400);
    }

    @Test
    @Tag("S10")
    void withoutTheRightThereIsNoPastAndNoExplanation() {
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_test_plain_0123456789",
                new NewApiKey("plain", Set.of("GB"), Set.of("en-GB"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        var plain = Api.of(port).withKey("tlk_test_plain_0123456789");
        assertThat(plain.get(path + "&explain=true").status()).isEqualTo(400);
        assertThat(plain.get(path + "&at=2026-01-01T00:00:00Z").status()).isEqualTo(400);
        assertThat(plain.get(path + "&explain=false").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(strings = {"/v1//content-sets", "/v1/content-sets/", "/v1/content-sets;x=1", "/v1;x/content-sets", "/v1/%63ontent-sets",
            "/v1/x/%2e%2e/content-sets", "/v1/x/../content-sets", "/V1/content-sets", "/v1/content-sets%2f", "/v1/content-sets%00", "/v1\\content-sets"})
    void otherSpellingsOfTheAddressNeverGetMoreThanTheirKey(String spelling) {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var address = path.replace("/v1/content-sets", spelling.replace("\\", "%5c"));
        var stranger = Api.of(port).get(address);
        assertThat(stranger.status()).isBetween(400, 404);
        assertThat(stranger.body()).doesNotContain("cs_");
    }
}
