package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Small files of every kind that once lost or changed what their source shows, each with its right value, and neighbours of each.
class CaseFilesTests {

    private static ParsedDocument read(String name) {
        return Samples.parsed(Samples.caseFile(name), name);
    }

    private static ParsedDocument jats(String head, String paragraph) {
        return Samples.parsed(utf8(head + "<article xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><front><article-meta><title-group>"
                + "<article-title>T</article-title></title-group></article-meta></front><body><p>" + paragraph + "</p></body></article>"), "a.xml");
    }

    private static String math(String math) {
        return jats("", "<inline-formula><mml:math>" + math.replace("<", "<mml:").replace("<mml:/", "</mml:") + "</mml:math></inline-formula>").bodyMarkdown();
    }

    private static final String DOCTYPE = "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS v1.2//EN\" \"JATS-archivearticle1.dtd\">";

    @Test
    @Tag("S33")
    void named_characters_of_the_public_dtds_are_what_they_stand_for() {
        assertThat(read("01-named-entities.xml").bodyMarkdown()).isEqualTo(
                "## Dose\n\nMean change −12 mm Hg (±3), α = 0.05, doses ≤10 μg/kg daily in Sjögren patients.");
        assertThat(jats(DOCTYPE, "&mgr;g, &b.alpha;, &micro;g, &thinsp;&ges;5, &lsqb;2,3&rsqb;, &ohgr;, &frac12;, &times;, &deg;C, &Lstrok;, &hellip;, a&amp;b&lt;c").bodyMarkdown())
                .isEqualTo("μg, α, µg, ⩾5, \\[2,3\\], ω, ½, ×, °C, Ł, …, a&b\\<c");
    }

    @Test
    void named_characters_in_attributes_count_too() {
        var fences = "<inline-formula><mml:math><mml:mfenced open=\"&lfloor;\" close=\"&rfloor;\"><mml:mi>x</mml:mi></mml:mfenced></mml:math></inline-formula>";
        assertThat(jats(DOCTYPE, fences).bodyMarkdown()).isEqualTo("⌊x⌋");
    }

    @Test
    void thousands_of_named_characters_are_no_attack() {
        assertThat(jats(DOCTYPE, "5&nbsp;mg ".repeat(20_000)).bodyMarkdown()).startsWith("5 mg 5 mg");
    }

    @Test
    @Tag("S33")
    void an_unknown_named_character_refuses_the_file_and_is_named() {
        for (var place : new String[] {"dose 5 &nosuchunit; daily", "<ext-link xlink:href=\"&nosuchunit;\">x</ext-link>"}) {
            var refusal = Samples.refused(utf8(DOCTYPE + "<article xmlns:xlink=\"x\"><front><article-meta/></front><body><p>" + place + "</p></body></article>"), "a.xml");
            assertThat(refusal.detail()).contains("“&nosuchunit;”");
        }
        assertThat(jats(DOCTYPE, "<!-- &nosuchunit; --><![CDATA[&nosuchunit;]]>").bodyMarkdown()).isEqualTo("\\&nosuchunit;");
    }

    @Test
    void powers_in_titles_and_references_are_never_glued() {
        var read = read("02-superscript-in-titles.xml");
        assertThat(read.title()).isEqualTo("Platelets below 50 × 10⁹/L and CrCl of 10⁻³");
        assertThat(read.references().getFirst().csl()).containsEntry("title", "Counts above 10⁶ copies per mL");
        assertThat(jats("", "10<sup>9.5</sup>x, m<sup>(2)</sup>s, 10<sup>at day 9</sup>7, A<sub>at rest</sub>5, 10<sup><italic>n</italic></sup>").bodyMarkdown())
                .isEqualTo("10^9.5^x, m⁽²⁾s, 10\\^(at day 9)7, A\\_(at rest)5, 10^*n*^");
    }

