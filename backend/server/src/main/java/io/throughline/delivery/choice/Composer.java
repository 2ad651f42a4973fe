package io.throughline.delivery.choice;

import io.throughline.catalogue.Candidate;
import io.throughline.catalogue.Refusal;
import io.throughline.catalogue.Window;
import io.throughline.content.Kinds;
import io.throughline.delivery.choice.Composition.Chosen;
import io.throughline.delivery.choice.Composition.Exclusion;
import io.throughline.delivery.choice.Composition.Filled;
import io.throughline.delivery.choice.Composition.Relaxation;
import io.throughline.delivery.choice.Ranking.Ranked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chooses a content set from candidates. Pure: the same arguments give the same set, whatever order they come in.
///
/// 1. Rules that are never relaxed leave candidates out ({@link Admission}).
/// 2. Each kind fills the ranked slots for itself; the kind with the best lead is the set's, the others are left out.
/// 3. A slot takes candidates of one relaxation step only: the first step that has any. Fewer that fit beat more that do not.
///    Among those that fit equally well brands are balanced ([BrandBalance]).
/// 4. Rules between items ([SetRules]) leave out what breaks one; its place is filled again.
/// 5. The safety slot takes what the chosen items are paired with; it is mandatory as soon as one of them promotes or claims efficacy.
public final class Composer {

    private Composer() {}

    /// The set with the full account of what was left out.
    public static Composition compose(SetContext context, Collection<Candidate> candidates, Map<String, Candidate> paired, Instant now) {
        return compose(context, candidates, paired, now, true);
    }

    /// @param candidates may hold several locales of one item: the nearest in the context's fallback order counts
    /// @param paired     safety and prescribing information published in the context's market and locales, by item id
    /// @param explained  false: the set alone, without [Composition#excluded()]
    public static Composition compose(SetContext context, Collection<Candidate> candidates, Map<String, Candidate> paired, Instant now, boolean explained) {
        var refused = new LinkedHashMap<Candidate, Refusal>();
        var watched = new HashSet<String>();
        var admitted = new ArrayList<Candidate>(candidates.size());
        boolean pairingFailed = false;
        // only the account tells an order; the set is the same in whatever order candidates come
        for (var candidate : explained ? inStableOrder(context, candidates) : candidates) {
            var refusal = Admission.refuse(context, candidate, paired, now).orElse(null);
            if (refusal == null) {
                admitted.add(candidate);
                continue;
            }
            refused.put(candidate, refusal);
            if (refusal.pairing()) {
                pairingFailed = true;
                watchPairs(watched, candidate);
            }
        }
        var nearest = nearestLocales(context, admitted);

        var ruledOut = new LinkedHashMap<String, Refusal>();
        var byKind = new LinkedHashMap<String, Map<Slot, List<Ranked>>>();
        for (var kind : Kinds.IN_ORDER) {
            var filled = fillByRules(context, nearest.stream().filter(candidate -> candidate.kind().equals(kind)).toList(), paired, ruledOut);
            if (!filled.isEmpty()) {
                byKind.put(kind, filled);
            }
        }
        var kind = bestKind(byKind);
        var ranked = kind == null ? Map.<Slot, List<Ranked>>of() : Objects.requireNonNull(byKind.get(kind));

        var chosen = new ArrayList<Candidate>();
        ranked.values().forEach(list -> list.forEach(one -> chosen.add(one.candidate())));
        chosen.forEach(candidate -> {
            watched.add(candidate.itemId());
            watchPairs(watched, candidate);
        });
        var excluded = new ArrayList<Exclusion>();
        if (explained) {
            refused.forEach((candidate, refusal) -> excluded.add(SetAccount.exclusion(candidate, refusal)));
            nearest.stream().filter(candidate -> !chosen.contains(candidate))
                    .forEach(candidate -> excluded.add(SetAccount.leftOut(context, candidate, ruledOut, ranked, kind)));
        }

        var slots = new ArrayList<Filled>();
        var relaxed = new ArrayList<Relaxation>();
        var objectives = new LinkedHashSet<String>();
        for (var slot : Slot.values()) {
            if (slot == Slot.SAFETY) {
                slots.add(safety(chosen, paired));
                continue;
            }
            var list = ranked.getOrDefault(slot, List.of());
            var items = new ArrayList<Chosen>();
            for (var one : list) {
                var account = Ranking.account(context, one, slot);
                objectives.addAll(account.objectives());
                items.add(new Chosen(one.candidate(), reasons(account, one.candidate(), chosen), one.score(), account.parts()));
            }
            relaxed.addAll(SetAccount.relaxations(context, slot, list));
            slots.add(new Filled(slot, false, items, list.isEmpty() ? SetAccount.emptyReason(context, slot, refused) : null));
        }
        return new Composition(kind, slots, relaxed, excluded, List.copyOf(objectives), watched,
                chosen.isEmpty() && pairingFailed, nextChange(chosen, paired, now));
    }

    /// Only the set's own windows count here; what becomes effective later is the caller's to add.
    private static @Nullable Instant nextChange(List<Candidate> chosen, Map<String, Candidate> paired, Instant now) {
        Instant next = null;
        for (var candidate : chosen) {
            next = Window.earlier(next, candidate.window().nextChangeAfter(now));
            for (var id : candidate.pairs()) {
                var pair = paired.get(id);
                next = pair == null ? next : Window.earlier(next, pair.window().nextChangeAfter(now));
            }
        }
        return next;
    }

