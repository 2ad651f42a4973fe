package io.throughline.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version for one market, with the certificate that says so.
///
/// @param versionSha256     of the version's own bytes
/// @param renditionSha256   of all that a reader sees: the certificate is void for anything else (UK-1); null for what was certified before
///                          renditions were kept
/// @param validFrom         UTC, inclusive
/// @param validUntil        UTC, exclusive (UK-4)
/// @param dateOfPreparation `YYYY-MM`, UTC (UK-7)
/// @param certifiedBy       person id of the signatory
public record Approval(
        String id,
        String jobCode,
        int circulation,
        String itemId,
        String locale,
        int versionNumber,
        String versionSha256,
        @Nullable String renditionSha256,
        String market,
        Instant validFrom,
        Instant validUntil,
        String dateOfPreparation,
        Instant approvedAt,
        String certifiedBy,
        String signatureId) {

    /// Whether something may be published under it at that moment or later; an approval that starts in the future counts.
    public boolean isUsableAt(Instant now) {
        return now.isBefore(validUntil);
    }
}
