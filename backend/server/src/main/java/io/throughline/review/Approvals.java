package io.throughline.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The approvals that reviews have led to, and those that ended before their time. One is made by certifying, and by nothing else.
@Repository
public class Approvals {

    private static final String APPROVAL = """
            select id, job_id, job_code, circulation, item_id, locale, version_number, version_sha256, rendition_sha256, market,
                   valid_from, valid_until,
                   date_of_preparation, approved_at, certified_by, signature_id
              from approval
            """;

    private final JdbcClient jdbc;

    Approvals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Approval> find(String id) {
        return jdbc.sql(APPROVAL + " where id = :id").param("id", id).query((row, _) -> approval(row)).optional();
    }

    /// All approvals of an item, in every locale and market, the newest first.
    public List<Approval> listFor(String itemId) {
        return jdbc.sql(APPROVAL + " where item_id = :item order by approved_at desc, id desc").param("item", itemId)
                .query((row, _) -> approval(row)).list();
    }

    /// The newest approval, whether it still holds or not.
    public Optional<Approval> latest(String itemId, String locale, String market) {
        return jdbc.sql(APPROVAL + """
                         where item_id = :item and locale = :locale and market = :market
                         order by approved_at desc, id desc limit 1
                        """)
                .param("item", itemId).param("locale", locale).param("market", market)
                .query((row, _) -> approval(row)).optional();
    }

    /// What a new version is compared with: the newest approval for this market, or else for any other.
    Optional<Approval> findBase(String itemId, String locale, String market) {
        return jdbc.sql(APPROVAL + """
                         where item_id = :item and locale = :locale
                         order by market = :market desc, approved_at desc, id desc limit 1
                        """)
                .param("item", itemId).param("locale", locale).param("market", market)
                .query((row, _) -> approval(row)).optional();
    }

    Optional<Approval> findByJob(String jobId) {
        return jdbc.sql(APPROVAL + " where job_id = :job").param("job", jobId).query((row, _) -> approval(row)).optional();
    }

    void append(String jobId, Approval approval) {
        jdbc.sql("""
                        insert into approval (id, job_id, circulation, item_id, locale, version_number, version_sha256, rendition_sha256, market,
                          valid_from, valid_until, job_code, date_of_preparation, approved_at, certified_by, signature_id)
                        values (:id, :job, :circulation, :item, :locale, :version, :sha256, :rendition, :market,
                          :from, :until, :code, :prepared, :at, :by, :signature)
                        """)
                .param("id", approval.id()).param("job", jobId).param("circulation", approval.circulation())
                .param("item", approval.itemId()).param("locale", approval.locale()).param("version", approval.versionNumber())
                .param("sha256", approval.versionSha256()).param("rendition", approval.renditionSha256()).param("market", approval.market())
                .param("from", Rows.timestamp(approval.validFrom())).param("until", Rows.timestamp(approval.validUntil()))
                .param("code", approval.jobCode()).param("prepared", approval.dateOfPreparation())
                .param("at", Rows.timestamp(approval.approvedAt())).param("by", approval.certifiedBy())
                .param("signature", approval.signatureId())
                .update();
    }

    /// Those of an item that have ended before their time, by approval id.
    public Map<String, ApprovalEnd> listEnds(String itemId) {
        var ends = new HashMap<String, ApprovalEnd>();
        jdbc.sql("""
                        select e.approval_id, e.reason, e.detail, e.ended_by, e.ended_at
                          from approval_end e join approval a on a.id = e.approval_id
                         where a.item_id = :item
                        """)
                .param("item", itemId)
                .query((row, _) -> new ApprovalEnd(row.getString("approval_id"), ApprovalEnd.Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                        row.getString("detail"), row.getString("ended_by"), Rows.instant(row, "ended_at")))
                .list().forEach(end -> ends.put(end.approvalId(), end));
        return ends;
    }

    /// Ends every approval of an item there that has not ended, in the caller's transaction; nobody can publish them again.
    ///
    /// @param locale null: every locale
    /// @param market null: every market
    /// @return their ids
    public List<String> endWithdrawn(String itemId, @Nullable String locale, @Nullable String market, String why, String by, Instant at) {
        return jdbc.sql("""
                        insert into approval_end (approval_id, reason, detail, ended_by, ended_at)
                        select a.id, 'withdrawn', :why, :by, :at
                          from approval a
                         where a.item_id = :item and (cast(:locale as text) is null or a.locale = :locale)
                           and (cast(:market as text) is null or a.market = :market) and a.valid_until > :at
                        on conflict (approval_id) do nothing
                        returning approval_id
                        """)
                .param("item", itemId).param("locale", locale).param("market", market).param("why", why).param("by", by).param("at", Rows.timestamp(at))
                .query((row, _) -> row.getString("approval_id")).list();
    }

    /// Ends the approvals for the same item, locale and market that are older than the one now published.
    public List<String> endSuperseded(Approval published, String by, Instant at) {
        return jdbc.sql("""
                        insert into approval_end (approval_id, reason, detail, ended_by, ended_at)
                        select a.id, 'superseded', :newer, :by, :at
                          from approval a
                         where a.item_id = :item and a.locale = :locale and a.market = :market
                           and (a.approved_at, a.id) < (:approvedAt, :newer) and a.valid_until > :at
                        on conflict (approval_id) do nothing
                        returning approval_id
                        """)
                .param("item", published.itemId()).param("locale", published.locale()).param("market", published.market())
                .param("newer", published.id()).param("approvedAt", Rows.timestamp(published.approvedAt())).param("by", by).param("at", Rows.timestamp(at))
                .query((row, _) -> row.getString("approval_id")).list();
    }

    private static Approval approval(ResultSet row) throws SQLException {
        return new Approval(row.getString("id"), row.getString("job_code"), row.getInt("circulation"), row.getString("item_id"),
                row.getString("locale"), row.getInt("version_number"), row.getString("version_sha256"), row.getString("rendition_sha256"), row.getString("market"),
                Rows.instant(row, "valid_from"), Rows.instant(row, "valid_until"), row.getString("date_of_preparation"),
                Rows.instant(row, "approved_at"), row.getString("certified_by"), row.getString("signature_id"));
    }
}
