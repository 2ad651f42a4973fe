package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Readable;
import io.throughline.catalogue.ServingRules;
import io.throughline.delivery.choice.NeedMatch.Relation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request for a content set, compiled: every concept already widened to the notations that count as a match,
/// so that choosing needs neither the taxonomy nor the credential.
///
/// @param channel     notation of the channel's kind, that items may allow or not
/// @param audiences   the asked audience with its narrower ones and its broader ones: content for `hcp` suits `hcp.nurse`
/// @param stageSteps  stages of the same journey, with the steps between each and the asked one; empty when none was asked
/// @param needMatches needs that have to do with the asked one; empty when none was asked
/// @param nextStage   where the `next` slot leads; null after the last stage
/// @param locales     the asked locale first, then the market's declared fallbacks, nearest first
/// @param kinds       what the credential may read, less what the rules forbid for this audience and market
/// @param forbiddenKinds kind to the rule that forbids it to this audience here (EU-2, US-9)
/// @param marketRules    what the market asks of everything that is served in it
/// @param brands      asked brand keys; empty: any. What belongs to no brand always suits
/// @param readable    what the credential may read, whatever is asked for
/// @param timesSeen   how often the reader saw an item, at least once
/// @param capped      items that the reader was shown as often as the strategy allows
/// @param budgetSpent whether the reader was approached as often as the strategy allows
/// @param limit       most items of one ranked slot
/// @param strategy    the one that decides: the asked brand's own, else the portfolio's; null when none is active
/// @param otherStrategies that have a say too
/// @param goals       what the active strategy wants in this context
public record SetContext(
        String channelKey,
        String channel,
        String audience,
        Set<String> audiences,
        @Nullable String stage,
        Map<String, Integer> stageSteps,
        @Nullable String nextStage,
        @Nullable String need,
        Map<String, NeedMatch> needMatches,
        String market,
        List<String> locales,
        Set<String> brands,
        Readable readable,
        Set<String> kinds,
        Map<String, String> forbiddenKinds,
        ServingRules.Market marketRules,
        Map<String, Integer> timesSeen,
        Set<String> capped,
        boolean budgetSpent,
        int limit,
        @Nullable Strategy strategy,
        List<Strategy> otherStrategies,
        List<Goal> goals) {

    public SetContext {
        audiences = Set.copyOf(audiences);
        stageSteps = Map.copyOf(stageSteps);
        needMatches = Map.copyOf(needMatches);
        locales = List.copyOf(locales);
        brands = Set.copyOf(brands);
        kinds = Set.copyOf(kinds);
        forbiddenKinds = Map.copyOf(forbiddenKinds);
        timesSeen = Map.copyOf(timesSeen);
        capped = Set.copyOf(capped);
        otherStrategies = List.copyOf(otherStrategies);
        goals = List.copyOf(goals);
        if (!audiences.contains(audience) || locales.isEmpty() || limit < 1) {
            throw new IllegalArgumentException("a context needs its own audience, a locale and a limit of at least 1");
        }
    }

    public String locale() {
        return locales.getFirst();
    }

    Set<String> seen() {
        return timesSeen.keySet();
    }

    /// Stages directly before and after the asked one.
    Set<String> nearStages() {
        return stageSteps.entrySet().stream().filter(entry -> entry.getValue() == 1).map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }

    /// The asked need with its narrower ones; empty when none was asked.
    public Set<String> needs() {
        return needMatches.values().stream().filter(NeedMatch::meets).map(NeedMatch::to).collect(Collectors.toUnmodifiableSet());
    }

    /// From the nearest to the widest.
    public List<String> broaderNeeds() {
        return needMatches.values().stream()
                .filter(match -> match.relation() == Relation.BROADER)
                .sorted(Comparator.comparingInt(NeedMatch::steps).thenComparing(NeedMatch::to))
                .map(NeedMatch::to)
                .toList();
    }

    /// An active version.
    ///
    /// @param goals ids of its objectives that apply here
    public record Strategy(String id, int number, Set<String> goals) {

        public Strategy {
            goals = Set.copyOf(goals);
        }
    }

    /// An objective of the active strategy that applies to this audience, market and moment.
    ///
    /// @param stages the stages on its way, both ends included
    /// @param needs  with their narrower ones; empty: every need
    /// @param brands empty: every brand
    /// @param weight 0 to 1
    public record Goal(String id, Set<String> stages, Set<String> needs, Set<String> brands, @Nullable String kind, double weight) {

        public Goal {
            stages = Set.copyOf(stages);
            needs = Set.copyOf(needs);
            brands = Set.copyOf(brands);
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("a weight lies between 0 and 1: " + weight);
            }
        }

        boolean wants(Candidate candidate) {
            var facets = candidate.facets();
            return meets(stages, facets.stage())
                    && (needs.isEmpty() || meets(needs, facets.need()))
                    && (brands.isEmpty() || (candidate.brand() != null && brands.contains(candidate.brand())))
                    && (kind == null || kind.equals(candidate.kind()));
        }

        private static boolean meets(Set<String> wanted, List<String> given) {
            for (int i = 0; i < given.size(); i++) {
                if (wanted.contains(given.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }
}
