package io.throughline.delivery.demand;

import java.util.List;

/// What is counted each time a set is served.
public record DemandTally(Answered answered, List<String> publicationIds) {

    public enum Answered { AS_ASKED, RELAXED, EMPTY }

    public DemandTally {
        publicationIds = List.copyOf(publicationIds);
    }
}