    @Test
    void formulas_have_brackets_where_their_layout_said_what_belongs_together() {
        assertThat(read("12-mathml-precedence.xml").bodyMarkdown()).isEqualTo(
                "## Formulas\n\nA: (a/b)^2^; B: x̄; C: 1/(a/b); D: \\|x\\|; E: (n choose k); F: ^14^C");
        assertThat(math("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>")).isEqualTo("2 1/2");
        assertThat(math("<mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi>")).isEqualTo("(a/b)c");
        assertThat(math("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>")).isEqualTo("(a + b)^2^");
        assertThat(math("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>")).isEqualTo("(a)^2^");
        assertThat(math("<msup><msup><mi>a</mi><mn>2</mn></msup><mn>3</mn></msup>")).isEqualTo("(a^2^)^3^");
        assertThat(math("<mfrac><mrow><mi>a</mi><mi>b</mi></mrow><mrow><mi>c</mi><mi>d</mi></mrow></mfrac>")).isEqualTo("(ab)/(cd)");
        assertThat(math("<msqrt><mfrac><mi>a</mi><mi>b</mi></mfrac></msqrt><mi>c</mi>")).isEqualTo("√(a/b)c");
        assertThat(math("<mi>log</mi><mi>x</mi><mo>=</mo><mo>−</mo><mn>5</mn>")).isEqualTo("log x = −5");
        assertThat(math("<mn>0.0</mn><mn>33</mn>")).isEqualTo("0.033");
        assertThat(math("<mover><mi>p</mi><mo>^</mo></mover>")).isEqualTo("p̂");
    }

    @Test
    void struck_out_words_are_left_out_counted_and_shown() {
        var read = read("13-strike.xml");
        assertThat(read.bodyMarkdown()).isEqualTo("## Dosing\n\nDo take with food. Never exceed x̄.");
        assertThat(read.warnings()).contains("Left out: struck-out passages (1): “not”.");
    }

    private static ParsedDocument docx(String runs) {
        return Samples.parsed(DocxParsingTests.docx("<w:p><w:r><w:t>Start</w:t></w:r></w:p><w:p>" + runs + "</w:p>"), "a.docx");
    }

    private static String run(String properties, String text) {
        return "<w:r><w:rPr>" + properties + "</w:rPr><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
    }

    private static ParsedDocument html(String body) {
        return Samples.parsed(utf8("<html><head><title>T</title></head><body>" + body + "</body></html>"), "a.html");
    }

    @Test
    void formulas_of_word_are_read_with_their_brackets() {
        assertThat(read("18-word-formulas.docx").bodyMarkdown()).isEqualTo(
                "Cockcroft: CrCl=((140−age)×weight)/(72×Scr) and count 5×10^9^ per litre; root √(BSA)\n\nEnd of text.");
    }

    @Test
    void struck_out_words_of_word_are_left_out_counted_and_shown() {
        var read = read("19-word-strikethrough.docx");
        assertThat(read.bodyMarkdown()).isEqualTo("Do take with food.\n\nMore text.");
        assertThat(read.warnings()).contains("Left out: struck-out passages (1): “not”.");
        assertThat(docx(run("<w:dstrike/>", "not ") + run("<w:strike w:val=\"0\"/>", "kept")).bodyMarkdown()).endsWith("kept").doesNotContain("not");
    }

    @Test
    void tracked_changes_comments_and_hidden_text_say_what_was_done() {
        var read = docx("<w:ins><w:r><w:t xml:space=\"preserve\">10 mg </w:t></w:r></w:ins><w:del><w:r><w:delText>5 mg</w:delText></w:r></w:del>" + run("", "daily") + run("<w:vanish/>", "secret"));
        assertThat(read.bodyMarkdown()).endsWith("10 mg daily");
        assertThat(read.warnings()).contains("Accepted: insertions of tracked changes (1): “10 mg”.",
                "Left out: deletions of tracked changes (1): “5 mg”.", "Left out: hidden passages (1): “secret”.");
    }

    @Test
    void letters_of_the_symbol_font_are_what_they_show() {
        assertThat(docx(run("", "10 ") + "<w:r><w:sym w:font=\"Symbol\" w:char=\"F06D\"/></w:r>" + run("", "g ")
                + run("<w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\"/>", "m") + run("", "g")).bodyMarkdown()).endsWith("10 μg μg");
        assertThat(html("<p>10 <font face=\"Symbol\">m</font>g</p>").bodyMarkdown()).isEqualTo("10 μg");
        var unknown = docx(run("", "5 ") + "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/></w:r>" + run("", " 6"));
        assertThat(unknown.bodyMarkdown()).endsWith("5 □ 6");
        assertThat(unknown.warnings()).anyMatch(it -> it.contains("F0E0 of Wingdings"));
    }

