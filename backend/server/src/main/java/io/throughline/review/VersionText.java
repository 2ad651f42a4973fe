package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.content.Version;

/// The words of a version as a reviewer sees them, one after the other: what annotations are anchored in.
final class VersionText {

    private VersionText() {}

    static String of(Contents contents, Version version) {
        var document = version.document();
        return String.join("\n\n", document.path("title").asString(""), document.path("summary").asString(""),
                contents.render(version).plainText());
    }
}
