package io.throughline.ingest.document;

import static io.throughline.ingest.document.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(math("<mn>5</mn><mn>10</mn>")).isEqualTo("5 10");
        assertThat(math("<mover><mi>p</mi><mo>^</mo></mover>")).isEqualTo("p̂");
    }

    @Test
    void struck_out_words_are_left_out_counted_and_shown() {
        var read = read("13-strike.xml");
        assertThat(read.bodyMarkdown()).isEqualTo("## Dosing\n\nDo take with food. Never exceed x̄.");
        assertThat(read.warnings()).contains("Left out: struck-out passages (1): “not”.");
    }
}
