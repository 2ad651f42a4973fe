package io.throughline.delivery;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a publication is found and chosen by: the classification of its version and what must accompany it.
///
/// Concept lists hold notations as the author set them, not expanded. An empty `channel` allows every channel.
public record Facets(
        List<String> audience,
        List<String> stage,
        List<String> need,
        List<String> topic,
        List<String> indication,
        List<String> channel,
        List<String> slots,
        boolean efficacyClaim,
        @Nullable String safetyInformation,
        @Nullable String prescribingInformation,
        EvidenceGrade evidenceGrade) {

    public Facets(List<String> audience, List<String> stage, List<String> need, List<String> topic, List<String> indication, List<String> channel,
            List<String> slots, boolean efficacyClaim, @Nullable String safetyInformation, @Nullable String prescribingInformation) {
        this(audience, stage, need, topic, indication, channel, slots, efficacyClaim, safetyInformation, prescribingInformation, EvidenceGrade.NONE);
    }

    public Facets {
        audience = List.copyOf(audience);
        stage = List.copyOf(stage);
        need = List.copyOf(need);
        topic = List.copyOf(topic);
        indication = List.copyOf(indication);
        channel = List.copyOf(channel);
        slots = List.copyOf(slots);
        Objects.requireNonNull(slots);
    }
}
