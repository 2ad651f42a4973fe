package io.throughline.taxonomy;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One scheme in one version, its concepts in the order of the file; immutable.
public final class ConceptScheme {

    private final String name;
    private final String version;
    private final String title;
    private final Map<String, Concept> concepts = new LinkedHashMap<>();
    private final Map<String, Set<String>> narrowerOrSame = new LinkedHashMap<>();
    private final Map<String, List<String>> broaderOrSame = new LinkedHashMap<>();

    ConceptScheme(String name, String version, String title, List<Concept> concepts) {
        this.name = name;
        this.version = version;
        this.title = title;
        concepts.forEach(it -> {
            if (this.concepts.put(it.notation(), it) != null) {
                throw new IllegalArgumentException("the scheme %s has '%s' twice".formatted(name, it.notation()));
            }
        });
        this.concepts.keySet().forEach(it -> broaderOrSame.put(it, climb(it)));
        this.concepts.keySet().forEach(it -> narrowerOrSame.put(it, new LinkedHashSet<>()));
        broaderOrSame.forEach((narrow, upwards) -> upwards.forEach(broad -> narrower(broad).add(narrow)));
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public String title() {
        return title;
    }

    public List<Concept> concepts() {
        return List.copyOf(concepts.values());
    }

    public Optional<Concept> find(String notation) {
        return Optional.ofNullable(concepts.get(notation));
    }

    Set<String> narrowerOrSame(String notation) {
        return Set.copyOf(narrowerOrSame.getOrDefault(notation, Set.of()));
    }

    List<String> broaderOrSame(String notation) {
        return broaderOrSame.getOrDefault(notation, List.of());
    }

    private Set<String> narrower(String notation) {
        var found = narrowerOrSame.get(notation);
        if (found == null) {
            throw new IllegalArgumentException("the scheme %s has no '%s', which another concept calls broader".formatted(name, notation));
        }
        return found;
    }

    /// Nearest first; a scheme that runs in a circle still ends.
    private List<String> climb(String notation) {
        var seen = new LinkedHashSet<String>();
        var next = new ArrayDeque<>(List.of(notation));
        while (!next.isEmpty()) {
            var at = next.remove();
            var concept = concepts.get(at);
            if (concept == null) {
                throw new IllegalArgumentException("the scheme %s has no '%s', which another concept calls broader".formatted(name, at));
            }
            if (seen.add(at)) {
                next.addAll(concept.broader());
            }
        }
        return List.copyOf(seen);
    }
}
