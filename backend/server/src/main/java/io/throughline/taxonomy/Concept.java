package io.throughline.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One concept of a scheme (SKOS), immutable.
///
/// @param labels     language to preferred label; `en` is always there
/// @param broader    notations of the next broader concepts
/// @param closeMatch notations of the counterparts for other audiences
/// @param order      place in a journey, 1 first; only stages have one
/// @param audience   notations of the audiences a stage belongs to
/// @param properties the scheme's own further properties as written (`humanContact`, `locales`…)
public record Concept(
        String scheme,
        String notation,
        Map<String, String> labels,
        Map<String, String> definitions,
        Map<String, String> examples,
        List<String> broader,
        List<String> closeMatch,
        @Nullable Integer order,
        List<String> audience,
        @JsonIgnore JsonNode properties) {

    public Concept {
        labels = Map.copyOf(labels);
        definitions = Map.copyOf(definitions);
        examples = Map.copyOf(examples);
        broader = List.copyOf(broader);
        closeMatch = List.copyOf(closeMatch);
        audience = List.copyOf(audience);
        if (!labels.containsKey("en")) {
            throw new IllegalArgumentException("the concept %s:%s has no English label".formatted(scheme, notation));
        }
    }

    /// In the language of a locale such as `de-CH`, or else in English.
    public String label(String locale) {
        return inLanguage(labels, locale, notation);
    }

    public @Nullable String definition(String locale) {
        return definitions.isEmpty() ? null : inLanguage(definitions, locale, "");
    }

    public @Nullable String example(String locale) {
        return examples.isEmpty() ? null : inLanguage(examples, locale, "");
    }

    private static String inLanguage(Map<String, String> texts, String locale, String none) {
        var exact = texts.get(locale);
        if (exact != null) {
            return exact;
        }
        var language = texts.get(locale.split("-", 2)[0]);
        return language != null ? language : texts.getOrDefault("en", none);
    }
}
