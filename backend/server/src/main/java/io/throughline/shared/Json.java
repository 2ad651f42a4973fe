package io.throughline.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The one configured Jackson mapper: unknown and repeated keys are refused (S4, S5), absent values are not written, enums
/// are kebab-case, a text is never taken for a number, and a record's component that is not `@Nullable` must be there.
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.DEFAULT_VIEW_INCLUSION)
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .annotationIntrospector(new NullMarkedRecords())
            .build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// An empty object to fill.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// Any value as a tree; records become objects.
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /// Parses text that is known to be JSON (a database column); throws JacksonException otherwise.
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /// Parses text that is known to be a JSON object; throws IllegalArgumentException when it is something else.
    public static ObjectNode parseObject(String text) {
        if (parse(text) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("this JSON is not an object");
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
