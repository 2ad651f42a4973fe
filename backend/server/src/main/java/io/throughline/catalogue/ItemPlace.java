package io.throughline.catalogue;

/// An item in one market and locale: what a channel holds at most one copy of, whatever the version.
public record ItemPlace(String itemId, String market, String locale) {

    public static ItemPlace of(Candidate candidate) {
        return new ItemPlace(candidate.itemId(), candidate.market(), candidate.locale());
    }
}
