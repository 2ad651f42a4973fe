package io.throughline.review;

import static io.throughline.review.Reviews.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.review.ApprovalWindow.Result.Fits;
import io.throughline.review.ApprovalWindow.Result.Wrong;
import io.throughline.shared.Finding;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ApprovalWindowTests {

    private static final Instant NOW = Instant.parse("2024-02-29T09:00:00Z");
    private static final Instant TWO_YEARS = Instant.parse("2026-02-28T09:00:00Z");

    @Test
    void startsNowWhenNoStartIsGiven() {
        assertThat(ApprovalWindow.of(null, TWO_YEARS, NOW, GB)).isEqualTo(new Fits(new ApprovalWindow(NOW, TWO_YEARS)));
    }

    @Test
    @Tag("UK-4")
    void lastsAtMostThePacksMonthsFromNowEvenIfItStartsLater() {
        assertThat(ApprovalWindow.of(NOW.plusSeconds(3600), TWO_YEARS, NOW, GB)).isInstanceOf(Fits.class);
        assertThat(codes(ApprovalWindow.of(NOW.plusSeconds(3600), TWO_YEARS.plusNanos(1000), NOW, GB))).containsExactly("window-too-long");
    }

    @Test
    void doesNotReachBackBeforeTheCertification() {
        assertThat(codes(ApprovalWindow.of(NOW.minusNanos(1000), TWO_YEARS, NOW, GB))).containsExactly("window-in-the-past");
        assertThat(ApprovalWindow.of(NOW, TWO_YEARS, NOW, GB)).isInstanceOf(Fits.class);
    }

    @Test
    void endsAfterItStarts() {
        assertThat(codes(ApprovalWindow.of(NOW, NOW, NOW, GB))).containsExactly("window-empty");
        assertThat(ApprovalWindow.of(NOW, NOW.plusNanos(1000), NOW, GB)).isInstanceOf(Fits.class);
    }

    private static java.util.List<String> codes(ApprovalWindow.Result result) {
        return switch (result) {
            case Fits(var window) -> throw new AssertionError("fits: " + window);
            case Wrong(var findings) -> findings.stream().map(Finding::code).toList();
        };
    }
}
