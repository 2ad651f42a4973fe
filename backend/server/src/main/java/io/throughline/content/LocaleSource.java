package io.throughline.content;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The draft or version of one locale that the text of another was started from (UK-2, LC-1).
///
/// @param version  null when a draft was copied
/// @param revision of the draft; null when a version was copied
/// @param document  what was copied
/// @param confirmed hashes of words that a writer said are right as they stand: [TranslationRules#fingerprint]
record LocaleSource(String locale, @Nullable Integer version, @Nullable Integer revision, ObjectNode document, Set<String> confirmed) {

    LocaleSource {
        confirmed = Set.copyOf(confirmed);
    }


    static LocaleSource of(Draft draft) {
        return new LocaleSource(draft.locale(), null, draft.revision(), draft.document().deepCopy(), Set.of());
    }

    static LocaleSource of(Version version) {
        return new LocaleSource(version.locale(), version.number(), null, version.documentForDraft().deepCopy(), Set.of());
    }

    /// `en-GB, version 3`, or `en-GB, draft at revision 2`.
    String name() {
        return version != null ? "%s, version %d".formatted(locale, version) : "%s, draft at revision %d".formatted(locale, revision);
    }
}
