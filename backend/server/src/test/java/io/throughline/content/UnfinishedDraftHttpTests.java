package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writing begins with a title, whatever the type: what lacks is told beside its field and refused only at submission.
@IntegrationTest
class UnfinishedDraftHttpTests {

    private static final String ITEMS = "/manage/v1/items";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;

    Api wanda;

    static List<String> types() {
        return new ContentTypes().list().stream().map(ContentType::name).toList();
    }

    @BeforeEach
    void signIn() {
        people.medical();
        people.legal();
        people.regulatory();
        people.signatory();
        wanda = Api.of(port).signIn(people.writer().username());
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeBeginsWithATitleNamesWhatItLacksAndIsSubmittedOnceThatIsThere(String type) {
        var required = fields(type);
        var created = wanda.post(ITEMS, newItem(type, Json.object().put("title", "Only a title")));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        var drafts = ITEMS + "/" + created.json().get("key").asString() + "/drafts/en-GB";

        var lacking = blocks(wanda.get(drafts).json());
        assertThat(lacking).containsExactlyInAnyOrderElementsOf(required.stream().filter(it -> !"/title".equals(it)).toList());
        var refused = wanda.post(drafts + "/submission", "{\"market\":\"GB\"}", "If-Match", "\"r1\"");
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);

        var document = Json.object().put("title", "Only a title");
        required.forEach(it -> fill(document, type, it));
        var saved = wanda.put(drafts, Json.text(Json.object().set("document", document)), "If-Match", "\"r1\"");
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(blocks(saved.json())).isEmpty();
        var submitted = wanda.post(drafts + "/submission", "{\"market\":\"GB\"}", "If-Match", "\"r2\"");
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);
    }

    @Test
    void anEntryJustAddedIsKeptAndWhatItLacksIsAFindingOfIts() {
        var document = ContentFixture.claim("Fewer first hospitalisations.", false);
        document.putArray("variations").addObject().put("length", "short");
        document.withArray("/variations").addObject().put("length", "long").put("text", " ");
        document.putArray("anchors").addObject().put("page", 3);
        var created = wanda.post(ITEMS, newItem("claim", document));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(blocks(wanda.get(ITEMS + "/" + created.json().get("key").asString() + "/drafts/en-GB").json()))
                .containsExactlyInAnyOrder("/variations/0/text", "/variations/1/text", "/anchors/0/reference", "/anchors/0/quote");

        var playbook = Json.object().put("title", "Steps");
        playbook.putArray("steps").addObject();
        assertThat(wanda.post(ITEMS, newItem("playbook", playbook)).status()).isEqualTo(201);
    }

    private List<String> fields(String type) {
        for (var it : wanda.get("/manage/v1/content-types").json().get("types")) {
            if (it.get("type").asString().equals(type)) {
                return it.get("requiredToSubmit").valueStream().map(JsonNode::asString).filter(pointer -> !pointer.contains("*")).toList();
            }
        }
        throw new AssertionError("no type " + type);
    }

    private void fill(ObjectNode document, String type, String pointer) {
        var audience = "plain-language-summary".equals(type) ? "patient" : "hcp.cardiology";
        switch (pointer) {
            case "/title" -> { /* it has one */ }
            case "/efficacyClaim" -> document.put("efficacyClaim", false);
            case "/classification/audience" -> document.withArray("/classification/audience").add(audience);
            case "/classification/stage" -> document.withArray("/classification/stage").add("considering");
            case "/classification/need" -> document.withArray("/classification/need").add("dosing");
            case "/claims" -> document.putArray("claims").add(submittedClaim());
            default -> document.put(pointer.substring(1), "Words for " + pointer);
        }
    }

    /// What a text contains has a version of its own before the text is reviewed.
    private String submittedClaim() {
        var id = wanda.post(ITEMS, newItem("claim", ContentFixture.claim("A statement.", false))).json().get("id").asString();
        var submitted = wanda.post(ITEMS + "/" + id + "/drafts/en-GB/submission", "{\"market\":\"GB\"}", "If-Match", "\"r1\"");
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);
        return id;
    }

    private static List<String> blocks(JsonNode answer) {
        return answer.get("findings").valueStream().filter(it -> "block".equals(it.get("severity").asString()))
                .map(it -> it.get("path").asString()).toList();
    }

    private static String newItem(String type, ObjectNode document) {
        var body = Json.object().put("type", type).put("kind", "non-promotional").put("locale", "en-GB");
        body.set("document", document);
        return Json.text(body);
    }
}
