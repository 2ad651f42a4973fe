package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void stillFindsItWhenOnlyOneSideChanged() {
        assertThat(new QuoteAnchor("10 mg", "two weeks give ", " twice daily").isIn(TEXT)).isTrue();
        assertThat(new QuoteAnchor("10 mg", "three weeks take ", " once daily").isIn(TEXT)).isTrue();
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
