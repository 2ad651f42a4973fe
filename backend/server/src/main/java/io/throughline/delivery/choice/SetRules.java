package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Refusal;
import io.throughline.content.HeldRule;
import io.throughline.content.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The rules of items and of their markets, at the moment of serving. Pure: the same candidates give the same answer.
///
/// What is broken is left out under the rule's own id, never mended. A publication is bound by its own rules and by those of
/// the items it uses, as they were when it was published; it counts as a use of itself and of those items.
final class SetRules {

    private SetRules() {}

    /// What no other candidate matters for: market, channel and audience.
    static @Nullable Refusal refuseScope(SetContext context, Candidate candidate) {
        for (var held : candidate.facets().rules()) {
            boolean broken = switch (held.rule()) {
                case Rule.AllowedMarket it -> !it.markets().contains(context.market());
                case Rule.AllowedChannel it -> !it.channels().contains(context.channel());
                case Rule.AllowedAudience it -> !it.audiences().contains(context.audience());
                case Rule.Requires _, Rule.Excludes _, Rule.MaxUse _, Rule.Order _, Rule.Pairing _ -> false;
            };
            if (broken) {
                return Refusal.by(held.rule());
            }
        }
        return null;
    }

    /// What one person may be shown only so often.
    ///
    /// @param shown how often this person was shown an item
    static @Nullable Refusal refuseUse(Candidate candidate, ToIntFunction<String> shown) {
        for (var held : candidate.facets().rules()) {
            if (held.rule() instanceof Rule.MaxUse it && it.per() == Rule.Per.PERSON && shown.applyAsInt(held.owner()) >= it.times()) {
                return Refusal.by(held.rule());
            }
        }
        return null;
    }

    /// Candidates that require what no other candidate brings, and those that require them: they can't be in any set.
    ///
    /// @return by publication id
    static Map<String, Refusal> withoutCompany(Collection<Candidate> pool, Map<String, Candidate> paired) {
        var refused = new LinkedHashMap<String, Refusal>();
        if (!areBoundAmongThemselves(pool)) {
            return refused;
        }
        boolean changed = true;
        while (changed) {
            var brought = brought(pool.stream().filter(candidate -> !refused.containsKey(candidate.publicationId())).toList(), paired);
            changed = false;
            for (var candidate : pool) {
                if (!refused.containsKey(candidate.publicationId())) {
                    var missing = missing(candidate, brought);
                    if (missing != null) {
                        refused.put(candidate.publicationId(), Refusal.by(missing.rule()));
                        changed = true;
                    }
                }
            }
        }
        return refused;
    }

    /// What of these may not stay beside the others. Take those out, fill their places and ask again, until nothing is broken.
    ///
    /// @param best  best first: of two that exclude each other the later one goes
    /// @param shown in the order in which the set shows them
    /// @return by publication id; empty when every rule is kept
    static Map<String, Refusal> broken(List<Candidate> best, List<Candidate> shown, Map<String, Candidate> paired) {
        var broken = new LinkedHashMap<String, Refusal>();
        if (!areBoundAmongThemselves(best)) {
            return broken;
        }
        var kept = new ArrayList<Candidate>();
        var used = new HashMap<String, Integer>();
        for (var candidate : best) {
            var conflict = conflict(candidate, kept, used, shown);
            if (conflict == null) {
                kept.add(candidate);
                uses(candidate).forEach(id -> used.merge(id, 1, Integer::sum));
            } else {
                broken.put(candidate.publicationId(), Refusal.by(conflict.rule()));
            }
        }
        if (broken.isEmpty()) {
            var brought = brought(kept, paired);
            for (var candidate : kept) {
                var missing = missing(candidate, brought);
                if (missing != null) {
                    broken.put(candidate.publicationId(), Refusal.by(missing.rule()));
                }
            }
        }
        return broken;
    }

    /// One place of the set in the order that its rules ask for, otherwise as it came. Rules that go round in a ring are
    /// found by [#broken] afterwards.
    static List<Candidate> ordered(List<Candidate> slot) {
        var left = new ArrayList<>(slot);
        var ordered = new ArrayList<Candidate>();
        while (!left.isEmpty()) {
            var next = left.stream()
                    .filter(candidate -> left.stream().noneMatch(other -> other != candidate && orderOf(other, candidate) != null))
                    .findFirst().orElse(left.getFirst());
            ordered.add(next);
            left.remove(next);
        }
        return ordered;
    }

