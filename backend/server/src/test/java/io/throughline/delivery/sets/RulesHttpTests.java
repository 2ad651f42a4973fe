package io.throughline.delivery.sets;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static io.throughline.delivery.DeliveryFixture.document;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Each type of rule in the three moments, always under the same id: a finding while writing, a block at submission, an
/// omission when serving.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class RulesHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();
    private static final String RULE = "rul_0001";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api writer;
    Api web;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        people.medical();
        people.legal();
        people.regulatory();
        writer = Api.of(port).signIn(people.writer().username());
        web = Api.of(port).withKey(people.webKey());
        brand = "rules" + BRAND.incrementAndGet();
        shelf.brand(brand);
    }

    // ---- the table: type, how the text breaks it, where the finding stands

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            requires        | a claim in it requires another claim                | /claims/0                  | item-missing
            excludes        | two claims in it exclude each other                 | /claims/1                  | item-excluded
            allowedChannel  | it is for a channel that a claim in it forbids      | /classification/channel/1  | channel-not-allowed
            allowedAudience | it is for an audience that a claim in it forbids    | /classification/audience/0 | audience-not-allowed
            allowedMarket   | it goes to a market that a claim in it forbids      | /claims/0                  | market-not-allowed
            maxUse          | it shows a claim twice that may be shown once       | /claims/0                  | used-too-often
            order           | it shows two claims the wrong way round             | /claims/0                  | wrong-order
            pairing         | it lacks the safety information of a claim in it    | /safetyInformation         | pairing-missing
            """)
    void aTextThatBreaksARuleOfItsPartIsToldAndThenStopped(String type, String why, String path, String code) {
        var other = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, claim("The other claim"));
        var saf = shelf.written("safety-information", Kinds.NON_PROMOTIONAL, brand, safety("Safety"));
        var claim = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("The ruled claim"), rule(type, other, saf)));
        for (var part : java.util.List.of(other, saf, claim)) {
            shelf.approved(part, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        }
        var text = article("Breaks it");
        var claims = text.putArray("claims");
        switch (type) {
            case "requires", "allowedMarket", "pairing" -> claims.add(claim.id());
            case "excludes" -> claims.add(claim.id()).add(other.id());
            case "order" -> claims.add(other.id()).add(claim.id());
            case "maxUse" -> {
                claims.add(claim.id());
                text.put("body", "We say :claim[" + claim.id() + "] and again :claim[" + claim.id() + "].");
            }
            case "allowedChannel" -> {
                claims.add(claim.id());
                classify(text, "channel", "email", "web");
            }
            case "allowedAudience" -> claims.add(claim.id());
            default -> throw new AssertionError(type);
        }
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, text);

        var findings = writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB/findings?market=GB").json().path("findings");
        assertThat(findings.valueStream().map(it -> it.path("rule").asString("") + " " + it.path("path").asString() + " " + it.path("code").asString()))
                .as(why).containsExactly(RULE + " " + path + " " + code);
        assertThat(findings.get(0).path("message").asString()).isEqualTo("Do as this rule says.");

        var rows = Footprint.of(jdbc);
        var refused = submit(item);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.json().path("errors").valueStream().map(it -> it.path("rule").asString(""))).containsExactly(RULE);
        assertThat(Footprint.of(jdbc)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requires", "excludes", "allowedChannel", "allowedAudience", "maxUse", "order", "pairing"})
    void whatBreaksARuleIsLeftOutWhenServingUnderTheSameId(String type) {
        var saf = shelf.live("safety-information", Kinds.NON_PROMOTIONAL, brand, safety("Safety"));
        var other = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("The other"));
        shelf.approved(other, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        var document = withRule(claim("The ruled claim"), rule(type, other, saf));
        switch (type) {
            case "pairing" -> document.put("safetyInformation", saf.id());
            case "allowedAudience" -> classify(document, "audience", "hcp.nurse");
            default -> { /* as it is */ }
        }
        var ruled = shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, document);
        switch (type) {
            case "excludes", "order" -> shelf.published(other, "GB"); // leads the set
            case "maxUse" -> shelf.live("article", Kinds.NON_PROMOTIONAL, brand, (ObjectNode) article("Uses it").set("claims", Json.mapper().createArrayNode().add(ruled.id())));
            case "pairing" -> {
                shelf.published(other, "GB"); // without anything to serve, the whole set would be refused
                shelf.published(saf, "GB", Instant.now().plus(1, ChronoUnit.HOURS), null); // the same version, not effective yet
            }
            default -> { /* nothing to keep it company */ }
        }
        var set = web.get(path(type.equals("allowedAudience") ? "hcp" : "hcp.primary-care"));
        assertThat(excluded(set.json())).contains(ruled.id() + " " + RULE);
        assertThat(set.json().path("items").has(ruled.id())).isFalse();

        if (type.equals("requires")) {
            shelf.published(other, "GB");
            var complete = web.get(path("hcp.primary-care")).json();
            assertThat(reasonsOf(complete, ruled)).contains("requires:" + RULE);
        }
    }

    @Test
    void whatAMarketMayNotHaveIsNotPublishedThere() {
        var ruled = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("Not here"), rule("allowedMarket", null, null)));
        shelf.approved(ruled, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        var refused = writer.post("/manage/v1/items/" + ruled.id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("rule").asString()).isEqualTo(RULE);
    }

    // ---- rules of the market's pack

    @Test
    @Tag("EU-2")
    void aRuleOfTheMarketIsAWarningWhileNoMarketIsChosenABlockAtSubmissionAndAnOmissionUnderOneId() {
        var item = promotion("Promotion on chat", "chat", "web");
        var written = writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB").json();
        assertThat(written.path("findings").valueStream().map(it -> it.path("rule").asString("") + " " + it.path("severity").asString() + " " + it.path("path").asString()))
                .contains("GB-1 warning /classification/channel/0");
        assertThat(writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB/findings?market=GB").json().path("findings").valueStream()
                .map(it -> it.path("rule").asString("") + " " + it.path("severity").asString())).contains("GB-1 block");
        var rows = Footprint.of(jdbc);
        var refused = submit(item);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.json().path("errors").valueStream().map(it -> it.path("rule").asString(""))).containsExactly("GB-1");
        assertThat(Footprint.of(jdbc)).isEqualTo(rows);

        var everywhere = promotion("Promotion everywhere");
        shelf.approved(everywhere, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        shelf.published(everywhere, "GB");
        var chat = Api.of(port).withKey(people.chatKey());
        assertThat(excluded(chat.get(path("hcp.primary-care")).json())).contains(everywhere.id() + " GB-1");
        assertThat(chat.get("/v1/items/" + everywhere.id() + "?market=GB&locale=en-GB").status()).isEqualTo(404);
        assertThat(chat.get("/v1/items?market=GB&locale=en-GB&brand=" + brand).json().path("items").valueStream()
                .map(it -> it.path("id").asString())).doesNotContain(everywhere.id());
        assertThat(web.get(path("hcp.primary-care")).json().path("items").has(everywhere.id())).isTrue();
    }

    private Item promotion(String title, String... channels) {
        var safety = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var prescribing = shelf.live("prescribing-information", Kinds.PROMOTIONAL, brand, DeliveryFixture.prescribing("PI"));
        var document = article(title).put("safetyInformation", safety.id()).put("prescribingInformation", prescribing.id());
        if (channels.length > 0) {
            classify(document, "channel", channels);
        }
        return shelf.written("article", Kinds.PROMOTIONAL, brand, document);
    }

    // ---- outside of sets

    @Test
    void anItemThatItsRuleKeepsFromAChannelIsNotFoundThere() {
        var ruled = shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("By e-mail"), rule("allowedChannel", null, null)));
        assertThat(web.get("/v1/items/" + ruled.id() + "?market=GB&locale=en-GB").status()).isEqualTo(404);
    }

    @Test
    void anArticleIsKeptFromTheChannelsThatAClaimInItForbids() {
        var ruled = shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("By e-mail"), rule("allowedChannel", null, null)));
        var user = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, (ObjectNode) article("Uses it").set("claims", Json.mapper().createArrayNode().add(ruled.id())));
        assertThat(web.get("/v1/items/" + user.id() + "?market=GB&locale=en-GB").status()).isEqualTo(404);
        assertThat(excluded(web.get(path("hcp.primary-care")).json())).contains(user.id() + " " + RULE);
    }

    @Test
    void anItemWithoutWhatItRequiresIsNotServedAlone() {
        var other = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("The other"));
        shelf.approved(other, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        var ruled = shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("Together"), rule("requires", other, null)));
        var alone = "/v1/items/" + ruled.id() + "?market=GB&locale=en-GB";
        var refused = web.get(alone);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asString()).contains(RULE);
        shelf.published(other, "GB");
        assertThat(web.get(alone).status()).isEqualTo(200);
        shelf.withdrawn(other);
        assertThat(web.get(alone).status()).isEqualTo(409);
    }

    @Test
    @Tag("US-2")
    void pairedSafetyInformationStandsThereForItsRule() {
        var saf = shelf.live("safety-information", Kinds.NON_PROMOTIONAL, brand, safety("Safety"));
        shelf.live("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("Paired"), rule("pairing", null, saf)).put("safetyInformation", saf.id()));
        assertThat(reasonsOf(web.get(path("hcp.primary-care")).json(), saf)).containsExactly("pairing:" + RULE);
    }

    // ---- bad input

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "rul_1", "type": "whenever", "message": "m", "source": "US-2"}                                                      | not-allowed-value | /rules/0/type
            {"id": "rul_1", "type": "requires", "message": "m", "source": "US-2", "items": ["itm_nobody"]}                             | unknown-item      | /rules/0/items/0
            {"id": "rul_1", "type": "allowedChannel", "message": "m", "source": "US-2", "channels": ["pigeon"]}                        | unknown-concept   | /rules/0/channels/0
            {"id": "rul_1", "type": "allowedMarket", "message": "m", "source": "US-2", "markets": ["XX"]}                              | unknown-concept   | /rules/0/markets/0
            {"id": "rul_1", "type": "allowedAudience", "message": "m", "source": "US-2", "audiences": ["hcp' or 1=1"]}                 | pattern           | /rules/0/audiences/0
            {"id": "1", "type": "maxUse", "message": "m", "source": "US-2", "times": 1, "per": "set"}                                  | pattern           | /rules/0/id
            {"id": "rul_1", "type": "maxUse", "message": "m", "source": "US-2", "times": 1e400, "per": "set"}                          | not-allowed-value | /rules/0/times
            {"id": "rul_1", "type": "excludes", "message": "m", "source": "US-2", "items": [], "if": "true"}                           | unknown-field     | /rules/0/if
            {"id": "rul_1", "type": "pairing", "message": "m", "source": "US-2", "item": null}                                         | wrong-type        | /rules/0/item
            "excludes"                                                                                                                 | wrong-type        | /rules/0
            null                                                                                                                       | wrong-type        | /rules/0
            """)
    @Tag("S13")
    void aRuleThatIsNoneIsRefusedAndNothingIsKept(String rule, String code, String path) {
        var rows = Footprint.of(jdbc);
        var answer = writer.post("/manage/v1/items", """
                {"type": "claim", "kind": "non-promotional", "brand": "%s", "locale": "en-GB",
                 "document": {"title": "t", "text": "t", "efficacyClaim": false, "rules": [%s]}}""".formatted(brand, rule));
        assertThat(answer.status()).as(answer.body()).isIn(400, 422);
        if (answer.status() == 422) {
            assertThat(answer.json().path("errors").valueStream().map(it -> it.path("code").asString() + " " + it.path("path").asString()))
                    .contains(code + " " + path);
        }
        assertThat(Footprint.of(jdbc)).isEqualTo(rows);
    }

    @Test
    void twoRulesOfADocumentHaveTwoIds() {
        var twice = rule("maxUse", null, null);
        var document = claim("Twice");
        document.putArray("rules").add(twice).add(twice.deepCopy().put("times", 3));
        var answer = writer.post("/manage/v1/items", Json.text(Json.object().put("type", "claim").put("kind", "non-promotional").put("locale", "en-GB").set("document", document)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("path").asString()).isEqualTo("/rules/1/id");
    }

    @Test
    void aPairingIsWithSafetyOrPrescribingInformation() {
        var other = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("The other"));
        var document = withRule(claim("Paired"), rule("pairing", null, other));
        var answer = writer.post("/manage/v1/items", Json.text(Json.object().put("type", "claim").put("kind", "non-promotional").put("locale", "en-GB").set("document", document)));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").get(0).path("path").asString()).isEqualTo("/rules/0/item");
    }

    @Test
    void aRuleThatCouldNeverBeKeptIsToldAndStopsSubmission() {
        var promotional = shelf.written("article", Kinds.PROMOTIONAL, brand, article("Promotion"));
        var item = shelf.written("claim", Kinds.NON_PROMOTIONAL, brand, withRule(claim("Never"), rule("requires", promotional, null)));
        var refused = submit(item);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("path").asString()).isEqualTo("/rules/0/items/0");
    }

    private Api.Answer submit(Item item) {
        return writer.post("/manage/v1/items/" + item.id() + "/drafts/en-GB/submission", "{\"market\": \"GB\"}", "If-Match", "\"r1\"");
    }

    private String path(String audience) {
        return "/v1/content-sets?audience=" + audience + "&stage=considering&need=dosing&market=GB&locale=en-GB&explain=true&brand=" + brand;
    }

    private static List<String> excluded(JsonNode set) {
        return set.path("excluded").valueStream().map(it -> it.path("id").asString() + " " + it.path("rule").asString()).toList();
    }

    private static List<String> reasonsOf(JsonNode set, Item item) {
        return set.path("slots").valueStream().flatMap(slot -> slot.path("items").valueStream()).filter(it -> it.path("id").asString().equals(item.id()))
                .flatMap(it -> it.path("reasons").valueStream()).map(JsonNode::asString).toList();
    }

    private static ObjectNode claim(String text) {
        return document(text).put("text", text + ".").put("efficacyClaim", false);
    }

    private static ObjectNode withRule(ObjectNode document, ObjectNode rule) {
        document.putArray("rules").add(rule);
        return document;
    }

    private static ObjectNode rule(String type, Item other, Item safety) {
        var rule = Json.object().put("id", RULE).put("type", type).put("message", "Do as this rule says.").put("source", "US-2");
        switch (type) {
            case "requires", "excludes", "order" -> rule.putArray("items").add(other.id());
            case "allowedChannel" -> rule.putArray("channels").add("email");
            case "allowedAudience" -> rule.putArray("audiences").add("hcp.nurse");
            case "allowedMarket" -> rule.putArray("markets").add("US");
            case "maxUse" -> rule.put("times", 1).put("per", "set");
            case "pairing" -> rule.put("item", safety.id());
            default -> throw new AssertionError(type);
        }
        return rule;
    }
}
