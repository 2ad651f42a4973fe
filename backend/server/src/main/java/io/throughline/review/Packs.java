package io.throughline.review;

import io.throughline.shared.Kebab;
import io.throughline.taxonomy.MarketPack;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The part of a market pack that reviews go by.
final class Packs {

    private Packs() {}

    /// The disciplines that a kind of content needs, in their fixed order; empty when the pack names none.
    static List<Discipline> disciplines(MarketPack pack, String kind) {
        return pack.disciplinesFor(kind).stream()
                .map(it -> Kebab.parse(Discipline.class, it))
                .sorted()
                .toList();
    }

    static Set<JoinedDuty> joinedDuties(MarketPack pack) {
        return pack.joinedDuties().stream().map(it -> Kebab.parse(JoinedDuty.class, it)).collect(Collectors.toUnmodifiableSet());
    }

    static MarketRules rules(MarketPack pack, String kind) {
        return new MarketRules(pack.market(), pack.jobCodePattern(), disciplines(pack, kind),
                pack.signatory().registrationNumberRequired(), pack.signatory().registrationName(), joinedDuties(pack),
                pack.approvalMaxMonths());
    }
}
