package io.throughline.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a verification has found so far.
///
/// @param chain    of hashes; null until it was walked
/// @param anchor   null until it was compared
/// @param kinds    each kind of record in the order in which they are looked at
/// @param findings a hundred of each kind at most; [Kind#findings] counts them all
record VerificationReport(@Nullable Chain chain, @Nullable Anchor anchor, List<Kind> kinds, List<RecordFinding> findings) {

    enum State { WAITING, RUNNING, INTACT, BROKEN }

    /// @param checked rows and relations looked at
    record Kind(String kind, State state, long checked, long findings) {}

    record Chain(@Nullable Long count, @Nullable String headHash, @Nullable Long number, @Nullable String reason) {}

    /// @param unanchoredSince when the first of the entries was written that no root binds yet
    record Anchor(long roots, @Nullable Instant lastAt, long unanchored, @Nullable Instant unanchoredSince) {}

    static final VerificationReport EMPTY = new VerificationReport(null, null, List.of(), List.of());

    boolean isIntact() {
        return kinds.stream().allMatch(it -> it.findings() == 0);
    }
}
