package io.throughline.content;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What rules and rendering need to know of an item that a document points at.
///
/// @param locales       in which it has a version or a draft
/// @param submitted     locales in which it has a version
/// @param efficacyClaim whether its latest version or its draft, in any locale, claims efficacy
/// @param text          of a claim, in the document's locale where there is one; empty for other types
/// @param rules         of its latest version, or of its draft where there is none, in the document's locale where there is one
record LinkedItem(String id, String key, Set<String> locales, Set<String> submitted, String type, String kind, @Nullable String brand, boolean efficacyClaim,
        String text, List<Rule> rules) {

    LinkedItem {
        locales = Set.copyOf(locales);
        submitted = Set.copyOf(submitted);
        rules = List.copyOf(rules);
    }
}
