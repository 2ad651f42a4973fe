package io.throughline.delivery;

import java.util.List;

/// What is counted each time a set is served.
record DemandTally(Answered answered, List<String> publicationIds) {

    enum Answered { AS_ASKED, RELAXED, EMPTY }

    DemandTally {
        publicationIds = List.copyOf(publicationIds);
    }

    static DemandTally of(Composition set) {
        var ids = set.candidates().stream().map(Candidate::publicationId).distinct().toList();
        boolean forSomethingElse = set.relaxed().stream().anyMatch(it -> !it.dimension().equals("locale"));
        return new DemandTally(ids.isEmpty() ? Answered.EMPTY : forSomethingElse ? Answered.RELAXED : Answered.AS_ASKED, ids);
    }
}
