package io.throughline.publication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That something which an approved text holds is not there any more as it was certified with it (RV-6).
///
/// @param market      of the approval that is impacted
/// @param partVersion the version whose words it was certified with; null for what is bound by its current version
/// @param reason      of a withdrawal
/// @param servedUntil exclusive, UTC; only with [Consequence#SERVED_UNTIL]
public record Impact(String itemId, String key, String title, String locale, String market, String partId, String partKey, @Nullable Integer partVersion,
        String relation, Cause cause, @Nullable String reason, Consequence consequence, @Nullable Instant servedUntil, Instant impactedAt) {

    public enum Cause {
        /// Another version of it was published.
        CHANGED,
        WITHDRAWN,
        EXPIRED,
        /// It left because of its own parts.
        LEFT
    }

    public enum Consequence {
        /// It left at once.
        LEFT,
        /// It stays served for a while.
        SERVED_UNTIL,
        /// It is published, and left out when serving until the part is in force again.
        HELD_BACK,
        /// It was approved only, and can't be published.
        NOT_PUBLISHED
    }
}
