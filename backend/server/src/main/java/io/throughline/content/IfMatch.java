package io.throughline.content;

import io.throughline.shared.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header by which a writer says which revision they saw (RFC 9110, 13.1.1).
public final class IfMatch {

    private static final Pattern REVISION = Pattern.compile("\"r(\\d{1,9})\"");

    private IfMatch() {}

    /// @throws io.throughline.shared.ProblemException PRECONDITION_REQUIRED without the header, VERSION_CONFLICT for
    ///     anything that is no strong entity tag of a draft
    public static int revision(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw Problem.PRECONDITION_REQUIRED.because("Send If-Match with the entity tag of the draft that you read, such as \"r3\".");
        }
        var matcher = REVISION.matcher(header.strip());
        if (!matcher.matches()) {
            throw Problem.VERSION_CONFLICT.because("The entity tag in If-Match is not one of this draft; read the draft again and send its ETag.");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /// The refusal for a draft that somebody else saved in between.
    public static RuntimeException stale(int currentRevision) {
        return Problem.VERSION_CONFLICT.because(
                "Somebody saved this draft in between; it is at revision %d now. Read it again, merge your changes and save.".formatted(currentRevision));
    }
}