    /// Codes of the rules that had a part in it: `requires:rul_…`, `order:rul_…`.
    static List<String> reasons(Candidate candidate, Collection<Candidate> chosen) {
        var reasons = new ArrayList<String>();
        for (var held : candidate.facets().rules()) {
            if (held.rule() instanceof Rule.Requires it) {
                reasons.add("requires:" + it.id());
            } else if (held.rule() instanceof Rule.Order it && chosen.stream().anyMatch(other -> other != candidate && holdsAny(other, it.items()))) {
                reasons.add("order:" + it.id());
            }
        }
        return reasons;
    }

    /// The reason why safety or prescribing information stands beside an item: the rule that pairs them, else the item.
    static String pairingReason(Candidate candidate, String paired) {
        return candidate.facets().rules().stream()
                .filter(held -> held.rule() instanceof Rule.Pairing it && it.target().itemIds().contains(paired))
                .map(held -> "pairing:" + held.rule().id()).findFirst().orElse("pairing:" + candidate.key());
    }

    /// Whether a rule of the candidate speaks of others: most allow channels or audiences only, and then there is nothing to weigh.
    static boolean speaksOfOthers(Candidate candidate) {
        for (var held : candidate.facets().rules()) {
            boolean ofOthers = switch (held.rule()) {
                case Rule.Requires _, Rule.Excludes _, Rule.MaxUse _, Rule.Order _ -> true;
                case Rule.AllowedMarket _, Rule.AllowedChannel _, Rule.AllowedAudience _, Rule.Pairing _ -> false;
            };
            if (ofOthers) {
                return true;
            }
        }
        return false;
    }

    private static boolean areBoundAmongThemselves(Collection<Candidate> candidates) {
        return candidates.stream().anyMatch(SetRules::speaksOfOthers);
    }

    private static @Nullable HeldRule conflict(Candidate candidate, List<Candidate> kept, Map<String, Integer> used, List<Candidate> shown) {
        for (var other : kept) {
            var excluding = excluding(candidate, other);
            if (excluding == null) {
                excluding = excluding(other, candidate);
            }
            if (excluding != null) {
                return excluding;
            }
            boolean otherFirst = shown.indexOf(other) < shown.indexOf(candidate);
            var order = otherFirst ? orderOf(candidate, other) : orderOf(other, candidate);
            if (order != null) {
                return order;
            }
        }
        var everyone = new ArrayList<>(kept);
        everyone.add(candidate);
        for (var holder : everyone) {
            for (var held : holder.facets().rules()) {
                if (held.rule() instanceof Rule.MaxUse it && it.per() == Rule.Per.SET && candidate.holds(held.owner())
                        && used.getOrDefault(held.owner(), 0) + 1 > it.times()) {
                    return held;
                }
            }
        }
        return null;
    }

    private static @Nullable HeldRule excluding(Candidate candidate, Candidate other) {
        return first(candidate, rule -> rule instanceof Rule.Excludes it && holdsAny(other, it.items()));
    }

    /// The rule by which `early` comes before `late`.
    private static @Nullable HeldRule orderOf(Candidate early, Candidate late) {
        return first(early, rule -> rule instanceof Rule.Order it && holdsAny(late, it.items()));
    }

    private static @Nullable HeldRule missing(Candidate candidate, Set<String> brought) {
        return first(candidate, rule -> rule instanceof Rule.Requires it && !brought.containsAll(it.target().itemIds()));
    }

    private static @Nullable HeldRule first(Candidate candidate, java.util.function.Predicate<Rule> test) {
        return candidate.facets().rules().stream().filter(held -> test.test(held.rule())).findFirst().orElse(null);
    }

    private static Set<String> brought(Collection<Candidate> candidates, Map<String, Candidate> paired) {
        var brought = new HashSet<String>();
        candidates.forEach(candidate -> {
            brought.addAll(uses(candidate));
            candidate.pairs().stream().filter(paired::containsKey).forEach(brought::add);
        });
        return brought;
    }

    private static List<String> uses(Candidate candidate) {
        if (candidate.facets().uses().isEmpty()) {
            return List.of(candidate.itemId());
        }
        var uses = new ArrayList<>(candidate.facets().uses());
        uses.add(candidate.itemId());
        return uses;
    }

    private static boolean holdsAny(Candidate candidate, Set<String> ids) {
        return ids.stream().anyMatch(id -> candidate.holds(id));
    }
}
