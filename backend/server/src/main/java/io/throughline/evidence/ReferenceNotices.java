package io.throughline.evidence;

import io.throughline.content.CitedWorks;
import io.throughline.content.NoticeKind;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/// Notices about registered works, in PostgreSQL. A work is known by its id, its DOI and its PMID: a notice about one record of it holds for all.
@Repository
public class ReferenceNotices implements CitedWorks {

    private static final int MOST_LISTED = 100;

    private final JdbcClient jdbc;

    ReferenceNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Part of the caller's transaction, in which its consequences follow.
    public void append(ReferenceNotice notice) {
        jdbc.sql("""
                        insert into reference_notice (id, reference_id, kind, noticed_on, doi, url, reason, recorded_by, recorded_at)
                        values (:id, :reference, :kind, :on, :doi, :url, :reason, :by, :at)
                        """)
                .param("id", notice.id()).param("reference", notice.referenceId()).param("kind", Kebab.of(notice.kind())).param("on", notice.noticedOn())
                .param("doi", notice.doi()).param("url", notice.url()).param("reason", notice.reason()).param("by", notice.recordedBy())
                .param("at", notice.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /// False when somebody else ended it first.
    public boolean end(String noticeId, String reason, String personId, Instant now) {
        return jdbc.sql("""
                        insert into reference_notice_end (notice_id, reason, recorded_by, recorded_at) values (:id, :reason, :by, :at)
                        on conflict (notice_id) do nothing
                        """)
                .param("id", noticeId).param("reason", reason).param("by", personId).param("at", now.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    public Optional<ReferenceNotice> find(String referenceId, String noticeId) {
        return list(List.of(referenceId)).stream().filter(it -> it.id().equals(noticeId)).findFirst();
    }

    /// Of these records, those that were recorded by mistake too; the newest first.
    public List<ReferenceNotice> list(Collection<String> referenceIds) {
        return jdbc.sql("""
                        select n.id, n.reference_id, n.kind, n.noticed_on, n.doi, n.url, n.reason, n.recorded_by, n.recorded_at, e.reason as ended_reason
                          from reference_notice n
                          left join reference_notice_end e on e.notice_id = n.id
                         where n.reference_id = any(:ids)
                         order by n.recorded_at desc, n.id desc limit :most
                        """)
                .param("ids", referenceIds.toArray(String[]::new)).param("most", MOST_LISTED)
                .query((row, _) -> notice(row)).list();
    }

    @Override
    public Map<String, List<Notice>> listNotices(Collection<Work> works) {
        var found = new HashMap<String, List<Notice>>();
        if (works.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                        select distinct cited.id, n.kind, n.noticed_on, n.reason, n.recorded_at
                          from unnest(:ids, :dois, :pmids) as cited (id, doi, pmid)
                          join standing_notice n on n.reference_id = cited.id or n.work_doi = cited.doi or n.work_pmid = cited.pmid
                         order by n.recorded_at desc
                        """)
                .param("ids", texts(works.stream().map(Work::id).toList()))
                .param("dois", texts(works.stream().<@Nullable String>map(Work::doi).toList()))
                .param("pmids", texts(works.stream().<@Nullable String>map(Work::pmid).toList()))
                .query(row -> {
                    found.computeIfAbsent(row.getString("id"), _ -> new ArrayList<>()).add(new Notice(Kebab.parse(NoticeKind.class, row.getString("kind")),
                            row.getObject("noticed_on", LocalDate.class), row.getString("reason")));
                });
        found.values().forEach(notices -> notices.sort((a, b) -> a.kind().compareTo(b.kind())));
        return found;
    }

    private static SqlArrayValue texts(List<? extends @Nullable String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }

    private static ReferenceNotice notice(ResultSet row) throws SQLException {
        return new ReferenceNotice(row.getString("id"), row.getString("reference_id"), Kebab.parse(NoticeKind.class, row.getString("kind")),
                row.getObject("noticed_on", LocalDate.class), row.getString("doi"), row.getString("url"), row.getString("reason"),
                row.getString("recorded_by"), row.getObject("recorded_at", OffsetDateTime.class).toInstant(), row.getString("ended_reason"));
    }
}
