package io.throughline.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One act in the trail, as it is hashed, listed and exported.
///
/// @param number       orders the entries of all streams; within a stream it grows, and some numbers are missing
/// @param at           when it was written, UTC, microseconds
/// @param action       noun and verb in the past: `version.submitted`
/// @param reason       what the actor said, where the act asks for it (A11-1)
/// @param before       the values before the act, where there were any (P11-3)
/// @param stream       the chain that it is part of, see [#streamOf]; null for entries of the one chain that there was once
/// @param position     1 for the first entry of its stream, no gaps; null where `stream` is
/// @param records      what was written with the act, by its hash; null when nothing was that is recorded
/// @param previousHash hash of the entry before in its stream (in the one chain: of entry `number - 1`); 64 zeros before the first
/// @param hash         SHA-256, hex, of this entry without `hash` in canonical JSON (RFC 8785)
public record AuditEntry(
        long number,
        Instant at,
        AuditActor actor,
        String action,
        String subjectType,
        String subjectId,
        @Nullable String reason,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable String stream,
        @Nullable Long position,
        @Nullable Records records,
        String previousHash,
        String hash) {

    /// Who acted, with the name as it was then: the record must read the same when the name has changed.
    public record AuditActor(String id, String displayName) {}

    /// The records of all rows that a transaction wrote; one of its entries answers for them.
    ///
    /// @param sha256 over kind, id, number and facts of each, in the order of writing; see [AuditLedger]
    public record Records(long batch, int count, String sha256) {}

    static final String NO_HASH = "0".repeat(64);

    /// The hash that these values must have.
    @JsonIgnore
    String expectedHash() {
        var fields = (ObjectNode) Json.tree(this);
        fields.remove("hash");
        return CanonicalJson.sha256(fields);
    }

    /// What happened to one thing is one chain, so that acts on different things never wait for each other.
    static String streamOf(String subjectType, String subjectId) {
        return subjectType + ":" + subjectId;
    }

    /// An act that has no place yet.
    static AuditEntry act(Instant at, Actor actor, String action, String subjectType, String subjectId, @Nullable String reason,
            @Nullable JsonNode before, @Nullable JsonNode after) {
        return new AuditEntry(0, at, new AuditActor(actor.id(), actor.displayName()), action, subjectType, subjectId, reason, before, after,
                null, null, null, NO_HASH, NO_HASH);
    }

    /// This act as the next entry of a stream.
    AuditEntry at(long number, String stream, long position, @Nullable Records records, String previousHash) {
        var entry = new AuditEntry(number, at, actor, action, subjectType, subjectId, reason, before, after, stream, position, records,
                previousHash, NO_HASH);
        return new AuditEntry(number, at, actor, action, subjectType, subjectId, reason, before, after, stream, position, records,
                previousHash, entry.expectedHash());
    }
}
