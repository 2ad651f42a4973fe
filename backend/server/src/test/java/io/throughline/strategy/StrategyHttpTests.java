package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.taxonomy.Brand;
import io.throughline.taxonomy.Brands;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class StrategyHttpTests {

    private static final String MEASURED = """
            "measurementPlan": {"kpi": "First visits within six weeks", "unit": "%", "baseline": 34, "target": 45,
                                "smallestSample": 180, "from": "2020-01-01", "until": "2040-01-01"}""";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired Brands brands;
    @Autowired Strategies strategies;
    @Autowired JdbcClient jdbc;

    Api strategist;
    Api lead;

    @BeforeEach
    void signIn() {
        brands.add(Actor.system(), new Brand("velmora", "Velmora", "velmostat", "Cardiometabolic", List.of("hfref"), "launch"));
        strategist = Api.of(port).signIn(people.strategist().username());
        lead = Api.of(port).signIn(people.person("stefan.lead", "Stefan Lead", Set.of(Role.STRATEGIST), Set.of("*"), Set.of("*")).username());
    }

    @Test
    void aVersionDecidesFromItsActivationOn() {
        var id = stated("""
                {"name": "Portfolio of the year"}""");
        var stored = strategist.post("/manage/v1/strategies/" + id + "/versions", version("obj_one", MEASURED));
        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.json().path("number").asInt()).isEqualTo(1);
        assertThat(stored.json().path("createdBy").path("displayName").asString()).isEqualTo("Stella Strategist");

        approve(id, 1);
        var activated = strategist.post("/manage/v1/strategies/" + id + "/versions/1/activation", """
                {"reason": "The board agreed."}""");

        assertThat(activated.status()).isEqualTo(201);
        var activation = activated.json().path("activations").get(0);
        assertThat(activation.path("sequence").asLong()).isPositive();
        var from = Instant.parse(activation.path("from").asString());
        assertThat(strategies.activeAt(from, null)).hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(id));
        assertThat(strategies.activeAt(from.minusMillis(1), null).map(ActiveStrategy::id)).isNotEqualTo(Optional.of(id));
    }

    @Test
    void aBrandsOwnStrategyDecidesForTheBrand() {
        var id = stated("""
                {"name": "Velmora launch", "brand": "velmora"}""");
        strategist.post("/manage/v1/strategies/" + id + "/versions", version("obj_launch", MEASURED));
        approve(id, 1);
        strategist.post("/manage/v1/strategies/" + id + "/versions/1/activation", """
                {"reason": "Launch."}""");

        assertThat(strategies.activeAt(Instant.now(), "velmora").orElseThrow().id()).isEqualTo(id);
        assertThat(strategies.activeAt(Instant.now(), "another").map(ActiveStrategy::id)).isNotEqualTo(Optional.of(id));
    }

    @Test
    void anObjectiveWithoutAMeasurementPlanIsNotActivated() {
        var id = stated("""
                {"name": "Unmeasured"}""");
        strategist.post("/manage/v1/strategies/" + id + "/versions", version("obj_blind", null));
        long before = changes();

        var refused = strategist.post("/manage/v1/strategies/" + id + "/versions/1/activation", """
                {"reason": "We hope it works."}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("code").asString()).isEqualTo("measurement-plan-missing");
        assertThat(refused.json().path("errors").get(0).path("path").asString()).isEqualTo("/objectives/0/measurementPlan");
        assertThat(changes()).isEqualTo(before);
    }

    @Test
    void anUnknownConceptIsRefusedWithItsPlace() {
        var id = stated("""
                {"name": "Typing error"}""");

        var refused = strategist.post("/manage/v1/strategies/" + id + "/versions", version("obj_one", MEASURED).replace("\"dosing\"", "\"dozing\""));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").valueStream().map(it -> it.path("path").asString()))
                .contains("/objectives/0/needs/0");
    }

    @Test
    @Tag("S5")
    void fieldsThatAreTheServersToSetAreRefused() {
        var id = stated("""
                {"name": "Overreach"}""");

        var refused = strategist.post("/manage/v1/strategies/" + id + "/versions",
                version("obj_one", MEASURED).replaceFirst("\\{", "{\"sha256\": \"x\", "));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from strategy_version where strategy_id = :id").param("id", id).query(Long.class).single()).isZero();
    }

    @Test
    void onlyStrategistsStateStrategies() {
        var writer = Api.of(port).signIn(people.writer().username());

        assertThat(writer.post("/manage/v1/strategies", """
                {"name": "Not mine"}""").status()).isIn(403, 404);
    }

    @Test
    void theMatrixShowsThePlanAsGapsWhileNothingIsApproved() {
        var id = stated("""
                {"name": "Velmora gaps", "brand": "velmora"}""");
        strategist.post("/manage/v1/strategies/" + id + "/versions", version("obj_gap", MEASURED));
        approve(id, 1);
        strategist.post("/manage/v1/strategies/" + id + "/versions/1/activation", """
                {"reason": "Show the gaps."}""");

        var matrix = strategist.get("/manage/v1/framework-matrix?audience=hcp.primary-care&brand=velmora&market=GB").json();

        assertThat(matrix.path("stages").get(0).path("notation").asString()).isEqualTo("unaware");
        assertThat(matrix.path("stages").size()).isEqualTo(8);
        assertThat(matrix.path("cells").valueStream().filter(it -> it.path("stage").asString().equals("considering")
                && it.path("need").asString().equals("dosing"))).singleElement().satisfies(cell -> {
            assertThat(cell.path("planned").asInt()).isEqualTo(3);
            assertThat(cell.path("missing").asInt()).isEqualTo(3);
            assertThat(cell.path("gap").path("rank").asInt()).isPositive();
        });
        var cell = strategist.get("/manage/v1/framework-matrix/cell?audience=hcp.primary-care&stage=considering&need=dosing&brand=velmora");
        assertThat(cell.json().path("objectives").get(0).path("id").asString()).isEqualTo("obj_gap");
    }

    @Test
    @Tag("S4")
    void anUnknownParameterIsRefused() {
        assertThat(strategist.get("/manage/v1/framework-matrix?audience=hcp&sort=planned").status()).isEqualTo(400);
        assertThat(strategist.get("/manage/v1/framework-matrix?audience=nobody").json().path("code").asString()).isEqualTo("invalid-query");
    }

    private String stated(String body) {
        var answer = strategist.post("/manage/v1/strategies", body);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private void approve(String id, int number) {
        var sha256 = lead.get("/manage/v1/strategies/" + id + "/versions/" + number).json().path("sha256").asString();
        var answer = lead.post("/manage/v1/strategies/" + id + "/versions/" + number + "/approval", approval(sha256));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static String approval(String sha256) {
        return """
                {"reason": "It says what we want.", "sha256": "%s", "signature": {"userId": "stefan.lead", "password": "%s"}}"""
                .formatted(sha256, PeopleFixture.PASSWORD);
    }

    private long changes() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }

    private static String version(String objective, @Nullable String measurementPlan) {
        return """
                {"document": {"summary": "Fewer, better contacts.", "objectives": [{
                   "id": "%s", "name": "From considering to trying", "audience": "hcp.primary-care",
                   "fromStage": "considering", "toStage": "trying", "needs": ["dosing"], "brands": [], "markets": ["GB"],
                   "engagementModel": "service-oriented", "channelMix": {"web": 0.6, "email": 0.4}, "valueExchange": ["education"],
                   "weight": 0.8, "from": "2020-01-01", "plan": [{"stage": "considering", "need": "dosing", "items": 3}]%s}]}}
                """.formatted(objective, measurementPlan == null ? "" : ", " + measurementPlan);
    }
}
