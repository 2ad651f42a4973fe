package io.throughline.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RanksTests {

    @Test
    void whatIsWrittenIsReadAgainInItsOrderWhateverTheNumbers() {
        var random = new Random(14);
        for (int size : List.of(0, 1, 2, 300)) {
            for (long bound : List.of(2L, 1_000_000L, Long.MAX_VALUE)) {
                var numbers = random.longs(size, 0, bound).boxed().toList();
                assertThat(Ranks.read(Ranks.written(numbers))).isEqualTo(numbers);
            }
        }
    }

    @Test
    void threeHundredPlacesOfAMillionFitIntoAnAddress() {
        assertThat(Ranks.written(new Random(1).longs(300, 0, 3_000_000).boxed().toList())).hasSizeLessThan(1_600);
    }

    @Test
    void whatBreaksOffIsRefused() {
        var whole = Ranks.written(List.of(1_000_000L));
        assertThatThrownBy(() -> Ranks.read(whole.substring(0, 2))).isInstanceOf(IllegalArgumentException.class);
    }
}
