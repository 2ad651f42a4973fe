package io.throughline.content;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Finding;
import io.throughline.shared.Invisible;
import io.throughline.shared.Severity;
import io.throughline.shared.TypedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges the shape of a document by its type's JSON Schema and speaks of it in our stable codes
/// (`content-schema/types/validation-codes.json`).
final class DocumentSchemas {

    /// More would help nobody, and a hostile document could cause any number.
    private static final int MAX_FINDINGS = 100;
    private static final int MAX_QUOTED = 60;

    private final Map<String, Schema> schemas = new HashMap<>();
    private final Map<String, String> codes = new HashMap<>();
    private final JsonNode submissionCodes;

    DocumentSchemas(Map<String, String> filesById, Collection<ContentType> types, JsonNode validationCodes) {
        var config = SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                it -> it.schemas(filesById).schemaRegistryConfig(config));
        for (var type : types) {
            schemas.put(type.name(), registry.getSchema(SchemaLocation.of(type.schema().get("$id").asString())));
        }
        validationCodes.get("keywords").properties().forEach(it -> codes.put(it.getKey(), it.getValue().asString()));
        submissionCodes = validationCodes.get("submission");
    }

    /// Empty: the shape is right.
    List<Finding> check(String type, ObjectNode document) {
        var findings = new ArrayList<Finding>();
        unstorable(document, "", findings);
        if (!findings.isEmpty()) {
            return findings;
        }
        var schema = schemas.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("there is no content type '%s'".formatted(type));
        }
        invisible(document, "", findings);
        return Stream.concat(findings.stream(), schema.validate(document).stream().map(this::finding))
                .distinct()
                .sorted(Comparator.comparing(Finding::path).thenComparing(Finding::code))
                .limit(MAX_FINDINGS)
                .toList();
    }

    /// What people must see somewhere, and would not, or not as it is: blanks, zero-width characters, turned directions.
    private static void invisible(JsonNode node, String path, List<Finding> findings) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(it -> {
                var at = path + "/" + it.getKey();
                if (isNeeded(at) && it.getValue().isString() && !it.getValue().stringValue().isEmpty() && Invisible.isBlank(it.getValue().stringValue())) {
                    findings.add(new Finding("too-short", Severity.BLOCK, at, "Write something here: there are only blanks or invisible characters.", null));
                } else if (isNeeded(at) && it.getValue().isString() && TypedText.findRefused(it.getValue().stringValue()).isPresent()) {
                    int character = TypedText.findRefused(it.getValue().stringValue()).getAsInt();
                    findings.add(new Finding("character-not-allowed", Severity.BLOCK, at, "The text " + TypedText.sentence(character), null));
                } else if (!"references".equals(it.getKey())) {
                    invisible(it.getValue(), at, findings);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size() && findings.size() < MAX_FINDINGS; i++) {
                invisible(node.get(i), path + "/" + i, findings);
            }
        }
    }

    /// What a document is called and what its rules say has to be there from the first draft on; other empty fields are what is still to do.
    private static boolean isNeeded(String path) {
        return path.equals("/title") || path.startsWith("/rules/") && path.endsWith("/message");
    }

    /// The code for an empty field that must be filled before submission.
    String submissionCode(String pointer) {
        return submissionCodes.path(pointer).asString(submissionCodes.path("otherwise").asString("required"));
    }

    private Finding finding(Error error) {
        var keyword = error.getKeyword();
        var code = codes.getOrDefault(keyword, "not-allowed-value");
        var at = error.getInstanceLocation().toString();
        var property = error.getProperty();
        boolean namesProperty = property != null && ("required".equals(keyword) || "additionalProperties".equals(keyword)
                || "unevaluatedProperties".equals(keyword));
        var path = namesProperty ? at + "/" + property.replace("~", "~0").replace("/", "~1") : at;
        return new Finding(namesProperty && !"required".equals(keyword) ? "unknown-field" : code, Severity.BLOCK, path,
                message(code, keyword, error), null);
    }

    private static String message(String code, String keyword, Error error) {
        var limit = error.getSchemaNode() == null ? "" : shortened(error.getSchemaNode().toString());
        return switch (keyword) {
            case "required" -> "Fill in “%s”: it is needed.".formatted(error.getProperty());
            case "anyOf" -> "One of several fields is needed here; fill in at least one.";
            case "additionalProperties", "unevaluatedProperties" ->
                    "Take out “%s”: this type has no such field.".formatted(shortened(String.valueOf(error.getProperty())));
            case "type" -> "Use %s here.".formatted(limit.replace("\"", ""));
            case "maxLength" -> "Shorten this to at most %s characters.".formatted(limit);
            case "minLength" -> "Write at least %s character%s.".formatted(limit, "1".equals(limit) ? "" : "s");
            case "maxItems" -> "Keep at most %s entries.".formatted(limit);
            case "minItems" -> "Add at least %s.".formatted("1".equals(limit) ? "one entry" : limit + " entries");
            case "enum" -> "Use one of %s.".formatted(limit);
            case "minimum" -> "Use %s or more.".formatted(limit);
            case "maximum" -> "Use %s or less.".formatted(limit);
            case "uniqueItems" -> "Take out what stands here twice.";
            case "pattern", "format" -> "Check the form: it does not match what this field takes.";
            default -> "Correct this value (%s).".formatted(code);
        };
    }

    private static String shortened(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }

    /// What JSON can carry but neither PostgreSQL nor a canonical form can: U+0000, half a surrogate pair, endless digits.
    private static void unstorable(JsonNode node, String path, List<Finding> findings) {
        if (findings.size() >= MAX_FINDINGS) {
            return;
        }
        switch (node.getNodeType()) {
            case OBJECT -> node.properties().forEach(it -> {
                var name = path + "/" + it.getKey().replace("~", "~0").replace("/", "~1");
                if (isUnstorable(it.getKey())) {
                    findings.add(new Finding("unknown-field", Severity.BLOCK, path,
                            "Take out the field whose name has characters that can't be kept.", null));
                } else {
                    unstorable(it.getValue(), name, findings);
                }
            });
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    unstorable(node.get(i), path + "/" + i, findings);
                }
            }
            case STRING -> {
                if (isUnstorable(node.stringValue())) {
                    findings.add(new Finding("pattern", Severity.BLOCK, path,
                            "Take out the control character U+0000 or the half character in this text; it can't be kept.", null));
                }
            }
            case NUMBER -> {
                try {
                    CanonicalJson.text(node);
                } catch (IllegalArgumentException e) {
                    findings.add(new Finding("not-allowed-value", Severity.BLOCK, path,
                            "Use a number that fits into 15 digits.", null));
                }
            }
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> { /* nothing to keep wrongly */ }
        }
    }

    private static boolean isUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
