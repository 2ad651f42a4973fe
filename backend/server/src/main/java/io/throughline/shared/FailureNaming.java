package io.throughline.shared;

import org.jspecify.annotations.Nullable;

/// A filter's word on what a failure means that nobody expected: put on the request under [#ATTRIBUTE], it is asked before
/// the failure is called `internal`.
public interface FailureNaming {

    String ATTRIBUTE = "throughline.failureNaming";

    /// The problem that it is, or null when it knows nothing of it.
    @Nullable ProblemException name(Exception failure);
}