    @Test
    void raised_text_of_word_is_a_superscript_by_position_too() {
        assertThat(docx(run("", "10") + run("<w:position w:val=\"6\"/>", "9") + run("", "/L")).bodyMarkdown()).endsWith("10^9^/L");
    }

    @Test
    void raised_digits_of_a_pdf_are_superscripts() {
        assertThat(read("21-pdf-superscript.pdf").title() + read("21-pdf-superscript.pdf").bodyMarkdown())
                .contains("Platelets fell below 50 x 10^9^/L and viral load was 10^6^ copies per mL in all patients of the study.");
    }

    @Test
    void deleted_hidden_and_raised_text_of_html_is_what_a_reader_sees() {
        var read = read("26-html-math-strike-hidden.html");
        assertThat(read.bodyMarkdown()).isEqualTo("## Dose\n\nDo take.\n\na/b\n\n- (c) third");
        assertThat(read.warnings()).contains("Left out: deletions (1): “not”.", "Left out: hidden passages (1): “invisible”.");
        var changed = html("<style>.gone{display:none} .up{vertical-align:super}</style><p>Take <ins>10</ins><del>5</del> mg.<span class=gone>x</span> 10<span class=up>9</span>/L, "
                + "H<span style=\"vertical-align: sub\">2</span>O <s>old</s><span style=\"text-decoration: underline line-through\">older</span></p>"
                + "<table><tr><th>a</th><th>b</th></tr><tr style=\"display:none\"><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>");
        assertThat(changed.bodyMarkdown()).isEqualTo("Take 10 mg. 10^9^/L, H~2~O\n\n| a | b |\n| --- | --- |\n| 3 | 4 |");
        assertThat(changed.warnings()).contains("Accepted: insertions (1): “10”.", "Left out: deletions (1): “5”.",
                "Left out: hidden passages (2): “x”, “12”.", "Left out: struck-out passages (2): “old”, “older”.");
    }

    @Test
    void works_of_a_reference_manager_are_references_that_the_text_cites() {
        var read = read("20-zotero-citation.docx");
        assertThat(read.references()).hasSize(1);
        assertThat(read.references().getFirst().csl())
                .containsEntry("type", "article-journal").containsEntry("title", "Tirvaciguat in heart failure")
                .containsEntry("container-title", "Journal of Invented Cardiology").containsEntry("volume", "12").containsEntry("page", "341")
                .containsEntry("DOI", "10.5555/jic.2025.12").containsEntry("author", List.of(Map.of("family", "Hollis", "given", "P")))
                .containsEntry("issued", Map.of("date-parts", List.of(List.of(2025))));
        assertThat(read.bodyMarkdown()).isEqualTo("The dose was reached [1] by most.\n\nEnd.");
    }

    @Test
    void as_many_authors_as_the_properties_name() {
        assertThat(read("22-pdf-three-authors.pdf").authors()).extracting(ParsedDocument.Author::family).containsExactly("Quist", "Hollis", "Braga");
        assertThat(PropertyAuthors.read("Quist, E., Hollis, P.", new ArrayList<>())).extracting(ParsedDocument.Author::family).containsExactly("Quist", "Hollis");
        assertThat(PropertyAuthors.read("Quist, Elin", new ArrayList<>())).containsExactly(new ParsedDocument.Author("Quist", "Elin", null, null));
        assertThat(PropertyAuthors.read("Elin Quist, MD, and Paul Hollis", new ArrayList<>())).extracting(ParsedDocument.Author::family).containsExactly("Quist", "Hollis");
    }

