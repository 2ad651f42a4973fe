package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.ContentDesk;
import io.throughline.content.ContentFixture;
import io.throughline.content.NewItem;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A new locale of an item: a marked copy that is translated before anybody reviews it.
@IntegrationTest
class LocaleHttpTests {

    private static final String ITEMS = "/manage/v1/items";
    private static final String ENGLISH = """
            ## Dose

            Start with 5 mg once daily, and double the dose every two weeks if it is tolerated.

            - CYP2C19*2, 250 × 10^9/L, 5~10 mg

            Measure potassium after two weeks and again after three months in all patients.
            """;
    private static final String GERMAN = """
            ## Dosis

            Beginnen Sie mit 5 mg einmal täglich, und verdoppeln Sie die Dosis alle zwei Wochen, wenn sie vertragen wird.

            - CYP2C19*2, 250 × 10^9/L, 5~10 mg

            Messen Sie das Kalium nach zwei Wochen und noch einmal nach drei Monaten bei allen Patienten.
            """;

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired ContentDesk desk;
    @Autowired JdbcClient jdbc;

    Api wanda;

    @BeforeEach
    void signIn() {
        people.medical();
        people.legal();
        people.regulatory();
        wanda = Api.of(port).signIn(people.writer().username());
    }

    @Test
    @Tag("LC-1")
    void aNewLocaleIsAMarkedCopyOfItsSourceWithTheBlocksThatStillEqualIt() {
        var item = submitted("Dosing in brief", ENGLISH);
        var started = start(item, "de-DE");
        assertThat(started.at("/document/body").asString()).isEqualTo(ENGLISH);
        assertThat(started.at("/copyOf/locale").asString()).isEqualTo("en-GB");
        assertThat(started.at("/copyOf/version").asInt()).isEqualTo(1);
        assertThat(started.at("/copyOf/state").asString()).isEqualTo("untranslated");
        assertThat(pieces(started, ENGLISH)).as("a title, a heading of one word and a list of numbers are no fault").containsExactly(
                "Start with 5 mg once daily, and double the dose every two weeks if it is tolerated.",
                "Measure potassium after two weeks and again after three months in all patients.");
        assertThat(codes(started)).containsExactly("block equals-source LC-1", "block wrong-language LC-3");
        assertThat(started.at("/findings/0/message").asString()).isEqualTo("Translate the text into German: it is still that of en-GB, version 1, word for word.");

        var shown = wanda.get(ITEMS + "/" + item).json();
        var german = shown.path("locales").valueStream().filter(it -> it.path("locale").asString().equals("de-DE")).findFirst().orElseThrow();
        assertThat(german.at("/copyOf/state").asString()).isEqualTo("untranslated");
        assertThat(shown.at("/locales/1").has("copyOf")).as("the one that the item began with").isFalse();
        var work = wanda.get("/manage/v1/my-work").json().path("drafts").valueStream().filter(it -> it.path("id").asString().equals(item)).findFirst();
        assertThat(work.orElseThrow().at("/copyOf/state").asString()).isEqualTo("untranslated");
        var row = inLibrary(item, "de-DE");
        assertThat(row.at("/copyOf/locale").asString()).isEqualTo("en-GB");
        assertThat(row.at("/copyOf/version").asInt()).isEqualTo(1);
        assertThat(row.at("/copyOf/state").asString()).isEqualTo("untranslated");

        var partly = save(item, "de-DE", 1, article("Dosing in brief", GERMAN.replaceAll("Messen.*\n", "Measure potassium after two weeks and again after three months in all patients.\n")));
        assertThat(partly.at("/copyOf/state").asString()).isEqualTo("partly-translated");
        assertThat(pieces(partly, partly.at("/document/body").asString())).containsExactly("Measure potassium after two weeks and again after three months in all patients.");
        assertThat(codes(partly)).containsExactly("warning block-equals-source LC-1");
        var whole = save(item, "de-DE", 2, article("Dosing in brief", GERMAN));
        assertThat(whole.at("/copyOf/state").asString()).isEqualTo("translated");
        assertThat(whole.path("findings")).isEmpty();
        assertThat(submit(item, "de-DE", 3, "DE").status()).isEqualTo(201);
    }

