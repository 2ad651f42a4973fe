package io.throughline.content;

import io.throughline.content.ContentType.Rule;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a document lacks before it may be submitted, and which regulation says so. The same rules run while writing
/// (as findings), at submission (blocks refuse it) and when serving (blocks leave it out).
@Service
public class ContentRules {

    private static final Set<String> NOT_BLOCKING = Set.of("uncited-claim", "plain-language-for-hcp");
    private static final Set<String> LAY_AUDIENCES = Set.of("patient", "caregiver", "public");

    private final ContentTypes types;
    private final Taxonomy taxonomy;
    private final ContentStore store;

    ContentRules(ContentTypes types, Taxonomy taxonomy, ContentStore store) {
        this.types = types;
        this.taxonomy = taxonomy;
        this.store = store;
    }

    /// Findings in a stable order, blocks first. Reads the items the document points at in one query.
    ///
    /// @param pack the market that it is for; null while none is chosen: what only some markets forbid is then a warning
    public List<Finding> check(Item item, String locale, ObjectNode document, @Nullable MarketPack pack, Moment moment) {
        var targets = new LinkedHashSet<String>();
        DocumentLinks.of(document).forEach(link -> targets.add(link.targetId()));
        return judge(item, document, pack, moment, store.linkedItems(targets, locale));
    }

    /// Pure: the same facts give the same findings.
    List<Finding> judge(Item item, ObjectNode document, @Nullable MarketPack pack, Moment moment, Map<String, LinkedItem> linked) {
        var findings = new ArrayList<Finding>();
        var type = types.get(item.type());
        for (var pointer : type.requiredToSubmit()) {
            if (isEmpty(document.at(pointer))) {
                findings.add(new Finding(types.schemas().submissionCode(pointer), Severity.BLOCK, pointer, fillIn(pointer), null));
            }
        }
        for (var rule : type.rules()) {
            if (rule.kinds().contains(item.kind())) {
                switch (rule) {
                    case Rule.Pairing it -> pairing(it, item, document, linked, findings);
                    case Rule.Requires it -> requires(it, item, document, pack, linked, findings);
                    case Rule.AllowedAudience it -> allowedAudience(it, document, findings);
                }
            }
        }
        promotionToPublic(item, document, pack, findings);
        references(document, findings);
        if (moment != Moment.SERVING && "promotional".equals(item.kind())) {
            findings.addAll(WritingHints.of(document));
        }
        return findings.stream().sorted(java.util.Comparator.comparing(Finding::severity)).distinct().toList();
    }

    /// US-2: whatever claims efficacy, itself or through a claim in it, travels with its safety information.
    private static void pairing(Rule.Pairing rule, Item item, ObjectNode document, Map<String, LinkedItem> linked, List<Finding> findings) {
        boolean efficacy = document.path("efficacyClaim").asBoolean(false)
                || DocumentLinks.of(document).stream().filter(it -> "claim".equals(it.relation()))
                        .map(it -> linked.get(it.targetId())).anyMatch(it -> it != null && it.efficacyClaim());
        if (!efficacy) {
            return;
        }
        var target = linked.get(document.at(rule.pointer()).asString(""));
        if (target == null) {
            findings.add(new Finding(rule.code(), Severity.BLOCK, rule.pointer(), rule.message(), rule.source()));
        } else if (!target.type().equals("safety-information") || !belongsTo(target, item)) {
            findings.add(new Finding(rule.code(), Severity.BLOCK, rule.pointer(),
                    "Choose safety information of the same brand and kind as this item.", rule.source()));
        }
    }

