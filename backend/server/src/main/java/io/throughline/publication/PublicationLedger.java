package io.throughline.publication;

import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/// The tables of publications and withdrawals, for writing and for the management's lists.
@Repository
public class PublicationLedger {

    private static final String SELECT = """
            select p.id, p.item_id, i.key, p.locale, p.market, p.version_number, p.approval_id, a.job_code, p.effective_from,
                   p.effective_until, p.published_at, p.started_sequence, p.ended_at, p.end_reason
              from publication p
              join content_item i on i.id = p.item_id
              join approval a on a.id = p.approval_id
            """;

    private final JdbcClient jdbc;

    PublicationLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whoever publishes, withdraws or expires an item waits here for the others who do.
    void lockItem(String itemId) {
        jdbc.sql("select id from content_item where id = :id for no key update").param("id", itemId).query(String.class).single();
    }

    List<Publication> listCurrent(String itemId, @Nullable String locale, @Nullable String market, Instant now) {
        return jdbc.sql(SELECT + """
                         where p.item_id = :item and p.ended_sequence is null
                           and (cast(:locale as text) is null or p.locale = :locale)
                           and (cast(:market as text) is null or p.market = :market)
                         order by p.market, p.locale
                        """)
                .param("item", itemId).param("locale", locale).param("market", market)
                .query((row, _) -> publication(row, now)).list();
    }

    /// All of an item, the newest first.
    List<Publication> listFor(String itemId, Instant now) {
        return jdbc.sql(SELECT + " where p.item_id = :item order by p.started_sequence desc").param("item", itemId)
                .query((row, _) -> publication(row, now)).list();
    }

