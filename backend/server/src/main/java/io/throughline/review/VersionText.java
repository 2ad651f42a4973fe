package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.Contents;
import io.throughline.content.Rendition;
import io.throughline.content.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a version as a reviewer sees them, one after the other: what annotations are anchored in.
final class VersionText {

    private VersionText() {}

    /// @param rendition null for what was submitted before renditions were kept
    static String of(Contents contents, Version version, @Nullable Rendition rendition) {
        var document = version.document();
        return String.join("\n\n", document.path("title").asString(""), document.path("summary").asString(""),
                rendition == null ? contents.render(version).plainText() : rendition.plainText());
    }

    /// The same as people compare and judge it, block by block in reading order.
    ///
    /// @param rendition null for what was submitted before renditions were kept
    static List<Block> blocks(Contents contents, Version version, @Nullable Rendition rendition) {
        return rendition == null ? contents.blocks(version) : contents.blocks(version, rendition);
    }
}
