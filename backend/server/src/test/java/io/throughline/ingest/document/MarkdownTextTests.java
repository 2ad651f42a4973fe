package io.throughline.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Markdown;
import io.throughline.ingest.document.InlineRun.Style;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTextTests {

    private static InlineRun run() {
        return new InlineRun();
    }

    @Test
    void spaces_move_out_of_delimiters() {
        var run = run().text("a");
        run.styled(Style.STRONG, () -> run.text(" b "));
        assertThat(run.text("c").markdown()).isEqualTo("a **b** c");
    }

    @Test
    void a_style_closed_and_opened_again_is_one() {
        var run = run();
        run.styled(Style.EMPHASIS, () -> run.text("a"));
        run.styled(Style.EMPHASIS, () -> run.text("b"));
        assertThat(run.markdown()).isEqualTo("*ab*");
    }

    @Test
    void a_script_inside_a_script_is_spelt_out() {
        var run = run().text("x");
        run.styled(Style.SUPERSCRIPT, () -> {
            run.text("2");
            run.styled(Style.SUPERSCRIPT, () -> run.text("n"));
        });
        assertThat(run.markdown()).isEqualTo("x^2\\^(n)^");
    }

    @Test
    void a_script_keeps_its_blanks_and_one_that_would_not_be_read_is_spelt_out() {
        assertThat(scripted("AUC", Style.SUBSCRIPT, "last, ss", " of")).isEqualTo("AUC~last,\\ ss~ of");
        assertThat(scripted("10", Style.SUPERSCRIPT, "6", "7")).isEqualTo("10⁶7");
        assertThat(scripted("10", Style.SUPERSCRIPT, "a/b", "c")).isEqualTo("10\\^(a/b)c");
        assertThat(scripted("10", Style.SUBSCRIPT, "20", " mg")).isEqualTo("10₂₀ mg");
    }

    private static String scripted(String before, Style style, String inside, String after) {
        var run = run().text(before);
        run.styled(style, () -> run.text(inside));
        return run.text(after).markdown();
    }

    @Test
    void whatever_is_raised_lowered_or_emphasised_is_read_as_it_was() {
        var pieces = List.of("10", "6", "-10", "C", "max", "/L", " mg", "*2", " and ", "~5", "^", "(a)", "x_y", "−3", " ", ".", ", ", "[1]", "2+", "≤5", "HLA-B*57", ":01", "|", "\\", "`", "_", "&amp;");
        for (long seed = 0; seed < 4000; seed++) {
            var random = new Random(seed);
            var run = run();
            var words = new StringBuilder();
            for (int i = 0; i < 2 + random.nextInt(8); i++) {
                var text = pieces.get(random.nextInt(pieces.size()));
                var style = Style.values()[random.nextInt(4)];
                // two scripts next to each other become one, as they are seen
                switch (i % 2 == 0 ? random.nextInt(2) : 2) {
                    case 0 -> {
                        run.styled(style, () -> run.text(text));
                        var script = style == Style.SUPERSCRIPT || style == Style.SUBSCRIPT;
                        words.append(script ? " " + text + " " : text);
                    }
                    default -> {
                        run.text(text);
                        words.append(text);
                    }
                }
            }
            var markdown = MarkdownText.guardLineStart(run.markdown());
            var html = Jsoup.parse(Markdown.render(markdown).html());
            html.select("sup, sub").forEach(it -> it.prepend(" ").append(" "));
            assertThat(letters(html.wholeText())).as("seed %d: %s", seed, markdown).isEqualTo(letters(words.toString()));
        }
    }

    /// Runs of letters and digits; what is raised or lowered by its own characters is apart.
    private static List<String> letters(String text) {
        var apart = Pattern.compile("[\\p{Lm}\\p{No}]+").matcher(text).replaceAll(it -> " " + Normalizer.normalize(it.group(), Normalizer.Form.NFKC) + " ");
        return Pattern.compile("[\\p{L}\\p{N}*~]+").matcher(apart).results().map(it -> it.group()).toList();
    }

    @Test
    void delimiters_markdown_would_not_see_are_dropped_and_the_text_stays() {
        var run = run().text("5");
        run.styled(Style.STRONG, () -> run.text("'"));
        assertThat(run.text("UTR").markdown()).isEqualTo("5'UTR");
    }

    @Test
    void a_citation_is_never_read_as_part_of_a_link() {
        assertThat(run().cite(1).text("(see)").markdown()).isEqualTo("[1]\\(see)");
        assertThat(run().cite(1).text(": x").markdown()).isEqualTo("[1]\\: x");
        var linked = run().cite(2);
        linked.link("https://example.org/", () -> linked.text("x"));
        assertThat(linked.markdown()).isEqualTo("[2] [x](https://example.org/)");
    }

    @Test
    void three_citations_in_a_row_become_a_range_and_two_do_not() {
        assertThat(run().cite(1).text(",").cite(2).text(", ").cite(3).text(" and ").cite(7).markdown()).isEqualTo("[1-3,7]");
        assertThat(run().cite(1).text("–").cite(2).markdown()).isEqualTo("[1,2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "+ a", "# a", "=== ", "::: note", "1. a", "2) b", "-- x"})
    void a_paragraph_that_begins_like_a_block_stays_a_paragraph(String text) {
        assertThat(new MarkdownBlocks().paragraph(MarkdownText.escape(text)).toString()).contains("\\");
    }

    @Test
    void entities_are_text() {
        assertThat(MarkdownText.escape("&lt;b&gt; & AT&T; R&D")).isEqualTo("\\&lt;b\\&gt; & AT\\&T; R&D");
    }

    @Test
    void two_lists_in_a_row_stay_two() {
        var item = List.of(new MarkdownBlocks().paragraph("a"));
        assertThat(new MarkdownBlocks().list(false, 1, item).list(false, 1, item).toString()).isEqualTo("- a\n\n* a");
    }
}
