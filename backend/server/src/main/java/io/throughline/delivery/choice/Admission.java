package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Readable;
import io.throughline.catalogue.Refusal;
import io.throughline.catalogue.ServingRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a publication may be in a set at all, whatever its rank. Pure: the moment is passed in.
///
/// The rules are tried in a fixed order and the first that refuses is told; none of them is ever relaxed.
public final class Admission {


    private Admission() {}

    /// @param paired safety and prescribing information that is published in the context's market and locales, by item id
    public static Optional<Refusal> refuse(SetContext context, Candidate candidate, Map<String, Candidate> paired, Instant now) {
        var scope = refuseScope(context, candidate);
        if (scope != null) {
            return Optional.of(scope);
        }
        var window = ServingRules.refuseWindow(candidate, now);
        if (window != null) {
            return Optional.of(window);
        }
        var use = SetRules.refuseUse(candidate, id -> context.timesSeen().getOrDefault(id, 0));
        if (use != null) {
            return Optional.of(use);
        }
        var tooMuch = refuseTooMuch(context, candidate);
        return Optional.ofNullable(tooMuch != null ? tooMuch : ServingRules.refusePairing(candidate, paired, context.marketRules()));
    }

    /// Whether a publication with these facets could enter the set at some moment: what a cached set is dropped for.
    public static boolean couldEnter(SetContext context, Candidate candidate) {
        return refuseScope(context, candidate) == null;
    }

    /// What the reader has had enough of (contact budget and frequency cap of the strategy).
    ///
    /// Nobody is kept from safety information, which never comes this way, nor from what they asked for: an answer to the asked
    /// need that does not promote. Promotion is not excused by a need in the request, since a channel could always send one.
    private static @Nullable Refusal refuseTooMuch(SetContext context, Candidate candidate) {
        boolean askedFor = !candidate.promotional() && context.need() != null && Fit.of(context, candidate).need().meets();
        if (!askedFor && context.capped().contains(candidate.itemId())) {
            return new Refusal(Refusal.FREQUENCY_CAP, "This reader was shown it as often as the strategy allows for now.");
        }
        if (context.budgetSpent() && candidate.promotional()) {
            return new Refusal(Refusal.CONTACT_BUDGET, "This reader was approached as often as the strategy allows for now.");
        }
        return null;
    }

    private static @Nullable Refusal refuseScope(SetContext context, Candidate candidate) {
        var facets = candidate.facets();
        var ruled = SetRules.refuseScope(context, candidate);
        if (ruled != null) {
            return ruled;
        }
        if (!candidate.market().equals(context.market())) {
            return new Refusal("allowedMarket", "Approved for " + candidate.market() + " only; markets never fall back.");
        }
        if (!context.locales().contains(candidate.locale())) {
            return new Refusal("locale", "Published in " + candidate.locale() + ", which " + context.locale() + " does not fall back to.");
        }
        var forbidden = context.forbiddenKinds().get(candidate.kind());
        if (forbidden != null) {
            return new Refusal(forbidden, "Content of the kind " + candidate.kind() + " may not be shown to " + context.audience()
                    + " in " + context.market() + ".");
        }
        if (!context.kinds().contains(candidate.kind())) {
            return new Refusal("kind", "This credential does not read content of the kind " + candidate.kind() + ".");
        }
        if (!isForAny(facets.audience(), context.audiences())) {
            return new Refusal("allowedAudience", "Made for " + String.join(", ", facets.audience()) + ", not for " + context.audience() + ".");
        }
        var audience = ServingRules.refuseAudience(candidate, context.marketRules());
        if (audience != null) {
            return audience;
        }
        if (!context.readable().reads(candidate)) {
            return Readable.isMeantFor(candidate, context.channel()) ? new Refusal("brand", "This credential does not read content of its brand.")
                    : new Refusal("allowedChannel", "Allowed on " + String.join(", ", facets.channel()) + " only.");
        }
        if (!context.brands().isEmpty() && candidate.brand() != null && !context.brands().contains(candidate.brand())) {
            return new Refusal("brand", "Belongs to another brand: " + candidate.brand() + ".");
        }
        return null;
    }

    private static boolean isForAny(List<String> named, Set<String> wanted) {
        for (int i = 0; i < named.size(); i++) {
            if (wanted.contains(named.get(i))) {
                return true;
            }
        }
        return false;
    }
}
