package io.throughline.webhooks;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import java.util.List;
import org.springframework.stereotype.Component;

/// Which withdrawals had to be confirmed, and who confirmed that the content is gone.
@Component
class RecallRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                AuditedKind.of("recall", "recall", "id"),
                AuditedKind.of("recall-confirmation", "recall_confirmation", "recall_id", "channel_id"));
    }
}
