package io.throughline.content;

import io.throughline.content.RuleEngine.InForce;
import io.throughline.shared.Doi;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a document lacks before it may be submitted, and which rule says so. The same rules run while writing (as findings),
/// at submission (blocks refuse it) and before serving (blocks leave it out); [RuleEngine] judges them.
@Service
public class ContentRules {

    private static final Set<String> LAY_AUDIENCES = Set.of("patient", "caregiver", "public");

    private final ContentTypes types;
    private final Taxonomy taxonomy;
    private final ContentStore store;
    private final MarketPacks packs;
    private final LocaleOrigins origins;
    private final CitedWorks works;

    /// A market's rule that can't be read stops the start.
    ContentRules(ContentTypes types, Taxonomy taxonomy, ContentStore store, MarketPacks packs, LocaleOrigins origins, CitedWorks works) {
        this.types = types;
        this.taxonomy = taxonomy;
        this.store = store;
        this.packs = packs;
        this.origins = origins;
        this.works = works;
        packs.list().forEach(pack -> pack.rules().forEach(Rules::read));
    }

    /// Findings in a stable order, blocks first. Reads the items the document points at in one query, and what it was copied from in another.
    ///
    /// @param pack the market that it is for; null while none is chosen: what only some markets forbid is then a warning
    public List<Finding> check(Item item, String locale, ObjectNode document, @Nullable MarketPack pack, Moment moment) {
        // a version's text was judged when it was submitted
        var source = moment == Moment.SERVING ? null : origins.find(item.id(), locale).orElse(null);
        return check(item, locale, document, source, pack, moment);
    }

    private List<Finding> check(Item item, String locale, ObjectNode document, @Nullable LocaleSource source, @Nullable MarketPack pack, Moment moment) {
        var markets = pack != null ? List.of(pack) : marketsOf(locale);
        var ids = ids(markets);
        // what became known of cited works since a version was submitted is asked of its rendition: Renditions#checkCited
        var notices = moment == Moment.SERVING ? Map.<String, List<CitedWorks.Notice>>of() : works.listNotices(NoticeRules.works(document));
        return judge(item, locale, document, source, pack, moment, store.linkedItems(targets(document, ids), locale), markets, ids, notices);
    }

    /// A draft as its writer sees it, with no market chosen.
    public record Writing(Item item, String locale, ObjectNode document) {}

    /// The findings of each, in their order, as [#check] gives them while writing: a few statements for each locale, however many there are.
    public List<List<Finding>> checkWriting(List<Writing> texts) {
        var sources = origins.list(texts.stream().map(it -> it.item().id()).distinct().toList());
        var notices = works.listNotices(texts.stream().flatMap(it -> NoticeRules.works(it.document()).stream()).distinct().toList());
        var byLocale = new HashMap<String, LocaleFacts>();
        texts.stream().collect(Collectors.groupingBy(Writing::locale)).forEach((locale, those) -> {
            var markets = marketsOf(locale);
            var ids = ids(markets);
            var targets = new LinkedHashSet<String>();
            those.forEach(it -> targets.addAll(targets(it.document(), ids)));
            byLocale.put(locale, new LocaleFacts(markets, ids, store.linkedItems(targets, locale)));
        });
        return texts.stream().map(text -> {
            var facts = Objects.requireNonNull(byLocale.get(text.locale()));
            var linked = new HashMap<>(facts.linked());
            linked.keySet().retainAll(targets(text.document(), facts.ids()));
            return judge(text.item(), text.locale(), text.document(), sources.get(LocaleOrigins.key(text.item().id(), text.locale())), null, Moment.WRITING,
                    linked, facts.markets(), facts.ids(), notices);
        }).toList();
    }

    private record LocaleFacts(List<MarketPack> markets, Map<String, String> ids, Map<String, LinkedItem> linked) {}

    private List<MarketPack> marketsOf(String locale) {
        return packs.list().stream().filter(it -> it.locales().contains(locale)).toList();
    }

    /// Ids of all items that judging the document asks for.
    private static Set<String> targets(ObjectNode document, Map<String, String> ids) {
        var targets = new LinkedHashSet<String>();
        DocumentLinks.of(document).forEach(link -> targets.add(link.targetId()));
        targets.addAll(Rules.targets(document));
        targets.addAll(ids.values());
        return targets;
    }

    private Map<String, String> ids(List<MarketPack> markets) {
        var named = new LinkedHashSet<String>();
        markets.forEach(it -> named.addAll(PackRules.targets(it)));
        return store.ids(named);
    }

