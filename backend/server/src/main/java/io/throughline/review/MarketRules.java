package io.throughline.review;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/// What a market pack says about reviewing one kind of content.
///
/// @param disciplines       never empty (RV-1)
/// @param joinedDuties      what one person may do although two usually do it; empty unless the pack names it
/// @param approvalMaxMonths calendar months, UTC, from the certification (UK-4)
record MarketRules(
        String market,
        String jobCodePattern,
        List<Discipline> disciplines,
        boolean registrationNumberRequired,
        String registrationName,
        Set<JoinedDuty> joinedDuties,
        int approvalMaxMonths) {

    MarketRules {
        disciplines = List.copyOf(disciplines);
        joinedDuties = Set.copyOf(joinedDuties);
        if (disciplines.isEmpty()) {
            throw new IllegalArgumentException("rules that require no discipline would approve everything");
        }
        if (approvalMaxMonths < 1) {
            throw new IllegalArgumentException("an approval lasts at least a month, not " + approvalMaxMonths);
        }
    }

    boolean allows(JoinedDuty duty) {
        return joinedDuties.contains(duty);
    }

    /// The latest end of an approval that is certified now, inclusive.
    Instant latestEnd(Instant now) {
        return now.atZone(ZoneOffset.UTC).plusMonths(approvalMaxMonths).toInstant();
    }
}
