package io.throughline.catalogue;

import io.throughline.content.Kinds;
import io.throughline.content.Rule;
import io.throughline.taxonomy.MarketPack;
import io.throughline.taxonomy.Taxonomy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one home of the rules of serving: whether a publication may go out at all. Sets, single items, lists, search, sync and
/// previews of sets ask here, so that no way out is more lenient than another. Pure: the moment is passed in.
///
/// What a request adds (its audience, what its reader has seen) is [Admission]'s; what items rule among themselves is [SetRules]'.
public final class ServingRules {

    /// The root of the audiences that scientific exchange is for.
    static final String PROFESSIONALS = "hcp";

    /// What a market asks of everything that is served in it.
    ///
    /// @param prescribingInformationRequired beside promotion (UK-5)
    /// @param promotionFor  notations of audiences that promotion may reach, narrower ones included (EU-2)
    /// @param professionals notations of healthcare professionals, narrower ones included (US-9)
    public record Market(boolean prescribingInformationRequired, Set<String> promotionFor, Set<String> professionals) {

        public Market {
            promotionFor = Set.copyOf(promotionFor);
            professionals = Set.copyOf(professionals);
        }

        static Market of(MarketPack pack, Taxonomy taxonomy) {
            var reached = new HashSet<String>();
            if (pack.promotionToPublicAllowed()) {
                taxonomy.scheme("audiences").concepts().forEach(audience -> reached.add(audience.notation()));
            } else {
                pack.promotionAudiences().forEach(audience -> reached.addAll(taxonomy.narrowerOrSame("audiences", audience)));
            }
            return new Market(pack.prescribingInformationRequired(), reached, Set.copyOf(taxonomy.narrowerOrSame("audiences", PROFESSIONALS)));
        }

        /// The rule that keeps content of a kind from an audience; null when none does.
        private @Nullable String forbids(String kind, String audience) {
            if (kind.equals(Kinds.PROMOTIONAL) && !promotionFor.contains(audience)) {
                return "EU-2";
            }
            return kind.equals(Kinds.SCIENTIFIC_EXCHANGE) && !professionals.contains(audience) ? "US-9" : null;
        }

        /// Kind to the rule that forbids it to an audience.
        public Map<String, String> forbiddenKinds(String audience) {
            var forbidden = new HashMap<String, String>();
            for (var kind : Kinds.IN_ORDER) {
                var rule = forbids(kind, audience);
                if (rule != null) {
                    forbidden.put(kind, rule);
                }
            }
            return forbidden;
        }
    }

    private ServingRules() {}

    /// Why a publication may not go out by itself in its market; empty when it may.
    ///
    /// @param published what is effective there of [#needed], by item id
    public static Optional<Refusal> refuse(Candidate candidate, Map<String, Candidate> published, Market market, Instant now) {
        var refusal = refuseWindow(candidate, now);
        if (refusal == null) {
            refusal = refuseAudience(candidate, market);
        }
        if (refusal == null) {
            refusal = refuseRequired(candidate, published);
        }
        return Optional.ofNullable(refusal != null ? refusal : refusePairing(candidate, published, market));
    }

    public static @Nullable Refusal refuseWindow(Candidate candidate, Instant now) {
        return candidate.window().contains(now) ? null
                : new Refusal("window", "It is effective from " + candidate.window().from() + " until " + candidate.window().until() + ".");
    }

    /// Made for somebody whom this kind of content may not reach there: then it goes to nobody, since who asks can't be told apart
    /// once a channel holds it (EU-2, US-9). Made for nobody in particular goes to nobody either: everybody would be the public.
    public static @Nullable Refusal refuseAudience(Candidate candidate, Market market) {
        if (isCompanion(candidate)) {
            return null;
        }
        if (candidate.facets().audience().isEmpty()) {
            var rule = switch (candidate.kind()) {
                case Kinds.PROMOTIONAL -> "EU-2";
                case Kinds.SCIENTIFIC_EXCHANGE -> "US-9";
                default -> "allowedAudience";
            };
            return new Refusal(rule, "It does not say whom it is made for; choose an audience for " + candidate.key() + " and have it reviewed again.");
        }
        if (candidate.kind().equals(Kinds.NON_PROMOTIONAL)) {
            return null;
        }
        for (var audience : candidate.facets().audience()) {
            var rule = market.forbids(candidate.kind(), audience);
            if (rule != null) {
                return new Refusal(rule, "It is made for " + audience + " too, whom content of the kind " + candidate.kind() + " may not reach in "
                        + candidate.market() + ".");
            }
        }
        return null;
    }

    /// What must be shown beside it: what its rules pair, its safety information (US-2), and in some markets the prescribing information
    /// (UK-5). Safety and prescribing information themselves need no other.
    public static @Nullable Refusal refusePairing(Candidate candidate, Map<String, Candidate> published, Market market) {
        var ruled = refuseRuledPairing(candidate, published);
        if (ruled != null || isCompanion(candidate)) {
            return ruled;
        }
        if (candidate.requiresSafetyInformation()) {
            var id = candidate.facets().safetyInformation();
            var refusal = refusePair(candidate, id, "safety information", "US-2", published);
            if (refusal != null) {
                return refusal;
            }
            var safety = published.get(id);
            if (safety != null && !safety.kind().equals(candidate.kind())) {
                return new Refusal("US-2", "Its safety information " + safety.key() + " is of the kind " + safety.kind()
                        + ", and kinds never mix in one set.", true);
            }
        }
        return candidate.promotional() && market.prescribingInformationRequired()
                ? refusePair(candidate, candidate.facets().prescribingInformation(), "prescribing information", "UK-5", published) : null;
    }

    private static @Nullable Refusal refusePair(Candidate candidate, @Nullable String id, String what, String rule, Map<String, Candidate> published) {
        if (id == null) {
            return new Refusal(rule, "It has no " + what + " paired with it; add one to " + candidate.key() + " and publish again.", true);
        }
        return published.containsKey(id) ? null
                : new Refusal(rule, "Its " + what + " is not published in " + candidate.market() + " for " + candidate.locale() + ".", true);
    }

    /// Outside of a set a channel puts things together itself: then what is required must at least be published there.
    ///
    /// @param published by item id
    private static @Nullable Refusal refuseRequired(Candidate candidate, Map<String, Candidate> published) {
        for (var held : candidate.facets().rules()) {
            if (held.rule() instanceof Rule.Requires it && it.target().itemIds().stream().anyMatch(id -> !candidate.holds(id) && !published.containsKey(id))) {
                return Refusal.by(held.rule());
            }
        }
        return null;
    }

    /// A pairing is kept when the item names that safety or prescribing information as its own and it is published.
    private static @Nullable Refusal refuseRuledPairing(Candidate candidate, Map<String, Candidate> published) {
        for (var held : candidate.facets().rules()) {
            if (held.rule() instanceof Rule.Pairing it
                    && it.target().itemIds().stream().anyMatch(id -> !candidate.pairs().contains(id) || !published.containsKey(id))) {
                return new Refusal(held.rule().id(), held.rule().message(), true);
            }
        }
        return null;
    }

    /// Items whose publication decides whether this one may be served outside of a set.
    public static Set<String> needed(Candidate candidate) {
        var ids = new HashSet<>(candidate.pairs());
        for (var held : candidate.facets().rules()) {
            if (held.rule() instanceof Rule.Requires it) {
                ids.addAll(it.target().itemIds());
            }
        }
        return ids;
    }

    private static boolean isCompanion(Candidate candidate) {
        return candidate.type().equals("safety-information") || candidate.type().equals("prescribing-information");
    }
}
