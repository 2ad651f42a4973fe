package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.identity.IdentitySeed;
import io.throughline.ingest.document.Samples;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Each of the small files that once lost something, sent as a person sends it: what the draft then holds.
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseFilesHttpTests {

    /// What the draft (title, summary, body, source, references) or the report must hold, by file.
    private static final Map<String, List<String>> RIGHT = right();

    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    private static Map<String, List<String>> right() {
        var all = new LinkedHashMap<String, List<String>>();
        all.put("01-named-entities.xml", List.of("Mean change −12 mm Hg (±3), α = 0.05, doses ≤10 μg/kg daily in Sjögren patients."));
        all.put("02-superscript-in-titles.xml", List.of("Platelets below 50 × 10⁹/L and CrCl of 10⁻³", "Counts above 10⁶ copies per mL"));
        all.put("03-retraction-notice.xml", List.of("\"title\":\"Retraction: Home titration", "\"articleType\":\"retraction\"", "\"relation\":\"retracted-article\"", "\"target\":\"10.5555/jic.2024.0001\"", "not an article but a notice"));
        all.put("04-notes-in-front.xml", List.of("Dr Quist is employed by Aldermere Therapeutics", "Data are available on request."));
        all.put("05-interests-without-fn-type.xml", List.of("Dr Quist received fees", "Trial registration NCT00000000"));
        all.put("06-video-legend.xml", List.of("Hold the pen for 10 seconds at an angle of 90 degrees."));
        all.put("07-figure-attribution.xml", List.of("Reproduced from Hollis 2020 with permission of Invented Press; not for reuse.", "© 2020 Invented Press"));
        all.put("08-subtitle.xml", List.of("Tirvaciguat in heart failure: results of a terminated phase 2 trial", "Tirvaciguat na insuficiência cardíaca"));
        all.put("09-data-availability-custom-meta.xml", List.of("Patient data are held by the sponsor and cannot be shared."));
        all.put("10-authors-of-the-same-name.xml", List.of("{\"given\":\"Y\",\"family\":\"Wang\"},{\"given\":\"Y\",\"family\":\"Wang\"},{\"given\":\"Elin\""));
        all.put("11-lettered-list.xml", List.of("(a) Age over 18", "(b) NYHA class III", "6. Sixth item"));
        all.put("12-mathml-precedence.xml", List.of("(a/b)^2^", "1/(a/b)", "^14^C"));
        all.put("13-strike.xml", List.of("Do take with food.", "Left out: struck-out passages (1): “not”."));
        all.put("14-table-spans.xml", List.of("| Bleeding | 3 | 4 |", "Repeated: cells that span several rows or columns"));
        all.put("15-abbreviation-definition.xml", List.of("LVEF (left ventricular ejection fraction)"));
        all.put("16-oasis-table.xml", List.of("| Bleeding | 12 |", "| Nausea | 7 |"));
        all.put("17-anonymous-and-collab.xml", List.of("TITRATE Study Group", "Anonymous", "\"given\":\"Taro\",\"family\":\"Yamada\"", "for the TITRATE investigators"));
        all.put("18-word-formulas.docx", List.of("CrCl=((140−age)×weight)/(72×Scr)", "5×10^9^ per litre", "√(BSA)"));
        all.put("19-word-strikethrough.docx", List.of("Do take with food.", "Left out: struck-out passages (1): “not”."));
        all.put("20-zotero-citation.docx", List.of("\"DOI\":\"10.5555/jic.2025.12\"", "The dose was reached [@ref"));
        all.put("21-pdf-superscript.pdf", List.of("50 x 10^9^/L", "10^6^ copies"));
        all.put("22-pdf-three-authors.pdf", List.of("\"family\":\"Quist\"", "\"family\":\"Hollis\"", "\"family\":\"Braga\""));
        all.put("24-pdf-references-roman.pdf", List.of("\"references\":2", "Tirvaciguat in heart failure. J Inv Cardiol. 2025;12:341.", "Titration by nurses."));
        all.put("24b-same-with-plain-heading.pdf", List.of("\"references\":2", "Tirvaciguat in heart failure. J Inv Cardiol. 2025;12:341.", "Titration by nurses."));
        all.put("26-html-math-strike-hidden.html", List.of("Do take.", "a/b", "(c) third", "Left out: deletions (1): “not”.", "Left out: hidden passages (1): “invisible”."));
        return all;
    }

    Api writer;

    @BeforeAll
    void signIn() {
        writer = Api.of(port).signIn(new PeopleFixture(seed).writer().username());
    }

    static Set<String> files() {
        return RIGHT.keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("S37")
    void aFileBecomesADraftThatHoldsWhatItsSourceShows(String name) {
        var answer = IngestHttpTests.upload(writer, name, Samples.caseFile(name), Map.of("kind", "non-promotional", "locale", "en-GB"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var draft = writer.get("/manage/v1/items/" + answer.json().path("itemId").asString() + "/drafts/en-GB");
        assertThat(draft.status()).isEqualTo(200);
        assertThat(texts(draft.json()) + draft.json() + texts(answer.json()) + answer.json()).contains(RIGHT.get(name));
    }

    /// All strings, unescaped.
    private static String texts(JsonNode node) {
        if (node.isString()) {
            return node.asString() + "\n";
        }
        var all = new StringBuilder();
        node.forEach(it -> all.append(texts(it)));
        return all.toString();
    }
}
