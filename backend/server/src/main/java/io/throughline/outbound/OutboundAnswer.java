package io.throughline.outbound;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of a call. `took` is the time from the start of the call to its end.
public sealed interface OutboundAnswer {

    Duration took();

    /// The other side answered, with whatever status; a redirect is an answer and is not followed.
    ///
    /// @param retryAfter when to come again, if it said so in a way that can be read; not bounded
    /// @param excerpt    the beginning of the body, control characters replaced
    record Responded(int status, @Nullable Instant retryAfter, String excerpt, Duration took) implements OutboundAnswer {}

    /// Our own rules forbid the call; nothing was sent.
    record Refused(String why, Duration took) implements OutboundAnswer {}

    /// There was no answer: no such name, no connection, no trust in the certificate, broken off.
    record Unreachable(String why, Duration took) implements OutboundAnswer {}

    /// The answer did not come in time.
    record TimedOut(String why, Duration took) implements OutboundAnswer {}
}
