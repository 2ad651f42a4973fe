package io.throughline.delivery;

import io.throughline.content.Item;
import io.throughline.content.Rendered;
import io.throughline.content.Version;
import io.throughline.review.Approval;
import io.throughline.shared.Json;
import io.throughline.taxonomy.MarketPack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the document that channels get for a version, once, when it is published. Serving only copies it.
///
/// The prescribing information is not in it: it is added when serving, as it is published then ([DeliveredItems]).
final class DeliveryDocument {

    /// @param references ids that the claim cites
    record Claim(String id, String text, List<String> references, Map<String, JsonNode> csl) {}

    private static final List<String> DIMENSIONS = List.of("audience", "stage", "need", "topic", "indication", "channel");

    private DeliveryDocument() {}

    static ObjectNode of(Item item, Version version, Approval approval, MarketPack pack, Rendered rendered, List<Claim> claims) {
        var source = version.document();
        var document = Json.object()
                .put("id", item.id())
                .put("key", item.key())
                .put("type", item.type())
                .put("kind", item.kind())
                .put("market", approval.market())
                .put("locale", version.locale())
                .put("version", version.number());
        addContent(document, item, source, rendered, claims);
        // UK-7: on every output
        document.putObject("approval")
                .put("jobCode", approval.jobCode())
                .put("dateOfPreparation", approval.dateOfPreparation())
                .put("approvedAt", approval.approvedAt().toString())
                .put("validUntil", approval.validUntil().toString());
        addCompany(document, source);
        // UK-6: in the material itself
        adverseEventStatement(pack, version.locale()).ifPresent(statement -> document.put("adverseEventStatement", statement));
        return document;
    }

    /// What an item says, without a word on who approved it.
    static void addContent(ObjectNode document, Item item, JsonNode source, Rendered rendered, List<Claim> claims) {
        document.put("title", source.path("title").asString(""));
        if (source.has("summary")) {
            document.put("summary", source.path("summary").asString(""));
        }
        document.put("html", rendered.html()).put("markdown", markdown(source)).put("plainText", rendered.plainText());

        var claimList = document.putArray("claims");
        var references = document.putObject("references");
        source.path("references").forEach(reference -> references.set(reference.path("id").asString(""), reference.path("csl")));
        for (var claim : claims) {
            var cited = claimList.addObject().put("id", claim.id()).put("text", claim.text()).putArray("references");
            claim.references().forEach(cited::add);
            claim.csl().forEach((id, csl) -> {
                if (!references.has(id)) {
                    references.set(id, csl);
                }
            });
        }
        // an object has no order of its own
        var order = document.putArray("referenceOrder");
        rendered.references().stream().filter(references::has).forEach(order::add);
        references.propertyNames().stream().filter(it -> !rendered.references().contains(it)).forEach(order::add);

        var classification = document.putObject("classification");
        for (var dimension : DIMENSIONS) {
            var values = classification.putArray(dimension);
            source.path("classification").path(dimension).forEach(value -> values.add(value.asString("")));
        }
        var brands = classification.putArray("brand");
        if (item.brand() != null) {
            brands.add(item.brand());
        }
    }

    /// What must be shown with it, and the label that it is.
    static void addCompany(ObjectNode document, JsonNode source) {
        if (source.has("safetyInformation")) {
            document.put("safetyInformation", source.path("safetyInformation").asString(""));
        }
        if (source.has("labelUrl")) {
            document.putObject("prescribingInformation").put("html", "").put("url", source.path("labelUrl").asString(""));
        }
    }

    static Optional<String> adverseEventStatement(MarketPack pack, String locale) {
        return pack.localeChain(locale).stream()
                .filter(pack.adverseEventStatement()::containsKey)
                .findFirst()
                .map(pack.adverseEventStatement()::get);
    }

    /// What a channel that renders by itself starts from: the text of a claim or question, the body, the steps.
    static String markdown(JsonNode source) {
        var text = new StringBuilder();
        for (var field : List.of("text", "question", "body")) {
            append(text, source.path(field).asString(""));
        }
        source.path("steps").forEach(step -> {
            append(text, "### " + step.path("title").asString(""));
            append(text, step.path("body").asString(""));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        if (!part.isBlank()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(part.strip());
        }
    }

    /// @param claimsAnchored whether a claim that it makes quotes the passage it rests on
    static Facets facets(JsonNode source, List<String> slots, boolean efficacyClaim, boolean claimsAnchored) {
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

    static boolean isAnchored(JsonNode source) {
        return !source.path("anchors").isEmpty();
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.path(field).valueStream().map(value -> value.asString("")).toList();
    }
}
