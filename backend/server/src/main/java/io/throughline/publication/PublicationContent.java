package io.throughline.publication;

import io.throughline.content.ContentRules;
import io.throughline.content.ContentTypes;
import io.throughline.content.Item;
import io.throughline.content.Rendition;
import io.throughline.content.Renditions;
import io.throughline.content.Rules;
import io.throughline.content.Version;
import io.throughline.review.Approval;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.MarketPack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// What a publication is found, chosen and bound by, worked out from the approved version and the claims that it shows.
@Component
class PublicationContent {

    private final ContentTypes types;
    private final ContentRules rules;
    private final Renditions renditions;

    PublicationContent(ContentTypes types, ContentRules rules, Renditions renditions) {
        this.types = types;
        this.rules = rules;
        this.renditions = renditions;
    }

    /// @param claims in the versions that are bound, in the document's order
    PublishedFacets facets(Item item, Version version, Instant approvedAt, MarketPack pack, Collection<Version> claims) {
        var parts = new LinkedHashMap<String, JsonNode>();
        claims.forEach(claim -> parts.put(claim.itemId(), claim.document()));
        var efficacy = claimsEfficacy(version.document()) || parts.values().stream().anyMatch(PublicationContent::claimsEfficacy);
        var bound = rules.bind(item, version.document(), pack, parts);
        var facets = DeliveryDocument.facets(version.document(), types.get(item.type()).slots(), efficacy, parts.values().stream().anyMatch(DeliveryDocument::isAnchored))
                .boundBy(List.copyOf(parts.keySet()), Rules.held(bound));
        return PublishedFacets.of(item.key(), version.document().path("title").asString(""), approvedAt, facets, bound);
    }

    /// The claims whose words the rendition has, in its order. Reads them in one statement.
    List<Version> claims(Rendition rendition) {
        var versions = renditions.boundVersions(rendition);
        return rendition.parts().stream().filter(it -> it.relation().equals("claim"))
                .flatMap(it -> Optional.ofNullable(versions.get(it.itemId())).stream()).toList();
    }

    /// UK-1: any changed byte voids the certificate.
    ///
    /// @param rendition null for what was certified before renditions were kept
    static boolean isWhatWasApproved(Version version, @Nullable Rendition rendition, Approval approval) {
        var actual = Sha256.hex(version.canonical().getBytes(StandardCharsets.UTF_8));
        return actual.equals(version.sha256()) && actual.equals(approval.versionSha256())
                && (rendition == null ? approval.renditionSha256() == null : rendition.isIntact() && rendition.sha256().equals(approval.renditionSha256()));
    }

    private static boolean claimsEfficacy(JsonNode document) {
        return document.path("efficacyClaim").asBoolean(false);
    }
}
