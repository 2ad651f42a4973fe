package io.throughline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.audit.AuditTrail;
import io.throughline.audit.Verification;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/// The demo portfolio as the people of the demo find it.
@IntegrationTest
@TestPropertySource(properties = "demo=true")
class DemoPortfolioTests {

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired AuditTrail audit;

    @Test
    void hasAtLeastEightyItemsOfEveryTypeInEveryState() {
        assertThat(count("select count(*) from content_item")).isGreaterThanOrEqualTo(80);
        assertThat(count("select count(distinct type) from content_item")).isEqualTo(8);
        assertThat(count("select count(distinct kind) from content_item")).isEqualTo(3);
        assertThat(count("select count(distinct market) from publication")).isEqualTo(3);
        assertThat(count("select count(*) from publication where ended_sequence is null")).isGreaterThan(50);
        assertThat(count("select count(*) from publication where end_reason = 'withdrawn'")).isEqualTo(1);
        assertThat(count("select count(*) from publication where end_reason = 'superseded'")).isEqualTo(1);
        assertThat(count("select count(*) from review_job where state = 'in-review'")).isGreaterThan(4);
        assertThat(count("select count(*) from review_job where state = 'revise-and-resubmit'")).isEqualTo(2);
        assertThat(count("select count(*) from strategy_activation")).isEqualTo(2);
        assertThat(audit.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void theMatrixShowsDemandAndUseAndTheGapsHaveBriefs() {
        var strategist = Api.of(port);
        assertThat(strategist.trySignIn("s.varga", DemoPeople.PASSWORD).status()).isEqualTo(200);
        var matrix = strategist.get("/manage/v1/framework-matrix?audience=hcp.primary-care&market=GB&brand=cardelune").json();
        assertThat(matrix.path("summary").path("requests").asLong()).isGreaterThan(100);
        assertThat(matrix.path("summary").path("empty").asLong()).isPositive();
        assertThat(matrix.path("cells").valueStream().mapToLong(it -> it.path("use").path("served").asLong()).sum()).isPositive();
        assertThat(strategist.get("/manage/v1/briefs?state=open").json().path("briefs").size()).isEqualTo(2);
        assertThat(workOf("mara.lindqvist").path("briefs").size()).isEqualTo(2);
    }

    @Test
    void theSignInScreenOffersEightPeople() {
        var about = Api.of(port).get("/manage/v1/about").json();

        assertThat(about.path("demo").asBoolean()).isTrue();
        assertThat(about.path("signIns").size()).isEqualTo(8);
    }

    @Test
    void everybodyFindsTheirWork() {
        var writer = workOf("mara.lindqvist");
        assertThat(writer.path("drafts").size()).isPositive();
        assertThat(writer.path("sentBack").size()).isEqualTo(2);
        assertThat(writer.path("toPublish").size()).isEqualTo(2);
        assertThat(writer.path("expiring").valueStream().map(it -> it.path("item").path("title").asString()))
                .contains("LODESTAR-HF in five minutes", "Glyvanta and the kidney, on one card", "The first year on Respirelle");
        assertThat(writer.path("withdrawals").get(0).path("withdrawnBy").path("displayName").asString()).isEqualTo("Dr. Ngozi Okonjo");

        var medical = workOf("dr.amari");
        assertThat(medical.path("reviewsDue").size()).isGreaterThan(4);
        assertThat(medical.path("toPublish").size()).isZero();
        assertThat(workOf("dr.okonjo").path("reviewsDue").size()).isZero();
    }

    @Test
    void aChannelGetsAContentSetThatItsStrategyAskedFor() {
        var answer = Api.of(port).withKey("tlk_demo_web_6f1d2c8e4b7a")
                .get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=cardelune");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var set = answer.json();
        assertThat(set.path("strategy").path("objectives").valueStream().map(JsonNode::asString)).contains("obj_titration");
        var lead = set.path("slots").get(0).path("items").get(0).path("id").asString();
        assertThat(set.path("items").path(lead).path("brand").asString("cardelune")).isEqualTo("cardelune");
        assertThat(set.path("items").path(lead).path("approval").path("jobCode").asString()).startsWith("GB-");
        assertThat(set.path("slots").valueStream().filter(it -> it.path("name").asString().equals("safety")).findFirst().orElseThrow()
                .path("items").size()).isEqualTo(1);
    }

    @Test
    void rulesAreFindingsInTheEditorABlockAtSubmissionAndOmissionsWithTheirReason() {
        var draft = idOf("What 4.5 points mean for a practice of 2,000 patients");
        var writer = Api.of(port);
        assertThat(writer.trySignIn("mara.lindqvist", DemoPeople.PASSWORD).status()).isEqualTo(200);
        assertThat(writer.get("/manage/v1/items/" + draft + "/drafts/en-GB").json().path("findings").valueStream()
                .map(it -> it.path("severity").asString() + " " + it.path("rule").asString("")))
                .contains("block rul_relative_beside_absolute", "warning GB-1");
        var refused = writer.post("/manage/v1/items/" + draft + "/drafts/en-GB/submission", "{\"market\": \"GB\"}", "If-Match", "\"r1\"");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").valueStream().map(it -> it.path("rule").asString("")))
                .containsExactlyInAnyOrder("rul_relative_beside_absolute", "GB-1");

        var set = Api.of(port).withKey("tlk_demo_web_6f1d2c8e4b7a").get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing"
                + "&market=GB&locale=en-GB&brand=cardelune&explain=true").json();
        assertThat(set.path("excluded").valueStream().map(it -> it.path("title").asString() + ": " + it.path("rule").asString())).contains(
                "Titrating Cardelune on the ward: rul_one_schedule", "The dose wheel, to talk through in person: rul_wheel_in_person");
        assertThat(set.path("slots").valueStream().flatMap(it -> it.path("items").valueStream()).flatMap(it -> it.path("reasons").valueStream())
                .map(JsonNode::asString)).contains("pairing:rul_titration_with_safety");
        var tablet = Api.of(port).withKey("tlk_demo_tablet_c05f7e81a2b6").get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing"
                + "&market=GB&locale=en-GB&brand=cardelune").json();
        assertThat(tablet.path("items").has(idOf("The dose wheel, to talk through in person"))).isTrue();
    }

    private String idOf(String title) {
        return jdbc.sql("select item_id from content_draft where document->>'title' = :title union select item_id from content_version where document->>'title' = :title")
                .param("title", title).query(String.class).single();
    }

    private JsonNode workOf(String username) {
        var api = Api.of(port);
        assertThat(api.trySignIn(username, DemoPeople.PASSWORD).status()).isEqualTo(200);
        var answer = api.get("/manage/v1/my-work");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
