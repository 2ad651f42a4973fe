package io.throughline.strategy;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import java.util.List;
import org.springframework.stereotype.Component;

/// Strategies with their versions, approvals, and when they were active.
@Component
class StrategyRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                AuditedKind.of("strategy", "strategy", "id"),
                AuditedKind.of("strategy-version", "strategy_version", "strategy_id", "number"),
                AuditedKind.of("strategy-approval", "strategy_approval", "strategy_id", "number"),
                AuditedKind.of("strategy-activation", "strategy_activation", "sequence"),
                AuditedKind.of("strategy-ending", "strategy_ending", "activation_sequence"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(
                new RecordCheck("strategy-version", "select strategy_id || '/' || number as id, document, sha256 from strategy_version", row ->
                        CanonicalJson.sha256(Json.parse(row.getString("document"))).equals(row.getString("sha256")) ? null : "its document does not have its SHA-256"),
                RecordCheck.bySql("strategy-approval", """
                        select a.strategy_id || '/' || a.number as id,
                               case when v.sha256 <> a.sha256 then 'it approves another SHA-256 than its version has'
                                    when s.person_id <> a.approved_by then 'somebody else signed it than approved it'
                                    when s.sha256 <> a.sha256 then 'its signature is for something else' end as what
                          from strategy_approval a
                          join strategy_version v on v.strategy_id = a.strategy_id and v.number = a.number
                          join electronic_signature s on s.id = a.signature_id
                        """));
    }
}
