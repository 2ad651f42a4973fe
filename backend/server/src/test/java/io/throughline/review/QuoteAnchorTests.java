package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Block;
import io.throughline.content.Blocks;
import io.throughline.content.Markdown;
import io.throughline.content.RenderContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;

@Tag("RV-5")
class QuoteAnchorTests {

    private static final String TEXT = "Start with 5 mg once daily. After two weeks give 10 mg once daily. Stop at 10 mg.";

    @Test
    void findsTheQuoteInItsContext() {
        assertThat(new QuoteAnchor("10 mg", "two weeks give ", " once daily").isIn(TEXT)).isTrue();
    }

    @Test
    void isOrphanedWhenOneSideChangedThoughTheOtherAgrees() {
        assertThat(new QuoteAnchor("10 mg", "two weeks give ", " twice daily").isIn(TEXT)).isFalse();
        assertThat(new QuoteAnchor("10 mg", "three weeks take ", " once daily").isIn(TEXT)).isFalse();
    }

    @Test
    void keepsAsMuchContextAsMakesItsPlaceUniqueAndDoesNotMoveWhenItsParagraphGoes() {
        var paragraph = "In adults with normal renal function start with 5 mg once daily and check the potassium after a fortnight.";
        var text = "First group. " + paragraph + " Then " + paragraph + " End.";
        var anchor = new QuoteAnchor("5 mg", "Then " + paragraph.substring(0, paragraph.indexOf("5 mg")), "").anchoredIn(text).orElseThrow();
        assertThat(anchor.prefix().length()).isGreaterThan(QuoteAnchor.CONTEXT);
        assertThat(anchor.isIn(text)).isTrue();
        assertThat(anchor.isIn("First group. " + paragraph + " End.")).isFalse();
        assertThat(new QuoteAnchor("5 mg", "function start with ", " once").anchoredIn(text)).isEmpty();
    }