    @Test
    void a_heading_of_references_with_a_roman_number_is_one() {
        for (var name : List.of("24-pdf-references-roman.pdf", "24b-same-with-plain-heading.pdf")) {
            var read = read(name);
            assertThat(read.references()).as(name).hasSize(2);
            assertThat(read.bodyMarkdown()).as(name).contains("heart failure [1]").doesNotContain("REFERENCES");
        }
    }

    @Test
    void a_retraction_says_so_first_and_keeps_what_it_retracts() {
        var read = read("03-retraction-notice.xml");
        assertThat(read.warnings().getFirst()).isEqualTo(
                "This is not an article but a notice (retraction) about 10.5555/jic.2024.0001. Look for what you hold of that article.");
        assertThat(read.title()).isEqualTo("Retraction: Home titration of tirvaciguat by telephone");
        assertThat(read.articleType()).isEqualTo("retraction");
        assertThat(read.related()).containsExactly(new ParsedDocument.Related("retracted-article", "10.5555/jic.2024.0001"));
        assertThat(read.bodyMarkdown()).startsWith(
                "**Retraction.** This notice concerns [10.5555/jic.2024.0001](https://doi.org/10.5555/jic.2024.0001).\n\nThe authors retract this article");
    }

    @Test
    void corrections_and_concerns_are_notices_too_and_a_retracted_article_says_so() {
        var template = new String(Samples.caseFile("03-retraction-notice.xml"), java.nio.charset.StandardCharsets.UTF_8);
        for (var kind : Map.of("correction", "corrected-article", "expression-of-concern", "object-of-concern", "partial-retraction", "retracted-article").entrySet()) {
            var read = Samples.parsed(utf8(template.replace("\"retraction\"", "\"" + kind.getKey() + "\"").replace("retracted-article", kind.getValue())), "a.xml");
            assertThat(read.warnings().getFirst()).startsWith("This is not an article but a notice").contains("10.5555/jic.2024.0001");
            assertThat(read.title()).isNotEqualTo("Home titration of tirvaciguat by telephone");
        }
        var retracted = Samples.parsed(utf8(template.replace("\"retraction\"", "\"research-article\"").replace("retracted-article", "retraction-forward")), "a.xml");
        assertThat(retracted.title()).isEqualTo("Home titration of tirvaciguat by telephone");
        assertThat(retracted.warnings().getFirst()).isEqualTo(
                "This article has been retracted (10.5555/jic.2024.0001). Read that notice before you use any of it.");
    }

    @Test
    void notes_of_the_front_matter_are_sections() {
        assertThat(read("04-notes-in-front.xml").bodyMarkdown())
                .contains("## Competing Interest Statement\n\nDr Quist is employed by Aldermere Therapeutics, maker of tirvaciguat.")
                .contains("## Data availability\n\nData are available on request.");
        assertThat(read("05-interests-without-fn-type.xml").bodyMarkdown()).contains("""
                ## Competing interests and disclosures

                **Conflict of interest:** Dr Quist received fees from Aldermere Therapeutics.

                Competing interests: none for the others. Trial registration NCT00000000.""");
        assertThat(read("09-data-availability-custom-meta.xml").bodyMarkdown())
                .contains("## Data Availability\n\nPatient data are held by the sponsor and cannot be shared.");
    }

    @Test
    void legends_of_films_and_rights_of_figures_are_kept() {
        assertThat(read("06-video-legend.xml").bodyMarkdown()).isEqualTo(
                "## Results\n\nSee the film.\n\n**Video 1.** Injection technique. Hold the pen for 10 seconds at an angle of 90 degrees.");
        assertThat(read("07-figure-attribution.xml").bodyMarkdown()).isEqualTo("""
                ## Results

                **Figure 1** Mechanism.

                Reproduced from Hollis 2020 with permission of Invented Press; not for reuse.

                © 2020 Invented Press""");
    }

    @Test
    void subtitles_and_translated_titles_are_kept() {
        var read = read("08-subtitle.xml");
        assertThat(read.title()).isEqualTo("Tirvaciguat in heart failure: results of a terminated phase 2 trial");
        assertThat(read.bodyMarkdown()).contains("## Title in other languages\n\npt: Tirvaciguat na insuficiência cardíaca");
    }

