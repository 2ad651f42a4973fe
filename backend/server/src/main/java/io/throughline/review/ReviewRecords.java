package io.throughline.review;

import io.throughline.audit.AuditedKind;
import io.throughline.audit.AuditedRecords;
import io.throughline.audit.RecordCheck;
import java.util.List;
import org.springframework.stereotype.Component;

/// Everything of a review but what is counted.
@Component
class ReviewRecords implements AuditedRecords {

    @Override
    public List<AuditedKind> kinds() {
        return List.of(
                AuditedKind.of("review-job", "review_job", "id"),
                AuditedKind.of("circulation", "review_circulation", "job_id", "number"),
                AuditedKind.of("task", "review_task", "id"),
                AuditedKind.of("verdict", "review_verdict", "task_id"),
                AuditedKind.of("annotation", "review_annotation", "id"),
                AuditedKind.of("annotation-reply", "review_annotation_reply", "id"),
                AuditedKind.of("approval", "approval", "id"),
                AuditedKind.of("approval-end", "approval_end", "approval_id"));
    }

    @Override
    public List<RecordCheck> checks() {
        return List.of(
                RecordCheck.bySql("circulation", """
                        select c.job_id || '/' || c.number as id,
                               case when v.sha256 is null then 'the version that it reviews is missing'
                                    when v.sha256 <> c.version_sha256 then 'it names another SHA-256 than its version has'
                                    when r.sha256 is distinct from c.rendition_sha256 then 'it names another SHA-256 than its rendition has' end as what
                          from review_circulation c
                          join review_job j on j.id = c.job_id
                          left join content_version v on v.item_id = j.item_id and v.locale = j.locale and v.number = c.version_number
                          left join rendition r on r.item_id = j.item_id and r.locale = j.locale and r.version_number = c.version_number
                           and r.market = j.market
                        """),
                RecordCheck.bySql("verdict", """
                        select g.task_id as id,
                               case when s.person_id <> g.person_id then 'somebody else signed it than gave it'
                                    when s.subject_type <> 'content-version' or s.sha256 <> coalesce(c.rendition_sha256, c.version_sha256)
                                      then 'its signature is for something else than was reviewed' end as what
                          from review_verdict g
                          join review_task t on t.id = g.task_id
                          join review_circulation c on c.job_id = t.job_id and c.number = t.circulation
                          join electronic_signature s on s.id = g.signature_id
                        """),
                RecordCheck.bySql("approval", """
                        select a.id,
                               case when v.sha256 <> a.version_sha256 then 'it certifies another SHA-256 than its version has'
                                    when s.person_id <> a.certified_by then 'somebody else signed it than certified it'
                                    when s.subject_type <> 'content-version' or s.sha256 <> coalesce(a.rendition_sha256, a.version_sha256)
                                      then 'its signature is for something else'
                                    when r.sha256 is distinct from a.rendition_sha256 then 'it certifies another SHA-256 than its rendition has'
                                    when (j.item_id, j.locale, j.market, j.code) is distinct from (a.item_id, a.locale, a.market, a.job_code)
                                      then 'it is for something else than its review' end as what
                          from approval a
                          join content_version v on v.item_id = a.item_id and v.locale = a.locale and v.number = a.version_number
                          join electronic_signature s on s.id = a.signature_id
                          join review_job j on j.id = a.job_id
                          left join rendition r on r.item_id = a.item_id and r.locale = a.locale and r.version_number = a.version_number
                           and r.market = a.market
                        """));
    }
}
