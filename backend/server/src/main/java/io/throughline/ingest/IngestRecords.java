package io.throughline.ingest;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import java.util.List;
import org.springframework.stereotype.Component;

/// Which file an item came from.
@Component
class IngestRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(AuditedKind.of("source", "ingest_source", "file_sha256", "item_id"));
    }
}
