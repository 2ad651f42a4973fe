package io.throughline.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvisibleTests {

    @Test
    void whatTakesNoPlaceOnAPageIsLeftOut() {
        assertThat(Invisible.removed("\u200Btir\u00ADvaci\u200Dguat\uFEFF")).isEqualTo("tirvaciguat");
        assertThat(Invisible.removed("\u180B\u180E\uFE0F")).isEmpty();
    }

    @Test
    void whatIsSeenStaysAsItIs() {
        var text = "5\u00A0mg \u2212 \u2264 \u00B5g, \uD83D\uDC8A \u0410\u1160".replace("\u1160", "");
        assertThat(Invisible.removed(text)).isSameAs(text);
        assertThat(Invisible.removed("\u00AC\u00AE\u200A\u2010\u2029\u202F\u205F\u2070")).isEqualTo("\u00AC\u00AE\u200A\u2010\u2029\u202F\u205F\u2070");
        assertThat(Invisible.removed("")).isEmpty();
    }

    @Test
    void aTextOfNothingElseIsBlank() {
        assertThat(Invisible.isBlank(" \u200B\u00AD\t\u2800")).isTrue();
        assertThat(Invisible.isBlank("\u200B.")).isFalse();
    }
}
