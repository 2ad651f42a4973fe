package io.throughline.taxonomy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a scheme from the JSON-LD of `content-schema/vocabularies`: SKOS with our fixed context.
final class SchemeReader {

    private SchemeReader() {}

    static ConceptScheme read(JsonNode document) {
        var name = document.required("notation").stringValue();
        var concepts = new ArrayList<Concept>();
        for (var concept : document.required("concepts")) {
            var order = concept.get("order");
            concepts.add(new Concept(name, concept.required("notation").stringValue(), texts(concept.get("prefLabel")),
                    texts(concept.get("definition")), texts(concept.get("example")), notations(concept.get("broader")),
                    notations(concept.get("closeMatch")), order == null ? null : order.intValue(),
                    notations(concept.get("audience")), concept));
        }
        return new ConceptScheme(name, document.required("version").stringValue(),
                texts(document.get("title")).getOrDefault("en", name), concepts);
    }

    private static Map<String, String> texts(@Nullable JsonNode byLanguage) {
        var texts = new LinkedHashMap<String, String>();
        if (byLanguage != null) {
            byLanguage.properties().forEach(it -> texts.put(it.getKey(), it.getValue().stringValue()));
        }
        return texts;
    }

    /// The last part of `urn:throughline:<scheme>:<notation>`, of one or of many.
    static List<String> notations(@Nullable JsonNode ids) {
        if (ids == null) {
            return List.of();
        }
        var found = new ArrayList<String>();
        for (var id : ids.isArray() ? ids : List.of(ids)) {
            var urn = id.stringValue();
            found.add(urn.substring(urn.lastIndexOf(':') + 1));
        }
        return found;
    }
}
