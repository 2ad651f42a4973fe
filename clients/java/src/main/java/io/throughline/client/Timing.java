package io.throughline.client;

import java.time.Duration;

/// How long a call may take.
///
/// @param connect  longest to reach the server; more than zero
/// @param request  longest until the answer begins to come; more than zero. A request with `minSequence` may rightly take two
///                 seconds
/// @param patience longest that one call waits altogether before it asks again, when the server says with `Retry-After` that it
///                 can't answer just now; zero: never
public record Timing(Duration connect, Duration request, Duration patience) {

    /// 5 s to connect, 30 s for the answer, 10 s of patience.
    public static final Timing STANDARD = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10));

    public Timing {
        if (connect.isNegative() || connect.isZero() || request.isNegative() || request.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("Time-outs are longer than zero, and patience is not negative: connect %s, request %s, patience %s".formatted(connect, request, patience));
        }
    }

    public Timing withRequest(Duration longest) {
        return new Timing(connect, longest, patience);
    }

    public Timing withPatience(Duration longest) {
        return new Timing(connect, request, longest);
    }
}
