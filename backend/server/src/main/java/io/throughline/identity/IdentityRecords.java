package io.throughline.identity;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// People with their roles, signatures, and what channels sign in with.
@Component
class IdentityRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                new AuditedKind("person", "person", List.of("id"), Set.of("password_hash")),
                AuditedKind.of("signature", "electronic_signature", "id"),
                AuditedKind.of("channel", "channel", "id"),
                new AuditedKind("api-key", "api_key", List.of("id"), Set.of("secret_hash", "previous_secret_hash")),
                AuditedKind.of("api-key-brands", "api_key_brands", "key_id", "number"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(new RecordCheck("signature", "select * from electronic_signature", IdentityRecords::differs));
    }

    private static @Nullable String differs(ResultSet row) throws SQLException {
        var signature = new ElectronicSignature(row.getString("id"), row.getString("person_id"), row.getString("printed_name"),
                row.getString("registration_number"), row.getString("meaning"), row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                row.getString("subject_type"), row.getString("subject_id"), row.getString("sha256"), row.getString("components"), row.getString("seal"));
        return signature.seal().equals(signature.expectedSeal()) ? null : "its seal does not fit what it says";
    }
}
