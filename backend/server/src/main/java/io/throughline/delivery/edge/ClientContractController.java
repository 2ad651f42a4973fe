package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueChange;
import io.throughline.catalogue.CatalogueClock;
import io.throughline.content.ContentType;
import io.throughline.content.ContentTypes;
import io.throughline.identity.ChannelClient;
import io.throughline.shared.ForChannels;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.ConceptScheme;
import io.throughline.taxonomy.Taxonomy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What clients need to know of content before they read any: the types as they are delivered, and the words of every
/// parameter. Fixed for as long as the server runs.
@RestController
class ClientContractController {

    private static final String REFERENCE = "#/components/schemas/";

    private record Fixed(Body body, String etag) implements Served {

        static Fixed of(JsonNode document) {
            var bytes = Json.text(document).getBytes(StandardCharsets.UTF_8);
            return new Fixed(Body.of(bytes), "\"ct-" + Sha256.hex(bytes).substring(0, 24) + "\"");
        }

        @Override
        public String surrogateKeys() {
            return "contract";
        }

        @Override
        public Instant validUntil() {
            return Instant.MAX;
        }

        @Override
        public long sequence() {
            return 0;
        }

        @Override
        public boolean isChangedBy(CatalogueChange change) {
            return false;
        }
    }

    private final Map<String, Fixed> types = new TreeMap<>();
    private final Map<String, Fixed> vocabularies = new TreeMap<>();
    private final Fixed typeList;
    private final Fixed vocabularyList;
    private final CatalogueClock catalogueClock;
    private final Clock clock;

    ClientContractController(ContentTypes contentTypes, Taxonomy taxonomy, CatalogueClock catalogueClock, Clock clock) {
        this.catalogueClock = catalogueClock;
        this.clock = clock;
        var schemas = deliveredSchemas();
        var listedTypes = Json.object();
        var typeEntries = listedTypes.putArray("contentTypes");
        for (var type : contentTypes.list()) {
            typeEntries.addObject().put("name", type.name()).put("title", type.title()).put("version", type.schemaVersion());
            types.put(type.name(), Fixed.of(schema(type, schemas)));
        }
        var listedSchemes = Json.object();
        var schemeEntries = listedSchemes.putArray("vocabularies");
        for (var scheme : taxonomy.schemes()) {
            schemeEntries.add(head(scheme));
            vocabularies.put(scheme.name(), Fixed.of(vocabulary(scheme)));
        }
        typeList = Fixed.of(listedTypes);
        vocabularyList = Fixed.of(listedSchemes);
    }

    @ForChannels
    @GetMapping("/v1/content-types")
    ResponseEntity<Body> listTypes(ChannelClient client,
            HttpServletRequest http) {
        return answer(typeList, client, http);
    }

    @ForChannels
    @GetMapping("/v1/content-types/{type}")
    ResponseEntity<Body> type(ChannelClient client, @PathVariable String type,
            HttpServletRequest http) {
        return answer(Optional.ofNullable(types.get(type)).orElseThrow(DeliveryScope::nothingHere), client, http);
    }

    @ForChannels
    @GetMapping("/v1/vocabularies")
    ResponseEntity<Body> listVocabularies(ChannelClient client,
            HttpServletRequest http) {
        return answer(vocabularyList, client, http);
    }

    @ForChannels
    @GetMapping("/v1/vocabularies/{scheme}")
    ResponseEntity<Body> vocabulary(ChannelClient client, @PathVariable String scheme,
            HttpServletRequest http) {
        return answer(Optional.ofNullable(vocabularies.get(scheme)).orElseThrow(DeliveryScope::nothingHere), client, http);
    }

    private ResponseEntity<Body> answer(Fixed fixed, ChannelClient client, HttpServletRequest http) {
        return Answers.of(fixed, catalogueClock.sequence(), Conditions.of(http), client, clock.instant(), true);
    }

    /// The delivered item of the API's description, with the type fixed and what it refers to inside.
    private static ObjectNode schema(ContentType type, JsonNode schemas) {
        var schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:throughline:delivered:" + type.name() + ":" + type.schemaVersion())
                .put("title", type.title());
        var definitions = Json.object();
        var open = new ArrayDeque<String>();
        var item = rewritten(schemas.path("DeliveredItem"), open);
        while (!open.isEmpty()) {
            var name = open.remove();
            if (!definitions.has(name)) {
                definitions.set(name, rewritten(schemas.path(name), open));
            }
        }
        schema.setAll(item);
        schema.withObject("/properties").set("type", Json.object().put("const", type.name()));
        schema.set("$defs", definitions);
        return schema;
    }

    /// A copy whose references point into `$defs`; their names are added to `found`.
    private static ObjectNode rewritten(JsonNode schema, ArrayDeque<String> found) {
        var copy = (ObjectNode) schema.deepCopy();
        copy.findParents("$ref").forEach(parent -> {
            var reference = parent.path("$ref").asString("");
            if (reference.startsWith(REFERENCE)) {
                found.add(reference.substring(REFERENCE.length()));
                ((ObjectNode) parent).put("$ref", "#/$defs/" + reference.substring(REFERENCE.length()));
            }
        });
        return copy;
    }

    private static JsonNode deliveredSchemas() {
        try (var file = new ClassPathResource("content-schema/api/delivery.yaml").getInputStream()) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return Json.tree(document).at("/components/schemas");
        } catch (IOException e) {
            throw new UncheckedIOException("the delivery API's description can't be read", e);
        }
    }

    private static ObjectNode head(ConceptScheme scheme) {
        return Json.object().put("name", scheme.name()).put("title", scheme.title()).put("version", scheme.version());
    }

    private static ObjectNode vocabulary(ConceptScheme scheme) {
        var document = head(scheme);
        var concepts = document.putArray("concepts");
        for (var concept : scheme.concepts()) {
            var one = concepts.addObject().put("notation", concept.notation());
            one.set("labels", Json.tree(new TreeMap<>(concept.labels())));
            one.set("definitions", Json.tree(new TreeMap<>(concept.definitions())));
            one.set("broader", Json.tree(concept.broader()));
            one.set("closeMatch", Json.tree(concept.closeMatch()));
            if (concept.order() != null) {
                one.put("order", concept.order());
            }
            one.set("audience", Json.tree(concept.audience()));
        }
        return document;
    }
}
