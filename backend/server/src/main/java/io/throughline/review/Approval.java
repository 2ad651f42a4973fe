package io.throughline.review;

import java.time.Instant;

/// One version for one market, with the certificate that says so.
///
/// @param versionSha256     the certificate is void for anything else (UK-1)
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