    @Test
    void comesThroughAnEditOfItsOwnBlockThatLeavesItAlone() {
        var then = List.of(block("Start with 5 mg once daily."), block("Stop at 10 mg."));
        var anchor = new QuoteAnchor("5 mg", "Start with ", " once daily.");
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("New."), block("Start with 5 mg twice daily."), block("Stop at 10 mg."))))).contains(1);
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("Start with 7.5 mg once daily."), block("Never 5 mg."))))).isEmpty();
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("Stop at 10 mg."), block("Children: 5 mg in the morning, at home."))))).isEmpty();
    }

    @Test
    void liesInTheBlockWhoseWordsAgreeOnBothSides() {
        var blocks = List.of(new Block("title", null, "Dose of 5 mg", "Dose of 5 mg"), block("Men start with 5 mg once daily."),
                block("Women start with 5 mg once daily."), new Block("references", null, "Women start with 5 mg once daily.", "r"));
        var text = "Dose of 5 mg\n\nMen start with 5 mg once daily.\n\nWomen start with 5 mg once daily.\n\nGB-2026-0001";
        assertThat(new QuoteAnchor("5 mg", "Women start with ", " once daily.").blockIn(text, blocks)).contains(2);
        assertThat(new QuoteAnchor("5 mg", "Dose of ", " Men start with").blockIn(text, blocks)).contains(0);
        assertThat(new QuoteAnchor("once daily. Women start", " with 5 mg ", " with 5 mg").blockIn(text, blocks)).contains(1);
        assertThat(new QuoteAnchor("GB-2026-0001", "mg once daily.", "").blockIn(text, blocks)).isEmpty();
        assertThat(new QuoteAnchor("10 mg", "Women start with ", " once daily.").blockIn(text, blocks)).isEmpty();
    }

    @Test
    void ofEqualBlocksLiesInTheOneAtItsTurn() {
        var same = "Start with 5 mg once daily.";
        var blocks = List.of(block("Men"), block(same), block("Women"), block(same));
        var text = String.join("\n\n", blocks.stream().map(Block::text).toList());
        assertThat(new QuoteAnchor("5 mg", "Women Start with ", " once daily.").blockIn(text, blocks)).contains(3);
        assertThat(new QuoteAnchor("5 mg", "Men Start with ", " once daily.").blockIn(text, blocks)).contains(1);
    }

    @Test
    void takesTheMarksAroundAClaimsWordsForNoWords() {
        var shown = new QuoteAnchor("Velorix ❝cut deaths by 19%❞ in", "In HARROW ", " adults");
        assertThat(shown.anchoredIn("In HARROW Velorix cut deaths by 19% in adults.")).isPresent();
        assertThat(shown.blockIn("In HARROW Velorix cut deaths by 19% in adults.", List.of(block("In HARROW Velorix ❝cut deaths by 19%❞ in adults.")))).contains(0);
    }

    private static Block block(String text) {
        return new Block("body", null, text, text);
    }

    @Test
    void isOrphanedWhenBothSidesChangedThoughTheWordsOccurOnce() {
        assertThat(new QuoteAnchor("two weeks", "for the first ", " of therapy").isIn(TEXT)).isFalse();
    }

    @Test
    void isOrphanedWhenTheQuoteIsGoneOrFitsTwice() {
        assertThat(new QuoteAnchor("20 mg", "give ", " once").isIn(TEXT)).isFalse();
        assertThat(new QuoteAnchor("once daily", "mg ", ".").isIn(TEXT)).isFalse();
    }

    @Test
    void anEmptyContextIsTheTextsEdgeNotAnywhere() {
        assertThat(new QuoteAnchor("Start", "", " with 5 mg").isIn(TEXT)).isTrue();
        assertThat(new QuoteAnchor("10 mg", "", "").isIn(TEXT)).isFalse();
        assertThat(new QuoteAnchor(TEXT, "", "").isIn(TEXT)).isTrue();
    }

    @Test
    void lineBreaksAreTheRenderersChoice() {
        assertThat(new QuoteAnchor("5 mg\n once", "Start\twith\n", " daily.").isIn(TEXT)).isTrue();
    }

    @Test
    void takesItsRealContextWhenTheQuoteIsUnique() {
        assertThat(new QuoteAnchor("two weeks", "x", "y").anchoredIn(TEXT))
                .contains(new QuoteAnchor("two weeks", "art with 5 mg once daily. After ", " give 10 mg once daily. Stop at "));
    }

    @Test
    void staysUnanchoredWhereSeveralPlacesFit() {
        assertThat(new QuoteAnchor("10 mg", "x", "y").anchoredIn(TEXT)).isEmpty();
        assertThat(new QuoteAnchor("nothing like it", "", "").anchoredIn(TEXT)).isEmpty();
    }

    @Test
    void needsAQuote() {
        assertThatThrownBy(() -> new QuoteAnchor(" \n", "", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesWhatIsSelectedOnThePageForWhatThePlainTextHas() {
        assertThat(new QuoteAnchor("109/L", "above ", ".").anchoredIn("Not 109 but above 10⁹/L.").map(QuoteAnchor::quote)).contains("10⁹/L");
        assertThat(new QuoteAnchor("10-9", "", "").anchoredIn("About 10⁻⁹ mol.").map(QuoteAnchor::quote)).contains("10⁻⁹");
        assertThat(new QuoteAnchor("xa/b", "", "").anchoredIn("It is x^(a/b) here.").map(QuoteAnchor::quote)).contains("x^(a/b");
        assertThat(new QuoteAnchor("nurses1–3", "", "").anchoredIn("In nurses[1–3] only.").map(QuoteAnchor::quote)).contains("nurses[1–3");
        assertThat(new QuoteAnchor("kg/m2a", "", "").anchoredIn("18 kg/m²[a] or more").map(QuoteAnchor::quote)).contains("kg/m²[a");
        assertThat(new QuoteAnchor("5 mg", "", "").anchoredIn("Take 5\u00a0mg daily").map(QuoteAnchor::quote)).contains("5 mg");
        assertThat(new QuoteAnchor("hypotension", "", "").anchoredIn("mild hypo\u00adtension").map(QuoteAnchor::quote)).contains("hypo\u00adtension");
        assertThat(new QuoteAnchor("PlaceboActive", "", "").anchoredIn("Placebo\tActive\n1\t2").map(QuoteAnchor::quote)).contains("Placebo Active");
        assertThat(new QuoteAnchor("(see below)", "", "").anchoredIn("Twice (see below) daily").map(QuoteAnchor::quote)).contains("(see below)");
        assertThat(new QuoteAnchor("109", "", "").anchoredIn("109 or 10⁹")).isEmpty();
    }

    /// Every selection of a rendered text, with as much round it as screens send, finds its place or stands at several.
    @Test
    void anythingThatCanBeSelectedIsAnchoredOrAmbiguous() {
        var pieces = List.of("250 × 10^9^/L", "H~2~O", "^99m^Tc", "CYP2C19*2", "5~10 mg", "**bold** and *thin*", "[@ref_a; @ref_b]", "kg/m^2^[^1]", "x^a/b^",
                "~~not~~", "5\u00a0mg", "hypo\u00adtension", "a &lt; b", "`code`", "[a link](https://example.org/a_b)", "ﬁrst", "p < 0.05", "−2 °C", "µg", "(n = 5)");
        var random = new Random(7);
        for (int text = 0; text < 40; text++) {
            var words = IntStream.range(0, 8).mapToObj(_ -> pieces.get(random.nextInt(pieces.size()))).toList();
            var markdown = String.join(" ", words.subList(0, 4)) + "\n\n- " + words.get(4) + "\n- " + words.get(5) + "\n\n| A | B |\n|---|---|\n| " + words.get(6) + " | "
                    + words.get(7) + " |\n\n[^1]: A note.";
            var rendered = Markdown.render(markdown, new RenderContext(List.of("ref_a", "ref_b"), Map.of()));
            var page = HtmlUtils.htmlUnescape(rendered.html().replaceAll("<[^>]*>", ""));
            for (int from = 0; from < page.length(); from++) {
                int until = Math.min(page.length(), from + 1 + random.nextInt(12));
                var quote = page.substring(from, until);
                if (quote.isBlank() || ComparedText.of(quote).isEmpty()) {
                    continue;
                }
                var chosen = new QuoteAnchor(quote, page.substring(Math.max(0, from - 64), from), page.substring(until, Math.min(page.length(), until + 64)));
                var form = ComparedText.of(page);
                assertThat(chosen.occursIn(rendered.plainText())).as("“%s” of %s in %s", quote, page, rendered.plainText()).isTrue();
                assertThat(chosen.anchoredIn(rendered.plainText()).isPresent() || form.placesOf(ComparedText.of(quote)).size() > 1).as("“%s” of %s", quote, page).isTrue();
            }
        }
    }
}
