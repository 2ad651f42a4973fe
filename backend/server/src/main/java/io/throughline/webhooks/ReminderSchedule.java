package io.throughline.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When a channel that has not confirmed a recall is reminded: after one hour, three more, eight more, then every day, until it
/// confirms or the recall is closed; thirty times at most.
final class ReminderSchedule {

    /// Between two reminders of one channel, whoever asks for them.
    static final Duration AT_LEAST = Duration.ofHours(1);

    private static final List<Duration> PAUSES = List.of(AT_LEAST, Duration.ofHours(3), Duration.ofHours(8));
    private static final Duration THEN = Duration.ofDays(1);
    private static final int MOST = 30;

    private ReminderSchedule() {}

    /// @param sent reminders so far
    static Optional<Instant> next(int sent, Instant now) {
        return sent >= MOST ? Optional.empty() : Optional.of(now.plus(sent < PAUSES.size() ? PAUSES.get(sent) : THEN));
    }
}
