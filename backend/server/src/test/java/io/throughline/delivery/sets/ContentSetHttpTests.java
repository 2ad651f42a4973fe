package io.throughline.delivery.sets;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ContentSetHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api web;
    String brand;
    String path;

    /// Each test has a brand of its own, so that the sets of others do not come into its way.
    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        brand = "brand" + BRAND.incrementAndGet();
        shelf.brand(brand);
        path = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand;
    }

    @Test
    void aContextIsAnsweredWithWhatWasPublishedForIt() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Starting low"));
        var answer = web.get(path);
        assertThat(answer.status()).isEqualTo(200);
        var set = answer.json();
        assertThat(set.path("slots").get(0).path("items").get(0).path("id").asString()).isEqualTo(item.id());
        assertThat(set.path("items").path(item.id()).path("html").asString()).contains("<strong>slow</strong>");
        assertThat(set.path("context").path("brand").get(0).asString()).isEqualTo(brand);
        assertThat(answer.header("ETag").orElseThrow()).matches("\"cs-[0-9a-f]+\"");
        assertThat(answer.header("Cache-Control").orElseThrow()).isEqualTo("private, no-cache");
        assertThat(answer.header("Surrogate-Key").orElseThrow()).contains("item-" + item.id(), "market-GB");
        assertThat(Long.parseLong(answer.header("Content-Sequence").orElseThrow())).isPositive();
    }

    @Test
    void theSameContextGivesTheSameBytesWhateverTheOrderOfItsParameters() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Two"));
        var reordered = "/v1/content-sets?brand=" + brand + "&locale=en-GB&market=GB&need=dosing&stage=considering&audience=hcp.primary-care";
        assertThat(web.get(reordered).body()).isEqualTo(web.get(path).body()).isEqualTo(web.get(path + "&explain=false&limit=20").body());
    }

    @Test
    void whoHasTheAnswerIsToldSo() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var etag = web.get(path).header("ETag").orElseThrow();
        var again = web.get(path, "If-None-Match", "W/\"other\", " + etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Two"));
        assertThat(web.get(path, "If-None-Match", etag).status()).isEqualTo(200);
    }

    @RepeatedTest(5)
    void whatIsPublishedIsThereAtOnce() {
        web.get(path);
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        assertThat(web.get(path).body()).contains(item.id());
    }

    @RepeatedTest(20)
    @Tag("RV-7")
    void whatIsWithdrawnIsGoneAtOnceFromTheCacheToo() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        assertThat(web.get(path).body()).contains(item.id());
        shelf.withdrawn(item);
        assertThat(web.get(path).body()).doesNotContain(item.id());
        assertThat(web.get("/v1/items/" + item.key() + "?market=GB&locale=en-GB").status()).isEqualTo(410);
    }

    @Test
    @Tag("RV-7")
    void nothingIsServedPastItsWindowThoughNoJobCameBy() throws Exception {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Short"));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(item, "GB", null, Instant.now().truncatedTo(ChronoUnit.MICROS).plusMillis(700));
        var answer = web.get(path);
        assertThat(answer.body()).contains(item.id());
        assertThat(answer.header("Cache-Control")).hasValue("private, no-cache");
        Thread.sleep(750);
        assertThat(web.get(path).body()).doesNotContain(item.id());
    }

    @Test
    void whatIsScheduledComesWhenItsWindowOpens() throws Exception {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Later"));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(item, "GB", Instant.now().truncatedTo(ChronoUnit.MICROS).plusMillis(900), null);
        assertThat(web.get(path).body()).doesNotContain(item.id());
        Thread.sleep(950);
        assertThat(web.get(path).body()).contains(item.id());
    }

    /// Reads promotion only: what other tests published can't stand in for it.
    private Api promotionOnly() {
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_test_promotion_0123456789",
                new NewApiKey("promotion", Set.of("GB"), Set.of("en-GB"), Set.of(Kinds.PROMOTIONAL), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        return Api.of(port).withKey("tlk_test_promotion_0123456789");
    }

    @Test
    @Tag("US-2")
    void promotionComesWithItsSafetyInformationOrNotAtAll() {
        var web = promotionOnly();
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("PI"));
        var item = shelf.live("article", Kinds.PROMOTIONAL, brand,
                article("Promo").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        var set = web.get(path).json();
        assertThat(set.path("slots").get(3).path("name").asString()).isEqualTo("safety");
        assertThat(set.path("slots").get(3).path("mandatory").asBoolean()).isTrue();
        assertThat(set.path("slots").get(3).path("items").get(0).path("id").asString()).isEqualTo(saf.id());
        assertThat(set.path("items").path(item.id()).path("prescribingInformation").path("url").asString()).isEqualTo("https://label.example/pi");
        shelf.published(saf, "GB", Instant.now().plus(1, ChronoUnit.DAYS), null);
        var refused = web.get(path);
        assertThat(refused.status()).as("it is effective again tomorrow").isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("mandatory-slot-empty");
        shelf.withdrawn(saf);
        var left = web.get(path);
        assertThat(left.status()).as("what holds it has left with it").isEqualTo(200);
        assertThat(left.body()).doesNotContain(item.id());
    }

    @Test
    @Tag("UK-5")
    void aNewLabelReplacesTheOldOneInWhatWasPublishedBefore() {
        var web = promotionOnly();
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("PI"));
        var item = shelf.live("article", Kinds.PROMOTIONAL, brand,
                article("Promo").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        var etag = web.get(path).header("ETag");
        shelf.publishedAnew(pi, "GB");
        assertThat(web.get(path).header("ETag")).isEqualTo(etag); // the same words under a new pointer
        shelf.withdrawn(pi);
        assertThat(web.get(path).status()).isEqualTo(409);
        assertThat(item.id()).isNotEmpty();
    }

    @Test
    @Tag("EU-2")
    void patientsNeverGetPromotion() {
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("PI"));
        var promo = shelf.live("article", Kinds.PROMOTIONAL, brand,
                article("Promo").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        // by rows alone: publishing it would be refused
        var plain = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(classify(article("Plain"), "audience", "patient"), "stage", "patient.starting"));
        var set = web.get("/v1/content-sets?audience=patient&stage=patient.starting&need=dosing&market=GB&locale=en-GB&explain=true&brand=" + brand);
        assertThat(set.json().path("items").propertyNames()).containsExactly(plain.id());
        assertThat(set.json().path("excluded").valueStream().filter(it -> it.path("id").asString().equals(promo.id())).findFirst().orElseThrow()
                .path("rule").asString()).isEqualTo("EU-2");
    }

    @Test
    @Tag("GD-5")
    void anExplanationNamesWhatWasLeftOutAndIsNotCached() {
        var german = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Elsewhere"));
        shelf.approved(german, "en-GB", "US", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(german, "US");
        var gone = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Gone"));
        shelf.withdrawn(gone);
        var answer = web.get(path + "&explain=true");
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        var rules = answer.json().path("excluded").valueStream()
                .collect(java.util.stream.Collectors.toMap(it -> it.path("id").asString(), it -> it.path("rule").asString()));
        assertThat(rules).containsEntry(german.id(), "allowedMarket").containsEntry(gone.id(), "withdrawn");
    }

    @Test
    void thePastIsAnsweredAsItWas() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Then"));
        var then = web.get(path);
        var at = Instant.now();
        shelf.withdrawn(item);
        assertThat(web.get(path).body()).doesNotContain(item.id());
        assertThat(web.get(path + "&at=" + at).body()).isEqualTo(then.body());
        assertThat(web.get(path + "&at=" + Instant.now().plusSeconds(60)).status()).isEqualTo(400);
    }

    @Test
    @Tag("S10")
    void whatTheKeyMayNotReadAnswersLikeWhatIsNotThere() {
        var item = shelf.live("article", Kinds.SCIENTIFIC_EXCHANGE, brand, article("Science"));
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_test_narrow_0123456789",
                new NewApiKey("narrow", Set.of("GB"), Set.of("en-GB"), Set.of(Kinds.NON_PROMOTIONAL), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        var narrow = Api.of(port).withKey("tlk_test_narrow_0123456789");
        var hidden = narrow.get("/v1/items/" + item.key() + "?market=GB&locale=en-GB");
        var missing = narrow.get("/v1/items/ART-999999?market=GB&locale=en-GB");
        var otherMarket = narrow.get("/v1/items/" + item.key() + "?market=US&locale=en-US");
        var noMarket = narrow.get("/v1/items/" + item.key() + "?market=XX&locale=en-GB");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(withoutTrace(hidden)).isEqualTo(withoutTrace(missing)).isEqualTo(withoutTrace(otherMarket)).isEqualTo(withoutTrace(noMarket));
        assertThat(narrow.get(path).body()).doesNotContain(item.id());
        assertThat(narrow.get(path.replace("market=GB", "market=DE")).status()).isEqualTo(404);
        assertThat(narrow.get(path + "&explain=true").status()).isEqualTo(400);
        assertThat(narrow.get(path + "&at=2026-01-01T00:00:00Z").status()).isEqualTo(400);
        assertThat(narrow.get("/v1/items/" + item.key()).status()).isEqualTo(404); // its only market and locale
    }

    @ParameterizedTest
    @Tag("S4")
    @Tag("S14")
    @ValueSource(strings = {"&colour=red", "&audience=hcp", "&limit=0", "&limit=101", "&limit=ten", "&limit=0x10", "&limit=%2310", "&limit=010", "&limit=1e1",
            "&limit=1%200", "&limit=%2B10", "&limit=99999999999", "&explain=truE", "&explain=1", "&explain=on", "&seen=", "&seen=itm_1", "&brand=", "&brand=none",
            "&fallback=always", "&at=yesterday", "&explain=perhaps", "&brand=a'%3Bdrop%20table%20item%3B--"})
    void aParameterThatMeansNothingIsRefused(String more) {
        var answer = web.get(path.replace("&brand=" + brand, "") + more);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("invalid-query");
    }

    @ParameterizedTest
    @Tag("S4")
    @ValueSource(strings = {"audience", "market", "locale", "stage", "need"})
    void anUnknownOrMissingConceptIsNamed(String parameter) {
        var broken = path.replaceAll(parameter + "=[^&]+", parameter + "=nobody'--");
        var answer = web.get(broken);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("path").asString()).isEqualTo(parameter);
    }

    @Test
    @Tag("S10")
    void aMarketOrLocaleThatCouldBeOneReadsAsNotFound() {
        for (var unread : List.of("market=ZZ", "locale=xx-XX")) {
            assertThat(web.get(path.replaceAll(unread.replaceAll("=.*", "") + "=[^&]+", unread)).status()).as(unread).isEqualTo(404);
        }
    }

    @Test
    void withoutAKeyThereIsNothing() {
        assertThat(Api.of(port).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).withKey("tlk_wrong").get("/v1/items/ART-1?market=GB&locale=en-GB").status()).isEqualTo(401);
    }

    @Test
    void aRequestMayWaitForASequence() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        long head = jdbc.sql("select value from content_sequence").query(Long.class).single();
        assertThat(web.get(path, "Min-Sequence", Long.toString(head)).status()).isEqualTo(200);
        assertThat(web.get(path, "Min-Sequence", Long.toString(head + 1000)).json().path("code").asString()).isEqualTo("not-yet-visible");
        assertThat(web.get(path, "Min-Sequence", "soon").status()).isEqualTo(400);
    }

    @Test
    void oneItemIsServedWithItsEtag() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("One"));
        var byKey = web.get("/v1/items/" + item.key() + "?market=GB&locale=en-GB");
        var byId = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB");
        assertThat(byKey.status()).isEqualTo(200);
        assertThat(byKey.body()).isEqualTo(byId.body());
        assertThat(web.get("/v1/items/" + item.key() + "?market=GB&locale=en-GB", "If-None-Match", byKey.header("ETag").orElseThrow()).status()).isEqualTo(304);
        assertThat(web.get("/v1/items/" + item.key()).status()).isEqualTo(400); // this key reads several markets
    }

    private static String withoutTrace(Api.Answer answer) {
        return answer.body().replaceAll("\"(traceId|instance)\":\"[^\"]*\"", "");
    }
}
