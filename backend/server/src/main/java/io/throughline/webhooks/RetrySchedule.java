package io.throughline.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a call that failed is made again: ten more times over four to five days, ever later, each up to a fifth later than
/// planned, so that what failed together does not come back together.
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2),
            Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24), Duration.ofHours(24));
    /// What a receiver may ask for at most with `Retry-After`.
    private static final Duration LONGEST_WISH = Duration.ofHours(24);
    private static final double JITTER = 0.2;

    /// An endpoint whose calls have failed for this long, without one that succeeded, is disabled.
    static final Duration PATIENCE = Duration.ofDays(5);

    private RetrySchedule() {}

    /// The next time, or empty when it is given up.
    ///
    /// @param failures how often it has failed, this time included
    /// @param wish     `Retry-After`: not before then, within [#LONGEST_WISH]; null when there was none
    /// @param random   0 inclusive to 1 exclusive
    static Optional<Instant> next(int failures, Instant now, @Nullable Instant wish, double random) {
        if (failures < 1 || failures > PAUSES.size()) {
            return Optional.empty();
        }
        var pause = PAUSES.get(failures - 1);
        var planned = now.plusMillis((long) (pause.toMillis() * (1 + JITTER * random)));
        if (wish == null || !wish.isAfter(planned)) {
            return Optional.of(planned);
        }
        var latest = now.plus(LONGEST_WISH);
        return Optional.of(wish.isAfter(latest) ? latest : wish);
    }
}
