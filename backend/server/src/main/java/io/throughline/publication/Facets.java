package io.throughline.publication;

import io.throughline.content.HeldRule;
import io.throughline.content.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a publication is found and chosen by: the classification of its version and what must accompany it.
///
/// Concept lists hold notations as the author set them, not expanded. An empty `channel` allows every channel.
///
/// @param uses  ids of the items that it shows as parts of itself
/// @param rules that bind it when it is served: its own and those of the items it uses
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
        EvidenceGrade evidenceGrade,
        List<String> uses,
        List<HeldRule> rules) {

    public Facets(List<String> audience, List<String> stage, List<String> need, List<String> topic, List<String> indication, List<String> channel,
            List<String> slots, boolean efficacyClaim, @Nullable String safetyInformation, @Nullable String prescribingInformation,
            EvidenceGrade evidenceGrade) {
        this(audience, stage, need, topic, indication, channel, slots, efficacyClaim, safetyInformation, prescribingInformation, evidenceGrade,
                List.of(), List.of());
    }

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
        uses = List.copyOf(uses);
        rules = List.copyOf(rules);
    }

    /// The same, bound by rules: a channel that one of them forbids is not among the channels any more.
    public Facets boundBy(List<String> parts, List<HeldRule> held) {
        return new Facets(audience, stage, need, topic, indication, channelsLeft(held), slots, efficacyClaim, safetyInformation, prescribingInformation,
                evidenceGrade, parts, held);
    }

    /// An empty list would mean every channel, so no channel at all has a name of its own.
    private List<String> channelsLeft(List<HeldRule> held) {
        var left = channel;
        boolean any = channel.isEmpty();
        for (var one : held) {
            if (one.rule() instanceof Rule.AllowedChannel it) {
                left = any ? it.channels().stream().sorted().toList() : left.stream().filter(it.channels()::contains).toList();
                any = false;
            }
        }
        return !any && left.isEmpty() ? List.of("none") : left;
    }
}
