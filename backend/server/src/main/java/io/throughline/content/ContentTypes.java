package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The content types that ship in `content-schema/types`, read once at start; a faulty file stops the start.
@Component
public class ContentTypes {

    private static final String FOLDER = "content-schema/types/";

    private final Map<String, ContentType> types = new TreeMap<>();
    private final DocumentSchemas schemas;

    ContentTypes() {
        var files = new HashMap<String, String>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "*.schema.json")) {
                var text = file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
                var schema = Json.parse(text);
                files.put(schema.path("$id").asString(), Json.text(withoutHints(schema.deepCopy())));
                if (schema.path("x-throughline").isObject()) {
                    var type = read(schema);
                    types.put(type.name(), type);
                }
            }
            var codes = Json.parse(new ClassPathResource(FOLDER + "validation-codes.json")
                    .getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
            schemas = new DocumentSchemas(files, types.values(), codes);
        } catch (IOException e) {
            throw new UncheckedIOException("the content types can't be read from " + FOLDER, e);
        }
    }

    /// @throws IllegalArgumentException for a name that is no type
    public ContentType get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no content type '%s'".formatted(name)));
    }

    public Optional<ContentType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /// All types, by name.
    public List<ContentType> list() {
        return List.copyOf(types.values());
    }

    /// What is wrong with a work in CSL-JSON, with pointers into it; empty: it may stand in any document's references.
    public List<Finding> checkCsl(ObjectNode csl) {
        var inside = "/references/0/csl";
        var document = Json.object().put("title", "A document with it");
        document.putArray("references").addObject().put("id", "ref_1").set("csl", csl);
        return schemas.check("article", document).stream().map(it -> new Finding(it.code(), it.severity(),
                it.path().startsWith(inside) ? it.path().substring(inside.length()) : it.path(), it.message(), it.rule())).toList();
    }

    DocumentSchemas schemas() {
        return schemas;
    }

    private static ContentType read(JsonNode schema) {
        var hints = schema.get("x-throughline");
        var itemTypes = new HashMap<String, Set<String>>();
        hints.path("fields").forEach(field -> {
            if (field.has("itemTypes")) {
                itemTypes.put(field.get("name").asString(), texts(field.get("itemTypes")));
            }
        });
        var rules = new ArrayList<ContentType.TypeRule>();
        hints.path("rules").forEach(rule -> rules.add(rule(rule)));
        return new ContentType(hints.get("name").asString(), hints.get("title").asString(), hints.get("plural").asString(),
                hints.get("version").asInt(), hints.get("prefix").asString(),
                hints.has("binding") ? Kebab.parse(Binding.class, hints.get("binding").asString()) : null, List.copyOf(texts(hints.get("slots"))),
                hints.get("fields"), List.copyOf(texts(hints.get("requiredToSubmit"))), Map.copyOf(itemTypes),
                List.copyOf(rules), schema);
    }

    /// Our own keywords are for forms and rules; the validator would warn of each.
    private static JsonNode withoutHints(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(object.propertyNames().stream().filter(it -> it.startsWith("x-throughline")).toList());
        }
        schema.forEach(ContentTypes::withoutHints);
        return schema;
    }

    /// Findings of these codes ask for a look; they stop nothing.
    private static final Set<String> NOT_BLOCKING = Set.of("uncited-claim", "plain-language-for-hcp");

    /// A rule of a type is known by its regulation, a house rule by its own id.
    private static ContentType.TypeRule rule(JsonNode rule) {
        var code = rule.get("code").asString();
        var message = rule.get("message").asString();
        var id = rule.path("source").isEmpty() ? rule.get("id").asString() : rule.get("source").get(0).asString();
        var field = new Rule.Target.Field(rule.path("requires").path("pointer").asString(""));
        return new ContentType.TypeRule(code, texts(rule.get("kinds")), !NOT_BLOCKING.contains(code), switch (rule.get("type").asString()) {
            case "pairing" -> new Rule.Pairing(id, message, id, field);
            case "requires" -> new Rule.Requires(id, message, id, field);
            case "allowedAudience" -> new Rule.AllowedAudience(id, message, id, texts(rule.get("audiences")));
            case String unknown -> throw new IllegalStateException("a content type can't have a rule of the type '%s'".formatted(unknown));
        });
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new LinkedHashSet<String>();
        array.forEach(it -> texts.add(it.asString()));
        return java.util.Collections.unmodifiableSet(texts);
    }
}
