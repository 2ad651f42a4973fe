package io.throughline.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.taxonomy.Brand;
import io.throughline.taxonomy.Brands;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// From draft to ended, over HTTP: who may take which step when.
@IntegrationTest
class StrategyLifecycleHttpTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired Brands brands;
    @Autowired Strategies strategies;
    @Autowired JdbcClient jdbc;

    Api author;
    Api lead;

    @BeforeEach
    void signIn() {
        brands.add(Actor.system(), new Brand("velmora", "Velmora", "velmostat", "Cardiometabolic", List.of("hfref"), "launch"));
        brands.add(Actor.system(), new Brand("nordalis", "Nordalis", "nordalimab", "Respiratory", List.of("severe-asthma"), "growth"));
        author = Api.of(port).signIn(people.strategist().username());
        people.person("stefan.lead", "Stefan Lead", Set.of(Role.STRATEGIST), Set.of("*"), Set.of("*"));
        lead = Api.of(port).signIn("stefan.lead");
    }

    @Test
    @Tag("P11-4")
    void aVersionIsApprovedBeforeItIsActivated() {
        var version = stored("In order");
        assertThat(author.get(version).json().path("state").asString()).isEqualTo("draft");
        var before = Footprint.of(jdbc);

        var early = author.post(version + "/activation", reason());

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().path("code").asString()).isEqualTo("out-of-sequence");
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(lead.post(version + "/approval", approval(version)).json().path("state").asString()).isEqualTo("approved");
        assertThat(author.post(version + "/activation", reason()).json().path("state").asString()).isEqualTo("active");
        assertThat(author.post(version + "/activation", reason()).json().path("code").asString()).isEqualTo("out-of-sequence");
        assertThat(lead.post(version + "/approval", approval(version)).json().path("code").asString()).isEqualTo("out-of-sequence");
        var ended = author.post(version + "/ending", reason());
        assertThat(ended.json().path("state").asString()).isEqualTo("ended");
        assertThat(ended.json().path("activations").get(0).path("ended").path("by").path("displayName").asString()).isEqualTo("Stella Strategist");
        assertThat(author.post(version + "/activation", reason()).json().path("code").asString()).isEqualTo("out-of-sequence");
        assertThat(author.post(version + "/ending", reason()).json().path("code").asString()).isEqualTo("out-of-sequence");
    }

    @Test
    @Tag("P11-5")
    void whoeverWroteAVersionDoesNotApproveIt() {
        var version = stored("Mine");
        var before = Footprint.of(jdbc);

        var refused = author.post(version + "/approval", approval(version).replace("stefan.lead", people.strategist().username()));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("author-may-not-approve");
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'strategy-approval.refused'").query(Long.class).single()).isPositive();
    }

    @Test
    @Tag("P11-6")
    @Tag("P11-7")
    void anApprovalIsASignatureOverWhatTheVersionSays() {
        var version = stored("Signed");

        var wrongHash = lead.post(version + "/approval", approval(version).replaceFirst("\"sha256\": \"[0-9a-f]{8}", "\"sha256\": \"00000000"));
        assertThat(wrongHash.status()).isEqualTo(422);
        var wrongPassword = lead.post(version + "/approval", approval(version).replace(PeopleFixture.PASSWORD, "not mine"));
        assertThat(wrongPassword.status()).isEqualTo(403);
        assertThat(wrongPassword.json().path("code").asString()).isEqualTo("signature-refused");

        var approval = lead.post(version + "/approval", approval(version)).json().path("approval");
        assertThat(approval.path("approvedBy").path("displayName").asString()).isEqualTo("Stefan Lead");
        assertThat(approval.path("meaning").asString()).isEqualTo("approval of the strategy");
        assertThat(approval.path("valid").asBoolean()).isTrue();
        assertThat(approval.path("sha256").asString()).isEqualTo(author.get(version).json().path("sha256").asString());
    }

    @Test
    void whatWaitsForApprovalStandsInTheWorkOfThoseWhoMayGiveIt() {
        var version = stored("Waiting");
        stored("Unmeasured and waiting", objective("obj_one", "").replaceFirst(",\\s*\"measurementPlan\": \\{[^}]*}", ""));

        assertThat(waitingFor(lead)).contains("Waiting").doesNotContain("Unmeasured and waiting");
        assertThat(waitingFor(author)).doesNotContain("Waiting");
        assertThat(waitingFor(Api.of(port).signIn(people.writer().username()))).isEmpty();
        lead.post(version + "/approval", approval(version));
        assertThat(waitingFor(lead)).doesNotContain("Waiting");
    }

    private static List<String> waitingFor(Api person) {
        return person.get("/manage/v1/my-work").json().path("strategiesToApprove").valueStream().map(it -> it.path("name").asString()).toList();
    }

    @Test
    void anObjectiveWithoutAMeasurementPlanIsNotApproved() {
        var version = stored("Unmeasured", objective("obj_one", "").replaceFirst(",\\s*\"measurementPlan\": \\{[^}]*}", ""));

        assertThat(lead.post(version + "/approval", approval(version)).json().path("code").asString()).isEqualTo("measurement-plan-missing");
    }

    @Test
    void anEndedVersionDecidesNothingFromThenOn() {
        var version = stored("Short-lived");
        lead.post(version + "/approval", approval(version));
        long activated = author.post(version + "/activation", reason()).json().path("activations").get(0).path("sequence").asLong();
        var id = version.split("/")[4];
        assertThat(strategies.activeAt(Instant.now(), null).map(ActiveStrategy::id)).hasValue(id);

        author.post(version + "/ending", reason());

        assertThat(strategies.activeAt(Instant.now(), null).map(ActiveStrategy::id)).isNotEqualTo(java.util.Optional.of(id));
        assertThat(jdbc.sql("select max(sequence) from content_change where strategy_id = :id").param("id", id).query(Long.class).single()).isGreaterThan(activated);
    }

    @Test
    void aWindowOfTheFutureIsScheduled() {
        var version = stored("Next year");
        lead.post(version + "/approval", approval(version));
        var from = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        var scheduled = author.post(version + "/activation", "{\"reason\": \"Later.\", \"from\": \"%s\"}".formatted(from));

        assertThat(scheduled.json().path("state").asString()).isEqualTo("scheduled");
        assertThat(author.get("/manage/v1/strategies/" + version.split("/")[4]).json().path("versions").get(0).path("activeFrom").asString())
                .isEqualTo(from.toString());
    }

    @Test
    @Tag("P11-4")
    void ofTwoApprovalsAndActivationsAtOnceOneHappens() throws Exception {
        try (var both = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 20; i++) {
                var version = stored("Race " + i);
                var approval = approval(version);
                var approvals = List.of(both.submit(() -> lead.post(version + "/approval", approval)), both.submit(() -> lead.post(version + "/approval", approval)));
                var statuses = new ArrayList<Integer>();
                for (var one : approvals) {
                    statuses.add(one.get().status());
                }
                assertThat(statuses).containsExactlyInAnyOrder(201, 409);
                var activations = List.of(both.submit(() -> author.post(version + "/activation", reason())), both.submit(() -> lead.post(version + "/activation", reason())));
                statuses.clear();
                for (var one : activations) {
                    statuses.add(one.get().status());
                }
                assertThat(statuses).containsExactlyInAnyOrder(201, 409);
            }
        }
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void anotherBrandsStrategyIsNotThere() {
        var made = author.post("/manage/v1/strategies", "{\"name\": \"Velmora\", \"brand\": \"velmora\"}").json().path("id").asString();
        author.post("/manage/v1/strategies/" + made + "/versions", document(objective("obj_one", "")));
        people.person("nora.nordalis", "Nora Nordalis", Set.of(Role.STRATEGIST), Set.of("nordalis"), Set.of("*"));
        var stranger = Api.of(port).signIn("nora.nordalis");

        for (var id : List.of(made, "str_none")) {
            var strategy = "/manage/v1/strategies/" + id;
            var version = strategy + "/versions/1";
            var answers = List.of(stranger.get(strategy), stranger.get(version), stranger.get(strategy + "/comparison?from=1&to=1"),
                    stranger.post(strategy + "/versions", document(objective("obj_one", ""))), stranger.post(version + "/approval", approval("0".repeat(64), "x")),
                    stranger.post(version + "/activation", reason()), stranger.post(version + "/ending", reason()));
            assertThat(answers).extracting(Api.Answer::status).containsOnly(404);
            assertThat(answers).extracting(it -> it.json().path("detail").asString()).containsOnly(
                    "There is no such strategy or version, or it is not yours to read. Look it up in the list of strategies.");
        }
        assertThat(stranger.get("/manage/v1/strategies").body()).doesNotContain(made);
    }

    @Test
    void anEngagementModelShapesWhatAnObjectiveLeavesOpen() {
        var models = author.get("/manage/v1/engagement-models").json().path("models");
        assertThat(models.size()).isEqualTo(5);
        assertThat(models.valueStream().map(it -> it.path("channelMix").properties().stream().mapToDouble(mix -> mix.getValue().asDouble()).sum()))
                .allSatisfy(sum -> assertThat(sum).isEqualTo(1, org.assertj.core.data.Offset.offset(0.001)));
        var version = stored("Shaped", objective("obj_default", "").replace("{\"web\": 1.0}", "{}") + ", "
                + objective("obj_own", ", \"contactPolicy\": {\"contacts\": 2, \"perDays\": 7, \"itemRepeats\": 1, \"itemPerDays\": 14}, "
                + "\"lifeCycleStage\": \"launch\", \"segments\": [\"digital-affinity.mixed\"]"));

        var objectives = author.get(version).json().path("document").path("objectives");

        assertThat(objectives.get(0).path("channelMix").path("portal").asDouble()).isEqualTo(0.4);
        assertThat(objectives.get(0).path("contactPolicy").path("contacts").asInt()).isEqualTo(6);
        assertThat(objectives.get(1).path("channelMix").path("web").asDouble()).isEqualTo(1);
        assertThat(objectives.get(1).path("contactPolicy").path("perDays").asInt()).isEqualTo(7);
        assertThat(objectives.get(1).path("lifeCycleStage").asString()).isEqualTo("launch");
    }

    @Test
    @Tag("S4")
    void unknownSegmentsAndImpossiblePoliciesAreRefused() {
        var id = stated("Refused");
        var segment = author.post("/manage/v1/strategies/" + id + "/versions", document(objective("obj_one", ", \"segments\": [\"shoe-size\"]")));
        assertThat(segment.json().path("errors").get(0).path("path").asString()).isEqualTo("/objectives/0/segments/0");
        var policy = author.post("/manage/v1/strategies/" + id + "/versions",
                document(objective("obj_one", ", \"contactPolicy\": {\"contacts\": 0, \"perDays\": 7, \"itemRepeats\": 1, \"itemPerDays\": 14}")));
        assertThat(policy.status()).isEqualTo(400);
    }

    @Test
    void twoVersionsAreComparedInWords() {
        var first = stored("Compared");
        var id = first.split("/")[4];
        author.post("/manage/v1/strategies/" + id + "/versions", document(objective("obj_one", "").replace("\"weight\": 0.8", "\"weight\": 0.5")
                .replace("[\"dosing\"]", "[\"dosing\", \"talk-with-patient\"]") + ", " + objective("obj_two", "")));

        var comparison = author.get("/manage/v1/strategies/" + id + "/comparison?from=1&to=2").json();

        assertThat(comparison.path("added").get(0).path("id").asString()).isEqualTo("obj_two");
        assertThat(comparison.path("changed").get(0).path("changes").valueStream().map(it -> it.path("text").asString()))
                .contains("Weight went from 0.8 to 0.5.").anyMatch(it -> it.startsWith("Needs: “"));
        assertThat(author.get("/manage/v1/strategies/" + id + "/comparison?from=1&to=9").status()).isEqualTo(404);
        assertThat(author.get("/manage/v1/strategies/" + id + "/comparison?from=1&to=x").status()).isEqualTo(400);
    }

    private String stored(String name) {
        return stored(name, objective("obj_one", ""));
    }

    private String stored(String name, String objectives) {
        var answer = author.post("/manage/v1/strategies/" + stated(name) + "/versions", document(objectives));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location").orElseThrow();
    }

    private String stated(String name) {
        return author.post("/manage/v1/strategies", "{\"name\": \"%s\"}".formatted(name)).json().path("id").asString();
    }

    private String approval(String version) {
        return approval(lead.get(version).json().path("sha256").asString(), PeopleFixture.PASSWORD);
    }

    private static String approval(String sha256, String password) {
        return """
                {"reason": "It says what we want.", "sha256": "%s", "signature": {"userId": "stefan.lead", "password": "%s"}}""".formatted(sha256, password);
    }

    private static String reason() {
        return "{\"reason\": \"The board agreed.\"}";
    }

    private static String document(String objectives) {
        return "{\"document\": {\"summary\": \"Fewer, better contacts.\", \"objectives\": [%s]}}".formatted(objectives);
    }

    private static String objective(String id, String more) {
        return """
                {"id": "%s", "name": "From considering to trying", "audience": "hcp.primary-care",
                 "fromStage": "considering", "toStage": "trying", "needs": ["dosing"], "brands": [], "markets": ["GB"],
                 "engagementModel": "service-oriented", "channelMix": {"web": 1.0}, "valueExchange": ["education"],
                 "weight": 0.8, "from": "2020-01-01", "plan": [{"stage": "considering", "need": "dosing", "items": 3}],
                 "measurementPlan": {"kpi": "First visits", "baseline": 34, "target": 45, "smallestSample": 180,
                                     "from": "2020-01-01", "until": "2040-01-01"}%s}""".formatted(id, more);
    }
}
