package io.throughline.evidence;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// References and files.
@Component
class EvidenceRecords implements AuditedRecords {

    private final Path folder;

    EvidenceRecords(@Value("${throughline.blobs}") Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public List<AuditedKind> kinds() {
        return List.of(AuditedKind.of("reference", "reference", "id"), AuditedKind.of("reference-notice", "reference_notice", "id"),
                AuditedKind.of("reference-notice-end", "reference_notice_end", "notice_id"), AuditedKind.of("blob", "blob", "sha256"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(
                new RecordCheck("reference", "select id, csl, csl_sha256 from reference", EvidenceRecords::referenceDiffers),
                new RecordCheck("blob", "select sha256 as id, bytes from blob", this::blobDiffers));
    }

    private static @Nullable String referenceDiffers(ResultSet row) throws SQLException {
        return CanonicalJson.sha256(Json.parse(row.getString("csl"))).equals(row.getString("csl_sha256")) ? null : "its CSL does not have its SHA-256";
    }

    /// The file's content against its name.
    private @Nullable String blobDiffers(ResultSet row) throws SQLException {
        var sha256 = row.getString("id");
        var file = Blobs.path(folder, sha256);
        if (!Files.exists(file)) {
            return "its file is missing";
        }
        try (var in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(sha256)) {
                return "its file holds other bytes than its name says";
            }
            return bytes == row.getLong("bytes") ? null : "its file has %d bytes, its row says %d".formatted(bytes, row.getLong("bytes"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file of blob %s can't be read".formatted(sha256), unreadable);
        }
    }
}
