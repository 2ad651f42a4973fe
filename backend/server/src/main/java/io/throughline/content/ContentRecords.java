package io.throughline.content;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import java.util.List;
import org.springframework.stereotype.Component;

/// Items, versions, and who wrote in them. Drafts are work, not records: their acts are in the trail.
@Component
class ContentRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                AuditedKind.of("item", "content_item", "id"),
                AuditedKind.of("version", "content_version", "item_id", "locale", "number"),
                AuditedKind.of("contributor", "content_contributor", "item_id", "locale", "person_id"),
                AuditedKind.of("locale-origin", "content_origin", "id"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(RecordCheck.bySql("version", """
                select item_id || '/' || locale || '/' || number as id,
                       case when encode(sha256(convert_to(canonical, 'UTF8')), 'hex') <> sha256 then 'its canonical text does not have its SHA-256'
                            when not pg_input_is_valid(canonical, 'jsonb') then 'its canonical text is no JSON'
                            when canonical::jsonb -> 'document' is distinct from document then 'its document is not the one in its canonical text'
                            when (canonical::jsonb ->> 'id', canonical::jsonb ->> 'locale', canonical::jsonb ->> 'number')
                                 is distinct from (item_id, locale, number::text) then 'its canonical text is that of another version'
                        end as what
                  from content_version
                """));
    }
}