    private static List<Candidate> inStableOrder(SetContext context, Collection<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> !Slot.RANKED.stream().map(Slot::text).filter(candidate.facets().slots()::contains).toList().isEmpty())
                .sorted(Comparator.comparing(Candidate::itemId).thenComparing(nearer(context)))
                .toList();
    }

    private static int localeRank(SetContext context, Candidate candidate) {
        int at = context.locales().indexOf(candidate.locale());
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private static List<Candidate> nearestLocales(SetContext context, List<Candidate> admitted) {
        var nearest = new LinkedHashMap<String, Candidate>();
        admitted.forEach(candidate -> nearest.merge(candidate.itemId(), candidate, (one, other) -> nearer(context).compare(one, other) <= 0 ? one : other));
        return List.copyOf(nearest.values());
    }

    private static Comparator<Candidate> nearer(SetContext context) {
        return Comparator.comparing((Candidate candidate) -> localeRank(context, candidate))
                .thenComparing(Candidate::market)
                .thenComparing(Candidate::publicationId);
    }

    /// Fills the slots so that the rules between items hold: what breaks one is left out and its place filled again.
    ///
    /// @param ruledOut takes what was left out, by publication id
    private static Map<Slot, List<Ranked>> fillByRules(SetContext context, List<Candidate> candidates, Map<String, Candidate> paired,
            Map<String, Refusal> ruledOut) {
        ruledOut.putAll(SetRules.withoutCompany(candidates, paired));
        while (true) {
            var filled = fill(context, candidates.stream().filter(candidate -> !ruledOut.containsKey(candidate.publicationId())).toList());
            var best = new ArrayList<Candidate>();
            Slot.RANKED.forEach(slot -> best.addAll(candidates(filled, slot)));
            var shown = new ArrayList<Candidate>();
            filled.replaceAll((_, list) -> {
                var order = SetRules.ordered(list.stream().map(Ranked::candidate).toList());
                return list.stream().sorted(Comparator.comparing(ranked -> order.indexOf(ranked.candidate()))).toList();
            });
            List.of(Slot.values()).forEach(slot -> shown.addAll(candidates(filled, slot)));
            var broken = SetRules.broken(best, shown, paired);
            if (broken.isEmpty()) {
                return filled;
            }
            ruledOut.putAll(broken);
        }
    }

    private static List<Candidate> candidates(Map<Slot, List<Ranked>> filled, Slot slot) {
        return filled.getOrDefault(slot, List.of()).stream().map(Ranked::candidate).toList();
    }

    private static Map<Slot, List<Ranked>> fill(SetContext context, List<Candidate> candidates) {
        var filled = new EnumMap<Slot, List<Ranked>>(Slot.class);
        var taken = new HashSet<String>();
        for (var slot : Slot.RANKED) {
            var fitting = leastRelaxed(context, candidates, slot, taken);
            if (fitting.isEmpty()) {
                continue;
            }
            var list = BrandBalance.choose(context, fitting, Math.min(slot.capacity(), context.limit()));
            list.forEach(ranked -> taken.add(ranked.candidate().itemId()));
            filled.put(slot, list);
        }
        return filled;
    }

    /// What suits a slot at the first step of relaxation that has any, best first.
    private static List<Ranked> leastRelaxed(SetContext context, List<Candidate> candidates, Slot slot, Set<String> taken) {
        var fitting = new ArrayList<Ranked>();
        int least = Integer.MAX_VALUE;
        for (var candidate : candidates) {
            var fit = candidate.facets().slots().contains(slot.text()) && !taken.contains(candidate.itemId()) ? Fit.in(slot, context, candidate) : null;
            if (fit == null || fit.step() > least) {
                continue;
            }
            if (fit.step() < least) {
                least = fit.step();
                fitting.clear();
            }
            fitting.add(Ranking.rank(context, candidate, fit, slot));
        }
        fitting.sort(Ranking.BEST_FIRST);
        return fitting;
    }

    /// The kind with the best lead; without any lead, the one with the best proof, and so on. A tie goes by the kinds' own order.
    private static @Nullable String bestKind(Map<String, Map<Slot, List<Ranked>>> byKind) {
        for (var slot : Slot.RANKED) {
            var best = byKind.entrySet().stream()
                    .filter(entry -> entry.getValue().containsKey(slot))
                    .min(Comparator.comparing(entry -> Objects.requireNonNull(entry.getValue().get(slot)).getFirst(), byFitAndScore()));
            if (best.isPresent()) {
                return best.get().getKey();
            }
        }
        return null;
    }

    private static Comparator<Ranked> byFitAndScore() {
        return Comparator.comparingInt((Ranked ranked) -> ranked.fit().step())
                .thenComparing(Comparator.comparingDouble(Ranked::score).reversed());
    }

    private static List<String> reasons(Ranking.Account account, Candidate candidate, List<Candidate> chosen) {
        var byRules = SetRules.reasons(candidate, chosen);
        return byRules.isEmpty() ? account.reasons() : Stream.concat(account.reasons().stream(), byRules.stream()).toList();
    }

    private static Filled safety(List<Candidate> chosen, Map<String, Candidate> paired) {
        var reasons = new LinkedHashMap<String, List<String>>();
        boolean mandatory = false;
        for (var candidate : chosen) {
            mandatory |= candidate.promotional() || candidate.facets().efficacyClaim();
            var safety = candidate.facets().safetyInformation();
            if (safety != null) {
                reasons.computeIfAbsent(safety, id -> new ArrayList<>()).add(SetRules.pairingReason(candidate, safety));
            }
        }
        var items = new ArrayList<Chosen>();
        reasons.forEach((id, why) -> items.add(new Chosen(
                Objects.requireNonNull(paired.get(id), "an admitted candidate has its pair"), why, null, Map.of())));
        return new Filled(Slot.SAFETY, mandatory, items, items.isEmpty() ? "not-required" : null);
    }

    private static void watchPairs(Set<String> watched, Candidate candidate) {
        watched.addAll(candidate.pairs());
    }
}
