package io.throughline.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One act in the trail, as it is hashed, listed and exported.
///
/// @param number       1 for the first entry, no gaps
/// @param at           when it was written, UTC, microseconds
/// @param action       noun and verb in the past: `version.submitted`
/// @param reason       what the actor said, where the act asks for it (A11-1)
/// @param before       the values before the act, where there were any (P11-3)
/// @param previousHash hash of entry `number - 1`; 64 zeros before the first
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
        String previousHash,
        String hash) {

    /// Who acted, with the name as it was then: the record must read the same when the name has changed.
    public record AuditActor(String id, String displayName) {}

    static final String NO_HASH = "0".repeat(64);

    /// The hash that these values must have.
    @JsonIgnore
    String expectedHash() {
        var fields = (ObjectNode) Json.tree(this);
        fields.remove("hash");
        return CanonicalJson.sha256(fields);
    }

    AuditEntry sealed() {
        return new AuditEntry(number, at, actor, action, subjectType, subjectId, reason, before, after,
                previousHash, expectedHash());
    }
}
