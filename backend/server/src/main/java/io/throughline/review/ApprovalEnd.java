package io.throughline.review;

import java.time.Instant;

/// An approval that nothing may be published under any more, before its time: a new review is needed.
///
/// @param detail  the withdrawal's reason, or what superseded it
/// @param endedBy person id
public record ApprovalEnd(String approvalId, Reason reason, String detail, String endedBy, Instant endedAt) {

    public enum Reason {
        /// What it covers was withdrawn: whoever withdraws means the words, not the pointer to them.
        WITHDRAWN,
        /// A newer approval for the same item, locale and market was published.
        SUPERSEDED
    }

    /// Why it can't be published, for a person.
    public String sentence() {
        return switch (reason) {
            case WITHDRAWN -> "What it covers was withdrawn on %s (%s). Submit the text for review again.".formatted(endedAt, detail);
            case SUPERSEDED -> "A newer approval took its place on %s. Publish that one, or submit the text for review again.".formatted(endedAt);
        };
    }
}
