package io.throughline.delivery.demand;

import static io.throughline.delivery.DeliveryFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Contents;
import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Role;
import io.throughline.strategy.StrategyFixture;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A gap becomes a brief, a brief a draft, and a published draft ends its brief.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class, StrategyFixture.class})
class BriefHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired StrategyFixture strategies;
    @Autowired PeopleFixture people;
    @Autowired Contents contents;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api strategist;
    Api writer;
    String brand;
    String strategy;
    Item claim;

    @BeforeEach
    void aGap() {
        brand = "briefed" + BRAND.incrementAndGet();
        shelf.brand(brand);
        strategist = Api.of(port).signIn(people.strategist().username());
        writer = Api.of(port).signIn(people.writer().username());
        strategy = strategies.active("Briefs of " + brand, brand, StrategyFixture.objective("obj_brief", "\"brands\": [\"" + brand + "\"]"));
        claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, document("Half the dose").put("text", "Half the dose is enough to start.").put("efficacyClaim", false));
    }

    @Test
    void aGapBecomesABriefADraftAndContent() {
        var statement = document("Half the dose, in short").put("body", "Half is enough to start.");
        statement.putArray("claims").add(claim.id());
        var module = shelf.live("module", Kinds.NON_PROMOTIONAL, brand, statement);
        var suggested = strategist.get("/manage/v1/brief-suggestions?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&brand=" + brand).json();
        assertThat(suggested.path("objectives").get(0).path("id").asString()).isEqualTo("obj_brief");
        assertThat(suggested.path("claims").get(0).path("id").asString()).isEqualTo(claim.id());
        assertThat(suggested.path("modules").valueStream().map(it -> it.path("id").asString())).containsExactly(module.id());
        assertThat(suggested.path("keyMessages").get(0).asString()).isEqualTo("Half the dose is enough to start.");
        assertThat(suggested.path("writers").valueStream().map(it -> it.path("id").asString())).contains(people.writer().id());

        var made = strategist.post("/manage/v1/briefs", brief(Map.of()));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("ETag")).hasValue("\"r1\"");
        assertThat(made.json().path("state").asString()).isEqualTo("open");
        assertThat(made.json().path("objective").path("number").asInt()).isEqualTo(1);
        var path = made.header("Location").orElseThrow();
        var id = made.json().path("id").asString();
        assertThat(writer.get("/manage/v1/my-work").json().path("briefs").valueStream().map(it -> it.path("id").asString())).contains(id);
        assertThat(strategist.get("/manage/v1/framework-matrix/cell?audience=hcp.primary-care&stage=considering&need=dosing&brand=" + brand).json()
                .path("briefs").get(0).path("id").asString()).isEqualTo(id);

        var started = writer.post(path + "/draft", draft());
        assertThat(started.status()).as(started.body()).isEqualTo(201);
        assertThat(started.json().path("state").asString()).isEqualTo("in-work");
        var itemId = started.json().path("item").path("id").asString();
        var draft = writer.get("/manage/v1/items/" + itemId + "/drafts/en-GB").json();
        assertThat(draft.path("brand").asString()).isEqualTo(brand);
        assertThat(draft.path("document").path("title").asString()).isEqualTo("Start with half");
        assertThat(draft.path("document").path("body").asString()).contains("## Half is enough", ":claim[" + claim.id() + "]");
        assertThat(draft.path("document").path("claims").get(0).asString()).isEqualTo(claim.id());
        assertThat(draft.path("document").path("classification").path("need").get(0).asString()).isEqualTo("dosing");
        var again = writer.post(path + "/draft", draft());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("item").path("id").asString()).isEqualTo(itemId);

        var item = contents.getItem(itemId);
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        assertThat(strategist.get(path).json().path("state").asString()).isEqualTo("in-work");
        shelf.published(item, "GB");

        assertThat(strategist.get(path).json().path("state").asString()).isEqualTo("done");
        assertThat(writer.get("/manage/v1/my-work").json().path("briefs").valueStream().map(it -> it.path("id").asString())).doesNotContain(id);
        assertThat(strategist.post(path + "/cancellation", "{\"reason\": \"Too late.\"}").status()).isEqualTo(409);
        assertThat(jdbc.sql("select action from audit_entry where subject_id = :id order by number").param("id", id).query(String.class).list())
                .containsExactly("brief.created", "brief.draft-started", "brief.done");
    }

    @Test
    void theGapOfABroadAudienceBecomesABriefForTheNarrowerOneOfItsObjective() {
        var offered = strategist.get("/manage/v1/brief-suggestions?audience=hcp&stage=considering&need=dosing&market=GB&brand=" + brand).json().path("objectives").get(0);
        assertThat(offered.path("id").asString()).isEqualTo("obj_brief");
        assertThat(offered.path("audience").asString()).isEqualTo("hcp.primary-care");

        var made = strategist.post("/manage/v1/briefs", brief(Map.of()));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var cell = strategist.get("/manage/v1/framework-matrix/cell?audience=hcp&stage=considering&need=dosing&brand=" + brand).json();
        assertThat(cell.path("briefs").get(0).path("id").asString()).isEqualTo(made.json().path("id").asString());

        var item = writer.post(made.header("Location").orElseThrow() + "/draft", draft()).json().path("item").path("id").asString();
        var brief = writer.get("/manage/v1/items/" + item).json().path("brief");
        assertThat(brief.path("id").asString()).isEqualTo(made.json().path("id").asString());
        assertThat(brief.path("objective").path("objectiveId").asString()).isEqualTo("obj_brief");
        assertThat(writer.get("/manage/v1/items/" + claim.id()).json().has("brief")).isFalse();
    }

    @Test
    void twoDraftsAtOnceAreOne() throws Exception {
        try (var both = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 20; i++) {
                var path = strategist.post("/manage/v1/briefs", brief(Map.of())).header("Location").orElseThrow();
                var one = both.submit(() -> writer.post(path + "/draft", draft()));
                var two = both.submit(() -> writer.post(path + "/draft", draft()));

                assertThat(List.of(one.get().status(), two.get().status())).containsExactlyInAnyOrder(200, 201);
                assertThat(one.get().json().path("item").path("id").asString()).isEqualTo(two.get().json().path("item").path("id").asString());
            }
        }
        assertThat(jdbc.sql("select count(*) from content_item where brand = :brand and type = 'article'").param("brand", brand).query(Long.class).single()).isEqualTo(20);
    }

    @Test
    void aChangeNeedsTheRevisionThatWasRead() {
        var path = strategist.post("/manage/v1/briefs", brief(Map.of())).header("Location").orElseThrow();
        var change = change("Start with a quarter");
        var before = Footprint.of(jdbc);
        assertThat(strategist.put(path, change).status()).isEqualTo(428);
        assertThat(strategist.put(path, change, "If-Match", "\"r7\"").status()).isEqualTo(412);
        assertThat(Footprint.of(jdbc)).isEqualTo(before);

        var changed = strategist.put(path, change, "If-Match", "\"r1\"");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("ETag")).hasValue("\"r2\"");
        assertThat(changed.json().path("title").asString()).isEqualTo("Start with a quarter");
        assertThat(changed.json().path("claims")).isEmpty();
        assertThat(strategist.put(path, change, "If-Match", "\"r1\"").status()).isEqualTo(412);
        var cancelled = strategist.post(path + "/cancellation", "{\"reason\": \"Another brand does it.\"}");
        assertThat(cancelled.json().path("state").asString()).isEqualTo("cancelled");
        assertThat(strategist.put(path, change, "If-Match", "\"r3\"").json().path("code").asString()).isEqualTo("out-of-sequence");
        assertThat(writer.post(path + "/draft", draft()).json().path("code").asString()).isEqualTo("out-of-sequence");
    }

    @Test
    @Tag("S12")
    void aBriefThatCanNotBeWrittenIsRefusedWithItsPlace() {
        var other = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.classify(document("Of nobody"), "stage", "aware").put("text", "x").put("efficacyClaim", false));
        shelf.brand("foreign");
        var foreign = shelf.live("claim", Kinds.NON_PROMOTIONAL, "foreign", document("Foreign").put("text", "x").put("efficacyClaim", false));
        var unpublished = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, document("Raw").put("text", "x").put("efficacyClaim", false));
        var reviewer = people.legal().id();
        var before = Footprint.of(jdbc);
        Map.of(
                "\"need\": \"dosing\"", "\"need\": \"dozing\"~/need",
                "\"stage\": \"considering\"", "\"stage\": \"adopted\"~/objective",
                "\"audience\": \"hcp.primary-care\"", "\"audience\": \"patient\"~/objective",
                "\"objectiveId\": \"obj_brief\"", "\"objectiveId\": \"obj_none\"~/objective",
                "\"brand\": \"" + brand + "\"", "\"brand\": \"no-such\"~/brand",
                "\"claims\": [\"" + claim.id() + "\"]", "\"claims\": [\"" + unpublished.id() + "\"]~/claims/0",
                "\"title\": \"Start with half\"", "\"title\": \" \"~/title",
                "\"writer\": \"" + people.writer().id() + "\"", "\"writer\": \"" + reviewer + "\"~/writer",
                "\"keyMessages\": [\"Half is enough\"]", "\"keyMessages\": [\"a\\nb\"]~/keyMessages/0").forEach((right, wrong) -> {
            var parts = wrong.split("~");
            var refused = strategist.post("/manage/v1/briefs", brief(Map.of(right, parts[0])));
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.json().path("errors").valueStream().map(it -> it.path("path").asString())).as(wrong).contains(parts[1]);
        });
        var foreignClaim = strategist.post("/manage/v1/briefs", brief(Map.of("\"" + claim.id() + "\"", "\"" + foreign.id() + "\""))).json();
        var missingClaim = strategist.post("/manage/v1/briefs", brief(Map.of("\"" + claim.id() + "\"", "\"itm_none\""))).json();
        assertThat(foreignClaim.path("errors")).isEqualTo(missingClaim.path("errors"));
        var late = strategist.post("/manage/v1/briefs", brief(Map.of(due(), LocalDate.now(ZoneOffset.UTC).minusDays(1).toString())));
        assertThat(late.json().path("errors").get(0).path("path").asString()).isEqualTo("/dueOn");
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(strategist.post("/manage/v1/briefs", brief(Map.of("\"" + claim.id() + "\"", "\"" + other.id() + "\""))).status()).isEqualTo(201);
    }

    @Test
    @Tag("S5")
    void whatIsTheServersToSetIsRefused() {
        for (var field : List.of("\"state\": \"done\"", "\"revision\": 9", "\"itemId\": \"itm_x\"", "\"createdBy\": \"per_x\"", "\"id\": \"brf_x\"")) {
            assertThat(strategist.post("/manage/v1/briefs", brief(Map.of("\"market\"", field + ", \"market\""))).status()).as(field).isEqualTo(400);
        }
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void anotherBrandsBriefIsNotThere() {
        var path = strategist.post("/manage/v1/briefs", brief(Map.of())).header("Location").orElseThrow();
        shelf.brand("elsewhere");
        var stranger = Api.of(port).signIn(shelf.with(Set.of(Role.STRATEGIST, Role.WRITER), Set.of("elsewhere"), Set.of("*")).username());
        for (var one : List.of(path, "/manage/v1/briefs/brf_none")) {
            var answers = List.of(stranger.get(one), stranger.put(one, change("Mine"), "If-Match", "\"r1\""), stranger.post(one + "/cancellation", "{\"reason\": \"x\"}"),
                    stranger.post(one + "/draft", draft()));
            assertThat(answers).extracting(Api.Answer::status).containsOnly(404);
            assertThat(answers).extracting(it -> it.json().path("detail").asString()).containsOnly(
                    "There is no such brief, or its brand or market is not yours. Look it up in the list of briefs.");
        }
        assertThat(stranger.get("/manage/v1/briefs?limit=100").body()).doesNotContain(brand);
        assertThat(stranger.get("/manage/v1/briefs?brand=" + brand).json().path("briefs")).isEmpty();
        assertThat(stranger.get("/manage/v1/brief-suggestions?audience=hcp&stage=considering&need=dosing&market=GB&brand=" + brand).status()).isEqualTo(404);
        assertThat(stranger.post("/manage/v1/briefs", brief(Map.of())).json().path("errors").get(0).path("path").asString()).isEqualTo("/brand");
    }

    @Test
    @Tag("S8")
    void aBriefWithoutABrandIsThePortfolios() {
        var portfolios = brief(Map.of("\"brand\": \"" + brand + "\", ", "", "\"" + claim.id() + "\"", ""));
        var path = strategist.post("/manage/v1/briefs", portfolios).header("Location").orElseThrow();
        var local = Api.of(port).signIn(shelf.with(Set.of(Role.STRATEGIST), Set.of(brand), Set.of("*")).username());

        assertThat(local.get(path).json().path("permissions").path("change").asBoolean()).isFalse();
        assertThat(local.get(path).json().path("permissions").path("cancel").asBoolean()).isFalse();
        var answers = List.of(local.post("/manage/v1/briefs", portfolios), local.put(path, change("Mine"), "If-Match", "\"r1\""),
                local.post(path + "/cancellation", "{\"reason\": \"Not wanted.\"}"));

        assertThat(answers).extracting(Api.Answer::status).containsOnly(403);
        assertThat(answers).allSatisfy(it -> assertThat(it.json().path("detail").asString()).contains("ask a strategist who has every brand"));
        assertThat(strategist.get(path).json().path("state").asString()).isEqualTo("open");
        assertThat(local.post("/manage/v1/briefs", brief(Map.of())).status()).isEqualTo(201);
    }

    @Test
    @Tag("P11-5")
    void onlyItsWriterStartsADraftAndOnlyStrategistsWriteBriefs() {
        var path = strategist.post("/manage/v1/briefs", brief(Map.of())).header("Location").orElseThrow();
        var other = Api.of(port).signIn(people.secondWriter().username());

        assertThat(other.post(path + "/draft", draft()).status()).isEqualTo(403);
        assertThat(strategist.post(path + "/draft", draft()).status()).isEqualTo(403);
        assertThat(writer.post("/manage/v1/briefs", brief(Map.of())).status()).isEqualTo(403);
        assertThat(writer.put(path, change("Mine"), "If-Match", "\"r1\"").status()).isEqualTo(403);
        for (var wrong : List.of("\"type\": \"article\"~\"type\": \"poem\"", "\"locale\": \"en-GB\"~\"locale\": \"de-DE\"", "\"kind\": \"non-promotional\"~\"kind\": \"loud\"")) {
            var parts = wrong.split("~");
            assertThat(writer.post(path + "/draft", draft().replace(parts[0], parts[1])).status()).as(wrong).isEqualTo(422);
        }
        assertThat(strategist.get(path).json().path("state").asString()).isEqualTo("open");
    }

    @Test
    void briefsAreListedByDueDatePageByPage() {
        for (int day = 1; day <= 5; day++) {
            assertThat(strategist.post("/manage/v1/briefs", brief(Map.of(due(), LocalDate.now(ZoneOffset.UTC).plusDays(day).toString(),
                    "Start with half", "Day " + day))).status()).isEqualTo(201);
        }
        var base = "/manage/v1/briefs?brand=" + brand + "&state=open,in-work&writer=" + people.writer().id() + "&need=treatment-decision&audience=hcp&stage=considering&market=GB";
        var first = strategist.get(base + "&limit=2").json();
        var second = strategist.get(base + "&limit=2&after=" + first.path("nextCursor").asString()).json();
        var last = strategist.get(base + "&limit=2&after=" + second.path("nextCursor").asString()).json();

        assertThat(List.of(first, second, last)).flatExtracting(it -> it.path("briefs").valueStream().map(row -> row.path("title").asString()).toList())
                .containsExactly("Day 1", "Day 2", "Day 3", "Day 4", "Day 5");
        assertThat(last.has("nextCursor")).isFalse();
        assertThat(writer.get("/manage/v1/briefs?writer=me&brand=" + brand).json().path("briefs").size()).isEqualTo(5);
        assertThat(strategist.get("/manage/v1/briefs?writer=me&brand=" + brand).json().path("briefs")).isEmpty();
        for (var query : List.of("state=lost", "limit=0", "limit=101", "after=x", "after=2027-13-01~brf_x", "stage=nowhere", "need=x", "brand=a,,b", "sort=title")) {
            assertThat(strategist.get("/manage/v1/briefs?" + query).status()).as(query).isEqualTo(400);
        }
    }

    private String brief(Map<String, String> replacements) {
        var body = """
                {"title": "Start with half", "objective": {"strategyId": "%s", "objectiveId": "obj_brief"}, "audience": "hcp.primary-care",
                 "stage": "considering", "need": "dosing", "brand": "%s", "market": "GB", "keyMessages": ["Half is enough"],
                 "claims": ["%s"], "modules": [], "dueOn": "%s", "writer": "%s"}
                """.formatted(strategy, brand, claim.id(), due(), people.writer().id());
        for (var it : replacements.entrySet()) {
            assertThat(body).contains(it.getKey());
            body = body.replace(it.getKey(), it.getValue());
        }
        return body;
    }

    private static String due() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();
    }

    private String change(String title) {
        return """
                {"title": "%s", "keyMessages": [], "claims": [], "modules": [], "dueOn": "%s", "writer": "%s"}""".formatted(title, due(), people.writer().id());
    }

    private static String draft() {
        return "{\"type\": \"article\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\"}";
    }
}
