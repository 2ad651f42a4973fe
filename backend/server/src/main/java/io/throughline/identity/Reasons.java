package io.throughline.identity;

import io.throughline.shared.Problem;

/// Why somebody did what the audit trail keeps (A11-1).
final class Reasons {

    static final int LONGEST = 2_000;

    private Reasons() {}

    /// @throws io.throughline.shared.ProblemException `invalid-body` when it is blank or longer than [#LONGEST] characters
    static String require(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw Problem.INVALID_BODY.because("Give the reason in 1 to %d characters; it goes into the trail.".formatted(LONGEST));
        }
        return reason;
    }
}
