package io.throughline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryScheduleTests {

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    @Test
    void aFailedCallIsMadeTenMoreTimesOverFourDays() {
        var total = Duration.ZERO;
        for (int failures = 1; failures <= 10; failures++) {
            total = total.plus(Duration.between(NOW, RetrySchedule.next(failures, NOW, null, 0).orElseThrow()));
        }
        assertThat(total).isBetween(Duration.ofDays(4), Duration.ofDays(5));
        assertThat(RetrySchedule.next(11, NOW, null, 0)).isEmpty();
        assertThat(RetrySchedule.next(0, NOW, null, 0)).isEmpty();
    }

    @Test
    void pausesGrowAndAreUpToAFifthLonger() {
        assertThat(RetrySchedule.next(1, NOW, null, 0)).hasValue(NOW.plusSeconds(5));
        assertThat(RetrySchedule.next(1, NOW, null, 0.999)).get().matches(it -> it.isAfter(NOW.plusMillis(5_900)) && it.isBefore(NOW.plusSeconds(6)));
        assertThat(RetrySchedule.next(2, NOW, null, 0)).hasValue(NOW.plusSeconds(300));
    }

    @Test
    void theReceiverMayAskForLaterButNotForMoreThanADay() {
        assertThat(RetrySchedule.next(1, NOW, NOW.plusSeconds(90), 0)).hasValue(NOW.plusSeconds(90));
        assertThat(RetrySchedule.next(1, NOW, NOW.minusSeconds(90), 0)).hasValue(NOW.plusSeconds(5));
        assertThat(RetrySchedule.next(1, NOW, NOW.plus(Duration.ofDays(400)), 0)).hasValue(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aChannelIsRemindedAfterAnHourThenEverLaterThenDailyAndNotForEver() {
        assertThat(ReminderSchedule.next(0, NOW)).hasValue(NOW.plus(Duration.ofHours(1)));
        assertThat(ReminderSchedule.next(2, NOW)).hasValue(NOW.plus(Duration.ofHours(8)));
        assertThat(ReminderSchedule.next(29, NOW)).hasValue(NOW.plus(Duration.ofDays(1)));
        assertThat(ReminderSchedule.next(30, NOW)).isEmpty();
    }
}
