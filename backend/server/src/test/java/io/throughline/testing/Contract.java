package io.throughline.testing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.throughline.shared.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI documents of `content-schema/api`, and how an exchange differs from them.
///
/// Checked are: path, method and status are described; so is the media type; the body fits its schema and has no property
/// beyond it; headers that are required are there and every described one fits its schema; and of a request that did what it asked for, its parameters and its JSON body too. A status of [#EVERYWHERE]
/// needs no description at each route, but its body is the problem of the schema.
public final class Contract {

    private static final Set<Integer> EVERYWHERE = Set.of(400, 401, 403, 404, 405, 406, 413, 415, 429, 503, 507);
    private static final String BASE = "https://contract.invalid/";
    private static final Map<String, String> ROOTS = Map.of("management", "/manage/v1", "delivery", "/v1", "preview", "/preview/v1");
    private static final Contract CONTRACT = new Contract();

    /// @param path     the route with its parameters, as the document writes it, below its root
    /// @param bodies   for each declared status the schemas by media type
    /// @param request  the schema of a JSON body; null where none is described
    /// @param headers  for each declared status
    public record Operation(String method, String path, Pattern pattern, Set<String> query, @Nullable String request,
            Map<Integer, Map<String, String>> bodies, Map<Integer, List<Header>> headers) {}

    /// @param schema a pointer to it
    public record Header(String name, boolean required, boolean text, String schema) {}

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, ObjectNode> documents = new HashMap<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new java.util.concurrent.ConcurrentHashMap<>();

