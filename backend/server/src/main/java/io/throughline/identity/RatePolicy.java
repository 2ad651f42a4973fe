package io.throughline.identity;

/// How much a credential may ask: `requests` in any `windowSeconds`, all of them at once if it likes.
public record RatePolicy(int requests, int windowSeconds) {

    public RatePolicy {
        if (requests < 1 || requests > 1_000_000_000 || windowSeconds < 1 || windowSeconds > 3_600) {
            throw new IllegalArgumentException("1 to 1,000,000,000 requests in 1 to 3,600 seconds, not %d in %d".formatted(requests, windowSeconds));
        }
    }
}
