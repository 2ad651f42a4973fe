package io.throughline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The examples of content-schema hold: valid documents yield nothing, invalid ones exactly the expected codes at the
/// expected JSON pointers. Also checks that what the folders say of each other is true.
class ContentSchemaExamplesTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROOT = "classpath*:content-schema/";
    private static final Map<String, String> SCHEME_OF = Map.of(
            "audience", "audiences", "stage", "stages", "need", "needs",
            "topic", "topics", "indication", "indications", "channel", "channels");

    private final Map<String, String> schemaTexts = schemaTexts();
    private final JsonNode codes = read("types/validation-codes.json").getFirst().json();
    private final Map<String, Set<String>> notations = notations();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(schemaTexts));

    record File(String name, String folder, JsonNode json) {}

    record Fault(String code, String path) implements Comparable<Fault> {
        @Override
        public int compareTo(Fault other) {
            return toString().compareTo(other.toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> validDocumentsYieldNothing() {
        return read("examples/valid/*/*.json").stream().map(file -> dynamicTest(file.folder() + ": " + file.name(), () -> {
            assertThat(faults(file)).as(file.json().path("because").asString()).isEmpty();
            assertThat(unknownConcepts(file.json().path("document"))).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> invalidDocumentsYieldTheirCodesAtTheirPaths() {
        return read("examples/invalid/*/*.json").stream().map(file -> dynamicTest(file.folder() + ": " + file.name(), () -> {
            Set<Fault> expected = new TreeSet<>();
            for (JsonNode fault : file.json().path("expect")) {
                expected.add(new Fault(fault.path("code").asString(), fault.path("path").asString()));
            }
            assertThat(expected).isNotEmpty();
            assertThat(faults(file)).as(file.json().path("because").asString()).isEqualTo(expected);
        }));
    }

    @Test
    void everyTypeHasTwoValidAndFourInvalidExamples() {
        Map<String, Long> valid = countByFolder("examples/valid/*/*.json");
        Map<String, Long> invalid = countByFolder("examples/invalid/*/*.json");
        for (File type : types()) {
            String name = type.json().at("/x-throughline/name").asString();
            assertThat(valid.getOrDefault(name, 0L)).as("valid examples of %s", name).isGreaterThanOrEqualTo(2);
            assertThat(invalid.getOrDefault(name, 0L)).as("invalid examples of %s", name).isGreaterThanOrEqualTo(4);
        }
        assertThat(types()).hasSize(8);
    }

    @Test
    void everyFieldOfATypeHasItsPlaceOnTheScreen() {
        for (File type : types()) {
            Set<String> shown = new TreeSet<>();
            for (JsonNode field : type.json().at("/x-throughline/fields")) {
                shown.add(field.path("name").asString().split("\\.")[0]);
            }
            assertThat(shown).as(type.name()).isEqualTo(new TreeSet<>(type.json().path("properties").propertyNames()));
        }
    }

    @Test
    void everyConceptThatAVocabularyPointsToExists() {
        for (File vocabulary : read("vocabularies/*.jsonld")) {
            Set<String> ids = new HashSet<>();
            for (JsonNode concept : vocabulary.json().path("concepts")) {
                assertThat(ids.add(concept.path("@id").asString())).as("%s twice", concept.path("@id")).isTrue();
                assertThat(concept.at("/prefLabel/en").asString()).isNotBlank();
                assertThat(concept.at("/prefLabel/de").asString()).isNotBlank();
                for (String relation : List.of("broader", "closeMatch", "audience", "leadChannels")) {
                    for (JsonNode target : concept.path(relation)) {
                        String[] parts = target.asString().split(":");
                        assertThat(notations.get(parts[2])).as("%s of %s", relation, concept.path("@id")).contains(parts[3]);
                    }
                }
            }
        }
    }

    @Test
    void everyMarketPackFitsItsSchemaAndTheVocabularies() {
        Schema schema = schemas.getSchema(SchemaLocation.of("urn:throughline:market-pack:1"));
        List<File> packs = read("market-packs/??.json");
        assertThat(packs).extracting(File::name).containsExactlyInAnyOrder("GB.json", "US.json", "DE.json", "FR.json", "CH.json");
        Set<String> ruleIds = new HashSet<>();
        for (File pack : packs) {
            for (JsonNode rule : pack.json().path("rules")) {
                assertThat(ruleIds.add(rule.path("id").asString())).as("the id of %s is nobody else's", rule).isTrue();
                assertThat(notations.get("channels")).containsAll(texts(rule.path("channels")));
                assertThat(notations.get("audiences")).containsAll(texts(rule.path("audiences")));
            }
            assertThat(schema.validate(pack.json().toString(), InputFormat.JSON)).as(pack.name()).isEmpty();
            assertThat(notations.get("markets")).contains(pack.json().path("market").asString());
            assertThat(notations.get("locales")).containsAll(texts(pack.json().path("locales")));
            assertThat(notations.get("audiences")).containsAll(texts(pack.json().path("promotionAudiences")));
            for (String perLocale : List.of("localeFallback", "adverseEventStatement", "certificateWording")) {
                assertThat(new TreeSet<>(pack.json().path(perLocale).propertyNames())).as("%s of %s", perLocale, pack.name())
                        .isEqualTo(new TreeSet<>(texts(pack.json().path("locales"))));
            }
        }
    }

    @Test
    void aMarketPackWithARuleOutsideTheClosedSetDoesNotFitItsSchema() {
        Schema schema = schemas.getSchema(SchemaLocation.of("urn:throughline:market-pack:1"));
        File pack = read("market-packs/GB.json").getFirst();
        for (String rule : List.of(
                "{\"id\": \"GB-2\", \"type\": \"allowedMarket\", \"message\": \"m\", \"source\": \"US-2\", \"markets\": [\"US\"]}",
                "{\"id\": \"GB-2\", \"type\": \"expression\", \"message\": \"m\", \"source\": \"US-2\"}",
                "{\"id\": \"GB-2\", \"type\": \"pairing\", \"message\": \"m\", \"source\": \"US-2\"}",
                "{\"id\": \"GB-2\", \"type\": \"maxUse\", \"message\": \"m\", \"source\": \"US-2\", \"times\": 0, \"per\": \"set\"}",
                "{\"id\": \"GB-2\", \"type\": \"requires\", \"message\": \"m\", \"source\": \"US-2\", \"items\": [\"A\"], \"pointer\": \"/body\"}",
                "{\"id\": \"rul_1\", \"type\": \"excludes\", \"message\": \"m\", \"source\": \"US-2\", \"items\": [\"A\"]}")) {
            String broken = pack.json().toString().replaceFirst("\"rules\":\\[", "\"rules\":[" + rule + ",");
            assertThat(broken).contains(rule);
            assertThat(schema.validate(broken, InputFormat.JSON)).as(rule).isNotEmpty();
        }
    }

    private Set<Fault> faults(File example) {
        JsonNode document = example.json().path("document");
        String type = example.folder();
        Schema schema = schemas.getSchema(SchemaLocation.of("urn:throughline:type:" + type + ":2"));
        Set<Fault> faults = new TreeSet<>();
        for (Error error : schema.validate(document.toString(), InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
            String code = codes.path("keywords").path(error.getKeyword()).asString("no code for " + error.getKeyword());
            // A missing or unknown property is told at its own place, not at its parent's.
            String property = error.getProperty() == null ? "" : "/" + error.getProperty();
            faults.add(new Fault(code, error.getInstanceLocation() + property));
        }
        if (example.json().path("moment").asString().equals("submit")) {
            JsonNode typeSchema = JSON.readTree(Objects.requireNonNull(schemaTexts.get("urn:throughline:type:" + type + ":2")));
            for (String pointer : texts(typeSchema.at("/x-throughline/requiredToSubmit")).stream()
                    .flatMap(it -> RequiredFields.pointers(it, document).stream()).toList()) {
                if (isEmpty(document.at(pointer))) {
                    JsonNode submission = codes.path("submission");
                    faults.add(new Fault(submission.path(pointer).asString(submission.path("otherwise").asString()), pointer));
                }
            }
        }
        return faults;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.asString().isBlank());
    }

    private List<String> unknownConcepts(JsonNode document) {
        List<String> unknown = new ArrayList<>();
        SCHEME_OF.forEach((field, scheme) -> texts(document.path("classification").path(field)).stream()
                .filter(notation -> !Objects.requireNonNull(notations.get(scheme)).contains(notation))
                .forEach(unknown::add));
        return unknown;
    }

    private static List<File> types() {
        return read("types/*.schema.json").stream().filter(file -> file.json().has("x-throughline")).toList();
    }

    private static Map<String, Long> countByFolder(String pattern) {
        Map<String, Long> counts = new HashMap<>();
        read(pattern).forEach(file -> counts.merge(file.folder(), 1L, Long::sum));
        return counts;
    }

    private static Map<String, String> schemaTexts() {
        Map<String, String> texts = new HashMap<>();
        Stream.concat(read("types/*.schema.json").stream(), read("market-packs/*.schema.json").stream())
                .forEach(file -> texts.put(file.json().path("$id").asString(), file.json().toString()));
        return texts;
    }

    private static Map<String, Set<String>> notations() {
        Map<String, Set<String>> notations = new HashMap<>();
        for (File vocabulary : read("vocabularies/*.jsonld")) {
            Set<String> ofScheme = new HashSet<>();
            vocabulary.json().path("concepts").forEach(concept -> ofScheme.add(concept.path("notation").asString()));
            notations.put(vocabulary.json().path("notation").asString(), ofScheme);
        }
        return notations;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asString()));
        return texts;
    }

    private static List<File> read(String pattern) {
        try {
            List<File> files = new ArrayList<>();
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(ROOT + pattern)) {
                String[] path = resource.getURL().toString().split("/");
                files.add(new File(path[path.length - 1], path[path.length - 2],
                        JSON.readTree(resource.getContentAsString(StandardCharsets.UTF_8))));
            }
            assertThat(files).as(pattern).isNotEmpty();
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
