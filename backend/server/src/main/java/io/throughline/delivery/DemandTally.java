package io.throughline.delivery;

import java.util.List;

/// What is counted each time a set is served.
record DemandTally(Answered answered, List<String> publicationIds) {

    enum Answered { AS_ASKED, RELAXED, EMPTY }

    DemandTally {
        publicationIds = List.copyOf(publicationIds);
    }
}
