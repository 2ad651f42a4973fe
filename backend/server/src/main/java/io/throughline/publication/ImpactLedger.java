package io.throughline.publication;

import io.throughline.publication.Impact.Cause;
import io.throughline.publication.Impact.Consequence;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Impacts and what holds what, in PostgreSQL.
@Repository
class ImpactLedger {

    static final String REFERENCE = "reference";

    /// An approval in force that holds something.
    ///
    /// @param publicationId what is published under it now; null: nothing
    /// @param impacted      whether the part has impacted it by the same cause already
    record Container(String approvalId, String itemId, String locale, String market, @Nullable String publicationId, @Nullable Integer partVersion,
            String relation, boolean impacted) {

        /// Otherwise the words are bound; those of a reference have no version.
        boolean holdsCurrentVersion() {
            return partVersion == null && !relation.equals(REFERENCE);
        }
    }

    /// The same as people see it.
    record Holding(Impact impact, @Nullable String brand, Container container) {

        String market() {
            return impact.market();
        }

        Impact with(Consequence consequence, @Nullable Instant servedUntil) {
            return new Impact(impact.itemId(), impact.key(), impact.title(), impact.locale(), impact.market(), impact.partId(), impact.partKey(),
                    impact.partVersion(), impact.relation(), impact.cause(), impact.reason(), consequence, servedUntil, impact.impactedAt());
        }
    }

    /// @param brand null: the portfolio's
    record Scope(@Nullable String brand, String market) {}

    record Due(String publicationId, String itemId) {}

    private final JdbcClient jdbc;

    ImpactLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static String code(Cause cause) {
        return Kebab.of(cause);
    }

    static String code(Consequence consequence) {
        return Kebab.of(consequence);
    }

    /// The approvals that the event concerns. What the like of it has impacted already is left out, but not what shows the part's current version.
    List<Container> listContainers(Impacts.Event event, Instant now) {
        return jdbc.sql("""
                        select a.id as approval_id, a.item_id, a.locale, a.market, p.id as publication_id, b.part_version, b.relation, marked.impacted
                          from bound_part b
                          join approval a on a.item_id = b.item_id and a.locale = b.locale and a.version_number = b.version_number and a.market = b.market
                          left join publication p on p.approval_id = a.id and p.ended_sequence is null
                         cross join lateral (select exists (select 1 from open_impact o where o.approval_id = a.id and o.part_id = :part
                                                               and o.relation = b.relation and o.cause = :cause) as impacted) marked
                         where b.part_id = :part and b.locale = :locale and b.market = :market and a.valid_until > :now
                           and (b.part_version is null or b.part_version is distinct from :version)
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                           and (not marked.impacted or (b.part_version is null and :cause = 'changed'))
                         order by a.item_id, a.id
                        """)
                .param("part", event.partId()).param("locale", event.locale()).param("market", event.market())
                .param("version", event.version(), java.sql.Types.INTEGER).param("cause", code(event.cause())).param("now", utc(now))
                .query((row, _) -> container(row)).list();
    }

    /// The approvals whose words cite a work, by whichever of its records. What the like of it has impacted already is left out.
    List<Container> listCiting(String referenceId, Instant now) {
        return jdbc.sql("""
                        select distinct a.id as approval_id, a.item_id, a.locale, a.market, p.id as publication_id, cast(null as integer) as part_version,
                               'reference' as relation, false as impacted
                          from reference r
                          join bound_reference b on b.reference_id = r.id or b.doi = r.doi_plain or b.pmid = r.pmid
                          join approval a on a.item_id = b.item_id and a.locale = b.locale and a.version_number = b.version_number and a.market = b.market
                          left join publication p on p.approval_id = a.id and p.ended_sequence is null
                         where r.id = :reference and a.valid_until > :now
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                           and not exists (select 1 from open_impact o where o.approval_id = a.id and o.part_id = r.id)
                         order by a.item_id, a.id
                        """)
                .param("reference", referenceId).param("now", utc(now)).query((row, _) -> container(row)).list();
    }

    /// The same as a person sees it, with the brand of each.
    List<Holding> listHoldingCited(String referenceId, Instant now, int limit) {
        return jdbc.sql("""
                        select distinct a.id as approval_id, a.item_id, a.locale, a.market, p.id as publication_id, cast(null as integer) as part_version,
                               'reference' as relation, false as impacted, i.key, i.brand, coalesce(v.document ->> 'title', i.key) as title,
                               coalesce(r.title, r.id) as part_key, p.id is null as unpublished
                          from reference r
                          join bound_reference b on b.reference_id = r.id or b.doi = r.doi_plain or b.pmid = r.pmid
                          join content_item i on i.id = b.item_id
                          join approval a on a.item_id = b.item_id and a.locale = b.locale and a.version_number = b.version_number and a.market = b.market
                          join content_version v on v.item_id = a.item_id and v.locale = a.locale and v.number = a.version_number
                          left join publication p on p.approval_id = a.id and p.ended_sequence is null
                         where r.id = :reference and a.valid_until > :now
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                         order by unpublished, i.key, a.market, a.locale limit :limit
                        """)
                .param("reference", referenceId).param("now", utc(now)).param("limit", limit).query((row, _) -> holding(row, referenceId, now)).list();
    }

