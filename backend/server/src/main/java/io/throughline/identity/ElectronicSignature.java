package io.throughline.identity;

import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A signature with what must be seen of it: printed name, time (UTC) and meaning (P11-6), bound to the SHA-256 of the
/// record that was signed (P11-7).
///
/// @param components `user-id-and-password` or `password` (P11-9)
/// @param seal       SHA-256, hex, over the other fields in canonical JSON; the trail keeps a copy
public record ElectronicSignature(
        String id,
        String personId,
        String printedName,
        @Nullable String registrationNumber,
        String meaning,
        Instant signedAt,
        String subjectType,
        String subjectId,
        String sha256,
        String components,
        String seal) {

    String expectedSeal() {
        var fields = (ObjectNode) Json.tree(this);
        fields.remove("seal");
        return CanonicalJson.sha256(fields);
    }

    ElectronicSignature sealed() {
        return new ElectronicSignature(id, personId, printedName, registrationNumber, meaning, signedAt, subjectType, subjectId,
                sha256, components, expectedSeal());
    }
}
