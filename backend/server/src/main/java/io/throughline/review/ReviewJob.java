package io.throughline.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A review job with its current circulation.
///
/// @param code              unique and immutable (UK-7): `GB-2026-0412`
/// @param dateOfPreparation month in which the current version was drawn up or last revised, `YYYY-MM`, UTC
/// @param versionNumber     the version that the current circulation reviews
/// @param versionSha256     over the version's own canonical JSON
/// @param renditionSha256   over all that a reader sees of it: what signatures are bound to (P11-7); null for what was submitted before
///                          renditions were kept
public record ReviewJob(
        String id,
        String code,
        String itemId,
        String locale,
        String market,
        String dateOfPreparation,
        String openedBy,
        Instant openedAt,
        @Nullable Instant dueAt,
        JobState state,
        int circulation,
        int versionNumber,
        String versionSha256,
        @Nullable String renditionSha256) {

    /// What a signature is given under.
    ///
    /// @throws IllegalStateException without a rendition; [ReviewPolicy#hashRefusal] comes first
    String signedSha256() {
        if (renditionSha256 == null) {
            throw new IllegalStateException(code + " has no rendition to sign");
        }
        return renditionSha256;
    }
}
