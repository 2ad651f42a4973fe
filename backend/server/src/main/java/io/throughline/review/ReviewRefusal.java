package io.throughline.review;

import io.throughline.shared.Finding;
import java.util.List;

/// Why an act of review was not done. Nothing was written, except that the audit trail keeps the attempt where a
/// person tried what they may not (P11-5).
public sealed interface ReviewRefusal {

    /// Says what to do next.
    String detail();

    /// There is no such thing for this person; what they may not know of looks the same (S10).
    record NotFound(String detail) implements ReviewRefusal {}

    /// The person lacks the role, registration or distance from the text.
    record NotAllowed(String detail) implements ReviewRefusal {}

    /// The step is not the next one (P11-4).
    record OutOfSequence(String detail) implements ReviewRefusal {}

    /// Whoever developed the text can't certify it (UK-2).
    record AuthorMayNotCertify(String detail) implements ReviewRefusal {}

    /// What the person looked at is not what is there now.
    record Conflict(String detail) implements ReviewRefusal {}

    /// @param currentRevision what the draft's revision is now
    record StaleDraft(int currentRevision, String detail) implements ReviewRefusal {}

    /// The signature's components were wrong or incomplete (P11-9).
    record SignatureRefused(String detail) implements ReviewRefusal {}

    /// @param findings at least one of severity `block`
    record Invalid(String detail, List<Finding> findings) implements ReviewRefusal {
        public Invalid {
            findings = List.copyOf(findings);
        }
    }
}
