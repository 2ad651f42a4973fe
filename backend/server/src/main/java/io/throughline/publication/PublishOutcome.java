package io.throughline.publication;

import io.throughline.shared.Finding;
import java.util.List;

/// What became of a wish to publish.
public sealed interface PublishOutcome {

    record Published(Publication publication) implements PublishOutcome {}

    /// The same was asked before and holds: this publication is the one.
    record AlreadyPublished(Publication publication) implements PublishOutcome {}

    /// There is no such item, market or approval for this person.
    record NotFound() implements PublishOutcome {}

    /// The person lacks a role that publishes.
    record NotAllowed(String detail) implements PublishOutcome {}

    /// No approval covers it: none at all, an expired one, or one for other bytes.
    record NotApproved(String detail) implements PublishOutcome {}

    /// The wished window does not lie within the approval's.
    record OutsideApproval(String path, String detail) implements PublishOutcome {}

    /// Rules of the market forbid to serve it.
    record Blocked(List<Finding> findings) implements PublishOutcome {

        public Blocked {
            findings = List.copyOf(findings);
        }
    }
}