    /// Current ones whose window has ended: publication id and item id.
    public List<Due> listDue(Instant now, int limit) {
        return jdbc.sql("""
                        select id, item_id from publication
                         where ended_sequence is null and effective_until <= :now order by effective_until limit :limit
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC)).param("limit", limit)
                .query((row, _) -> new Due(row.getString("id"), row.getString("item_id"))).list();
    }

    public record Due(String publicationId, String itemId) {}

    Optional<Publication> findCurrent(String publicationId, Instant now) {
        return jdbc.sql(SELECT + " where p.id = :id and p.ended_sequence is null").param("id", publicationId)
                .query((row, _) -> publication(row, now)).optional();
    }

    void append(Publication publication, String kind, String type, @Nullable String brand, String publishedBy, ObjectNode document,
            PublishedFacets facets) {
        var text = CanonicalJson.text(document);
        jdbc.sql("""
                        insert into publication (id, item_id, locale, market, version_number, approval_id, kind, type, brand, effective_from,
                          effective_until, published_by, published_at, started_sequence, document, document_sha256, facets)
                        values (:id, :item, :locale, :market, :version, :approval, :kind, :type, :brand, :from, :until, :by, :at, :sequence,
                          :document, :sha256, cast(:facets as jsonb))
                        """)
                .param("id", publication.id()).param("item", publication.itemId()).param("locale", publication.locale())
                .param("market", publication.market()).param("version", publication.versionNumber()).param("approval", publication.approvalId())
                .param("kind", kind).param("type", type).param("brand", brand)
                .param("from", utc(publication.effectiveFrom())).param("until", utc(publication.effectiveUntil()))
                .param("by", publishedBy).param("at", utc(publication.publishedAt())).param("sequence", publication.sequence())
                .param("document", text).param("sha256", Sha256.hex(text.getBytes(StandardCharsets.UTF_8)))
                .param("facets", Json.text(facets))
                .update();
    }

    /// Whether a publication serves exactly this: its document by its bytes, not only by the hash that was written beside them.
    boolean holds(String publicationId, ObjectNode document, PublishedFacets facets) {
        return jdbc.sql("""
                        select document = :document and document_sha256 = :sha256 and facets = cast(:facets as jsonb) from publication where id = :id
                        """)
                .param("id", publicationId).param("document", CanonicalJson.text(document))
                .param("sha256", Sha256.hex(CanonicalJson.text(document).getBytes(StandardCharsets.UTF_8))).param("facets", Json.text(facets))
                .query(Boolean.class).single();
    }

    PublishedFacets readFacets(String publicationId) {
        return Json.mapper().readValue(jdbc.sql("select facets from publication where id = :id").param("id", publicationId).query(String.class).single(),
                PublishedFacets.class);
    }

    /// The number of the version that was published there last, whether it has ended or not.
    Optional<Integer> findLastVersion(String itemId, String locale, String market) {
        return jdbc.sql("""
                        select version_number from publication where item_id = :item and locale = :locale and market = :market
                         order by started_sequence desc limit 1
                        """)
                .param("item", itemId).param("locale", locale).param("market", market)
                .query(Integer.class).optional();
    }

    /// The number of the version of an item that was published there just after a change of the catalogue.
    Optional<Integer> findVersionAt(String itemId, String locale, String market, long sequence) {
        return jdbc.sql("""
                        select version_number from publication
                         where item_id = :item and locale = :locale and market = :market
                           and started_sequence <= :sequence and (ended_sequence is null or ended_sequence > :sequence)
                        """)
                .param("item", itemId).param("locale", locale).param("market", market).param("sequence", sequence)
                .query(Integer.class).optional();
    }

    /// The same publication with other facets, under another id, from now on.
    void appendLike(String publicationId, String id, long sequence, Instant now, PublishedFacets facets) {
        jdbc.sql("""
                        insert into publication (id, item_id, locale, market, version_number, approval_id, kind, type, brand, effective_from,
                          effective_until, published_by, published_at, started_sequence, document, document_sha256, facets)
                        select :id, item_id, locale, market, version_number, approval_id, kind, type, brand, greatest(effective_from, :now),
                               effective_until, published_by, :now, :sequence, document, document_sha256, cast(:facets as jsonb)
                          from publication where id = :like
                        """)
                .param("id", id).param("sequence", sequence).param("now", utc(now)).param("facets", Json.text(facets)).param("like", publicationId)
                .update();
    }

    /// The one update of a publication: a fact about its end, set once (a trigger refuses anything else).
    void end(String publicationId, long sequence, Instant at, String reason) {
        jdbc.sql("update publication set ended_sequence = :sequence, ended_at = :at, end_reason = :reason where id = :id and ended_sequence is null")
                .param("sequence", sequence).param("at", utc(at)).param("reason", reason).param("id", publicationId)
                .update();
    }

    void append(Withdrawal withdrawal) {
        jdbc.sql("""
                        insert into withdrawal (id, item_id, locale, market, reason, withdrawn_by, withdrawn_at, sequence)
                        values (:id, :item, :locale, :market, :reason, :by, :at, :sequence)
                        """)
                .param("id", withdrawal.id()).param("item", withdrawal.itemId()).param("locale", withdrawal.locale())
                .param("market", withdrawal.market()).param("reason", withdrawal.reason()).param("by", withdrawal.withdrawnBy())
                .param("at", utc(withdrawal.withdrawnAt())).param("sequence", withdrawal.sequence())
                .update();
    }

    private static Publication publication(ResultSet row, Instant now) throws SQLException {
        var from = instant(row, "effective_from");
        var until = instant(row, "effective_until");
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        var reason = row.getString("end_reason");
        // a passed window counts at once, whether or not the job has come by
        var state = reason != null ? reason : now.isBefore(from) ? "approved" : now.isBefore(until) ? "effective" : "expired";
        return new Publication(row.getString("id"), row.getString("item_id"), row.getString("key"), row.getString("locale"),
                row.getString("market"), row.getInt("version_number"), row.getString("approval_id"), row.getString("job_code"), from, until,
                instant(row, "published_at"), row.getLong("started_sequence"), state, ended == null ? null : ended.toInstant(), reason);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
