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
/// @param binding          how what holds an item of this type is bound to it; null: it is pointed at, never held
/// @param slots            slots of a content set that an item of this type may fill
/// @param fields           for forms: name, label, widget, help …
/// @param requiredToSubmit JSON pointers that must hold something before submission; `*` is each entry of a list
/// @param itemTypes        field name -> types of item it may point at
/// @param rules            checked when writing, submitting and serving
/// @param schema           JSON Schema 2020-12, whole
public record ContentType(String name, String title, String plural, int schemaVersion, String prefix, @Nullable Binding binding, List<String> slots,
        JsonNode fields, List<String> requiredToSubmit, Map<String, Set<String>> itemTypes, List<TypeRule> rules, JsonNode schema) {

    /// A rule of the type.
    ///
    /// @param code     stable code of its findings
    /// @param kinds    kinds of item it is for
    /// @param blocking whether it stops submission and serving; otherwise it warns
    public record TypeRule(String code, Set<String> kinds, boolean blocking, Rule rule) {}
}