    /// Brands and markets in which a work is cited by an approval in force.
    List<Scope> listScopesCiting(String referenceId, Instant now) {
        return jdbc.sql("""
                        select distinct i.brand, a.market
                          from reference r
                          join bound_reference b on b.reference_id = r.id or b.doi = r.doi_plain or b.pmid = r.pmid
                          join content_item i on i.id = b.item_id
                          join approval a on a.item_id = b.item_id and a.locale = b.locale and a.version_number = b.version_number and a.market = b.market
                         where r.id = :reference and a.valid_until > :now
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                        """)
                .param("reference", referenceId).param("now", utc(now)).query((row, _) -> new Scope(row.getString("brand"), row.getString("market"))).list();
    }

    /// What waited for a work to be sound again waits no more; answers with the items.
    List<String> endCited(String referenceId, long sequence, Instant now) {
        return jdbc.sql("""
                        with over as (
                          insert into impact_end (impact_id, sequence, ended_at)
                          select o.id, :sequence, :at from open_impact o where o.part_id = :reference and o.relation = 'reference'
                          returning impact_id)
                        select distinct i.item_id from impact i join over on over.impact_id = i.id
                        """)
                .param("reference", referenceId).param("sequence", sequence).param("at", utc(now)).query((row, _) -> row.getString("item_id")).list();
    }

