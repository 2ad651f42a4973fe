package io.throughline.publication;

import io.throughline.content.Rendition;
import io.throughline.review.Approval;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the document that channels get for a version, once, when it is published. Serving only copies it.
///
/// It is the rendition that was certified and who approved it until when. The prescribing information is not in it: it is added
/// when serving, as it is published then ([DeliveredItems]).
public final class DeliveryDocument {

    private DeliveryDocument() {}

    static ObjectNode of(Rendition rendition, Approval approval) {
        var document = rendition.content();
        document.remove(List.of("format", "versionSha256"));
        document.withObject("/approval")
                .put("approvedAt", approval.approvedAt().toString())
                .put("validUntil", approval.validUntil().toString())
                .put("sha256", rendition.sha256());
        return document;
    }

    /// @param claimsAnchored whether a claim that it makes quotes the passage it rests on
    public static Facets facets(JsonNode source, List<String> slots, boolean efficacyClaim, boolean claimsAnchored) {
        var classification = source.path("classification");
        return new Facets(texts(classification, "audience"), texts(classification, "stage"), texts(classification, "need"),
                texts(classification, "topic"), texts(classification, "indication"), texts(classification, "channel"), slots, efficacyClaim,
                source.has("safetyInformation") ? source.path("safetyInformation").asString() : null,
                source.has("prescribingInformation") ? source.path("prescribingInformation").asString() : null,
                evidenceGrade(source, claimsAnchored));
    }

    /// Counts and kinds of what is cited; a claim's own passage is judged with the claim ([#isAnchored]).
    static EvidenceGrade evidenceGrade(JsonNode source, boolean claimsAnchored) {
        var references = source.path("references");
        boolean published = references.valueStream().map(reference -> reference.path("csl")).anyMatch(csl ->
                csl.path("type").asString("").equals("article-journal") && (csl.has("DOI") || csl.has("PMID")));
        if (isAnchored(source) || claimsAnchored) {
            return EvidenceGrade.ANCHORED;
        }
        return published ? EvidenceGrade.PUBLISHED : references.isEmpty() ? EvidenceGrade.NONE : EvidenceGrade.CITED;
    }

    public static boolean isAnchored(JsonNode source) {
        return !source.path("anchors").isEmpty();
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.path(field).valueStream().map(value -> value.asString("")).toList();
    }
}
