package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Actor;
import io.throughline.shared.CatalogueLog;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What was published before a grade or a rule existed gets it by a change of its own, and the past stays as it was.
@IntegrationTest
@TestPropertySource(properties = "throughline.db.delivery-connections=9") // and so a database of its own
@Import({DeliveryFixture.class, PeopleFixture.class})
class RebindingTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired Rebinding rebinding;
    @Autowired RebindingJob job;
    @Autowired PublicationLedger ledger;
    @Autowired CatalogueLog log;
    @Autowired MarketPacks packs;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @LocalServerPort int port;

    Api web;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        brand = "rebound" + BRAND.incrementAndGet();
        shelf.brand(brand);
    }

    @Test
    void anOldPublicationGetsItsGradeAndWhatWasAnsweredBeforeIsAnsweredTheSame() throws Exception {
        var item = cited();
        var old = publishedAsBefore(item);
        awaitSequence();
        var then = Instant.now();
        Thread.sleep(5);
        assertThat(reasons(set(""))).doesNotContain("evidence:published");
        var past = set("&at=" + then);
        var document = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB");

        assertThat(rebinding.bindAnew(old, item.id(), packs.get("GB"))).isTrue();
        awaitSequence();

        assertThat(reasons(set(""))).contains("evidence:published");
        assertThat(score(set(""), item)).isGreaterThan(score(past, item));
        assertThat(set("&at=" + then).path("slots")).isEqualTo(past.path("slots"));
        var after = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB");
        assertThat(after.body()).isEqualTo(document.body());
        assertThat(after.header("ETag")).isEqualTo(document.header("ETag"));
        assertThat(shelf.current(item)).hasSize(1).doesNotContain(old);
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.get("/manage/v1/audit?subjectId=" + item.id()).json().path("entries").valueStream()
                .map(it -> it.path("reason").asString(""))).contains("bound anew to the rules of GB, version " + packs.get("GB").version());
    }

    @Test
    void whatIsBoundAlreadyStaysAsItIs() {
        var item = cited();
        shelf.published(item, "GB");
        var rows = Footprint.of(jdbc);
        assertThat(rebinding.bindAnew(shelf.current(item).getFirst(), item.id(), packs.get("GB"))).isFalse();
        assertThat(Footprint.of(jdbc)).isEqualTo(rows);
    }

    @Test
    void aNewRuleOfTheMarketOmitsWhatWasPublishedBeforeUnderItsIdButNotInThePast() throws Exception {
        var item = cited();
        shelf.published(item, "GB");
        var then = Instant.now();
        Thread.sleep(5);
        assertThat(set("").path("items").has(item.id())).isTrue();

        assertThat(rebinding.bindAnew(shelf.current(item).getFirst(), item.id(), withRule())).isTrue();
        awaitSequence();

        assertThat(set("").path("items").has(item.id())).isFalse();
        assertThat(set("&explain=true").path("excluded").valueStream().map(it -> it.path("id").asString() + " " + it.path("rule").asString()))
                .contains(item.id() + " GB-9");
        assertThat(set("&at=" + then).path("items").has(item.id())).isTrue();
    }

    @Test
    @Tag("UK-1")
    void bytesThatNobodyCertifiedAreLeftAlone() {
        var item = cited();
        var old = publishedAsBefore(item);
        new TransactionTemplate(transactions).executeWithoutResult(_ -> {
            // past the trigger that keeps approvals
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("update approval set version_sha256 = repeat('0', 64) where item_id = :id").param("id", item.id()).update();
        });
        assertThat(rebinding.bindAnew(old, item.id(), packs.get("GB"))).isFalse();
    }

    @Test
    void theJobGoesThroughAMarketOnceAndASecondTimeAfterItsPackRose() {
        var item = cited();
        var old = publishedAsBefore(item);
        var gb = packs.get("GB");
        job.run();
        assertThat(shelf.current(item)).as("nothing was published before in a new installation").containsExactly(old);

        jdbc.sql("update market_binding set pack = pack - 1 where market = 'GB'").update();
        for (int i = 0; i < 100 && jdbc.sql("select done_at is null or pack < :version from market_binding where market = 'GB'").param("version", gb.version())
                .query(Boolean.class).single(); i++) {
            job.run();
        }
        assertThat(shelf.current(item)).hasSize(1).doesNotContain(old);
        long sequence = sequence();
        job.run();
        assertThat(sequence()).isEqualTo(sequence);
    }

    @RepeatedTest(20)
    void whoeverWithdrawsAtThatMomentFindsItOnceAndItIsGone() throws Exception {
        var item = cited();
        var old = publishedAsBefore(item);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> anew = () -> rebinding.bindAnew(old, item.id(), packs.get("GB"));
            Callable<Object> away = () -> shelf.withdrawn(item);
            for (var one : threads.invokeAll(List.of(anew, anew, away))) {
                one.get();
            }
        }
        assertThat(shelf.current(item)).isEmpty();
        assertThat(web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status()).isEqualTo(410);
    }

    /// Its reference is a journal article with a DOI.
    private Item cited() {
        var document = article("Cited");
        document.putArray("references").addObject().put("id", "ref_1").putObject("csl").put("id", "ref_1").put("type", "article-journal").put("title", "A trial").put("DOI", "10.5555/trial.1");
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, document);
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400));
        return item;
    }

    /// As a server published that knew neither grades nor rules; answers with the publication's id.
    private String publishedAsBefore(Item item) {
        var first = shelf.published(item, "GB");
        return new TransactionTemplate(transactions).execute(_ -> {
            var now = Instant.now();
            var facets = ledger.readFacets(first.id());
            long ended = log.append(CatalogueLog.Change.SUPERSEDED, first.id(), item.id(), "en-GB", "GB", null, null, Actor.system().id());
            ledger.end(first.id(), ended, now, "superseded");
            var id = Ids.next("pub");
            long sequence = log.append(CatalogueLog.Change.PUBLISHED, id, item.id(), "en-GB", "GB", null, null, Actor.system().id());
            ledger.appendLike(first.id(), id, sequence, now, new PublishedFacets(facets.key(), facets.title(), facets.approvedAt(), facets.audience(),
                    facets.stage(), facets.need(), facets.topic(), facets.indication(), facets.channel(), facets.slots(), facets.efficacyClaim(),
                    facets.safetyInformation(), facets.prescribingInformation(), null, null, null));
            return id;
        });
    }

    private MarketPack withRule() {
        return withRule(packs.get("GB"));
    }

    static MarketPack withRule(MarketPack gb) {
        var rule = Json.parseObject("{\"id\": \"GB-9\", \"type\": \"allowedChannel\", \"channels\": [\"email\"], \"message\": \"By e-mail only.\", \"source\": \"US-2\"}");
        return new MarketPack(gb.market(), gb.version() + 1, gb.locales(), gb.defaultLocale(), gb.localeFallback(), gb.jobCodePattern(), gb.disciplines(),
                gb.signatory(), gb.joinedDuties(), gb.approvalMaxMonths(), gb.adverseEventStatement(), gb.imprint(), gb.binding(), gb.impact(), gb.prescribingInformationRequired(), gb.promotionToPublicAllowed(),
                gb.promotionAudiences(), gb.requireForm2253(), gb.certificateWording(), List.of(rule), gb.sources());
    }

    private JsonNode set(String more) {
        var answer = web.get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand + more);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> reasons(JsonNode set) {
        return set.path("slots").valueStream().flatMap(it -> it.path("items").valueStream()).flatMap(it -> it.path("reasons").valueStream())
                .map(JsonNode::asString).toList();
    }

    private static double score(JsonNode set, Item item) {
        return set.path("slots").valueStream().flatMap(it -> it.path("items").valueStream()).filter(it -> it.path("id").asString().equals(item.id()))
                .findFirst().orElseThrow().path("score").asDouble();
    }

    private long sequence() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }

    private void awaitSequence() {
        assertThat(web.get("/v1/content-sets?audience=hcp&market=GB&locale=en-GB&brand=" + brand, "Min-Sequence", Long.toString(sequence())).status()).isEqualTo(200);
    }
}