    void append(Impacts.Event event, Container container, Consequence consequence, @Nullable Instant servedUntil, Instant now) {
        jdbc.sql("""
                        insert into impact (id, approval_id, item_id, locale, market, publication_id, part_id, part_version, relation, cause, reason,
                          consequence, served_until, sequence, impacted_at)
                        values (:id, :approval, :item, :locale, :market, :publication, :part, :version, :relation, :cause, :reason,
                          :consequence, :until, :sequence, :at)
                        """)
                .param("id", Ids.next("imp")).param("approval", container.approvalId()).param("item", container.itemId())
                .param("locale", container.locale()).param("market", container.market()).param("publication", container.publicationId())
                .param("part", event.partId()).param("version", container.partVersion(), java.sql.Types.INTEGER).param("relation", container.relation())
                .param("cause", code(event.cause())).param("reason", event.reason()).param("consequence", code(consequence))
                .param("until", servedUntil == null ? null : utc(servedUntil), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("sequence", event.sequence()).param("at", utc(now))
                .update();
    }

    /// Ends the impacts that waited for the part in this version, or in any; answers with the items that they were of.
    List<String> end(String partId, String locale, String market, int version, long sequence, Instant now) {
        return jdbc.sql("""
                        with over as (
                          insert into impact_end (impact_id, sequence, ended_at)
                          select o.id, :sequence, :at from open_impact o
                           where o.part_id = :part and o.locale = :locale and o.market = :market
                             and (o.part_version = :version or (o.part_version is null and o.cause <> 'changed'))
                          returning impact_id)
                        select distinct i.item_id from impact i join over on over.impact_id = i.id
                        """)
                .param("part", partId).param("locale", locale).param("market", market).param("version", version).param("sequence", sequence)
                .param("at", utc(now))
                .query((row, _) -> row.getString("item_id")).list();
    }

    /// Published under an approval whose time to be served is over.
    List<Due> listDue(Instant now, int limit) {
        return jdbc.sql("""
                        select distinct p.id, p.item_id from open_impact o
                          join publication p on p.approval_id = o.approval_id and p.ended_sequence is null
                         where o.served_until <= :now limit :limit
                        """)
                .param("now", utc(now)).param("limit", limit)
                .query((row, _) -> new Due(row.getString("id"), row.getString("item_id"))).list();
    }

    boolean isDue(String publicationId, Instant now) {
        return jdbc.sql("""
                        select exists (select 1 from open_impact o join publication p on p.approval_id = o.approval_id
                                        where p.id = :id and o.served_until <= :now)
                        """)
                .param("id", publicationId).param("now", utc(now)).query(Boolean.class).single();
    }

    /// Keys of changed parts for which the approval needs a successor.
    List<String> listNeedingCertificate(String approvalId) {
        return jdbc.sql("""
                        select distinct i.key from open_impact o join content_item i on i.id = o.part_id
                         where o.approval_id = :approval and o.part_version is null and o.cause = 'changed' order by i.key
                        """)
                .param("approval", approvalId).query((row, _) -> row.getString("key")).list();
    }

    /// Open ones of an item, the newest first.
    List<Impact> listFor(String itemId) {
        return jdbc.sql(IMPACT + " where o.item_id = :item order by o.impacted_at desc, o.id limit 100").param("item", itemId)
                .query((row, _) -> impact(row)).list();
    }

    /// Of items whose text the person wrote in, the newest first.
    List<Impact> listWrittenBy(Actor actor, int limit) {
        return jdbc.sql(IMPACT + """
                         where exists (select 1 from content_contributor c where c.item_id = o.item_id and c.locale = o.locale and c.person_id = :me)
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or o.market = any(:markets))
                         order by o.impacted_at desc, o.id limit :limit
                        """)
                .param("me", actor.id()).param("everyBrand", actor.brands().contains("*")).param("brands", actor.brands().toArray(String[]::new))
                .param("everyMarket", actor.markets().contains("*")).param("markets", actor.markets().toArray(String[]::new)).param("limit", limit)
                .query((row, _) -> impact(row)).list();
    }

    private static final String IMPACT = """
            select o.item_id, i.key, coalesce(v.document ->> 'title', i.key) as title, o.locale, o.market, o.part_id, coalesce(part.key, cited.title, o.part_id) as part_key,
                   o.part_version, o.relation, o.cause, o.reason, o.consequence, o.served_until, o.impacted_at
              from open_impact o
              join content_item i on i.id = o.item_id
              left join content_item part on part.id = o.part_id
              left join reference cited on cited.id = o.part_id
              join approval a on a.id = o.approval_id
              join content_version v on v.item_id = a.item_id and v.locale = a.locale and v.number = a.version_number
            """;

    /// What holds an item now, by approvals in force, in the markets that the person works for; of every brand.
    List<Holding> listHolding(String partId, @Nullable String locale, @Nullable String market, Actor actor, Instant now, int limit) {
        return jdbc.sql("""
                        select a.id as approval_id, a.item_id, a.locale, a.market, p.id as publication_id, b.part_version, b.relation, false as impacted, i.key, i.brand,
                               coalesce(v.document ->> 'title', i.key) as title, part.key as part_key
                          from bound_part b
                          join content_item i on i.id = b.item_id
                          join content_item part on part.id = b.part_id
                          join approval a on a.item_id = b.item_id and a.locale = b.locale and a.version_number = b.version_number and a.market = b.market
                          join content_version v on v.item_id = a.item_id and v.locale = a.locale and v.number = a.version_number
                          left join publication p on p.approval_id = a.id and p.ended_sequence is null
                         where b.part_id = :part and a.valid_until > :now
                           and (cast(:locale as text) is null or b.locale = :locale) and (cast(:market as text) is null or b.market = :market)
                           and (:everyMarket or b.market = any(:markets))
                           and not exists (select 1 from approval_end e where e.approval_id = a.id)
                         order by p.id is null, i.key, a.market, a.locale limit :limit
                        """)
                .param("part", partId).param("locale", locale).param("market", market).param("now", utc(now)).param("limit", limit)
                .param("everyMarket", actor.markets().contains("*")).param("markets", actor.markets().toArray(String[]::new))
                .query((row, _) -> holding(row, partId, now)).list();
    }

    private static Holding holding(ResultSet row, String partId, Instant now) throws SQLException {
        var container = container(row);
        return new Holding(new Impact(container.itemId(), row.getString("key"), row.getString("title"), container.locale(), container.market(),
                partId, row.getString("part_key"), container.partVersion(), container.relation(), Cause.WITHDRAWN, null,
                Consequence.NOT_PUBLISHED, null, now), row.getString("brand"), container);
    }

    private static Container container(ResultSet row) throws SQLException {
        return new Container(row.getString("approval_id"), row.getString("item_id"), row.getString("locale"), row.getString("market"),
                row.getString("publication_id"), row.getObject("part_version", Integer.class), row.getString("relation"),
                row.getBoolean("impacted"));
    }

    private static Impact impact(ResultSet row) throws SQLException {
        var until = row.getObject("served_until", OffsetDateTime.class);
        return new Impact(row.getString("item_id"), row.getString("key"), row.getString("title"), row.getString("locale"), row.getString("market"),
                row.getString("part_id"), row.getString("part_key"), row.getObject("part_version", Integer.class), row.getString("relation"),
                Kebab.parse(Cause.class, row.getString("cause")), row.getString("reason"), Kebab.parse(Consequence.class, row.getString("consequence")),
                until == null ? null : until.toInstant(), row.getObject("impacted_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
