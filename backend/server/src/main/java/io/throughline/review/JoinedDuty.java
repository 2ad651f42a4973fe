package io.throughline.review;

/// What two people do in a review unless the market pack lets one person do both (UK-2).
enum JoinedDuty {
    /// The verdicts of several disciplines in one circulation.
    SEVERAL_DISCIPLINES,
    /// A verdict, and the certificate of the same review.
    REVIEW_AND_CERTIFY
}
