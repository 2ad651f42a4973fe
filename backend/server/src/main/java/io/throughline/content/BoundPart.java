package io.throughline.content;

import org.jspecify.annotations.Nullable;

/// Something that a version holds in a market.
///
/// @param itemId   what is held
/// @param relation as in table content_link: `claim`, `safety-information`, `prescribing-information`, `step`
/// @param version  the one whose words are bound; null: bound by its current version
public record BoundPart(String itemId, String relation, @Nullable Integer version) {

    public boolean byWords() {
        return version != null;
    }
}