    private static void requires(Rule.Requires rule, Item item, ObjectNode document, @Nullable MarketPack pack,
            Map<String, LinkedItem> linked, List<Finding> findings) {
        boolean prescribing = "/prescribingInformation".equals(rule.pointer());
        if (prescribing && pack != null && !pack.prescribingInformationRequired()) {
            return;
        }
        var value = document.at(rule.pointer());
        var severity = NOT_BLOCKING.contains(rule.code()) ? Severity.WARNING : Severity.BLOCK;
        if (isEmpty(value)) {
            findings.add(new Finding(rule.code(), severity, rule.pointer(), rule.message(), rule.source()));
        } else if (prescribing) {
            var target = linked.get(value.asString(""));
            if (target == null || !target.type().equals("prescribing-information") || !sameBrand(target, item)) {
                findings.add(new Finding(rule.code(), severity, rule.pointer(),
                        "Choose the prescribing information of the same brand as this item.", rule.source()));
            }
        }
    }

    private void allowedAudience(Rule.AllowedAudience rule, ObjectNode document, List<Finding> findings) {
        var severity = NOT_BLOCKING.contains(rule.code()) ? Severity.WARNING : Severity.BLOCK;
        int i = 0;
        for (var audience : document.at("/classification/audience")) {
            var path = "/classification/audience/" + i++;
            if (!isWithin(audience.asString(""), rule.audiences())) {
                findings.add(new Finding(rule.code(), severity, path, rule.message(), rule.source()));
            }
        }
    }

    /// EU-2: where the market does not allow promotion to the public, promotion is for healthcare professionals only.
    private void promotionToPublic(Item item, ObjectNode document, @Nullable MarketPack pack, List<Finding> findings) {
        if (!"promotional".equals(item.kind()) || (pack != null && pack.promotionToPublicAllowed())) {
            return;
        }
        int i = 0;
        for (var audience : document.at("/classification/audience")) {
            var path = "/classification/audience/" + i++;
            var notation = audience.asString("");
            if (pack != null && !isWithin(notation, Set.of("hcp"))) {
                findings.add(new Finding("promotion-to-public", Severity.BLOCK, path,
                        "Take out “%s”: in %s promotion may only address healthcare professionals.".formatted(notation, pack.market()), "EU-2"));
            } else if (pack == null && isWithin(notation, LAY_AUDIENCES)) {
                findings.add(new Finding("promotion-to-public", Severity.WARNING, path,
                        "Check “%s”: most markets forbid promotion of prescription medicines to the public.".formatted(notation), "EU-2"));
            }
        }
    }

    private static void references(ObjectNode document, List<Finding> findings) {
        var known = Set.copyOf(DocumentLinks.references(document));
        int i = 0;
        for (var anchor : document.path("anchors")) {
            var path = "/anchors/" + i++ + "/reference";
            if (!known.contains(anchor.path("reference").asString(""))) {
                findings.add(new Finding("unknown-reference", Severity.BLOCK, path,
                        "Choose one of the document's references; this one is not among them.", "US-1"));
            }
        }
        int at = 0;
        var seen = new java.util.HashSet<String>();
        for (var id : DocumentLinks.references(document)) {
            if (!seen.add(id)) {
                findings.add(new Finding("duplicate-value", Severity.BLOCK, "/references/" + at, "Take out the reference that stands here twice.", null));
            }
            at++;
        }
    }

    private boolean isWithin(String audience, Set<String> allowed) {
        return taxonomy.broaderOrSame("audiences", audience).stream().anyMatch(allowed::contains);
    }

    private static boolean belongsTo(LinkedItem target, Item item) {
        return sameBrand(target, item) && target.kind().equals(item.kind());
    }

    private static boolean sameBrand(LinkedItem target, Item item) {
        return java.util.Objects.equals(target.brand(), item.brand());
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.stringValue().isBlank());
    }

    private static String fillIn(String pointer) {
        return switch (pointer) {
            case "/classification/audience" -> "Choose at least one audience.";
            case "/classification/stage" -> "Choose at least one journey stage.";
            case "/classification/need" -> "Choose at least one need.";
            case "/body" -> "Write the text.";
            case "/claims" -> "Add at least one claim.";
            default -> "Fill in “%s”.".formatted(pointer.substring(pointer.lastIndexOf('/') + 1));
        };
    }
}
