package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class ContentHttpTests {

    private static final String ITEMS = "/manage/v1/items";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @Autowired ContentDesk desk;

    Api wanda;
    ContentFixture fixture;

    @BeforeEach
    void signIn() {
        wanda = Api.of(port).signIn(people.writer().username());
        fixture = new ContentFixture(jdbc);
    }

    @Test
    void aWriterCreatesReadsAndSavesADraft() {
        var created = wanda.post(ITEMS, newItem(ContentFixture.article("One")));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("ETag")).contains("\"r1\"");
        var item = created.json();
        assertThat(created.header("Location")).contains(ITEMS + "/" + item.get("id").asString());
        assertThat(item.at("/locales/0/state").asString()).isEqualTo("draft");
        assertThat(item.at("/createdBy/displayName").asString()).isEqualTo("Wanda Writer");
        assertThat(item.has("brand")).isFalse();

        var draft = drafts(item.get("key").asString()) + "/en-GB";
        var read = wanda.get(draft);
        assertThat(read.header("ETag")).contains("\"r1\"");
        assertThat(read.json().get("findings").isEmpty()).isTrue();
        var saved = wanda.put(draft, document(ContentFixture.article("Two")), "If-Match", "\"r1\"");
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(saved.header("ETag")).contains("\"r2\"");
        assertThat(saved.json().at("/document/title").asString()).isEqualTo("Two");
    }

    @Test
    @Tag("S12")
    void everyRefusalSaysWhyAndWritesNothing() {
        var key = create(ContentFixture.article("One"));
        var draft = drafts(key) + "/en-GB";
        var good = document(ContentFixture.article("Two"));
        var before = rows();
        refused(wanda.put(draft, good), 428, "precondition-required");
        refused(wanda.put(draft, good, "If-Match", "\"r2\""), 412, "version-conflict");
        refused(wanda.put(draft, good, "If-Match", "*"), 412, "version-conflict");
        refused(wanda.put(draft, good, "If-Match", "W/\"r1\""), 412, "version-conflict");
        refused(wanda.put(draft, document(Json.object()), "If-Match", "\"r1\""), 422, "validation-failed");
        refused(wanda.put(draft, "{\"document\":\"text\"}", "If-Match", "\"r1\""), 400, "invalid-body");
        refused(wanda.put(draft, "{\"document\":{}", "If-Match", "\"r1\""), 400, "invalid-body");
        refused(wanda.put(draft, "{}", "If-Match", "\"r1\""), 400, "invalid-body");
        refused(wanda.put(drafts(key) + "/de-DE", good, "If-Match", "\"r1\""), 404, "not-found");
        refused(wanda.put(drafts("ART-0") + "/en-GB", good, "If-Match", "\"r1\""), 404, "not-found");
        refused(wanda.delete(draft, "If-Match", "\"r1\""), 400, "invalid-query");
        refused(wanda.delete(draft + "?reason=wrong", "If-Match", "\"r1\""), 409, "conflict");
        refused(wanda.delete(draft + "?reason=wrong"), 428, "precondition-required");
        refused(wanda.post(drafts(key), "{\"locale\":\"en-GB\"}"), 409, "conflict");
        refused(wanda.post(drafts(key), "{\"locale\":\"xx\"}"), 400, "invalid-body");
        refused(wanda.post(ITEMS, newItem(Json.object())), 422, "validation-failed");
        refused(wanda.post(ITEMS, "{\"type\":\"article\"}"), 400, "invalid-body");
        refused(wanda.get(draft + "/findings?market=XX"), 400, "invalid-query");
        refused(wanda.get(ITEMS + "/" + key + "/versions/en-GB/1"), 404, "not-found");
        refused(wanda.put(draft, "{\"document\":{\"title\":\"" + "x".repeat(17 << 20) + "\"}}", "If-Match", "\"r1\""), 413, "payload-too-large");
        assertThat(rows()).isEqualTo(before);
        assertThat(wanda.get(draft).header("ETag")).contains("\"r1\"");
    }

    @Test
    void validationErrorsCarryCodePointerAndMessage() {
        var document = Json.object().put("title", "x".repeat(301)).put("tags", "free");
        document.putObject("classification").putArray("need").add("no-such-need");
        var errors = wanda.post(ITEMS, newItem(document)).json().get("errors");
        assertThat(errors).extracting(it -> it.get("code").asString() + " " + it.get("path").asString())
                .containsExactlyInAnyOrder("unknown-concept /classification/need/0", "unknown-field /tags", "too-long /title");
        assertThat(errors).allSatisfy(it -> assertThat(it.get("message").asString()).isNotBlank());
    }

    @Test
    @Tag("S5")
    void nothingButTheDocumentCanBeSet() {
        var key = create(ContentFixture.article("One"));
        var draft = drafts(key) + "/en-GB";
        var before = rows();
        for (var field : List.of("role", "status", "state", "owner", "createdBy", "hash", "sha256", "version", "revision", "approval", "approvedBy", "key", "id", "updatedBy")) {
            refused(wanda.put(draft, Json.text(Map.of("document", ContentFixture.article("x"), field, "x")), "If-Match", "\"r1\""), 400, "invalid-body");
            refused(wanda.post(drafts(key), Json.text(Map.of("locale", "de-DE", field, "x"))), 400, "invalid-body");
            refused(wanda.post(ITEMS, Json.text(Map.of("type", "article", "kind", "promotional", "locale", "en-GB", "document", ContentFixture.article("x"), field, "x"))), 400, "invalid-body");
            refused(wanda.put(draft, document(ContentFixture.article("x").put(field, "x")), "If-Match", "\"r1\""), 422, "validation-failed");
            refused(wanda.get(draft + "?" + field + "=x"), 400, "invalid-query");
        }
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void aForeignBrandsItemReadsAsMissingOnEveryRoute() {
        fixture.brand("velorix");
        var made = (ContentDesk.Creation.Created) desk.create(people.writer(), new NewItem("article", "promotional", "velorix", "en-GB", ContentFixture.article("Secret")));
        desk.freeze(people.writer(), made.item().id(), "en-GB", 1);
        desk.startDraft(people.writer(), made.item().id(), "en-GB", null);
        people.person("gloria.other", "Gloria Other", Set.of(Role.WRITER), Set.of("glymera"), Set.of("*"));
        var gloria = Api.of(port).signIn("gloria.other");
        var good = document(ContentFixture.article("x"));
        for (var known : List.of(made.item().id(), made.item().key())) {
            for (var tail : List.of("/versions", "/versions/en-GB/1", "/drafts/en-GB", "/drafts/en-GB/findings", "/history")) {
                same(gloria.get(ITEMS + "/" + known + tail), gloria.get(ITEMS + "/itm_none" + tail));
            }
            same(gloria.put(drafts(known) + "/en-GB", good, "If-Match", "\"r1\""), gloria.put(drafts("itm_none") + "/en-GB", good, "If-Match", "\"r1\""));
            same(gloria.delete(drafts(known) + "/en-GB?reason=x", "If-Match", "\"r1\""), gloria.delete(drafts("itm_none") + "/en-GB?reason=x", "If-Match", "\"r1\""));
            same(gloria.post(drafts(known), "{\"locale\":\"de-DE\"}"), gloria.post(drafts("itm_none"), "{\"locale\":\"de-DE\"}"));
        }
    }

    @Test
    @Tag("P11-5")
    void onlyWritersWriteAndNobodyWithoutASession() {
        var key = create(ContentFixture.article("One"));
        var medical = Api.of(port).signIn(people.medical().username());
        assertThat(medical.get(drafts(key) + "/en-GB").status()).isEqualTo(200);
        refused(medical.put(drafts(key) + "/en-GB", document(ContentFixture.article("x")), "If-Match", "\"r1\""), 403, "forbidden");
        refused(medical.post(ITEMS, newItem(ContentFixture.article("x"))), 403, "forbidden");
        refused(Api.of(port).get(drafts(key) + "/en-GB"), 401, "unauthenticated");
        refused(Api.of(port).get("/manage/v1/blobs/" + "a".repeat(64)), 401, "unauthenticated");
    }

    @Test
    @Tag("S21")
    void thePreviewIsSanitisedAndLinksItsCitations() {
        var answer = wanda.post("/manage/v1/render", Json.text(Map.of("markdown", "Say <script>x</script> **a** [@ref_a]", "references", List.of(Map.of("id", "ref_a", "csl", Map.of())))));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("html").asString()).contains("<strong>a</strong>", "#ref-ref_a").doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
            "250 × 10^9/L                      ! 250 × 10^9/L",
            "5 × 10^6 units/kg                 ! 5 × 10^6 units/kg",
            "250 × 10^9^/L                     ! 250 × 10⁹/L",
            "10^6 and later 10^8               ! 10^6 and later 10^8",
            "Na^+ and K^, both, ~5 mg and 10~. ! Na^+ and K^, both, ~5 mg and 10~.",
            "5~10,10~20 mg                     ! 5~10,10~20 mg",
            "Mean 5~10 mg and 10~20 mg.        ! Mean 5~10 mg and 10~20 mg.",
            "CYP2C19*2 and CYP2C19*3           ! CYP2C19*2 and CYP2C19*3",
            "HLA-B*57:01 and HLA-A*31:01       ! HLA-B*57:01 and HLA-A*31:01",
            "95% CI [1-3], interval [2,3]      ! 95% CI [1-3], interval [2,3]",
            "D0:D9:4F 2:1 :D3                  ! D0:D9:4F 2:1 :D3",
            "BMI in kg/m^2[^1]. [@ref_c; @ref_a; @ref_b] ! BMI in kg/m^2[a]. [1–3]",
            "(a+b)*c, *1/*17, −12 ± 3 µg/mL ≤ 5 ! (a+b)*c, *1/*17, −12 ± 3 µg/mL ≤ 5",
    })
    void whatIsTypedIsWhatIsRead(String typed, String read) {
        var references = List.of(Map.of("id", "ref_a"), Map.of("id", "ref_b"), Map.of("id", "ref_c"));
        var answer = wanda.post("/manage/v1/render", Json.text(Map.of("markdown", typed + "\n\n[^1]: Body mass index.", "references", references)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("plainText").asString()).isEqualTo(read + "\n\n[a] Body mass index.");
        var html = answer.json().get("html").asString();
        var raised = html.replace("<sup>9</sup>", "⁹");
        assertThat(Jsoup.parse(raised).body().child(0).text()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u200b", "\u00ad \u200d", "\u2060\ufeff", "\u00a0"})
    void aTitleOfNothingThatIsSeenIsRefused(String title) {
        var answer = wanda.post(ITEMS, newItem(ContentFixture.article("x").put("title", title)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo("/title");
    }

    @ParameterizedTest
    @Tag("US-1")
    @CsvSource(delimiter = '|', value = {
            "Seen [@ref_x].          | unknown-reference",
            "Seen [@ref_1; @ref_x].  | unknown-reference",
            "Seen [see @ref_1].      | unknown-reference",
            "Typed :claim[CLM-1].    | unreadable-directive",
            "BMI in kg/m^2[^1].      | unknown-footnote",
    })
    void whatPointsAtNothingIsToldWhileWritingAndNotSubmitted(String body, String code) {
        people.medical();
        people.legal();
        people.regulatory();
        var document = ContentFixture.article("Points at nothing").put("body", body);
        document.putArray("references").addObject().put("id", "ref_1").set("csl", Json.object().put("type", "book"));
        var key = create(document);
        var findings = wanda.get(drafts(key) + "/en-GB").json().get("findings").valueStream().filter(it -> "block".equals(it.get("severity").asString())).toList();
        assertThat(findings).extracting(it -> it.get("code").asString() + " " + it.get("path").asString()).containsExactly(code + " /body");
        assertThat(findings.getFirst().get("message").asString()).isNotBlank();

        var refused = wanda.post(drafts(key) + "/en-GB/submission", "{\"market\":\"GB\"}", "If-Match", "\"r1\"");
        refused(refused, 422, "validation-failed");
        assertThat(refused.json().get("errors")).extracting(it -> it.get("code").asString()).containsExactly(code);
        document.put("body", "Seen [@ref_1], CLM-1.");
        assertThat(wanda.put(drafts(key) + "/en-GB", document(document), "If-Match", "\"r1\"").status()).isEqualTo(200);
        assertThat(wanda.post(drafts(key) + "/en-GB/submission", "{\"market\":\"GB\"}", "If-Match", "\"r2\"").status()).isEqualTo(201);
    }

    @Test
    void aVersionIsShownWithItsDocumentAndHtml() {
        var key = create(ContentFixture.article("One"));
        desk.freeze(people.writer(), wanda.get(drafts(key) + "/en-GB").json().get("itemId").asString(), "en-GB", 1);
        var version = wanda.get(ITEMS + "/" + key + "/versions/en-GB/1").json();
        assertThat(version.get("html").asString()).contains("<h1>Start</h1>");
        assertThat(version.get("sha256").asString()).hasSize(64);
        assertThat(wanda.get(ITEMS + "/" + key + "/versions?locale=en-GB").json().get("versions").size()).isEqualTo(1);
        assertThat(wanda.get(ITEMS + "/" + key + "/versions?locale=de-DE").json().get("versions").size()).isZero();
    }

    @Test
    void theContentTypesAreAsTheirFilesSay() {
        var types = wanda.get("/manage/v1/content-types").json().get("types");
        assertThat(types).extracting(it -> it.get("type").asString()).containsExactly("article", "claim", "module",
                "plain-language-summary", "playbook", "prescribing-information", "safety-information", "standard-response");
        assertThat(types.get(0).get("prefix").asString()).isEqualTo("ART");
    }

    @Test
    @Tag("P11-3")
    void theTrailHasTheOldValuesOfEachSave() {
        var key = create(ContentFixture.article("One"));
        var draft = drafts(key) + "/en-GB";
        wanda.put(draft, document(ContentFixture.article("Two")), "If-Match", "\"r1\"");
        var id = wanda.get(draft).json().get("itemId").asString();
        var entries = Api.of(port).signIn(people.administrator().username()).get("/manage/v1/audit?subjectType=item&subjectId=" + id).json().get("entries");
        assertThat(entries).extracting(it -> it.get("action").asString()).containsExactlyInAnyOrder("item.created", "draft.saved");
        var saved = entries.get(0).get("action").asString().equals("draft.saved") ? entries.get(0) : entries.get(1);
        assertThat(saved.at("/before/title").asString()).isEqualTo("One");
        assertThat(saved.at("/after/title").asString()).isEqualTo("Two");
        assertThat(saved.at("/after").has("body")).isFalse();
        assertThat(wanda.get(ITEMS + "/" + key + "/history").json().get("entries")).extracting(it -> it.get("action").asString() + " " + it.at("/actor/displayName").asString())
                .containsExactly("draft.saved Wanda Writer", "item.created Wanda Writer");
    }

    private String create(ObjectNode document) {
        return wanda.post(ITEMS, newItem(document)).json().get("key").asString();
    }

    private static String newItem(ObjectNode document) {
        return Json.text(Map.of("type", "article", "kind", "non-promotional", "locale", "en-GB", "document", document));
    }

    private static String document(ObjectNode document) {
        return Json.text(Map.of("document", document));
    }

    private static String drafts(String item) {
        return ITEMS + "/" + item + "/drafts";
    }

    private Map<String, Long> rows() {
        return fixture.rows();
    }

    private static void refused(Api.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).isNotBlank();
    }

    private static void same(Api.Answer one, Api.Answer other) {
        assertThat(one.status()).isEqualTo(404).isEqualTo(other.status());
        var a = (ObjectNode) one.json();
        var b = (ObjectNode) other.json();
        for (var body : List.of(a, b)) {
            body.remove(List.of("traceId", "instance"));
        }
        assertThat(a).isEqualTo(b);
    }
}