    /// Pure: the same facts give the same findings.
    ///
    /// @param source  what the text was copied from; null for one that began with its item
    /// @param markets the pack alone; while none is chosen those that have the locale
    /// @param ids     of the items that the packs name by key
    /// @param notices about what it cites, by reference
    List<Finding> judge(Item item, String locale, ObjectNode document, @Nullable LocaleSource source, @Nullable MarketPack pack, Moment moment,
            Map<String, LinkedItem> linked, List<MarketPack> markets, Map<String, String> ids, Map<String, List<CitedWorks.Notice>> notices) {
        var type = types.get(item.type());
        var findings = new ArrayList<>(RequiredFields.findings(type, types.schemas(), document));
        var facts = new RuleEngine.Facts(item, document, pack == null ? null : pack.market(), linked, audience -> taxonomy.broaderOrSame("audiences", audience));
        var inForce = inForce(item, type, document, pack, linked);
        markets.forEach(it -> inForce.addAll(ofMarket(it, pack == null ? Severity.WARNING : Severity.BLOCK, item, document, linked, ids)));
        findings.addAll(RuleEngine.judge(facts, inForce));
        if (pack == null && "promotional".equals(item.kind())) {
            promotionWithoutMarket(document, findings);
        }
        references(document, findings);
        findings.addAll(NoticeRules.of(document, notices));
        if (moment != Moment.SERVING) {
            // a version's text was judged when it was submitted, by the rules of its time
            findings.addAll(TextRules.of(document));
            findings.addAll(PartLocales.of(locale, document, linked,
                    part -> moment == Moment.WRITING && markets.stream().anyMatch(it -> Binding.of(types.get(part), it).filter(Binding.WORDS::equals).isPresent())));
            language(locale, document, source, findings);
        }
        if (moment != Moment.SERVING && "promotional".equals(item.kind())) {
            findings.addAll(WritingHints.of(document));
        }
        return findings.stream().sorted(Comparator.comparing(Finding::severity)).distinct().toList();
    }

    /// LC-1 and LC-3: what equals the source is said once.
    private static void language(String locale, ObjectNode document, @Nullable LocaleSource source, List<Finding> findings) {
        var blocks = TextBlocks.of(document);
        var comparison = source == null ? TranslationRules.Comparison.NONE : TranslationRules.compare(blocks, source);
        if (source != null) {
            findings.addAll(TranslationRules.of(locale, blocks, comparison, source));
        }
        findings.addAll(LanguageRules.of(locale, blocks, Set.copyOf(comparison.equal())));
    }

    /// The rules of the type, the market, the document itself and of every item that it uses.
    private static List<InForce> inForce(Item item, ContentType type, ObjectNode document, @Nullable MarketPack pack, Map<String, LinkedItem> linked) {
        var inForce = new ArrayList<InForce>();
        for (var it : type.rules()) {
            boolean label = it.rule() instanceof Rule.Requires(_, _, _, Rule.Target.Field(var pointer)) && "/prescribingInformation".equals(pointer);
            if (it.kinds().contains(item.kind()) && !(label && pack != null && !pack.prescribingInformationRequired())) {
                inForce.add(new InForce(it.rule(), it.code(), it.blocking() ? Severity.BLOCK : Severity.WARNING, "", null));
            }
        }
        if (pack != null && !pack.promotionToPublicAllowed() && "promotional".equals(item.kind())) {
            // EU-2
            inForce.add(new InForce(new Rule.AllowedAudience("EU-2", "Take out this audience: in %s promotion may only address healthcare professionals."
                    .formatted(pack.market()), "EU-2", pack.promotionAudiences()), "promotion-to-public", Severity.BLOCK, "", null));
        }
        var own = Rules.of(document);
        for (int i = 0; i < own.size(); i++) {
            inForce.add(new InForce(own.get(i), code(own.get(i)), Severity.BLOCK, "/rules/" + i, item.id()));
        }
        for (var part : Uses.of(document).parts()) {
            var used = linked.get(part);
            if (used != null) {
                used.rules().forEach(rule -> inForce.add(new InForce(rule, code(rule), Severity.BLOCK, "", part)));
            }
        }
        return inForce;
    }

    /// A market's rules for the document and for every item that it uses.
    private static List<InForce> ofMarket(MarketPack pack, Severity severity, Item item, ObjectNode document, Map<String, LinkedItem> linked,
            Map<String, String> ids) {
        var inForce = new ArrayList<InForce>();
        for (var json : PackRules.of(pack, item.kind(), item.type(), ids)) {
            var rule = Rules.read(json);
            inForce.add(new InForce(rule, code(rule), severity, "", item.id()));
        }
        for (var part : Uses.of(document).parts()) {
            var used = linked.get(part);
            if (used != null) {
                for (var json : PackRules.of(pack, used.kind(), used.type(), ids)) {
                    var rule = Rules.read(json);
                    if (!isOfTheDocument(rule)) {
                        inForce.add(new InForce(rule, code(rule), severity, "", part));
                    }
                }
            }
        }
        return inForce;
    }

    /// What a market asks of a document's own fields it asks of each document by itself.
    private static boolean isOfTheDocument(Rule rule) {
        return switch (rule) {
            case Rule.Requires it -> it.target() instanceof Rule.Target.Field;
            case Rule.Pairing it -> it.target() instanceof Rule.Target.Field;
            case Rule.Excludes _, Rule.AllowedChannel _, Rule.AllowedAudience _, Rule.AllowedMarket _, Rule.MaxUse _, Rule.Order _ -> false;
        };
    }

