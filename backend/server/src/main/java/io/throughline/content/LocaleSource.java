package io.throughline.content;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The draft or version of one locale that the text of another was started from (UK-2).
///
/// @param version  null when a draft was copied
/// @param revision of the draft; null when a version was copied
record LocaleSource(String locale, @Nullable Integer version, @Nullable Integer revision, ObjectNode document) {

    static LocaleSource of(Draft draft) {
        return new LocaleSource(draft.locale(), null, draft.revision(), draft.document().deepCopy());
    }

    static LocaleSource of(Version version) {
        return new LocaleSource(version.locale(), version.number(), null, version.documentForDraft().deepCopy());
    }
}
