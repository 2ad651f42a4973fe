package io.throughline.delivery.sets;

import io.throughline.delivery.EngagementHistory;
import io.throughline.delivery.ReaderKey;
import io.throughline.strategy.ContactPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What a reader's history means for a set: what they have seen, and what they have had enough of.
@Component
class Readers {

    /// @param seen        items that they met, with how often they were shown, at least once
    /// @param capped      items that were shown as often as a policy allows
    /// @param budgetSpent whether the reader was approached as often as a policy allows
    record Known(Map<String, Integer> seen, Set<String> capped, boolean budgetSpent) {

        Known {
            seen = Map.copyOf(seen);
            capped = Set.copyOf(capped);
        }
    }

    private final EngagementHistory history;

    Readers(EngagementHistory history) {
        this.history = history;
    }

    /// @param policies that apply; the strictest counts
    /// @param at       what happened or was received later doesn't count
    Known know(ReaderKey reader, Collection<ContactPolicy> policies, Instant at) {
        var capped = new HashSet<String>();
        boolean spent = false;
        for (var policy : policies) {
            capped.addAll(history.listShownAtLeast(reader, policy.itemRepeats(), at.minus(Duration.ofDays(policy.itemPerDays())), at));
            spent |= history.countContacts(reader, at.minus(Duration.ofDays(policy.perDays())), at) >= policy.contacts();
        }
        return new Known(history.countSeen(reader, at), capped, spent);
    }
}
