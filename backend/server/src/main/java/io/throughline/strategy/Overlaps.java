package io.throughline.strategy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which active objectives compete for the same people: same audience (or one within the other), a stage on both ways, a need
/// (or one within the other), a market, and days that both run. Pure.
///
/// It is an **overlap** while the two can live with each other. It is a **conflict** when they compete: (1) together they ask for more
/// contacts than the audience's budget, which is the larger of the two, whatever their brands: each asks for its budget times its
/// weight; or different brands (2) ask for opposing kinds of content, which never stand in one set, or (3) work with the same people in
/// opposing ways, their human contact being half a scale or more apart.
final class Overlaps {

    static final double OPPOSING_HUMAN_CONTACT = 0.5;

    /// An objective with what the vocabularies say about it.
    ///
    /// @param audienceUp   the audience and everything broader
    /// @param way          stages from the first to the last
    /// @param needsUp      each need with everything broader
    /// @param segments     dimension to the segments meant; a dimension that is absent means everybody
    /// @param humanContact 0 to 1
    record Competitor(String strategyId, String strategyName, int number, Objective objective, List<String> audienceUp, List<String> way,
            Map<String, List<String>> needsUp, Map<String, Set<String>> segments, double humanContact, ContactPolicy policy) {}

    enum Severity { OVERLAP, CONFLICT }

    enum Code { OPPOSING_KINDS, OPPOSING_ENGAGEMENT_MODELS, OVER_CONTACT_BUDGET }

    record Reason(Code code, String text) {}

    /// @param audience the narrower of the two
    /// @param brands   that both cover; empty where they share none or both cover the portfolio
    /// @param from     inclusive; `until` too, null is open
    /// @param contacts in 30 days, asked for together
    record Pair(Severity severity, List<Reason> reasons, Competitor first, Competitor second, String audience, List<String> stages,
            List<String> needs, List<String> markets, List<String> brands, LocalDate from, @Nullable LocalDate until, double contacts,
            double contactBudget) {

        /// How much it matters: what the lighter one would lose.
        double weight() {
            return Math.min(first.objective().weight(), second.objective().weight());
        }
    }

    private Overlaps() {}

    /// Conflicts first, then by the lighter one's weight, then by name.
    static List<Pair> of(List<Competitor> competitors) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < competitors.size(); i++) {
            for (int j = i + 1; j < competitors.size(); j++) {
                pair(competitors.get(i), competitors.get(j)).ifPresent(pairs::add);
            }
        }
        pairs.sort(Comparator.comparing((Pair it) -> it.severity() == Severity.OVERLAP)
                .thenComparing(Comparator.comparingDouble(Pair::weight).reversed())
                .thenComparing(it -> it.first().objective().name())
                .thenComparing(it -> it.second().objective().name()));
        return List.copyOf(pairs);
    }

    static Optional<Pair> pair(Competitor a, Competitor b) {
        var one = a.objective();
        var two = b.objective();
        var audience = narrower(one.audience(), a.audienceUp(), two.audience(), b.audienceUp());
        var stages = a.way().stream().filter(b.way()::contains).toList();
        var needs = needs(a, b);
        var markets = one.markets().stream().filter(two.markets()::contains).toList();
        var from = one.from().isAfter(two.from()) ? one.from() : two.from();
        var until = earlier(one.until(), two.until());
        boolean apart = stages.isEmpty() || needs.isEmpty() || markets.isEmpty() || (until != null && until.isBefore(from))
                || areOtherPeople(a.segments(), b.segments());
        if (audience == null || apart) {
            return Optional.empty();
        }
        double contacts = hundredths(a.policy().contactsPerMonth() * one.weight() + b.policy().contactsPerMonth() * two.weight());
        double budget = hundredths(Math.max(a.policy().contactsPerMonth(), b.policy().contactsPerMonth()));
        var reasons = reasons(a, b, contacts, budget);
        return Optional.of(new Pair(reasons.isEmpty() ? Severity.OVERLAP : Severity.CONFLICT, reasons, a, b, audience, stages, needs, markets,
                one.brands().stream().filter(two.brands()::contains).toList(), from, until, contacts, budget));
    }

    private static List<Reason> reasons(Competitor a, Competitor b, double contacts, double budget) {
        var one = a.objective();
        var two = b.objective();
        var reasons = new ArrayList<Reason>();
        boolean rivals = differentBrands(one, two);
        if (rivals && one.kind() != null && two.kind() != null && !one.kind().equals(two.kind())) {
            reasons.add(new Reason(Code.OPPOSING_KINDS, "One asks for %s content, the other for %s; the two never stand in one set."
                    .formatted(one.kind(), two.kind())));
        }
        if (rivals && Math.abs(a.humanContact() - b.humanContact()) >= OPPOSING_HUMAN_CONTACT) {
            reasons.add(new Reason(Code.OPPOSING_ENGAGEMENT_MODELS, "One works through people, the other through screens (%s, %s)."
                    .formatted(one.engagementModel(), two.engagementModel())));
        }
        if (contacts > budget) {
            reasons.add(new Reason(Code.OVER_CONTACT_BUDGET, "Together they ask for %s contacts in 30 days; the audience's budget is %s."
                    .formatted(plain(contacts), plain(budget))));
        }
        return List.copyOf(reasons);
    }

    /// Neither covers a brand of the other; one that covers the portfolio is nobody's rival.
    private static boolean differentBrands(Objective one, Objective two) {
        return !one.brands().isEmpty() && !two.brands().isEmpty() && one.brands().stream().noneMatch(two.brands()::contains);
    }

    /// The narrower of two concepts of which one lies within the other; null where neither does.
    private static @Nullable String narrower(String one, List<String> oneUp, String two, List<String> twoUp) {
        if (oneUp.contains(two)) {
            return one;
        }
        return twoUp.contains(one) ? two : null;
    }

    private static List<String> needs(Competitor a, Competitor b) {
        var needs = new LinkedHashSet<String>();
        a.needsUp().forEach((one, oneUp) -> b.needsUp().forEach((two, twoUp) -> {
            var common = narrower(one, oneUp, two, twoUp);
            if (common != null) {
                needs.add(common);
            }
        }));
        return needs.stream().sorted().toList();
    }

    /// True where both name segments of one dimension and share none.
    private static boolean areOtherPeople(Map<String, Set<String>> one, Map<String, Set<String>> two) {
        return one.entrySet().stream().anyMatch(it -> {
            var other = two.get(it.getKey());
            return other != null && it.getValue().stream().noneMatch(other::contains);
        });
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.isBefore(two) ? one : two;
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
