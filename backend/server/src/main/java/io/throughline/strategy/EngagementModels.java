package io.throughline.strategy;

import io.throughline.taxonomy.Concept;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The engagement models of the vocabulary, read once at start: data that shapes objectives.
@Component
public class EngagementModels {

    private final Map<String, EngagementModel> models = new LinkedHashMap<>();

    EngagementModels(Taxonomy taxonomy) {
        taxonomy.scheme("engagement-models").concepts().forEach(it -> models.put(it.notation(), read(it)));
    }

    /// In the order of the vocabulary.
    public List<EngagementModel> list() {
        return List.copyOf(models.values());
    }

    public Optional<EngagementModel> find(String notation) {
        return Optional.ofNullable(models.get(notation));
    }

    /// The document with what its objectives leave open taken from their engagement models. What is stored says everything,
    /// so that a later vocabulary changes no strategy.
    StrategyDocument completed(StrategyDocument document) {
        return new StrategyDocument(document.summary(), document.objectives().stream()
                .map(it -> find(it.engagementModel()).map(it::completedBy).orElse(it))
                .toList());
    }

    private static EngagementModel read(Concept concept) {
        var properties = concept.properties();
        var lead = new ArrayList<String>();
        properties.path("leadChannels").forEach(it -> lead.add(it.stringValue().substring(it.stringValue().lastIndexOf(':') + 1)));
        var mix = new LinkedHashMap<String, Double>();
        properties.path("channelMix").properties().forEach(it -> mix.put(it.getKey(), it.getValue().doubleValue()));
        return new EngagementModel(concept.notation(), concept.label("en"), concept.definition("en"), lead,
                properties.required("humanContact").doubleValue(), mix,
                ContactPolicy.of(concept));
    }
}