    @Test
    void as_many_authors_as_the_source_says() {
        var same = read("10-authors-of-the-same-name.xml");
        assertThat(same.authors()).extracting(ParsedDocument.Author::family).containsExactly("Wang", "Wang", "Quist");
        assertThat(same.warnings()).contains("The source names “Y Wang” more than once as author; each was kept, check that they are different people.");
        var groups = read("17-anonymous-and-collab.xml");
        assertThat(groups.authors()).containsExactly(
                new ParsedDocument.Author(null, null, null, "TITRATE Study Group"),
                new ParsedDocument.Author(null, null, null, "Anonymous"),
                new ParsedDocument.Author("Yamada", "Taro", null, null));
        assertThat(groups.bodyMarkdown()).contains("Members of the group: A Member.").contains("for the TITRATE investigators");
    }

    @Test
    void letters_and_starts_of_lists_are_kept() {
        assertThat(read("11-lettered-list.xml").bodyMarkdown()).isEqualTo("""
                ## Criteria

                - (a) Age over 18
                - (b) NYHA class III

                Patients meeting criterion (b) only were excluded.

                6. Sixth item""");
        assertThat(html("<ol start=4><li>x</li><li value=7>y</li></ol><ol type=I><li>z</li></ol>").bodyMarkdown())
                .isEqualTo("4. x\n\n7) y\n\n- (I) z");
    }

    @Test
    void spanning_cells_are_repeated_and_the_report_says_so() {
        var read = read("14-table-spans.xml");
        assertThat(read.bodyMarkdown()).contains("""
                | Event | Drug – 10 mg | Drug – 20 mg |
                | --- | --- | --- |
                | Bleeding | 1 | 2 |
                | Bleeding | 3 | 4 |

                \\* p \\< 0.05""");
        assertThat(read.warnings()).contains("Repeated: cells that span several rows or columns, in each place they cover (3).");
    }

    @Test
    void an_abbreviation_is_explained_where_the_source_explains_it() {
        assertThat(read("15-abbreviation-definition.xml").bodyMarkdown()).isEqualTo("## Results\n\nThe LVEF (left ventricular ejection fraction) rose; kept.");
        assertThat(html("<p>The <abbr title=\"left ventricular ejection fraction\">LVEF</abbr> and <abbr title=\"left ventricular ejection fraction\">LVEF</abbr>.</p>").bodyMarkdown())
                .isEqualTo("The LVEF (left ventricular ejection fraction) and LVEF.");
    }

    @Test
    void oasis_tables_have_their_rows_and_cells() {
        var read = read("16-oasis-table.xml");
        assertThat(read.tables()).isEqualTo(1);
        assertThat(read.bodyMarkdown()).contains("| Bleeding | 12 |\n| Nausea | 7 |");
        var spans = jats("", "</p><table-wrap><table><tgroup cols=\"3\"><colspec colname=\"c1\"/><colspec colname=\"c2\"/><colspec colname=\"c3\"/><thead><row><entry>A</entry>"
                + "<entry namest=\"c2\" nameend=\"c3\">B</entry></row></thead><tbody><row><entry morerows=\"1\">x</entry><entry>1</entry><entry>2</entry></row>"
                + "<row><entry>3</entry><entry>4</entry></row></tbody></tgroup></table></table-wrap><p>");
        assertThat(spans.bodyMarkdown()).isEqualTo("| A | B | B |\n| --- | --- | --- |\n| x | 1 | 2 |\n| x | 3 | 4 |");
    }

    @Test
    void words_of_blocks_that_stand_in_a_line_never_touch() {
        assertThat(jats("", "</p><table-wrap><table><tr><td>x</td><td><p>5 mg</p><p>10 mg</p><list list-type=\"alpha-lower\"><list-item><p>one</p></list-item><list-item><p>two</p></list-item></list></td></tr></table></table-wrap><p>").bodyMarkdown())
                .contains("| x | 5 mg 10 mg (a) one (b) two |");
        assertThat(jats("", "dose <underline>&gt;</underline>5, 3<underline>+</underline>1").bodyMarkdown()).isEqualTo("dose ≥5, 3±1");
    }
}
