package io.throughline.taxonomy;

import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/// The concept schemes that this server works with, read from `content-schema/vocabularies` when it starts. The whole
/// document of each version stays in the database, so that old content can be read with the words of its time.
@Service
public class Taxonomy {

    private final Map<String, ConceptScheme> schemes = new TreeMap<>();

    Taxonomy(ResourcePatternResolver resources, JdbcClient jdbc, Clock clock) {
        for (var document : read(resources)) {
            var scheme = SchemeReader.read(document);
            schemes.put(scheme.name(), scheme);
            keep(scheme, document, jdbc, clock);
        }
    }

    public List<ConceptScheme> schemes() {
        return List.copyOf(schemes.values());
    }

    /// Throws IllegalArgumentException for a scheme that does not ship.
    public ConceptScheme scheme(String name) {
        var scheme = schemes.get(name);
        if (scheme == null) {
            throw new IllegalArgumentException("there is no scheme '%s', only %s".formatted(name, schemes.keySet()));
        }
        return scheme;
    }

    public Optional<Concept> find(String scheme, String notation) {
        return scheme(scheme).find(notation);
    }

    /// The concept itself and everything below it; empty for an unknown notation.
    public Set<String> narrowerOrSame(String scheme, String notation) {
        return scheme(scheme).narrowerOrSame(notation);
    }

    /// The concept itself and everything above it, nearest first; empty for an unknown notation.
    public List<String> broaderOrSame(String scheme, String notation) {
        return scheme(scheme).broaderOrSame(notation);
    }

    /// The next stage of the same journey: same audience, order one higher. Empty after the last.
    public Optional<Concept> stageAfter(String notation) {
        var stages = scheme("stages");
        var stage = stages.find(notation).orElse(null);
        if (stage == null || stage.order() == null) {
            return Optional.empty();
        }
        int next = stage.order() + 1;
        return stages.concepts().stream()
                .filter(it -> Integer.valueOf(next).equals(it.order()) && it.audience().equals(stage.audience()))
                .findFirst();
    }

    /// Steps between two concepts: for stages along their journey, elsewhere up and down the broader relation.
    /// 0 for the same one, empty when nothing connects them.
    public OptionalInt distance(String scheme, String from, String to) {
        var a = find(scheme, from);
        var b = find(scheme, to);
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalInt.empty();
        }
        var orderA = a.get().order();
        var orderB = b.get().order();
        if (orderA != null && orderB != null) {
            return a.get().audience().equals(b.get().audience()) ? OptionalInt.of(Math.abs(orderA - orderB)) : OptionalInt.empty();
        }
        var upwardsA = broaderOrSame(scheme, from);
        var upwardsB = broaderOrSame(scheme, to);
        return upwardsA.stream()
                .filter(upwardsB::contains)
                .mapToInt(common -> upwardsA.indexOf(common) + upwardsB.indexOf(common))
                .min();
    }

    private static List<JsonNode> read(ResourcePatternResolver resources) {
        try {
            var files = resources.getResources("classpath*:content-schema/vocabularies/*.jsonld");
            Arrays.sort(files, Comparator.comparing(it -> String.valueOf(it.getFilename())));
            var documents = new java.util.ArrayList<JsonNode>();
            for (var file : files) {
                documents.add(Json.parse(file.getContentAsString(StandardCharsets.UTF_8)));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException("the vocabularies can't be read", e);
        }
    }

    private static void keep(ConceptScheme scheme, JsonNode document, JdbcClient jdbc, Clock clock) {
        jdbc.sql("""
                        insert into concept_scheme_version (scheme, version, document, loaded_at)
                        values (:scheme, :version, :document::jsonb, :now)
                            on conflict (scheme, version) do nothing
                        """)
                .param("scheme", scheme.name())
                .param("version", scheme.version())
                .param("document", CanonicalJson.text(document))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
