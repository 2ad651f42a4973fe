package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Block;
import io.throughline.content.Blocks;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("Start with 5 mg twice daily."), block("Stop at 10 mg."))))).isTrue();
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("Start with 7.5 mg once daily."), block("Never 5 mg."))))).isFalse();
        assertThat(anchor.cameThrough(Blocks.diff(then, List.of(block("Stop at 10 mg."), block("Children: 5 mg in the morning, at home."))))).isFalse();
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
}