    @Test
    @Tag("LC-1")
    void aCopyIsNotSubmittedWhileOnlyNumbersMarksAndCitationsDiffer() {
        var item = submitted("Start low", "Start low.");
        start(item, "de-DE");
        refused(submit(item, "de-DE", 1, "DE"), "equals-source", "LC-1");
        save(item, "de-DE", 1, article("Niedrig beginnen", "**Start** low, 10 mg!"));
        refused(submit(item, "de-DE", 2, "DE"), "equals-source", "LC-1");
        save(item, "de-DE", 2, article("Niedrig beginnen", "Niedrig beginnen, 10 mg."));
        assertThat(submit(item, "de-DE", 3, "DE").status()).isEqualTo(201);
    }

    @Test
    @Tag("LC-1")
    void aCopiedDraftIsComparedWithWhatItWasWhenItWasCopied() {
        var item = written("Written on", "Measure potassium in all patients.");
        var started = start(item, "fr-FR");
        assertThat(started.at("/copyOf/revision").asInt()).isEqualTo(1);
        save(item, "en-GB", 1, article("Written on", "Check sodium once."));
        refused(submit(item, "fr-FR", 1, "FR"), "equals-source", "LC-1");
    }

    @Test
    @Tag("LC-1")
    void aRestoredVersionOfACopyIsHeldToTheSameRule() {
        var item = submitted("Restored", ENGLISH);
        start(item, "de-DE");
        desk.freeze(people.writer(), item, "de-DE", 1); // as a version from before this rule
        var restored = wanda.post(ITEMS + "/" + item + "/drafts", "{\"locale\":\"de-DE\",\"fromVersion\":1}").json();
        assertThat(restored.at("/basedOnVersion").asInt()).isEqualTo(1);
        assertThat(restored.at("/copyOf/state").asString()).isEqualTo("untranslated");
        refused(submit(item, "de-DE", 1, "DE"), "equals-source", "LC-1");
    }

    @Test
    @Tag("LC-1")
    void aLocaleOfTheSameLanguageIsAdaptedAndTheSourceIsTheClosestOne() {
        var item = submitted("Von Deutschland in die Schweiz", ENGLISH);
        save(item, "de-DE", start(item, "de-DE").path("revision").asInt(), article("Die Dosis", GERMAN));
        var swiss = start(item, "de-CH");
        assertThat(swiss.at("/copyOf/locale").asString()).isEqualTo("de-DE");
        assertThat(codes(swiss)).containsExactly("block equals-source LC-1");
        confirmedAsItStands(item, swiss);
        var french = wanda.post(ITEMS + "/" + item + "/drafts", "{\"locale\":\"fr-CH\",\"fromLocale\":\"en-GB\",\"fromVersion\":1}").json();
        assertThat(french.at("/copyOf/locale").asString()).isEqualTo("en-GB");
        for (var none : List.of("\"fromLocale\":\"en-GB\",\"fromVersion\":9", "\"fromLocale\":\"en-US\"")) {
            assertThat(wanda.post(ITEMS + "/" + item + "/drafts", "{\"locale\":\"fr-FR\"," + none + "}").status()).isEqualTo(404);
        }
    }

    /// What is right in one locale may be right in another of its language, word for word; somebody has to say so, for these words.
    private void confirmedAsItStands(String item, JsonNode swiss) {
        var path = ITEMS + "/" + item + "/drafts/de-CH";
        assertThat(wanda.post(path + "/copy-confirmation", "").status()).as("without If-Match").isEqualTo(428);
        assertThat(wanda.post(path + "/copy-confirmation", "", "If-Match", "\"r9\"").status()).isEqualTo(412);
        int revision = swiss.path("revision").asInt();
        var confirmed = wanda.post(path + "/copy-confirmation", "", "If-Match", "\"r" + revision + "\"");
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        assertThat(confirmed.json().at("/copyOf/state").asString()).isEqualTo("confirmed");
        assertThat(codes(confirmed.json())).isEmpty();
        assertThat(wanda.get(path + "/findings?market=CH").body()).doesNotContain("equals-source");
        save(item, "de-CH", revision, article("Die Dosis in der Schweiz", GERMAN));
        assertThat(codes(wanda.get(path).json())).as("another title is another text").containsExactly("block equals-source LC-1");
        save(item, "de-CH", revision + 1, article("Die Dosis", GERMAN));
        assertThat(codes(wanda.get(path).json())).isEmpty();
        var german = wanda.get(ITEMS + "/" + item + "/drafts/de-DE");
        assertThat(wanda.post(ITEMS + "/" + item + "/drafts/de-DE/copy-confirmation", "", "If-Match", german.header("ETag").orElseThrow()).status())
                .as("a copy from English").isEqualTo(409);
    }

