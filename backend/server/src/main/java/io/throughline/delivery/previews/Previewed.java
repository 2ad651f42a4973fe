package io.throughline.delivery.previews;

import io.throughline.content.Dialect;
import io.throughline.content.Item;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The newest words of an item in one locale: its draft, or else its newest version.
///
/// @param dialect  the rules by which its Markdown is read
/// @param version  number of a version; null for a draft
/// @param revision of a draft; null for a version
record Previewed(Item item, String locale, ObjectNode document, Dialect dialect, @Nullable Integer version, @Nullable Integer revision, Instant changedAt) {

    /// An item in a locale.
    record Place(String itemId, String locale) {}

    Previewed {
        if ((version == null) == (revision == null)) {
            throw new IllegalArgumentException("a draft has a revision, a version its number");
        }
    }

    Place place() {
        return new Place(item.id(), locale);
    }

    /// Whether the viewer may see it: within the token's scope, visible to its maker, and not kept for other channels.
    boolean isFor(PreviewViewer viewer) {
        var channels = document.path("classification").path("channel");
        return viewer.mayRead(item.brand(), item.kind(), locale)
                && (channels.isEmpty() || channels.valueStream().anyMatch(channel -> channel.asString("").equals(viewer.client().channelKind())));
    }

    /// How answers mark it: nothing without this mark is a preview.
    ObjectNode mark() {
        var mark = Json.object().put("state", version == null ? "draft" : "version");
        if (version == null) {
            mark.put("revision", revision);
        } else {
            mark.put("version", version);
        }
        return mark.put("changedAt", changedAt.toString());
    }
}
