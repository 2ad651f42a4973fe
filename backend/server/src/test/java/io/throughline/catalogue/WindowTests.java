package io.throughline.catalogue;

import static io.throughline.delivery.choice.Shelf.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowTests {

    @Test
    void startsInclusiveAndEndsExclusive() {
        var window = new Window(NOW, NOW.plusSeconds(1));
        assertThat(window.contains(NOW.minusNanos(1000))).isFalse();
        assertThat(window.contains(NOW)).isTrue();
        assertThat(window.contains(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void mustHaveALength() {
        assertThatThrownBy(() -> new Window(NOW, NOW)).hasMessageContaining("must end after it starts");
    }

    @Test
    void meetsAnotherOnlyWhereBothHold() {
        var morning = new Window(NOW, NOW.plusSeconds(60));
        assertThat(morning.intersect(new Window(NOW.plusSeconds(60), null))).isNull();
        assertThat(morning.intersect(new Window(NOW.plusSeconds(59), null))).isEqualTo(new Window(NOW.plusSeconds(59), NOW.plusSeconds(60)));
    }

    @Test
    void knowsWhenItChangesNext() {
        var window = new Window(NOW, NOW.plusSeconds(60));
        assertThat(window.nextChangeAfter(NOW.minusSeconds(1))).isEqualTo(NOW);
        assertThat(window.nextChangeAfter(NOW)).isEqualTo(NOW.plusSeconds(60));
        assertThat(window.nextChangeAfter(NOW.plusSeconds(60))).isNull();
        assertThat(new Window(null, null).nextChangeAfter(NOW)).isNull();
    }
}
