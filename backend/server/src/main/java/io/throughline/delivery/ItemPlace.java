package io.throughline.delivery;

/// An item in one market and locale: what a channel holds at most one copy of, whatever the version.
record ItemPlace(String itemId, String market, String locale) {

    static ItemPlace of(Candidate candidate) {
        return new ItemPlace(candidate.itemId(), candidate.market(), candidate.locale());
    }
}
