package io.throughline.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of an endpoint.
///
/// @param outcome  delivered, rejected (an answer other than 2xx), unreachable, timed-out, not-allowed
/// @param status   the HTTP status, if there was an answer
/// @param detail   what happened and what to do, in plain words
/// @param response the beginning of the answer's body; null when there was none
record Attempt(int number, Instant startedAt, int tookMs, String outcome, @Nullable Integer status, String detail, @Nullable String response) {}
