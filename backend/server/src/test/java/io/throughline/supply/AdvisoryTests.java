package io.throughline.supply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S39")
class AdvisoryTests {

    private static final Advisory ADVISORY = new Advisory("CVE-0000-0000", "a/b", "1.9", "1.10.2", "an example");

    @Test
    void itConcernsVersionsFromTheFirstToTheOneBeforeTheMendedOne() {
        assertThat(ADVISORY.concerns("a/b", "1.8.99")).isFalse();
        assertThat(ADVISORY.concerns("a/b", "1.9")).isTrue();
        assertThat(ADVISORY.concerns("a/b", "1.10.1.Final")).isTrue();
        assertThat(ADVISORY.concerns("a/b", "1.10.2")).isFalse();
        assertThat(ADVISORY.concerns("a/b2", "1.9")).isFalse();
    }

    @Test
    void theListIsReadWithAllItsParts() throws Exception {
        assertThat(Advisory.list()).hasSizeGreaterThan(30).allSatisfy(it -> {
            assertThat(it.id()).matches("CVE-\\d{4}-\\d{4,}");
            assertThat(it.component()).contains("/");
            assertThat(Advisory.compare(it.from(), it.before())).isNegative();
        });
    }
}
