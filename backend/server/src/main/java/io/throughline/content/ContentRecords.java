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
                AuditedKind.of("rendition", "rendition", "item_id", "locale", "version_number", "market"),
                AuditedKind.of("contributor", "content_contributor", "item_id", "locale", "person_id"),
                AuditedKind.of("locale-origin", "content_origin", "id"),
                AuditedKind.of("locale-origin-text", "content_origin_text", "origin_id"), AuditedKind.of("copy-confirmation", "copy_confirmation", "origin_id", "words_sha256"));
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
                """),
                RecordCheck.bySql("rendition", """
                select r.item_id || '/' || r.locale || '/' || r.version_number || '/' || r.market as id,
                       case when encode(sha256(convert_to(r.canonical, 'UTF8')), 'hex') <> r.sha256 then 'its canonical text does not have its SHA-256'
                            when not pg_input_is_valid(r.canonical, 'jsonb') then 'its canonical text is no JSON'
                            when (r.canonical::jsonb ->> 'id', r.canonical::jsonb ->> 'locale', r.canonical::jsonb ->> 'version', r.canonical::jsonb ->> 'market')
                                 is distinct from (r.item_id, r.locale, r.version_number::text, r.market) then 'its canonical text is that of another rendition'
                            when r.canonical::jsonb ->> 'versionSha256' is distinct from v.sha256 then 'it was made of another version'
                        end as what
                  from rendition r
                  join content_version v on v.item_id = r.item_id and v.locale = r.locale and v.number = r.version_number
                """));
    }
}
