package io.throughline.publication;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The pointer from (item, locale, market) to an approved version.
///
/// @param effectiveFrom  inclusive
/// @param effectiveUntil exclusive, never after the approval's end
/// @param sequence       the content sequence that it took
/// @param state          approved (its window has not begun), effective, superseded, expired, withdrawn or impacted (it left because of what it holds)
public record Publication(
        String id,
        String itemId,
        String key,
        String locale,
        String market,
        @JsonProperty("version") int versionNumber,
        String approvalId,
        String jobCode,
        Instant effectiveFrom,
        Instant effectiveUntil,
        Instant publishedAt,
        long sequence,
        String state,
        @Nullable Instant endedAt,
        @Nullable String endReason) {

    /// Whether it is what somebody wishes who publishes by this approval for this time; a start that has come counts from any moment on.
    boolean isBy(String approval, Instant from, Instant until, Instant now) {
        return approvalId.equals(approval) && effectiveUntil.equals(until)
                && (effectiveFrom.equals(from) || !from.isAfter(now) && !effectiveFrom.isAfter(now));
    }
}
