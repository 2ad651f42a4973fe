package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Readable;
import io.throughline.catalogue.ServingRules;
import io.throughline.catalogue.Window;
import io.throughline.content.Kinds;
import io.throughline.publication.EvidenceGrade;
import io.throughline.publication.Facets;
import io.throughline.shared.BrandScope;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Fixtures for tests of pure rules: a small shelf of publications and a context that asks for them.
public final class Shelf {

    public static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    public static final Instant SOON = Instant.parse("2026-12-01T00:00:00Z");
    public static final Instant LATER = Instant.parse("2028-01-01T00:00:00Z");

    /// What has to do with `dosing`.
    public static final Map<String, NeedMatch> NEEDS = Map.of(
            "dosing", new NeedMatch(NeedMatch.Relation.EXACT, 0, "dosing"),
            "titration", new NeedMatch(NeedMatch.Relation.NARROWER, 1, "titration"),
            "treatment-decision", new NeedMatch(NeedMatch.Relation.BROADER, 1, "treatment-decision"),
            "interactions", new NeedMatch(NeedMatch.Relation.SIBLING, 2, "interactions"));

    private Shelf() {}

    /// Where promotion may reach healthcare professionals only.
    public static ServingRules.Market market(boolean prescribingInformationRequired) {
        var professionals = Set.of("hcp", "hcp.primary-care", "hcp.nurse", "hcp.cardiology");
        return new ServingRules.Market(prescribingInformationRequired, professionals, professionals);
    }

    public static SetContext dosingForGps() {
        return context("dosing", "considering", "trying");
    }

    public static SetContext context(String need, String stage, String nextStage) {
        return new SetContext("heartline", "web", "hcp.primary-care", Set.of("hcp.primary-care", "hcp"),
                stage, stage == null ? Map.of() : Map.of("unaware", 2, "aware", 1, "considering", 0, "trying", 1, "adopted", 2), nextStage, need, need == null ? Map.of() : NEEDS,
                "GB", List.of("en-GB", "en-US"), Set.of(), new Readable("web", BrandScope.EVERY), Set.copyOf(Kinds.IN_ORDER), Map.of(), market(true), Map.of(), Set.of(), false, 20, null, List.of(), List.of());
    }

    public static SetContext with(SetContext c, List<SetContext.Goal> goals) {
        return copy(c, c.audience(), c.audiences(), c.kinds(), c.forbiddenKinds(), c.timesSeen(), c.limit(), goals);
    }

    public static SetContext seen(SetContext c, String... ids) {
        return copy(c, c.audience(), c.audiences(), c.kinds(), c.forbiddenKinds(), Arrays.stream(ids).collect(Collectors.toMap(id -> id, _ -> 1)), c.limit(), c.goals());
    }

    public static SetContext limited(SetContext c, int limit) {
        return copy(c, c.audience(), c.audiences(), c.kinds(), c.forbiddenKinds(), c.timesSeen(), limit, c.goals());
    }

    public static SetContext reading(SetContext c, String... kinds) {
        return copy(c, c.audience(), c.audiences(), Set.of(kinds), c.forbiddenKinds(), c.timesSeen(), c.limit(), c.goals());
    }

    public static SetContext forPatients(SetContext c) {
        return copy(c, "patient", Set.of("patient", "patient.on-treatment"), c.kinds(),
                Map.of(Kinds.PROMOTIONAL, "EU-2", Kinds.SCIENTIFIC_EXCHANGE, "US-9"), c.timesSeen(), c.limit(), c.goals());
    }

    public static SetContext forBrands(SetContext c, String... brands) {
        return new SetContext(c.channelKey(), c.channel(), c.audience(), c.audiences(), c.stage(), c.stageSteps(), c.nextStage(), c.need(),
                c.needMatches(), c.market(), c.locales(), Set.of(brands), c.readable(), c.kinds(), c.forbiddenKinds(), c.marketRules(),
                c.timesSeen(), c.capped(), c.budgetSpent(), c.limit(), c.strategy(), c.otherStrategies(), c.goals());
    }

