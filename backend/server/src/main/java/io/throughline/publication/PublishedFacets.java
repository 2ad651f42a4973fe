package io.throughline.publication;

import io.throughline.content.Rules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The column `publication.facets`: the facets and the few words that lists show, so that a candidate is one row.
///
/// @param evidenceGrade null in what was published before grades were kept; counts as none
/// @param uses          null in what was published before there were rules
/// @param rules         as JSON with their owners, see [Rules]; null likewise
public record PublishedFacets(
        String key,
        String title,
        Instant approvedAt,
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
        @Nullable EvidenceGrade evidenceGrade,
        @Nullable List<String> uses,
        @Nullable List<ObjectNode> rules) {

    public Facets facets() {
        return new Facets(audience, stage, need, topic, indication, channel, slots, efficacyClaim, safetyInformation, prescribingInformation,
                evidenceGrade == null ? EvidenceGrade.NONE : evidenceGrade, uses == null ? List.of() : uses, rules == null ? List.of() : Rules.held(rules));
    }

    /// Whether both choose, grade and bind alike; what an older one lacks counts as none.
    boolean isLike(PublishedFacets other) {
        return facets().equals(other.facets()) && approvedAt.equals(other.approvedAt) && title.equals(other.title);
    }

    /// @param rules what the facets' rules were read from
    static PublishedFacets of(String key, String title, Instant approvedAt, Facets facets, List<ObjectNode> rules) {
        return new PublishedFacets(key, title, approvedAt, facets.audience(), facets.stage(), facets.need(), facets.topic(), facets.indication(),
                facets.channel(), facets.slots(), facets.efficacyClaim(), facets.safetyInformation(), facets.prescribingInformation(),
                facets.evidenceGrade(), facets.uses(), rules);
    }
}
