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
    void aCitationLinksToItsReferenceAndOnePastTheLastStaysText() {
        assertThat(html("seen [3].")).isEqualTo("<p>seen <sup class=\"citation\"><a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_c\">3</a></sup>.</p>");
        assertThat(html("seen [4].")).isEqualTo("<p>seen [4].</p>");
        assertThat(html("seen [0].")).isEqualTo("<p>seen [0].</p>");
    }

    @Test
    void aCitationMayListAndSpanReferences() {
        assertThat(html("seen [1, 2].")).contains(">1</a>,<a rel=\"noopener noreferrer nofollow\" href=\"#ref-ref_b\"");
        assertThat(html("seen [1-3].")).contains("#ref-ref_a", "#ref-ref_b", "#ref-ref_c");
        assertThat(html("seen [3-1] and [1,9].")).isEqualTo("<p>seen [3-1] and [1,9].</p>");
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
            "[a](", "![a](b) ", "](", "[1] ", ":claim[", ":", "\\", "#", "[a]: b\n", "- \n", ">\n", "\t", "a\n", "[a][", "]", "http://", "www.", "a@b.", "|a|\n", "\n", "*a*", "x^", "```\n", "<https://a>"})
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
        assertThat(Markdown.render("*a **b ".repeat(200) + "c** d*".repeat(200)).html()).startsWith("<p><em>a <strong>b");
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
