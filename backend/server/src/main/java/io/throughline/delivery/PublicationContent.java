package io.throughline.delivery;

import io.throughline.content.ContentRules;
import io.throughline.content.ContentTypes;
import io.throughline.content.Item;
import io.throughline.content.Rules;
import io.throughline.content.Version;
import io.throughline.review.Approval;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.MarketPack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What a publication is found, chosen and bound by, worked out from the approved version and the claims that it shows.
@Component
class PublicationContent {

    /// A claim in the version that is published.
    record ClaimVersion(DeliveryDocument.Claim claim, boolean efficacy, boolean anchored, JsonNode document) {

        static ClaimVersion of(String id, Version version) {
            var cited = new LinkedHashMap<String, JsonNode>();
            version.document().path("references").forEach(reference -> cited.put(reference.path("id").asString(""), reference.path("csl")));
            return new ClaimVersion(
                    new DeliveryDocument.Claim(id, version.document().path("text").asString(""), List.copyOf(cited.keySet()), cited),
                    version.document().path("efficacyClaim").asBoolean(false), DeliveryDocument.isAnchored(version.document()),
                    version.document());
        }
    }

    private final ContentTypes types;
    private final ContentRules rules;

    PublicationContent(ContentTypes types, ContentRules rules) {
        this.types = types;
        this.rules = rules;
    }

    /// @param claims by item id, as they are effective where the version is published
    PublishedFacets facets(Item item, Version version, Instant approvedAt, MarketPack pack, Map<String, ClaimVersion> claims) {
        var efficacy = version.document().path("efficacyClaim").asBoolean(false) || claims.values().stream().anyMatch(ClaimVersion::efficacy);
        var parts = new LinkedHashMap<String, JsonNode>();
        claims.forEach((id, claim) -> parts.put(id, claim.document()));
        var bound = rules.bind(item, version.document(), pack, parts);
        var facets = DeliveryDocument.facets(version.document(), types.get(item.type()).slots(), efficacy, claims.values().stream().anyMatch(ClaimVersion::anchored))
                .boundBy(List.copyOf(parts.keySet()), Rules.held(bound));
        return PublishedFacets.of(item.key(), version.document().path("title").asString(""), approvedAt, facets, bound);
    }

    /// UK-1: any changed byte voids the certificate.
    static boolean isWhatWasApproved(Version version, Approval approval) {
        var actual = Sha256.hex(version.canonical().getBytes(StandardCharsets.UTF_8));
        return actual.equals(version.sha256()) && actual.equals(approval.versionSha256());
    }
}