    private static String code(Rule rule) {
        return switch (rule) {
            case Rule.Requires(_, _, _, Rule.Target.Field _) -> "required";
            case Rule.Requires _ -> "item-missing";
            case Rule.Excludes _ -> "item-excluded";
            case Rule.AllowedChannel _ -> "channel-not-allowed";
            case Rule.AllowedAudience _ -> "audience-not-allowed";
            case Rule.AllowedMarket _ -> "market-not-allowed";
            case Rule.MaxUse _ -> "used-too-often";
            case Rule.Order _ -> "wrong-order";
            case Rule.Pairing _ -> "pairing-missing";
        };
    }

    /// EU-2: which markets will forbid it is not known yet.
    private void promotionWithoutMarket(ObjectNode document, List<Finding> findings) {
        int i = 0;
        for (var audience : document.at("/classification/audience")) {
            var path = "/classification/audience/" + i++;
            var notation = audience.asString("");
            if (taxonomy.broaderOrSame("audiences", notation).stream().anyMatch(LAY_AUDIENCES::contains)) {
                findings.add(new Finding("promotion-to-public", Severity.WARNING, path,
                        "Check “%s”: most markets forbid promotion of prescription medicines to the public.".formatted(notation), "EU-2"));
            }
        }
    }

    /// What binds a publication of this document when it is served: its own rules, those of the items it uses, and those that
    /// its market has for any of them.
    ///
    /// @param parts documents of the items it uses as they are published, by item id
    public List<ObjectNode> bind(Item item, JsonNode document, MarketPack pack, Map<String, JsonNode> parts) {
        var used = new HashMap<String, UsedItem>();
        if (!pack.rules().isEmpty()) {
            store.linkedItems(parts.keySet(), "").forEach((id, it) -> used.put(id, new UsedItem(it.kind(), it.type())));
        }
        return bind(item, document, pack, parts, used);
    }

    /// What a rule of a market asks of an item that another uses.
    public record UsedItem(String kind, String type) {}

    /// The same for a caller who knows the items already. Reads nothing.
    public List<ObjectNode> bind(Item item, JsonNode document, MarketPack pack, Map<String, JsonNode> parts, Map<String, UsedItem> items) {
        var bound = new ArrayList<>(Rules.bind(item.id(), document, this::narrower));
        parts.forEach((id, part) -> bound.addAll(Rules.bind(id, part, this::narrower)));
        if (!pack.rules().isEmpty()) {
            var ids = ids(List.of(pack));
            boolean efficacy = claimsEfficacy(document) || parts.values().stream().anyMatch(ContentRules::claimsEfficacy);
            bound.addAll(PackRules.bind(PackRules.of(pack, item.kind(), item.type(), ids), item.id(), pack.market(), document, efficacy, this::narrower));
            parts.forEach((id, part) -> {
                var used = items.get(id);
                if (used != null) {
                    var rules = PackRules.of(pack, used.kind(), used.type(), ids).stream().filter(it -> !isOfTheDocument(Rules.read(it))).toList();
                    bound.addAll(PackRules.bind(rules, id, pack.market(), part, false, this::narrower));
                }
            });
        }
        return bound.stream().distinct().toList();
    }

    private static boolean claimsEfficacy(JsonNode document) {
        return document.path("efficacyClaim").asBoolean(false);
    }

    private Set<String> narrower(String audience) {
        return taxonomy.narrowerOrSame("audiences", audience);
    }

    private static void references(ObjectNode document, List<Finding> findings) {
        var known = Set.copyOf(DocumentLinks.references(document));
        int i = 0;
        for (var anchor : document.path("anchors")) {
            var path = "/anchors/" + i++ + "/reference";
            var reference = anchor.path("reference").asString("");
            if (!reference.isEmpty() && !known.contains(reference)) {
                findings.add(new Finding("unknown-reference", Severity.BLOCK, path,
                        "Choose one of the document's references; this one is not among them.", "US-1"));
            }
        }
        int at = 0;
        var dois = new HashMap<String, Integer>();
        for (var reference : document.path("references")) {
            var doi = Doi.plain(reference.path("csl").path("DOI").asString(""));
            var before = doi.map(it -> dois.putIfAbsent(it, 1)).orElse(null);
            if (before != null) {
                findings.add(new Finding("duplicate-work", Severity.WARNING, "/references/" + at,
                        "Cite one of the two references with the DOI %s, and take out the other: they are the same work.".formatted(doi.orElseThrow()), null));
            }
            at++;
        }
        at = 0;
        var seen = new java.util.HashSet<String>();
        for (var id : DocumentLinks.references(document)) {
            if (!seen.add(id)) {
                findings.add(new Finding("duplicate-value", Severity.BLOCK, "/references/" + at, "Take out the reference that stands here twice.", null));
            }
            at++;
        }
    }
}