    @Test
    @Tag("LC-2")
    void aNewLocaleTakesTheSafetyAndPrescribingInformationOfItsLocale() {
        var brand = "safetone";
        new ContentFixture(jdbc).brand(brand);
        var english = item("safety-information", "promotional", brand, "en-GB", article("Safety", "Measure potassium before the first dose."));
        var german = item("safety-information", "promotional", brand, "de-DE", article("Sicherheit", "Kalium vor der ersten Dosis messen."));
        item("safety-information", "promotional", null, "de-DE", article("Fremd", "Ohne Marke."));
        var label = item("prescribing-information", "promotional", brand, "en-GB", article("Label", "Tablets of 5 mg."));
        var claim = item("claim", "promotional", brand, "en-GB", claim("Fewer admissions than with placebo."));
        var document = article("Dosing", ENGLISH + "\n:claim[" + claim + "]\n").put("safetyInformation", english).put("prescribingInformation", label);
        document.putArray("claims").add(claim);
        var started = start(item("article", "promotional", brand, "en-GB", document), "de-DE");
        assertThat(started.at("/document/safetyInformation").asString()).isEqualTo(german);
        assertThat(started.at("/document/prescribingInformation").asString()).as("there is none to take").isEqualTo(label);
        var lacking = started.path("findings").valueStream().filter(it -> it.path("code").asString().equals("part-in-other-locale")).toList();
        assertThat(lacking).extracting(it -> it.path("path").asString()).containsExactlyInAnyOrder("/prescribingInformation", "/claims/0");
        assertThat(lacking).allSatisfy(it -> assertThat(it.path("severity").asString()).isEqualTo("block"));
        assertThat(lacking).extracting(it -> it.path("message").asString()).anySatisfy(it -> assertThat(it)
                .startsWith("Make the prescribing information for de-DE: add the locale to PI-").endsWith("(it stands in en-GB only), or choose another that has it."));

        start(claim, "de-DE");
        start(label, "de-DE");
        assertThat(codes(wanda.get(ITEMS + "/" + started.path("itemId").asString() + "/drafts/de-DE").json())).noneMatch(it -> it.contains("part-in-other-locale"));
    }