    private Contract() {
        ROOTS.keySet().forEach(name -> documents.put(name, read(name)));
        documents.forEach((name, document) -> document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(it -> {
            if (Set.of("get", "post", "put", "delete").contains(it.getKey())) {
                operations.add(operation(name, path.getKey(), it.getKey(), path.getValue(), it.getValue()));
            }
        })));
        operations.sort(Comparator.comparingInt(it -> it.path().replaceAll("[^{]", "").length()));
        var texts = new HashMap<String, String>();
        documents.forEach((name, document) -> texts.put(BASE + name, closed(document).toString()));
        var config = SchemaRegistryConfig.builder().pathType(PathType.JSON_POINTER).formatAssertionsEnabled(true).build();
        registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, it -> it.schemas(texts).schemaRegistryConfig(config));
    }

    public static List<Operation> operations() {
        return List.copyOf(CONTRACT.operations);
    }

    /// Fails the test with every difference between the exchange and the contract. Addresses outside the two APIs are nobody's contract.
    public static void check(String method, String pathAndQuery, @Nullable String requestBody, Api.Answer answer) {
        var differences = CONTRACT.differences(method, pathAndQuery, requestBody, answer);
        if (!differences.isEmpty()) {
            throw new AssertionError("%s %s answered %d, which is not what content-schema/api says:%n- %s%n%s".formatted(method, pathAndQuery,
                    answer.status(), String.join("\n- ", differences), shortened(answer.body())));
        }
    }

    private List<String> differences(String method, String pathAndQuery, @Nullable String requestBody, Api.Answer answer) {
        var path = pathAndQuery.replaceAll("\\?.*", "");
        if (ROOTS.values().stream().noneMatch(root -> path.startsWith(root + "/")) || method.equals("OPTIONS")) {
            return List.of();
        }
        var found = operations.stream().filter(it -> it.method().equals(method.equals("HEAD") ? "GET" : method) && it.pattern().matcher(path).matches()).findFirst();
        if (found.isEmpty()) {
            return EVERYWHERE.contains(answer.status()) ? refusalDifferences(method, path, answer) : List.of("no such route is described");
        }
        var operation = found.get();
        var differences = new ArrayList<String>();
        if (answer.status() < 400) {
            queryNames(pathAndQuery).filter(it -> !operation.query().contains(it)).forEach(it -> differences.add("parameter '%s' is not described".formatted(it)));
            if (operation.request() != null && requestBody != null) {
                validate(operation.request(), requestBody).forEach(it -> differences.add("request " + it));
            }
        }
        var bodies = operation.bodies().get(answer.status());
        if (bodies == null) {
            if (EVERYWHERE.contains(answer.status())) {
                differences.addAll(refusalDifferences(method, path, answer));
            } else {
                differences.add("status %d is not described at %s %s".formatted(answer.status(), method, operation.path()));
            }
            return differences;
        }
        differences.addAll(method.equals("HEAD") ? List.of() : bodyDifferences(bodies, answer));
        operation.headers().getOrDefault(answer.status(), List.of()).forEach(header -> differences.addAll(headerDifferences(header, answer)));
        return differences;
    }

    private List<String> headerDifferences(Header header, Api.Answer answer) {
        var values = answer.headers().entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase(header.name())).flatMap(it -> it.getValue().stream()).toList();
        if (values.isEmpty()) {
            return header.required() ? List.of("the header %s is not there".formatted(header.name())) : List.of();
        }
        if (values.size() > 1) {
            return List.of("the header %s is there %d times".formatted(header.name(), values.size()));
        }
        return validate(header.schema(), header.text() ? Json.text(values.getFirst()) : values.getFirst()).stream().map(it -> header.name() + " " + it).toList();
    }

    /// Of a status that no route has to describe.
    private List<String> refusalDifferences(String method, String path, Api.Answer answer) {
        var differences = new ArrayList<>(method.equals("HEAD") ? List.<String>of() : problems(answer));
        if (path.startsWith(ROOTS.get("delivery") + "/") && !answer.header("Content-Sequence").orElse("").matches("\\d+")) {
            differences.add("the header Content-Sequence is not there");
        }
        return differences;
    }

    private List<String> bodyDifferences(Map<String, String> bodies, Api.Answer answer) {
        if (bodies.isEmpty()) {
            return answer.body().isEmpty() ? List.of() : List.of("a body is not described");
        }
        var mediaType = answer.header("Content-Type").orElse("").replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        var schema = bodies.get(mediaType);
        if (schema == null) {
            return List.of("media type '%s' is not described, only %s".formatted(mediaType, bodies.keySet()));
        }
        return mediaType.endsWith("json") && !mediaType.endsWith("x-ndjson") ? validate(schema, answer.body()) : List.of();
    }

    private List<String> problems(Api.Answer answer) {
        return bodyDifferences(Map.of("application/problem+json", BASE + "management#/components/schemas/Problem"), answer);
    }

    private List<String> validate(String pointer, String body) {
        var schema = schemas.computeIfAbsent(pointer, it -> registry.getSchema(SchemaLocation.of(it)));
        return schema.validate(Json.parse(body)).stream().map(it -> "%s %s".formatted(it.getInstanceLocation(), it.getMessage())).distinct().limit(20).toList();
    }

    private static Stream<String> queryNames(String pathAndQuery) {
        int at = pathAndQuery.indexOf('?');
        return at < 0 ? Stream.of() : Stream.of(pathAndQuery.substring(at + 1).split("&")).filter(it -> !it.isEmpty()).map(it -> it.replaceAll("=.*", ""));
    }

    private Operation operation(String name, String path, String method, JsonNode shared, JsonNode described) {
        var query = new HashSet<String>();
        for (var list : List.of(shared.path("parameters"), described.path("parameters"))) {
            list.forEach(it -> {
                var parameter = target(name, it);
                if (parameter.path("in").asString().equals("query")) {
                    query.add(parameter.path("name").asString());
                }
            });
        }
        var bodies = new HashMap<Integer, Map<String, String>>();
        var headers = new HashMap<Integer, List<Header>>();
        described.path("responses").properties().forEach(it -> {
            var byMediaType = new HashMap<String, String>();
            target(name, it.getValue()).path("content").properties().forEach(content -> byMediaType.put(content.getKey(), pointerTo(name, content.getValue().path("schema"))));
            bodies.put(Integer.valueOf(it.getKey()), byMediaType);
            headers.put(Integer.valueOf(it.getKey()), target(name, it.getValue()).path("headers").properties().stream().map(header -> header(name, header.getKey(), target(name, header.getValue()))).toList());
        });
        var request = described.at("/requestBody/content").path("application/json").path("schema");
        var pattern = Pattern.compile(Pattern.quote(ROOTS.get(name)) + path.replaceAll("\\{[^}]+}", "[^/]+").replace(".", "\\."));
        return new Operation(method.toUpperCase(Locale.ROOT), path, pattern, query, request.isMissingNode() ? null : pointerTo(name, request), bodies, headers);
    }

    private Header header(String name, String header, JsonNode described) {
        var type = described.path("schema").path("type").asString();
        return new Header(header, described.path("required").asBoolean(false), type.equals("string"), pointerTo(name, described.path("schema")));
    }

    /// A place where the schema can be pointed to without the braces and slashes of a path.
    private String pointerTo(String name, JsonNode schema) {
        var document = documents.get(name);
        var checks = document.get("x-checks") instanceof ArrayNode there ? there : document.putArray("x-checks");
        checks.add(schema);
        return BASE + name + "#/x-checks/" + (checks.size() - 1);
    }

    private JsonNode target(String name, JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : documents.get(name).at(reference.replaceFirst("^#", ""));
    }

    /// With `additionalProperties: false` where a schema lists properties and does not say whether there may be others: what
    /// nobody described, nobody can rely on. Parts of an `allOf` stay open; the whole is closed.
    private ObjectNode closed(ObjectNode document) {
        var closed = document.deepCopy();
        for (var schema : List.of(closed.path("components").path("schemas"), closed.path("x-checks"))) {
            schema.forEach(it -> close(closed, it));
        }
        return closed;
    }

    private static void close(ObjectNode document, JsonNode node) {
        if (node instanceof ObjectNode schema) {
            if (schema.get("allOf") instanceof ArrayNode parts) {
                for (int i = 0; i < parts.size(); i++) {
                    var reference = parts.get(i).path("$ref").asString("");
                    if (!reference.isEmpty()) {
                        var open = (ObjectNode) document.at(reference.replaceFirst("^#", "")).deepCopy();
                        open.remove("additionalProperties");
                        parts.set(i, open);
                    }
                    parts.get(i).path("properties").forEach(it -> close(document, it));
                }
                schema.put("unevaluatedProperties", false);
                return;
            }
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                schema.put("additionalProperties", false);
            }
            schema.properties().forEach(it -> {
                if (!Set.of("example", "examples", "enum", "const", "required").contains(it.getKey())) {
                    close(document, it.getValue());
                }
            });
        } else if (node instanceof ArrayNode list) {
            list.forEach(it -> close(document, it));
        }
    }

    private static ObjectNode read(String name) {
        try (var in = Contract.class.getResourceAsStream("/content-schema/api/" + name + ".yaml")) {
            var text = new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object tree = new Yaml(new SafeConstructor(options)).load(text.replace("./delivery.yaml#", BASE + "delivery#"));
            return (ObjectNode) Json.parse(Json.text(plain(tree)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// YAML's own dates and numeric keys as text, as JSON has them.
    private static Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var plain = new java.util.LinkedHashMap<String, Object>();
                map.forEach((key, it) -> plain.put(String.valueOf(key), it == null ? "" : plain(it)));
                yield plain;
            }
            case List<?> list -> list.stream().map(Contract::plain).toList();
            case java.util.Date date -> date.toInstant().toString();
            default -> value;
        };
    }

    private static String shortened(String body) {
        return body.length() <= 2000 ? body : body.substring(0, 2000) + "…";
    }
}