    /// A reader who has had enough of some items, or of being approached at all.
    public static SetContext tiredOf(SetContext c, boolean budgetSpent, String... capped) {
        return new SetContext(c.channelKey(), c.channel(), c.audience(), c.audiences(), c.stage(), c.stageSteps(), c.nextStage(), c.need(),
                c.needMatches(), c.market(), c.locales(), c.brands(), c.readable(), c.kinds(), c.forbiddenKinds(), c.marketRules(),
                c.timesSeen(), Set.of(capped), budgetSpent, c.limit(), c.strategy(), c.otherStrategies(), c.goals());
    }

    private static SetContext copy(SetContext c, String audience, Set<String> audiences, Set<String> kinds, Map<String, String> forbidden,
            Map<String, Integer> seen, int limit, List<SetContext.Goal> goals) {
        return new SetContext(c.channelKey(), c.channel(), audience, audiences, c.stage(), c.stageSteps(), c.nextStage(), c.need(),
                c.needMatches(), c.market(), c.locales(), c.brands(), c.readable(), kinds, forbidden, c.marketRules(),
                seen, c.capped(), c.budgetSpent(), limit, c.strategy(), c.otherStrategies(), goals);
    }

    public static Builder article(String id) {
        return new Builder(id, "article").slots("lead", "support", "next");
    }

    public static Builder claim(String id) {
        return new Builder(id, "claim").slots("proof");
    }

    public static Builder safety(String id) {
        return new Builder(id, "safety-information").slots("safety").stage().need();
    }

    public static Builder prescribing(String id) {
        return new Builder(id, "prescribing-information").slots().stage().need();
    }

    public static Map<String, Candidate> pairs(Candidate... candidates) {
        var pairs = new LinkedHashMap<String, Candidate>();
        for (var candidate : candidates) {
            pairs.put(candidate.itemId(), candidate);
        }
        return pairs;
    }

    public static final class Builder {
        private final String id;
        private final String type;
        private String kind = Kinds.NON_PROMOTIONAL;
        private String brand;
        private String market = "GB";
        private String locale = "en-GB";
        private List<String> audience = List.of("hcp");
        private List<String> stage = List.of("considering");
        private List<String> need = List.of("dosing");
        private List<String> channel = List.of();
        private List<String> slots = List.of();
        private boolean efficacy;
        private String safety;
        private String prescribing;
        private EvidenceGrade evidence = EvidenceGrade.NONE;
        private Window window = new Window(Instant.parse("2026-01-01T00:00:00Z"), LATER);
        private Instant approvedAt = Instant.parse("2026-01-01T00:00:00Z");

        private Builder(String id, String type) {
            this.id = id;
            this.type = type;
        }

        public Builder slots(String... names) { slots = List.of(names); return this; }
        public Builder stage(String... names) { stage = List.of(names); return this; }
        public Builder need(String... names) { need = List.of(names); return this; }
        public Builder audience(String... names) { audience = List.of(names); return this; }
        public Builder channel(String... names) { channel = List.of(names); return this; }
        public Builder kind(String name) { kind = name; return this; }
        public Builder brand(String key) { brand = key; return this; }
        public Builder market(String code) { market = code; return this; }
        public Builder locale(String tag) { locale = tag; return this; }
        public Builder evidence(EvidenceGrade grade) { evidence = grade; return this; }
        public Builder efficacy() { efficacy = true; return this; }
        public Builder approvedAt(String moment) { approvedAt = Instant.parse(moment); return this; }
        public Builder effective(Instant from, Instant until) { window = new Window(from, until); return this; }
        public Builder pairedWith(String safetyId, String prescribingId) { safety = safetyId; prescribing = prescribingId; return this; }
        public Builder promotional() { return kind(Kinds.PROMOTIONAL).pairedWith("saf", "pi"); }

        public Candidate published() {
            return new Candidate("pub_" + id + "_" + market + "_" + locale, id, "KEY-" + id, "Title of " + id, 1, type, kind, brand, market,
                    locale, window, approvedAt, 1, new Facets(audience, stage, need, List.of(), List.of(), channel, slots, efficacy, safety, prescribing, evidence));
        }
    }
}
