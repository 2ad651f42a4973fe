package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.evidence.References;
import io.throughline.evidence.RegisteredReference;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.Api.Answer;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ObjectNode;

/// A work that was retracted is gone from whatever rests on it.
@IntegrationTest
@TestPropertySource(properties = "throughline.db.delivery-connections=8") // and so a database of its own
@Import({DeliveryFixture.class, PeopleFixture.class})
class ReferenceNoticeHttpTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired References references;
    @Autowired PublicationDesk desk;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;
    private Api signatory;
    private Api writer;

    @BeforeEach
    void signIn() {
        people.signatory();
        people.writer();
        signatory = Api.of(port).signIn("dr.signa");
        writer = Api.of(port).signIn("wanda.writer");
    }

    @Test
    @Tag("RV-6")
    void aRetractionTakesOutWhatCitesTheWorkInEveryMarketAtOnce() {
        var work = work();
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, citing(work));
        var approvedOnly = shelf.written("article", Kinds.NON_PROMOTIONAL, null, citing(work));
        shelf.approved(approvedOnly, "en-GB", "GB", days(-1), days(300));
        var other = shelf.live("article", Kinds.NON_PROMOTIONAL, null, citing(work()));

        assertThat(signatory.get("/manage/v1/references/" + work.id() + "/notices/impact").json().path("count").asInt()).isEqualTo(2);
        var notice = noticed(work, "retracted");
        assertThat(notice.status()).as(notice.body()).isEqualTo(201);

        assertThat(served(item)).isEqualTo(410);
        assertThat(served(other)).as("what cites another work").isEqualTo(200);
        assertThat(desk.listImpacts(item.id())).singleElement().satisfies(it -> {
            assertThat(it.relation()).isEqualTo("reference");
            assertThat(it.partId()).isEqualTo(work.id());
            assertThat(it.partKey()).isEqualTo(work.csl().path("title").asString());
            assertThat(it.reason()).isEqualTo("Figure 2 was fabricated.");
            assertThat(it.consequence()).isEqualTo(Impact.Consequence.LEFT);
        });
        assertThat(desk.listImpacts(approvedOnly.id())).extracting(Impact::consequence).containsExactly(Impact.Consequence.NOT_PUBLISHED);
        var published = writer.post("/manage/v1/items/" + approvedOnly.id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"}");
        assertThat(published.status()).as("an approval from before").isEqualTo(422);
        assertThat(published.body()).contains("reference-withdrawn");
        assertThat(jdbc.sql("select count(*) from impact i join reference_notice n on n.xmin = i.xmin where i.item_id = :id").param("id", item.id())
                .query(Integer.class).single()).as("in the transaction of the notice").isEqualTo(1);
        assertThat(writer.get("/manage/v1/my-work").json().path("impacted").valueStream().map(it -> it.path("key").asString())).contains(item.key());
    }

    @Test
    @Tag("RV-6")
    void whatHoldsAClaimThatCitesTheWorkGoesToo() {
        var work = work();
        var words = document("A claim").put("text", "Risk fell by 18 %.").put("efficacyClaim", false);
        cite(words, work.id(), work.csl());
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, words);
        var body = article("With a claim").put("body", "It is said: :claim[%s]".formatted(claim.id()));
        body.putArray("claims").add(claim.id());
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, body);

        assertThat(noticed(work, "withdrawn").status()).isEqualTo(201);
        assertThat(served(claim)).isEqualTo(410);
        assertThat(served(item)).isEqualTo(410);
    }

    @Test
    @Tag("RV-6")
    void theSameWorkIsTheSameByItsDoiHoweverItIsWritten() {
        var work = work();
        var doi = work.csl().path("DOI").asString();
        var again = Json.object().put("type", "article-journal").put("title", "The same with a full title").put("DOI", "https://doi.org/" + doi.toUpperCase(java.util.Locale.ROOT));
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, citing("ref_" + "0".repeat(20) + "%06d".formatted(NUMBER.incrementAndGet()), again));
        var prefix = work();
        assertThat(noticed(prefix, "retracted").status()).isEqualTo(201);
        assertThat(served(item)).as("a DOI that only begins alike").isEqualTo(200);
        assertThat(noticed(work, "retracted").status()).isEqualTo(201);
        assertThat(served(item)).isEqualTo(410);
    }

    @Test
    @Tag("RV-6")
    void whoWritesIsToldAndCannotSubmitUntilTheWorkIsOut() {
        var work = work();
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, citing(work));
        assertThat(findings(item)).doesNotContain("reference-withdrawn");
        assertThat(noticed(work, "corrected").status()).isEqualTo(201);
        assertThat(findings(item)).contains("reference-noticed").doesNotContain("reference-withdrawn");
        assertThat(noticed(work, "retracted").status()).isEqualTo(201);
        assertThat(findings(item)).contains("reference-withdrawn");

        var draft = writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB");
        var submitted = writer.post("/manage/v1/items/" + item.id() + "/drafts/en-GB/submission", "{\"market\": \"GB\"}", "If-Match", draft.header("ETag").orElseThrow());
        assertThat(submitted.status()).isEqualTo(422);
        assertThat(submitted.body()).contains("reference-withdrawn").contains("was retracted on 2026-11-01").contains("Figure 2 was fabricated.");
    }

    @Test
    @Tag("RV-6")
    void aNoticeByMistakeIsEndedAndNothingComesBackByItself() {
        var work = work();
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, citing(work));
        var id = noticed(work, "retracted").json().path("id").asString();
        var ended = signatory.post("/manage/v1/references/" + work.id() + "/notices/" + id + "/end", "{\"reason\": \"Another paper of the same name.\"}");
        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(desk.listImpacts(item.id())).isEmpty();
        assertThat(served(item)).isEqualTo(410);
        shelf.published(item, "GB");
        assertThat(served(item)).isEqualTo(200);
        assertThat(signatory.post("/manage/v1/references/" + work.id() + "/notices/" + id + "/end", "{\"reason\": \"Again.\"}").status()).isEqualTo(409);
        var found = writer.get("/manage/v1/references?doi=" + work.csl().path("DOI").asString()).json();
        assertThat(found.path("references").path(0).path("notices").path(0).path("endedReason").asString()).isEqualTo("Another paper of the same name.");
    }

    @Test
    @Tag("S7")
    void onlyWhoWorksForAllThatCitesItTakesItOut() {
        var work = work();
        var brand = "noticed-" + NUMBER.incrementAndGet();
        shelf.brand(brand);
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, citing(work));
        var stranger = people.person("stranger-" + NUMBER.incrementAndGet(), "Stranger", Set.of(Role.SIGNATORY), Set.of("other-brand"), Set.of("*"));
        var foreign = noticed(Api.of(port).signIn(stranger.username()), work, "retracted");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body()).doesNotContain(brand).doesNotContain(item.key());
        assertThat(served(item)).isEqualTo(200);
        assertThat(noticed(writer, work, "retracted").status()).as("a writer").isEqualTo(403);
        assertThat(noticed(work, "retracted").status()).isEqualTo(201);
    }

    @Test
    void oddNoticesAreToldWhatIsWrong() {
        var work = work();
        for (var body : List.of("{}", "{\"kind\": \"gone\", \"noticedOn\": \"2026-11-01\", \"reason\": \"x\"}",
                "{\"kind\": \"retracted\", \"noticedOn\": \"2031-11-01\", \"reason\": \"x\"}", "{\"kind\": \"retracted\", \"noticedOn\": \"yesterday\", \"reason\": \"x\"}",
                "{\"kind\": \"retracted\", \"noticedOn\": \"2026-11-01\", \"reason\": \" \"}",
                "{\"kind\": \"retracted\", \"noticedOn\": \"2026-11-01\", \"reason\": \"x\", \"url\": \"javascript:alert(1)\"}",
                "{\"kind\": \"retracted\", \"noticedOn\": \"2026-11-01\", \"reason\": \"x\", \"doi\": \"eleven\"}")) {
            assertThat(signatory.post("/manage/v1/references/" + work.id() + "/notices", body).status()).as(body).isEqualTo(400);
        }
        assertThat(signatory.post("/manage/v1/references/ref_nobody/notices", notice("retracted")).status()).isEqualTo(404);
        assertThat(signatory.get("/manage/v1/references/ref_nobody/notices/impact").status()).isEqualTo(404);
    }

    private List<String> findings(Item item) {
        return writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB/findings?market=GB").json().path("findings").valueStream()
                .map(it -> it.path("code").asString()).toList();
    }

    private Answer noticed(RegisteredReference work, String kind) {
        return noticed(signatory, work, kind);
    }

    private static Answer noticed(Api person, RegisteredReference work, String kind) {
        return person.post("/manage/v1/references/" + work.id() + "/notices", notice(kind));
    }

    private static String notice(String kind) {
        return "{\"kind\": \"" + kind + "\", \"noticedOn\": \"2026-11-01\", \"doi\": \"10.5555/notice.1\", \"reason\": \"Figure 2 was fabricated.\"}";
    }

    private RegisteredReference work() {
        int number = NUMBER.incrementAndGet();
        return references.register(people.writer(), List.of(Json.object().put("type", "article-journal").put("title", "A trial of many " + number)
                .put("DOI", "10.5555/noticed." + number))).getFirst();
    }

    private static ObjectNode citing(RegisteredReference work) {
        return citing(work.id(), work.csl());
    }

    private static ObjectNode citing(String id, ObjectNode csl) {
        var document = article("Rests on a trial").put("body", "Risk fell [@%s].".formatted(id));
        cite(document, id, csl);
        return document;
    }

    private static void cite(ObjectNode document, String id, ObjectNode csl) {
        document.putArray("references").addObject().put("id", id).set("csl", csl);
    }

    private int served(Item item) {
        return Api.of(port).withKey(people.webKey()).get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").status();
    }

    private static Instant days(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }
}
