package io.throughline.webhooks;

import io.throughline.shared.FieldError;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the bodies of this module's routes must be.
final class Bodies {

    private static final int LONGEST_REASON = 2_000;

    private Bodies() {}

    static String reason(@Nullable String value) {
        return text("/reason", value, LONGEST_REASON);
    }

    /// A text of 1 to `max` characters without the blanks around it.
    static String text(String path, @Nullable String value, int max) {
        if (value == null || value.isBlank()) {
            throw invalid("required", path, "Fill this in.");
        }
        return bounded(path, value.strip(), max);
    }

    static String bounded(String path, String value, int max) {
        if (value.length() > max) {
            throw invalid("too-long", path, "At most %d characters.".formatted(max));
        }
        if (value.indexOf('\0') >= 0) {
            throw invalid("invalid", path, "Take out the character U+0000.");
        }
        return value;
    }

    static ProblemException invalid(String code, String path, String message) {
        return Problem.INVALID_BODY.because(message, List.of(new FieldError(code, path, message)));
    }

    static ProblemException invalidQuery(String parameter, String message) {
        return Problem.INVALID_QUERY.because(message, List.of(new FieldError("invalid-parameter", parameter, message)));
    }

    static int limit(int limit) {
        if (limit < 1 || limit > 100) {
            throw invalidQuery("limit", "limit is 1 to 100.");
        }
        return limit;
    }
}
