package io.throughline.content;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One content type, as its file in `content-schema/types` says.
///
/// @param name             `article`
/// @param prefix           of readable keys: `ART`
/// @param slots            slots of a content set that an item of this type may fill
/// @param fields           for forms: name, label, widget, help …
/// @param requiredToSubmit JSON pointers that must hold something before submission
/// @param itemTypes        field name -> types of item it may point at
/// @param rules            checked when writing, submitting and serving
/// @param schema           JSON Schema 2020-12, whole
public record ContentType(String name, String title, String plural, int schemaVersion, String prefix, List<String> slots,
        JsonNode fields, List<String> requiredToSubmit, Map<String, Set<String>> itemTypes, List<Rule> rules, JsonNode schema) {

    /// A rule of the type. The family is closed: there is no expression language behind it.
    ///
    /// @param code    stable code of the finding
    /// @param kinds   kinds of item it is for
    /// @param source  id of the regulation behind it (`US-2`), null for house rules
    public sealed interface Rule {
        String code();

        Set<String> kinds();

        String message();

        @Nullable String source();

        /// What claims efficacy, itself or through a claim, needs the item at `pointer` (fair balance).
        record Pairing(String code, Set<String> kinds, String message, @Nullable String source, String pointer) implements Rule {}

        /// Something must stand at `pointer`.
        record Requires(String code, Set<String> kinds, String message, @Nullable String source, String pointer) implements Rule {}

        /// Every audience must be one of `audiences` or narrower.
        record AllowedAudience(String code, Set<String> kinds, String message, @Nullable String source, Set<String> audiences)
                implements Rule {}
    }
}
