package io.throughline.review;

import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From refusals to problems, in one place.
final class Refusals {

    private Refusals() {}

    /// @throws ProblemException when it was refused
    static <T> T done(ReviewOutcome<T> outcome) {
        return switch (outcome) {
            case Done<T>(var value) -> value;
            case Refused<T>(var refusal) -> throw problem(refusal);
        };
    }

    private static ProblemException problem(ReviewRefusal refusal) {
        return switch (refusal) {
            case ReviewRefusal.NotFound(var detail) -> Problem.NOT_FOUND.because(detail);
            case ReviewRefusal.NotAllowed(var detail) -> Problem.FORBIDDEN.because(detail);
            case ReviewRefusal.OutOfSequence(var detail) -> Problem.OUT_OF_SEQUENCE.because(detail);
            case ReviewRefusal.AuthorMayNotCertify(var detail) -> Problem.AUTHOR_MAY_NOT_CERTIFY.because(detail);
            case ReviewRefusal.Conflict(var detail) -> Problem.CONFLICT.because(detail);
            case ReviewRefusal.StaleDraft(_, var detail) -> Problem.VERSION_CONFLICT.because(detail);
            case ReviewRefusal.SignatureRefused(var detail) -> Problem.SIGNATURE_REFUSED.because(detail);
            case ReviewRefusal.Invalid(var detail, var findings) ->
                    Problem.VALIDATION_FAILED.because(detail, findings.stream().map(FieldError::of).toList());
        };
    }

    /// A value that the body must have.
    static <T> T required(@Nullable T value, String path) {
        if (value == null) {
            throw Problem.INVALID_BODY.because("The body lacks the key '%s'; give it a value.".formatted(path.substring(1)),
                    List.of(new FieldError("required", path, "is missing")));
        }
        return value;
    }

    /// A text that must say something, no longer than `max` characters.
    static String text(@Nullable String value, String path, int max) {
        var text = required(value, path);
        if (text.isBlank()) {
            throw Problem.VALIDATION_FAILED.because("Write something there.", List.of(new FieldError("required", path, "is empty")));
        }
        return bounded(text, path, max);
    }

    /// @throws ProblemException when it is longer than `max` characters
    static <T extends @Nullable String> T bounded(T value, String path, int max) {
        if (value != null && value.length() > max) {
            throw Problem.VALIDATION_FAILED.because("The text is too long; shorten it to %d characters.".formatted(max),
                    List.of(new FieldError("too-long", path, "has more than %d characters".formatted(max))));
        }
        return value;
    }
}
