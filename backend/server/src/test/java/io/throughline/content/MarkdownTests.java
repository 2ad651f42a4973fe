package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTests {

    private static final String CLAIM = "itm_01JCLAIM";
    private static final RenderContext THREE_REFERENCES = new RenderContext(
            List.of("ref_a", "ref_b", "ref_c"), Map.of(CLAIM, "Velorix lowered \"A\" & <B>."));

    @Test
    void rendersTheMarksOfScientificText() {
        assertThat(Markdown.render("# Dose\n\nH~2~O at 10^3^ *may* be **given** ~~twice~~.").html())
                .isEqualToIgnoringNewLines("<h1>Dose</h1><p>H<sub>2</sub>O at 10<sup>3</sup> <em>may</em> be <strong>given</strong> <del>twice</del>.</p>");
    }

    @Test
    void rendersTablesWithTheirAlignment() {
        var html = Markdown.render("| Arm | n |\n|:--|--:|\n| Active | 12 |").html();
        assertThat(html).contains("<th align=\"left\">Arm</th>", "<td align=\"right\">12</td>");
    }

    @Test
    void citationsCountInTheOrderInWhichTheTextFirstCites() {
        var rendered = Markdown.render("seen [@ref_c], again [@ref_a; @ref_c].", THREE_REFERENCES);
        assertThat(rendered.html()).isEqualTo("<p>seen <sup class=\"citation\">[<a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_c\">1</a>]</sup>, again "
                + "<sup class=\"citation\">[<a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_c\">1</a>,<a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_a\">2</a>]</sup>.</p>");
        assertThat(rendered.plainText()).isEqualTo("seen [1], again [1,2].");
        assertThat(rendered.references()).containsExactly("ref_c", "ref_a", "ref_b");
    }

    @Test
    void threeAndMoreNumbersInARowBecomeARange() {
        var five = new RenderContext(List.of("ref_1", "ref_2", "ref_3", "ref_4", "ref_5"), Map.of());
        assertThat(Markdown.render("a [@ref_1] b [@ref_2] c [@ref_3] d [@ref_4] e [@ref_5;@ref_3; @ref_1, @ref_2]", five).plainText())
                .isEqualTo("a [1] b [2] c [3] d [4] e [1–3,5]");
    }

    @Test
    void numbersInBracketsAreText() {
        for (var typed : List.of("95% CI [1-3]", "interval [2,3]", "seen [1].", "[1][2]", "[1–3]")) {
            assertThat(html(typed)).isEqualTo("<p>" + typed + "</p>");
            assertThat(Markdown.render(typed, THREE_REFERENCES).plainText()).isEqualTo(typed);
        }
    }

    @Test
    void aCitationOfNothingStaysAsItIsWrittenAndIsMarked() {
        assertThat(html("seen [@ref_a; @ref_x]")).isEqualTo("<p>seen <span class=\"citation missing\">[&#64;ref_a; &#64;ref_x]</span></p>");
    }

    @Test
    void whatStandsAroundADirectiveIsNotTouched() {
        var rendered = Markdown.render("Ratio 2:1 at [bedside]. Claim: :claim[" + CLAIM + "], seen [@ref_a](then) [@ref_b]: so.", THREE_REFERENCES);
        assertThat(rendered.plainText()).isEqualTo("Ratio 2:1 at [bedside]. Claim: Velorix lowered \"A\" & <B>., seen [1](then) [2]: so.");
        assertThat(rendered.html()).startsWith("<p>Ratio 2:1 at [bedside]. Claim: <span");
    }

    @ParameterizedTest
    @ValueSource(strings = {"D0:D9:4F", "2:1", ":D3", "a: b: c"})
    void colonsStay(String typed) {
        assertThat(Markdown.render(typed + " and :claim[" + CLAIM + "]", THREE_REFERENCES).plainText()).startsWith(typed + " and Velorix");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "250 × 10^9/L", "5 × 10^6 units/kg", "10^6 and later 10^8", "10^6-10^8 CFU", "10^6/10^8", "x^2+y^2", "a^n+b^n", "mL·min^-1·kg^-1", "x^(n+1)/y^(m)",
            "Na^+ and K^, both", "~5 mg and 10~.", "Mean 5~10 mg and 10~20 mg.", "5~10,10~20 mg", "5mg~10mg/20mg~30mg", "~5–~10", "10~20~",
            "CYP2C19*2 and CYP2C19*3", "HLA-B*57:01 and HLA-A*31:01", "CYP2D6*4/*4 or *1/*17", "2*(3)*4", "(a+b)*c and d*(e+f)", "a*b*c", "2 * 3 * 4",
            "Cmax_ss and AUC_0-24", "10~~20 and 30~~40", "D0:D9:4F", "2:1", ":D3", "95% CI [1-3]", "interval [2,3]", "p<0.05 and >3", "−12 ± 3 µg/mL ≤ 5",
    })
    void signsOfScientificTextStayAsTyped(String typed) {
        var rendered = Markdown.render(typed, THREE_REFERENCES);
        assertThat(rendered.plainText()).isEqualTo(typed);
        assertThat(org.jsoup.Jsoup.parse(rendered.html()).text()).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "10^9^/L and 10^-9^               | 10⁹/L and 10⁻⁹                 | 10<sup>9</sup>/L and 10<sup>-9</sup>",
            "10^6^–10^8^                      | 10⁶–10⁸                        | 10<sup>6</sup>–10<sup>8</sup>",
            "C~6~H~12~O~6~                    | C₆H₁₂O₆                        | C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>",
            "^14^C, ^99m^Tc, Ca^2+^, CD4^+^   | ¹⁴C, ⁹⁹ᵐTc, Ca²⁺, CD4⁺         | <sup>14</sup>C, <sup>99m</sup>Tc, Ca<sup>2+</sup>, CD4<sup>+</sup>",
            "C~max~ and t~1/2~                | Cₘₐₓ and t_(1/2)               | C<sub>max</sub> and t<sub>1/2</sub>",
            "AUC~0–24~ and CL~CR~             | AUC_(0–24) and CL_CR           | AUC<sub>0–24</sub> and CL<sub>CR</sub>",
            "x^ABC^d                          | x^(ABC)d                       | x<sup>ABC</sup>d",
            "AUC~last,\\ ss~.                 | AUC_(last, ss).                | AUC<sub>last, ss</sub>.",
            "10^6 and 10^8^                   | 10^6 and 10⁸                   | 10^6 and 10<sup>8</sup>",
            "*in vitro*/*in vivo*             | in vitro/in vivo               | <em>in vitro</em>/<em>in vivo</em>",
            "do ~~not~~ take                  | do ~~not~~ take                | do <del>not</del> take",
            "10\\^9\\^ 5\\~6\\~ a \\*b\\*      | 10^9^ 5~6~ a *b*               | 10^9^ 5~6~ a *b*",
    })
    void marksAreRead(String typed, String plain, String html) {
        var rendered = Markdown.render(typed);
        assertThat(rendered.plainText()).isEqualTo(plain);
        assertThat(rendered.html().replace("&#43;", "+")).isEqualTo("<p>" + html + "</p>");
    }

    @Test
    void footnotesHaveLettersAndTheirTextsStandAtTheEnd() {
        var rendered = Markdown.render("[^2]: Second[@ref_b].\n\nBMI in kg/m^2[^1], dose[^2], again[^1] [@ref_a].\n\n[^1]: Body *mass*.\n\n[^9]: Unused.", THREE_REFERENCES);
        assertThat(rendered.plainText()).isEqualTo("BMI in kg/m^2[a], dose[b], again[a] [1].\n\n[a] Body mass.\n\n[b] Second[2].\n\n[c] Unused.");
        assertThat(rendered.html()).startsWith("<p>BMI in kg/m^2<sup class=\"footnote\">[a]</sup>, dose<sup class=\"footnote\">[b]</sup>, again<sup class=\"footnote\">[a]</sup>")
                .contains("<ul class=\"footnotes\">", "<li>[a] Body <em>mass</em>.</li>", "<li>[c] Unused.</li>").doesNotContain("^1");
    }

    @Test
    void aFootnoteWithoutTextIsMarked() {
        assertThat(html("kg/m^2[^1]")).isEqualTo("<p>kg/m^2<sup class=\"footnote missing\">[^1]</sup></p>");
    }

    @Test
    void cellsOfATableHoldBreaksAndPipes() {
        var rendered = Markdown.render("| a \\| b | `c \\| d` |\n|--|--|\n| 5 mg<br>10 mg<BR/>x | \\|x\\| ≤ 3 |", THREE_REFERENCES);
        assertThat(rendered.html()).contains("<th>a | b</th>", "<code>c | d</code>", "5 mg<br />10 mg<br />x", "<td>|x| ≤ 3</td>");
        assertThat(rendered.plainText()).isEqualTo("a | b\tc | d\n5 mg 10 mg x\t|x| ≤ 3");
        assertThat(Markdown.render("a<br>b").plainText()).isEqualTo("a\nb");
        assertThat(Markdown.render("<br>\n**b**").html()).isEqualTo("<p><br />\n<strong>b</strong></p>");
    }

    @Test
    void aLineThatLooksLikeALinkDefinitionIsTextWhereNoLinkUsesIt() {
        for (var typed : List.of("[2,3]: interval", "[1]: 10", "[95% CI]: 2", "[@ref_a]: so")) {
            assertThat(Markdown.render(typed, THREE_REFERENCES).plainText()).isEqualTo(typed.replace("@ref_a", "1"));
        }
        assertThat(html("[a]: https://b.c\n\nsee [a]")).isEqualTo("<p>see <a rel=\"noopener noreferrer nofollow\" href=\"https://b.c\">a</a></p>");
    }

    @Test
    void aVersionOfTheFirstDialectIsShownAsItWas() {
        var rendered = Markdown.render("Claim: :claim[" + CLAIM + "] seen [1-2].", THREE_REFERENCES, Dialect.NUMBERED);
        assertThat(rendered.html()).isEqualTo("<p>Claim<span class=\"claim\" data-claim=\"" + CLAIM + "\">Velorix lowered &#34;A&#34; &amp; &lt;B&gt;.</span> seen "
                + "<sup class=\"citation\"><a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_a\">1</a>,"
                + "<a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_b\">2</a></sup>.</p>");
        assertThat(rendered.plainText()).isEqualTo("ClaimVelorix lowered \"A\" & <B>. seen [1-2].");
        assertThat(rendered.references()).containsExactly("ref_a", "ref_b", "ref_c");
    }

    @Test
    void aNumberedLinkIsALinkNotACitation() {
        assertThat(html("[1](https://example.org/a)")).contains("href=\"https://example.org/a\"").doesNotContain("citation");
    }

    @Test
    void aClaimShowsItsTextAndAMissingOneItsDirective() {
        assertThat(html("We say :claim[" + CLAIM + "]")).contains("<span class=\"claim\" data-claim=\"" + CLAIM + "\">",
                "Velorix lowered &#34;A&#34; &amp; &lt;B&gt;.");
        assertThat(html("We say :claim[itm_01JOTHER]")).contains("claim missing", ":claim[itm_01JOTHER]");
    }

    @Test
    void plainTextHasTheWordsWithoutMarks() {
        var rendered = Markdown.render("# Dose\n\nGive *one* `tablet` &amp; wait \\* [1].\n\n- a\n- b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n<b>hi</b>", THREE_REFERENCES);
        assertThat(rendered.plainText()).isEqualTo("Dose\n\nGive one tablet & wait * [1].\n\na\n\nb\n\nx\ty\n1\t2\n\n<b>hi</b>");
    }

    @Tag("S21")
    @ParameterizedTest
    @MethodSource("hostileMarkdown")
    void nothingThatRunsLeavesTheRenderer(String hostile) {
        assertHarmless(Markdown.render(hostile).html());
        assertHarmless(Markdown.render(hostile, new RenderContext(List.of(hostile), Map.of(CLAIM, hostile))).html());
        assertHarmless(Markdown.render("[1] :claim[" + CLAIM + "]", new RenderContext(List.of(hostile), Map.of(CLAIM, hostile))).html());
    }

    static Stream<String> hostileMarkdown() {
        var scripts = List.of(
                "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>",
                "<a href=\"javascript:alert(1)\">x</a>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))",
                "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:msgbox(1))",
                "![x](javascript:alert(1))", "![x](https://example.org/x.png)", "![x\" onerror=\"alert(1)](x)", "[x](https://a.b/\"onmouseover=\"alert(1))",
                "[x](https://a.b 'title\" onmouseover=\"alert(1)')", "<javascript:alert(1)>", "<https://a.b/\"onclick=alert(1)>", "`<script>alert(1)</script>`",
                "```\"><script>alert(1)</script>\nx\n```", "| <script>alert(1)</script> |\n|--|\n| <img src=x onerror=alert(1)> |", "# <svg onload=alert(1)>",
                "&lt;script&gt;alert(1)&lt;/script&gt;", "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
                "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>", "<?php echo 1 ?>", "<style>*{background:url(javascript:alert(1))}</style>",
                "<form action=javascript:alert(1)><button>x", "<object data=javascript:alert(1)>", "<base href=//evil>", "<meta http-equiv=refresh content=0>",
                "[a]: javascript:alert(1)\n\n[a]", "[a]: <javascript:alert(1)> 'x'\n\n![a]", "\u0000<scr\u0000ipt>alert(1)</script>", "<x onclick=alert(1)>",
                "</span><script>alert(1)</script>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)", "ftp://a.b/javascript:alert(1)");
        return scripts.stream();
    }

    private static void assertHarmless(String html) {
        assertThat(tags(html)).allSatisfy(tag -> {
            assertThat(tag).doesNotContainIgnoringCase("<script", "<img", "<svg", "<iframe", "<style", "<object", "<form", "<base", "<meta", "<math", "<x ");
            assertThat(tag).doesNotContainPattern("(?i)\\son\\w+\\s*=");
            assertThat(tag).doesNotContainPattern("(?i)(javascript|vbscript|data|ftp):[^\"]*\"");
        });
    }

    private static List<String> tags(String html) {
        return java.util.regex.Pattern.compile("<[^>]*>").matcher(html).results().map(it -> it.group()).toList();
    }

    @Test
    @Tag("S21")
    void htmlInMarkdownIsShownAsText() {
        assertThat(Markdown.render("a <b onclick=x>bold</b> move").html()).isEqualTo("<p>a &lt;b onclick&#61;x&gt;bold&lt;/b&gt; move</p>");
    }

    @Tag("S17")
    @ParameterizedTest
    @ValueSource(strings = {"${7*7}", "#{7*7}", "*{7 * 7}", "{{7*7}}", "<%= 7*7 %>", "[[${7*7}]]"})
    void templatesComeOutLiterally(String template) {
        var rendered = Markdown.render("x " + template + " y");
        assertThat(rendered.html()).doesNotContain("49");
        assertThat(rendered.plainText()).isEqualTo("x " + template + " y");
    }

    @Tag("S31")
    @Timeout(20)
    @ParameterizedTest
    @ValueSource(strings = {">", "> ", "- ", "1. ", "* ", "  - ", "[", "![", "![[", "(", "*", "_", "**", "*a **b ", "*a_b", "`", "~", "^", "~a^b", "<", "<a ", "<!--", "&", "|",
            "[a](", "![a](b) ", "](", "[1] ", "[@a] ", "[^a]", "[^a]: b\n\n", "[a]: b\n\n", "<br>", "~~a", "10^6 ", ":claim[", ":", "\\", "#", "[a]: b\n", "- \n", ">\n", "\t", "a\n", "[a][", "]", "http://", "www.", "a@b.", "|a|\n", "\n", "*a*", "x^", "```\n", "<https://a>"})
    void costStaysBoundedHoweverDeepATextNests(String piece) {
        var rendered = Markdown.render(piece.repeat(100_000 / piece.length()));
        assertThat(rendered.html()).isNotNull();
    }

    @Test
    @Tag("S31")
    @Timeout(20)
    void nestedLinksAndListsAreBounded() {
        assertThat(Markdown.render("![".repeat(20_000) + "x" + "](y)".repeat(20_000)).html()).doesNotContain("<img");
        var list = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            list.append("  ".repeat(i)).append("- x\n");
        }
        assertThat(Markdown.render(list.toString()).html()).contains("<li>");
        assertThat(Markdown.render("*a **b ".repeat(5000) + "c** d*".repeat(5000)).html()).startsWith("<pre><code>*a **b");
        assertThat(Markdown.render("*a **b ".repeat(200) + "c** d* ".repeat(200)).html()).startsWith("<p><em>a <strong>b");
    }

    @Test
    void containersOneBelowTheLimitNestAndOnePastItAreText() {
        assertThat(count(Markdown.render("> ".repeat(MarkdownLimits.CONTAINERS) + "x").html(), "<blockquote>")).isEqualTo(MarkdownLimits.CONTAINERS);
        var past = Markdown.render("> ".repeat(MarkdownLimits.CONTAINERS + 1) + "x");
        assertThat(count(past.html(), "<blockquote>")).isEqualTo(MarkdownLimits.CONTAINERS);
        assertThat(past.plainText()).isEqualTo("> x");
    }

    private static int count(String html, String part) {
        return html.split(part, -1).length - 1;
    }

    @Test
    void rendersThousandsOfSmallTextsASecond() {
        var text = "## Start low\n\nThe *starting* dose is **24 mg** twice daily [1,2].\n\n- measure potassium\n- wait two weeks";
        for (int i = 0; i < 3000; i++) {
            Markdown.render(text, THREE_REFERENCES);
        }
        var start = System.nanoTime();
        for (int i = 0; i < 2000; i++) {
            Markdown.render(text, THREE_REFERENCES);
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("2000 small texts in " + took);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    private static String html(String markdown) {
        return Markdown.render(markdown, THREE_REFERENCES).html();
    }
}
