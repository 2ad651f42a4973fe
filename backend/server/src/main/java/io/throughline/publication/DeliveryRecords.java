package io.throughline.publication;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import java.util.List;
import org.springframework.stereotype.Component;

/// What was published, withdrawn and impacted, and the log of it that channels follow.
@Component
class DeliveryRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                AuditedKind.of("publication", "publication", "id"),
                AuditedKind.of("withdrawal", "withdrawal", "id"),
                AuditedKind.of("content-change", "content_change", "sequence"),
                AuditedKind.of("impact", "impact", "id"),
                AuditedKind.of("impact-end", "impact_end", "impact_id"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(RecordCheck.bySql("publication", """
                select p.id,
                       case when encode(sha256(convert_to(p.document, 'UTF8')), 'hex') <> p.document_sha256 then 'its document does not have its SHA-256'
                            when (p.item_id, p.locale, p.market, p.version_number) is distinct from (a.item_id, a.locale, a.market, a.version_number)
                              then 'it publishes something else than its approval is for'
                            when a.rendition_sha256 is not null and pg_input_is_valid(p.document, 'jsonb') and pg_input_is_valid(r.canonical, 'jsonb')
                             and p.document::jsonb - 'approval' is distinct from r.canonical::jsonb - 'approval' - 'format' - 'versionSha256'
                              then 'it serves other words than were certified'
                            when p.effective_until > a.valid_until then 'it is effective for longer than its approval is valid'
                            when c.sequence is null then 'the log of changes does not have it' end as what
                  from publication p
                  join approval a on a.id = p.approval_id
                  left join rendition r on r.item_id = a.item_id and r.locale = a.locale and r.version_number = a.version_number and r.market = a.market
                  left join content_change c on c.sequence = p.started_sequence and c.publication_id = p.id and c.type = 'published'
                """));
    }
}
