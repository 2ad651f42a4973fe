package io.throughline.journey;

import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes of the two APIs as the running application knows them, with what each takes, so that nothing has to be listed by hand.
final class Routes {

    private static final DefaultParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /// @param body the record of the JSON body; null where the route takes none, or a list whose entries are judged one by one (events)
    record Route(String method, String path, List<String> query, @Nullable Class<?> body, boolean upload) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private Routes() {}

    static List<Route> of(RequestMappingHandlerMapping mappings) {
        var routes = new ArrayList<Route>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> mapping.getPatternValues().stream().filter(it -> it.matches("/((manage|preview)/)?v1/.*")).forEach(path ->
                mapping.getMethodsCondition().getMethods().forEach(verb -> routes.add(new Route(verb.name(), path, query(handler), body(handler), upload(handler))))));
        routes.sort(java.util.Comparator.comparing(Route::path).thenComparing(Route::method));
        return routes;
    }

    private static List<String> query(HandlerMethod handler) {
        var names = new ArrayList<String>();
        for (var parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(NAMES);
            if (parameter.hasParameterAnnotation(RequestParam.class) && parameter.getParameterType() != MultipartFile.class) {
                names.add(parameter.getParameterName());
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
                Arrays.stream(parameter.getParameterType().getRecordComponents()).map(RecordComponent::getName).forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    private static @Nullable Class<?> body(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters()).filter(it -> it.hasParameterAnnotation(RequestBody.class))
                .<Class<?>>map(MethodParameter::getParameterType).filter(Class::isRecord).findFirst().orElse(null);
    }

    private static boolean upload(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters()).anyMatch(it -> it.getParameterType() == MultipartFile.class);
    }

    /// A body that can be read, though it may be refused.
    static ObjectNode sample(Class<?> body) {
        var sample = Json.object();
        for (var component : body.getRecordComponents()) {
            sample.set(component.getName(), sample(component.getName(), component.getGenericType()));
        }
        return sample;
    }

    private static JsonNode sample(String name, Type generic) {
        var type = generic instanceof ParameterizedType parameterised ? (Class<?>) parameterised.getRawType() : (Class<?>) generic;
        if (type == String.class) {
            return Json.tree(switch (name) {
                case "locale" -> "en-GB";
                case "market" -> "GB";
                case "kind" -> "non-promotional";
                case "type" -> "article";
                case "renditionSha256" -> "0".repeat(64);
                default -> "sample";
            });
        }
        if (type == Instant.class) {
            return Json.tree("2099-01-01T00:00:00Z");
        }
        if (type == LocalDate.class) {
            return Json.tree("2099-01-01");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Json.tree(false);
        }
        if (type.isEnum()) {
            return Json.tree(Kebab.of((Enum<?>) type.getEnumConstants()[0]));
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return Json.tree(name.equals("requests") ? 1_000_000 : 1); // a limit of one would refuse the rest of the sweep
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Json.tree(List.of());
        }
        return type.isRecord() ? sample(type) : Json.object();
    }

    /// Values of the wrong kind for a component; none where anything may stand.
    static List<JsonNode> wrong(RecordComponent component) {
        var type = component.getType();
        if (type == JsonNode.class || type == Object.class) {
            return List.of();
        }
        if (type == String.class) {
            return List.of(Json.tree(Map.of("a", 1)), Json.tree(List.of("a")));
        }
        if (Collection.class.isAssignableFrom(type)) {
            var withNull = Json.parse("[null]");
            return List.of(Json.tree("text"), Json.tree(Map.of()), withNull);
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of(Json.tree("perhaps"), Json.tree(List.of()));
        }
        return List.of(Json.tree("not one of these"), Json.tree(List.of(1)));
    }
}
