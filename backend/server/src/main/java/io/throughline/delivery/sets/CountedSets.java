package io.throughline.delivery.sets;

import io.throughline.delivery.demand.DemandLedger;
import io.throughline.delivery.demand.DemandTally;
import io.throughline.delivery.demand.DemandTally.Answered;
import io.throughline.delivery.edge.ServedCache;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.util.List;
import org.springframework.stereotype.Component;

/// Sets as channels get them: each that is asked for is counted as demand.
@Component
class CountedSets {

    private final ContentSets sets;
    private final DemandLedger demand;

    CountedSets(ContentSets sets, DemandLedger demand) {
        this.sets = sets;
        this.demand = demand;
    }

    /// A set that can't be given for want of its mandatory slot is asked for all the same; looks into the past and explanations are not demand.
    ServedCache.Hit<ServedSet> answer(SetRequest request) {
        boolean counts = request.at() == null && !request.explain();
        try {
            var hit = sets.answer(request);
            if (counts) {
                demand.count(asked(request), hit.value().tally());
            }
            return hit;
        } catch (ProblemException refused) {
            if (counts && refused.problem() == Problem.MANDATORY_SLOT_EMPTY) {
                demand.count(asked(request), new DemandTally(Answered.EMPTY, List.of()));
            }
            throw refused;
        }
    }

    private static DemandLedger.Asked asked(SetRequest request) {
        return new DemandLedger.Asked(request.channelKey(), request.channel(), request.audience(), request.stage(), request.need(), request.market(),
                request.brands().size() == 1 ? request.brands().getFirst() : null);
    }
}
