package io.throughline.identity;

import java.util.concurrent.atomic.AtomicLong;

/// What one credential or address has used of its [RatePolicy]: a token bucket in one number (the "theoretical arrival time" of
/// ITU-T I.371's generic cell rate algorithm), so that a request costs one compare-and-set. A library would bring more
/// than these lines and a slower way to the same answer.
final class RateBudget {

    /// @param remaining     whole requests left
    /// @param fullInSeconds until nothing counts as used any more, rounded up
    /// @param retryNanos    0 when the request may pass, else how long to wait
    record Verdict(long remaining, long fullInSeconds, long retryNanos) {

        boolean passes() {
            return retryNanos == 0;
        }
    }

    private final RatePolicy policy;
    private final long windowNanos;
    private final double requestNanos;
    /// When everything asked so far would have been used up at an even pace; on the same scale as `now`.
    private final AtomicLong usedUpTo = new AtomicLong(Long.MIN_VALUE);

    RateBudget(RatePolicy policy) {
        this.policy = policy;
        this.windowNanos = policy.windowSeconds() * 1_000_000_000L;
        this.requestNanos = (double) windowNanos / policy.requests();
    }

    RatePolicy policy() {
        return policy;
    }

    /// Takes one request from the budget, or nothing when there is none left.
    ///
    /// @param now nanoseconds of a clock that never goes back
    Verdict take(long now) {
        while (true) {
            long before = usedUpTo.get();
            long used = Math.max(before, now) + Math.round(requestNanos);
            long over = used - now - windowNanos;
            if (over > 0) {
                return new Verdict(0, seconds(Math.max(before, now) - now), over);
            }
            if (usedUpTo.compareAndSet(before, used)) {
                return new Verdict((long) ((windowNanos - (used - now)) / requestNanos), seconds(used - now), 0);
            }
        }
    }

    /// Gives back a part of a request that was cheap to answer.
    void giveBack(double part) {
        usedUpTo.addAndGet(-Math.round(requestNanos * part));
    }

    private static long seconds(long nanos) {
        return (nanos + 999_999_999L) / 1_000_000_000L;
    }
}
