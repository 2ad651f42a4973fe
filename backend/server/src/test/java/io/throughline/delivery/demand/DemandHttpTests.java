package io.throughline.delivery.demand;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.strategy.StrategyFixture;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What channels ask for and get shows in the framework matrix.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class, StrategyFixture.class})
class DemandHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired StrategyFixture strategies;
    @Autowired PeopleFixture people;
    @Autowired DemandLedger ledger;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api web;
    Api strategist;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        strategist = Api.of(port).signIn(people.strategist().username());
        brand = "asked" + BRAND.incrementAndGet();
        shelf.brand(brand);
    }

    @Test
    void aRequestStandsInItsCellWithHowItWasAnswered() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Starting low"), "audience", "hcp.neurology"));
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(classify(classify(article("Never served"), "audience", "hcp.neurology"),
                "stage", "system-efficiency"), "channel", "rep-tablet"));
        strategies.active("Asked", brand, StrategyFixture.objective("obj_asked", "\"audience\": \"hcp.neurology\"", "\"brands\": [\"" + brand + "\"]",
                "\"plan\": [{\"stage\": \"considering\", \"need\": \"dosing\", \"items\": 2}, {\"stage\": \"trying\", \"need\": \"dosing\", \"items\": 2}]"));
        long before = cell("considering", "dosing").path("demand").path("requests").asLong();
        for (int i = 0; i < 3; i++) {
            assertThat(web.get(set("considering", "dosing")).status()).isEqualTo(200);
        }
        ledger.flush();

        var asked = cell("considering", "dosing");
        assertThat(asked.path("demand").path("requests").asLong() - before).isEqualTo(3);
        assertThat(asked.path("demand").path("share").asDouble()).isEqualTo(1);
        assertThat(asked.path("use").path("served").asLong()).isEqualTo(3);
        assertThat(asked.path("use").path("usedItems").asInt()).isEqualTo(1);
        assertThat(asked.path("use").path("neverServed").asInt()).isZero();
        assertThat(asked.path("weight").asDouble()).isEqualTo(0.8);
        // 0.8 × 1/2 × (1 + 1)
        assertThat(asked.path("gap").path("score").asDouble()).isEqualTo(0.8);
        assertThat(cell("system-efficiency", "dosing").path("use").path("neverServedShare").asDouble()).isEqualTo(1);
        var detail = strategist.get(matrix("framework-matrix/cell") + "&stage=considering&need=dosing").json();
        assertThat(detail.path("items").get(0).path("served").asLong()).isEqualTo(3);
        assertThat(detail.path("objectives").get(0).path("strategyId").asString()).startsWith("str_");

        assertThat(web.get(set("unaware", "access-reimbursement")).status()).isEqualTo(200);
        ledger.flush();
        var unanswered = cell("unaware", "access-reimbursement").path("demand");
        assertThat(unanswered.path("relaxed").asLong() + unanswered.path("empty").asLong()).isEqualTo(unanswered.path("requests").asLong()).isPositive();
    }

    @Test
    void whatChannelsShowedIsToldApartFromWhatTheyWereServed() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Shown once"), "audience", "hcp.neurology"));
        var tablet = Api.of(port).withKey(people.tabletKey());
        for (int i = 0; i < 2; i++) {
            web.get(set("considering", "dosing"));
        }
        var receipt = tablet.get(set("considering", "dosing")).json().path("receipt").asString();
        var event = Json.object().put("specversion", "1.0").put("id", "e-" + brand).put("source", "/apps/tablet").put("type", "shown")
                .put("time", java.time.Instant.now().toString()).put("subject", "hcp-" + java.util.UUID.randomUUID());
        event.putObject("data").put("receipt", receipt).put("item", item.id());
        for (int i = 0; i < 2; i++) {
            // the same event twice counts once; what was opened was not shown once more
            tablet.post("/v1/events", "[" + Json.text(event) + "," + Json.text(event.deepCopy().put("id", "o-" + brand).put("type", "opened")) + "]");
        }
        ledger.flush();

        var use = cell("considering", "dosing").path("use");
        assertThat(use.path("served").asInt()).isEqualTo(3);
        assertThat(use.path("shown").asInt()).isEqualTo(1);
        assertThat(use.path("shownItems").asInt()).isEqualTo(1);
        assertThat(strategist.get(matrix("framework-matrix/cell") + "&stage=considering&need=dosing").json().at("/items/0/shown").asInt()).isEqualTo(1);
        var onTheWeb = strategist.get(matrix("framework-matrix/cell") + "&stage=considering&need=dosing&channel=web").json().path("use");
        assertThat(onTheWeb.path("served").asInt()).isEqualTo(2);
        assertThat(onTheWeb.path("shown").asInt()).isZero();
        assertThat(onTheWeb.path("shownItems").asInt()).isZero();
        assertThat(strategist.get(matrix("framework-matrix.csv")).body()).contains("Never served,Shown,Shown items").contains(",3,1,0,1,1,");
    }

    @Test
    void aSetWithoutAnythingIsAskedForAllTheSame() {
        assertThat(web.get("/v1/content-sets?audience=payer&stage=payer.assessing&need=access-reimbursement&market=FR&locale=fr-FR&brand=" + brand).status()).isEqualTo(200);
        ledger.flush();

        var demand = strategist.get("/manage/v1/framework-matrix?audience=payer&market=FR&brand=" + brand).json().path("cells").get(0).path("demand");

        assertThat(demand.path("requests").asLong()).isEqualTo(1);
        assertThat(demand.path("empty").asLong()).isEqualTo(1);
    }

    @Test
    void whatNamesNoNeedStandsInNoCell() {
        long before = summary().path("unplacedRequests").asLong();
        web.get("/v1/content-sets?audience=hcp.neurology&market=GB&locale=en-GB&brand=" + brand);
        ledger.flush();

        assertThat(summary().path("unplacedRequests").asLong() - before).isEqualTo(1);
    }

    @Test
    void explanationsThePastAndRefusalsAreNoDemand() {
        long before = summary().path("requests").asLong();
        assertThat(web.get(set("considering", "dosing") + "&explain=true").status()).isEqualTo(200);
        assertThat(web.get(set("considering", "dosing") + "&at=2026-01-01T00:00:00Z").status()).isEqualTo(200);
        assertThat(web.get(set("considering", "no-such-need")).status()).isEqualTo(400);
        assertThat(web.get(set("considering", "dosing").replace(brand, "no-such-brand")).status()).isEqualTo(400);
        ledger.flush();

        assertThat(summary().path("requests").asLong()).isEqualTo(before);
    }

    @Test
    void nothingIsLostWhileManyAskAndCountersAreWrittenDown() throws Exception {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Busy"), "audience", "hcp.neurology"));
        try (var crowd = Executors.newFixedThreadPool(8)) {
            var asked = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < 400; i++) {
                asked.add(crowd.submit(() -> web.get(set("considering", "dosing"))));
            }
            for (int i = 0; i < 20; i++) {
                ledger.flush();
            }
            for (var one : asked) {
                one.get();
            }
        }
        ledger.flush();

        assertThat(jdbc.sql("select sum(requests) from demand_day where brand = :brand").param("brand", brand).query(Long.class).single()).isEqualTo(400);
        assertThat(cell("considering", "dosing").path("use").path("served").asLong()).isEqualTo(400);
    }

    @Test
    void aStopWritesDownWhatWasCounted() {
        web.get(set("considering", "dosing"));
        ledger.stop();
        try {
            assertThat(jdbc.sql("select sum(requests) from demand_day where brand = :brand").param("brand", brand).query(Long.class).single()).isEqualTo(1);
        } finally {
            ledger.start();
        }
    }

    @Test
    @Tag("S31")
    void moreContextsThanFitCountWithoutTheirCell() {
        var tally = new DemandTally(DemandTally.Answered.AS_ASKED, List.of());
        int many = DemandLedger.MOST_CELLS + 500;
        ledger.stop(); // nothing is written down meanwhile
        for (int i = 0; i < many; i++) {
            ledger.count(new DemandLedger.Asked("web", "web", "health-system", "system.planning", "dosing", "CH", brand + "-" + i), tally);
        }
        ledger.start();
        ledger.flush();

        assertThat(jdbc.sql("select sum(requests) from demand_day where audience = 'health-system' and market = 'CH'").query(Long.class).single()).isEqualTo(many);
        assertThat(jdbc.sql("select count(*) from demand_day where audience = 'health-system' and market = 'CH'").query(Long.class).single()).isLessThan(many);
    }

    @Test
    void aChannelFilterLeavesItsOwnDemandAndWhatIsAllowedOnIt() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(classify(article("For tablets"), "audience", "hcp.neurology"), "channel", "rep-tablet"));
        web.get(set("considering", "dosing"));
        ledger.flush();
        Function<String, JsonNode> of = channel -> strategist.get(matrix("framework-matrix") + "&channel=" + channel).json();

        assertThat(of.apply("rep-tablet").path("summary").path("requests").asLong()).isZero();
        assertThat(of.apply("rep-tablet").path("cells").get(0).path("approved").asInt()).isEqualTo(1);
        assertThat(of.apply("web").path("summary").path("requests").asLong()).isPositive();
        assertThat(of.apply("web").path("cells").valueStream().mapToInt(it -> it.path("approved").asInt()).sum()).isZero();
    }

    @Test
    @Tag("S34")
    void theTableEscapesWhatASpreadsheetWouldRun() {
        strategies.active("Hostile", brand, StrategyFixture.objective("obj_hostile", "\"audience\": \"hcp.neurology\"", "\"brands\": [\"" + brand + "\"]",
                "\"name\": \"=HYPERLINK(\\\"http://x.invalid\\\")\""));

        var table = strategist.get(matrix("framework-matrix.csv"));
        var asked = strategist.get(matrix("framework-matrix"), "Accept", "text/csv");
        assertThat(asked.body()).isEqualTo(table.body());
        assertThat(asked.header("Content-Type")).isEqualTo(table.header("Content-Type"));
        assertThat(asked.header("Vary")).hasValueSatisfying(it -> assertThat(it).contains("Accept"));
        for (var json : List.of("application/json", "*/*", "application/*", "application/json, text/plain, */*", "application/json, text/csv;q=0.5")) {
            assertThat(strategist.get(matrix("framework-matrix"), "Accept", json).header("Content-Type")).as(json).hasValue("application/json");
        }
        var refused = strategist.get(matrix("framework-matrix") + "&evil=1", "Accept", "text/csv");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).hasValue("application/problem+json");

        assertThat(table.status()).isEqualTo(200);
        assertThat(table.header("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(table.header("Content-Disposition").orElseThrow()).contains("attachment");
        assertThat(table.body()).contains("\"'=HYPERLINK(\"\"http://x.invalid\"\")\"").doesNotContain(",=");
        assertThat(strategist.get("/manage/v1/framework-matrix.csv?audience=hcp&brand=" + brand + "&evil=1").status()).isEqualTo(400);
    }

    @Test
    @Tag("S7")
    @Tag("S3")
    void whoWorksForAnotherBrandSeesNeitherItsPlanNorItsContentNorItsDemand() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Ours"), "audience", "caregiver"));
        strategies.active("Ours", brand, StrategyFixture.objective("obj_ours", "\"audience\": \"caregiver\"", "\"brands\": [\"" + brand + "\"]",
                "\"fromStage\": \"caregiver.learning\"", "\"toStage\": \"caregiver.supporting\"", "\"markets\": [\"FR\"]",
                "\"plan\": [{\"stage\": \"caregiver.learning\", \"need\": \"dosing\", \"items\": 1}]"));
        web.get("/v1/content-sets?audience=caregiver&stage=caregiver.learning&need=dosing&market=FR&locale=fr-FR&brand=" + brand);
        ledger.flush();
        shelf.brand("elsewhere");
        var stranger = Api.of(port).signIn(shelf.with(Set.of(Role.STRATEGIST), Set.of("elsewhere"), Set.of("FR", "GB")).username());
        var paths = List.of("/manage/v1/framework-matrix?audience=caregiver", "/manage/v1/framework-matrix/cell?audience=caregiver&stage=caregiver.learning&need=dosing",
                "/manage/v1/need-coverage?need=dosing", "/manage/v1/strategy-overlaps?audience=caregiver", "/manage/v1/framework-matrix.csv?audience=caregiver");

        for (var path : paths) {
            var answer = stranger.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain(brand).doesNotContain("Ours").doesNotContain("obj_ours");
        }
        assertThat(stranger.get("/manage/v1/framework-matrix?audience=caregiver&market=FR").json().path("cells")).isEmpty();
        assertThat(stranger.get("/manage/v1/framework-matrix?audience=caregiver&market=FR").json().path("summary").path("requests").asLong()).isZero();
        for (var filter : List.of("brand=" + brand, "brand=no-such-brand", "market=DE")) {
            assertThat(stranger.get("/manage/v1/framework-matrix?audience=caregiver&" + filter).status()).as(filter).isEqualTo(404);
        }
        assertThat(strategist.get("/manage/v1/framework-matrix?audience=caregiver&market=FR&brand=" + brand).json().path("cells").size()).isPositive();
    }

    @Test
    void aNeedIsFollowedOverAllBrands() {
        var other = brand + "b";
        shelf.brand(other);
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(classify(article("One"), "audience", "hcp.pharmacist"), "need", "refer-share-care"));
        for (var of : List.of(brand, other)) {
            strategies.active("Need of " + of, of, StrategyFixture.objective("obj_need" + of, "\"audience\": \"hcp.pharmacist\"", "\"brands\": [\"" + of + "\"]",
                    "\"needs\": [\"refer-share-care\"]", "\"plan\": [{\"stage\": \"considering\", \"need\": \"refer-share-care\", \"items\": 1}]"));
        }
        web.get("/v1/content-sets?audience=hcp.pharmacist&stage=considering&need=refer-share-care&market=GB&locale=en-GB&brand=" + other);
        ledger.flush();

        var coverage = strategist.get("/manage/v1/need-coverage?need=refer-share-care&market=GB").json();

        Function<String, JsonNode> row = of -> coverage.path("rows").valueStream().filter(it -> it.path("brand").asString("").equals(of)
                && it.path("audience").asString().equals("hcp.pharmacist")).findFirst().orElseThrow();
        assertThat(row.apply(brand).path("approved").asInt()).isEqualTo(1);
        assertThat(row.apply(brand).path("gap").isMissingNode()).isTrue();
        assertThat(row.apply(other).path("missing").asInt()).isEqualTo(1);
        assertThat(row.apply(other).path("demand").path("requests").asLong()).isEqualTo(1);
        assertThat(row.apply(other).path("gap").path("rank").asInt()).isPositive();
        assertThat(coverage.path("objectives").valueStream().map(it -> it.path("id").asString())).contains("obj_need" + brand, "obj_need" + other);
        assertThat(coverage.path("totals").path("requests").asLong()).isPositive();
        assertThat(strategist.get("/manage/v1/need-coverage?need=nothing").status()).isEqualTo(400);
        assertThat(strategist.get("/manage/v1/need-coverage").status()).isEqualTo(400);
    }

    @Test
    void objectivesOfTwoBrandsThatCompeteAreReported() {
        var other = brand + "r";
        shelf.brand(other);
        strategies.active("Ours", brand, StrategyFixture.objective("obj_own" + brand, "\"audience\": \"hcp.diabetology\"", "\"brands\": [\"" + brand + "\"]", "\"kind\": \"promotional\""));
        strategies.active("Theirs", other, StrategyFixture.objective("obj_rival" + brand, "\"audience\": \"hcp\"", "\"brands\": [\"" + other + "\"]", "\"kind\": \"scientific-exchange\"",
                "\"needs\": [\"treatment-decision\"]", "\"plan\": []"));

        var report = strategist.get("/manage/v1/strategy-overlaps?audience=hcp.diabetology&market=GB&brand=" + brand).json();

        var pair = report.path("pairs").valueStream().filter(it -> Set.of(it.path("first").path("objectiveId").asString(), it.path("second").path("objectiveId").asString())
                .equals(Set.of("obj_own" + brand, "obj_rival" + brand))).findFirst().orElseThrow();
        assertThat(pair.path("severity").asString()).isEqualTo("conflict");
        assertThat(pair.path("audience").asString()).isEqualTo("hcp.diabetology");
        assertThat(pair.path("needs").get(0).asString()).isEqualTo("dosing");
        assertThat(pair.path("reasons").get(0).path("code").asString()).isEqualTo("opposing-kinds");
        assertThat(report.path("conflicts").asInt()).isPositive();
        assertThat(strategist.get("/manage/v1/strategy-overlaps?audience=nobody").status()).isEqualTo(400);
    }

    @Test
    @Tag("S4")
    @Tag("S31")
    void filtersAreKnownAndBounded() {
        for (var query : List.of("audience=hcp&days=0", "audience=hcp&days=366", "audience=hcp&days=many", "audience=hcp&channel=telepathy", "audience=hcp&market=XX", "days=3")) {
            assertThat(strategist.get("/manage/v1/framework-matrix?" + query).status()).as(query).isEqualTo(400);
        }
    }

    private String set(String stage, String need) {
        return "/v1/content-sets?audience=hcp.neurology&stage=" + stage + "&need=" + need + "&market=GB&locale=en-GB&brand=" + brand;
    }

    private String matrix(String route) {
        return "/manage/v1/" + route + "?audience=hcp.neurology&market=GB&brand=" + brand;
    }

    private JsonNode summary() {
        return strategist.get(matrix("framework-matrix")).json().path("summary");
    }

    private JsonNode cell(String stage, String need) {
        return strategist.get(matrix("framework-matrix")).json().path("cells").valueStream()
                .filter(it -> it.path("stage").asString().equals(stage) && it.path("need").asString().equals(need)).findFirst().orElseGet(tools.jackson.databind.node.MissingNode::getInstance);
    }
}
