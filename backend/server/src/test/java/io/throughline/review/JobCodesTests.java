package io.throughline.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("UK-7")
class JobCodesTests {

    @Test
    void padsTheNumberToThePatternsWidthAndWritesLongerOnesInFull() {
        assertThat(JobCodes.format("GB-{year}-{number:04}", 2026, 412)).isEqualTo("GB-2026-0412");
        assertThat(JobCodes.format("GB-{year}-{number:04}", 2026, 9999)).isEqualTo("GB-2026-9999");
        assertThat(JobCodes.format("GB-{year}-{number:04}", 2026, 10_000)).isEqualTo("GB-2026-10000");
        assertThat(JobCodes.format("{number}/{year} DE", 2026, 7)).isEqualTo("7/2026 DE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB-{number:04}", "GB-{year}", "GB", "GB-{year}-{number:04}-{brand}", "GB-{year}-{number:x}", ""})
    void refusesPatternsThatWouldRepeatCodesOrCannotBeFilled(String pattern) {
        assertThatThrownBy(() -> JobCodes.format(pattern, 2026, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersStartAtOne() {
        assertThatThrownBy(() -> JobCodes.format("{year}-{number}", 2026, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