    @Test
    @Tag("LC-2")
    void whereSeveralWouldDoTheFindingSaysSoAndNothingIsTakenInSilence() {
        var brand = "safetwo";
        new ContentFixture(jdbc).brand(brand);
        var english = item("safety-information", "promotional", brand, "en-GB", article("Safety", "Measure potassium."));
        item("safety-information", "promotional", brand, "de-DE", article("Sicherheit 1", "Kalium messen."));
        item("safety-information", "promotional", brand, "de-DE", article("Sicherheit 2", "Natrium messen."));
        var started = start(item("article", "promotional", brand, "en-GB", article("Dosing", ENGLISH).put("safetyInformation", english)), "de-DE");
        assertThat(started.at("/document/safetyInformation").asString()).isEqualTo(english);
        assertThat(codes(started)).contains("block part-in-other-locale LC-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "fr-FR"})
    @Tag("LC-3")
    void aTextInAnotherLanguageThanItsLocalesIsNotSubmittedWhereverItCameFrom(String locale) {
        var item = item("article", "non-promotional", null, locale, article("Imported", ENGLISH + "\n\n" + ENGLISH));
        var read = wanda.get(ITEMS + "/" + item + "/drafts/" + locale).json();
        assertThat(codes(read)).startsWith("block wrong-language LC-3");
        var hint = read.path("findings").valueStream().filter(it -> it.path("code").asString().equals("other-language")).findFirst().orElseThrow();
        assertThat(hint.path("message").asString()).contains("reads as English", "is expected in " + locale);
        assertThat(read.at("/document/body").asString().substring(hint.at("/span/start").asInt(), hint.at("/span/end").asInt()).strip())
                .isEqualTo("Start with 5 mg once daily, and double the dose every two weeks if it is tolerated.");
        refused(submit(item, locale, 1, locale.substring(3)), "wrong-language", "LC-3");
    }

    @Test
    @Tag("LC-3")
    void aPassageInAnotherLanguageIsAHintAndVariantsAreOneLanguage() {
        var item = item("article", "non-promotional", null, "de-DE", article("Mit Zitat", GERMAN + "\n> Measure potassium after two weeks and again after three months in all patients.\n"));
        assertThat(codes(wanda.get(ITEMS + "/" + item + "/drafts/de-DE").json())).containsExactly("hint other-language LC-3");
        assertThat(submit(item, "de-DE", 1, "DE").status()).isEqualTo(201);
        var american = item("article", "non-promotional", null, "en-US", article("Colour and color", ENGLISH));
        assertThat(wanda.get(ITEMS + "/" + american + "/drafts/en-US").json().path("findings")).isEmpty();
    }

    private JsonNode start(String item, String locale) {
        var answer = wanda.post(ITEMS + "/" + item + "/drafts", Json.text(Map.of("locale", locale)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode save(String item, String locale, int revision, ObjectNode document) {
        var answer = wanda.put(ITEMS + "/" + item + "/drafts/" + locale, Json.text(Map.of("document", document)), "If-Match", "\"r" + revision + "\"");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Api.Answer submit(String item, String locale, int revision, String market) {
        return wanda.post(ITEMS + "/" + item + "/drafts/" + locale + "/submission", Json.text(Map.of("market", market)), "If-Match", "\"r" + revision + "\"");
    }

    private static void refused(Api.Answer answer, String code, String rule) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().path("errors")).anySatisfy(it -> {
            assertThat(it.path("code").asString()).isEqualTo(code);
            assertThat(it.path("rule").asString()).isEqualTo(rule);
        });
    }

    private JsonNode inLibrary(String item, String locale) {
        for (int i = 0; i < 100; i++) {
            var key = wanda.get(ITEMS + "/" + item).json().path("key").asString();
            var row = wanda.get(ITEMS + "?q=" + key).json().path("items").valueStream()
                    .filter(it -> it.path("id").asString().equals(item) && it.path("locale").asString().equals(locale)).findFirst();
            if (row.isPresent()) {
                return row.get();
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("the library never showed it");
    }

    /// What the marked pieces of the body say.
    private static List<String> pieces(JsonNode draft, String body) {
        return draft.at("/copyOf/equal").valueStream().map(it -> body.substring(it.path("start").asInt(), it.path("end").asInt()).strip()).toList();
    }

    private static List<String> codes(JsonNode draft) {
        return draft.path("findings").valueStream().map(it -> "%s %s %s".formatted(it.path("severity").asString(), it.path("code").asString(), it.path("rule").asString(""))).toList();
    }

    private String written(String title, String body) {
        return item("article", "non-promotional", null, "en-GB", article(title, body));
    }

    private String submitted(String title, String body) {
        var item = written(title, body);
        assertThat(submit(item, "en-GB", 1, "GB").status()).isEqualTo(201);
        return item;
    }

    private String item(String type, String kind, String brand, String locale, ObjectNode document) {
        var created = desk.create(people.writer(), new NewItem(type, kind, brand, locale, document));
        assertThat(created).isInstanceOf(ContentDesk.Creation.Created.class);
        return ((ContentDesk.Creation.Created) created).item().id();
    }

    private static ObjectNode article(String title, String body) {
        var document = Json.object().put("title", title).put("body", body);
        document.putObject("classification").putArray("audience").add("hcp.cardiology");
        document.withObject("/classification").putArray("stage").add("considering");
        document.withObject("/classification").putArray("need").add("dosing");
        return document;
    }

    private static ObjectNode claim(String text) {
        var document = article("A claim", "").put("text", text).put("efficacyClaim", false);
        document.remove("body");
        return document;
    }
}
