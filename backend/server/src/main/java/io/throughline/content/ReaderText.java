package io.throughline.content;

import io.throughline.shared.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an item says to a reader, as JSON in the shape that channels get. Who approved it is not in it.
public final class ReaderText {

    /// A claim as it stands in another text.
    ///
    /// @param version    null in a preview of a draft
    /// @param references ids that the claim cites
    public record Claim(String id, @Nullable Integer version, String text, List<String> references, Map<String, JsonNode> csl) {

        public Claim {
            references = List.copyOf(references);
        }

        public static Claim of(String id, @Nullable Integer version, JsonNode document) {
            var cited = new LinkedHashMap<String, JsonNode>();
            document.path("references").forEach(it -> cited.put(it.path("id").asString(""), it.path("csl")));
            return new Claim(id, version, document.path("text").asString(""), List.copyOf(cited.keySet()), cited);
        }
    }

    private static final List<String> DIMENSIONS = List.of("audience", "stage", "need", "topic", "indication", "channel");

    private ReaderText() {}

    /// Its identity, words, claims, references and classification, and what must be shown with it.
    public static ObjectNode of(Item item, String locale, JsonNode source, Rendered rendered, List<Claim> claims) {
        return of(item, locale, source, rendered, claims, List.of());
    }

    /// @param contained documents that stand in the text too, for their references
    static ObjectNode of(Item item, String locale, JsonNode source, Rendered rendered, List<Claim> claims, List<? extends JsonNode> contained) {
        var text = Json.object().put("id", item.id()).put("key", item.key()).put("type", item.type()).put("kind", item.kind()).put("locale", locale)
                .put("title", source.path("title").asString(""));
        if (source.has("summary")) {
            text.put("summary", source.path("summary").asString(""));
        }
        text.put("html", rendered.html()).put("markdown", markdown(source)).put("plainText", rendered.plainText());
        addReferences(text, source, claims, contained);
        // an object has no order of its own
        var references = text.path("references");
        var order = text.putArray("referenceOrder");
        rendered.references().stream().filter(references::has).forEach(order::add);
        references.propertyNames().stream().filter(it -> !rendered.references().contains(it)).forEach(order::add);
        addClassification(text, item, source);
        if (source.has("safetyInformation")) {
            text.put("safetyInformation", source.path("safetyInformation").asString(""));
        }
        if (source.has("labelUrl")) {
            text.putObject("prescribingInformation").put("html", "").put("url", source.path("labelUrl").asString(""));
        }
        return text;
    }

    private static void addReferences(ObjectNode text, JsonNode source, List<Claim> claims, List<? extends JsonNode> contained) {
        var list = text.putArray("claims");
        var references = text.putObject("references");
        source.path("references").forEach(reference -> references.set(reference.path("id").asString(""), reference.path("csl")));
        contained.forEach(it -> it.path("references").forEach(reference -> {
            if (!references.has(reference.path("id").asString(""))) {
                references.set(reference.path("id").asString(""), reference.path("csl"));
            }
        }));
        for (var claim : claims) {
            var one = list.addObject().put("id", claim.id());
            if (claim.version() != null) {
                one.put("version", claim.version());
            }
            var cited = one.put("text", claim.text()).putArray("references");
            claim.references().forEach(cited::add);
            claim.csl().forEach((id, csl) -> {
                if (!references.has(id)) {
                    references.set(id, csl);
                }
            });
        }
    }

    private static void addClassification(ObjectNode text, Item item, JsonNode source) {
        var classification = text.putObject("classification");
        for (var dimension : DIMENSIONS) {
            var values = classification.putArray(dimension);
            source.path("classification").path(dimension).forEach(value -> values.add(value.asString("")));
        }
        var brands = classification.putArray("brand");
        if (item.brand() != null) {
            brands.add(item.brand());
        }
    }

    /// What a channel that renders by itself starts from: the text of a claim or question, the body, the steps.
    private static String markdown(JsonNode source) {
        var text = new StringBuilder();
        for (var field : List.of("text", "question", "body")) {
            append(text, source.path(field).asString(""));
        }
        source.path("steps").forEach(step -> {
            append(text, "### " + step.path("title").asString(""));
            append(text, step.path("body").asString(""));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        if (!part.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(part.strip());
        }
    }
}
