package io.throughline.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A span of time: `from` inclusive, `until` exclusive; a missing end is open.
public record Window(@Nullable Instant from, @Nullable Instant until) {

    public Window {
        if (from != null && until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("a window must end after it starts: " + from + " to " + until);
        }
    }

    public boolean contains(Instant moment) {
        return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
    }

    /// The part of this window that also lies in the other one; null when they do not meet.
    public @Nullable Window intersect(Window other) {
        var start = later(from, other.from);
        var end = earlier(until, other.until);
        return start != null && end != null && !end.isAfter(start) ? null : new Window(start, end);
    }

    /// When `contains` changes its answer next, seen from `moment`; null when it never does again.
    public @Nullable Instant nextChangeAfter(Instant moment) {
        if (from != null && from.isAfter(moment)) {
            return from;
        }
        return until != null && until.isAfter(moment) ? until : null;
    }

    /// The earlier of two moments, where a missing one means never.
    public static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
