package io.throughline.review;

/// What a review's signatures are bound to: one version, by its place and the SHA-256 of its rendition (P11-7).
final class Signed {

    static final String TYPE = "content-version";
    /// P11-6: what a signatory's signature means.
    static final String CERTIFICATION = "certification of the final form";

    private Signed() {}

    static String idOf(ReviewJob job) {
        return idOf(job.itemId(), job.locale(), job.versionNumber());
    }

    static String idOf(String itemId, String locale, int versionNumber) {
        return itemId + "/" + locale + "/" + versionNumber;
    }
}
