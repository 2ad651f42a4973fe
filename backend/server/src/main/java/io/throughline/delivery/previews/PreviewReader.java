package io.throughline.delivery.previews;

import io.throughline.content.Dialect;
import io.throughline.content.Item;
import io.throughline.delivery.choice.Place;
import io.throughline.identity.PreviewViewer;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads the newest words of items as they are being written. Whether somebody may see them is the caller's question.
@Repository
class PreviewReader {

    /// Fields that no rule and no ranking looks at, and that may be long.
    private static final String[] TEXTS = {"body", "steps", "summary", "text", "question"};

    private final JdbcClient jdbc;

    PreviewReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Previewed> find(String itemIdOrKey, String locale) {
        return jdbc.sql("select id from content_item where id = :it or key = :it").param("it", itemIdOrKey).query(String.class).optional()
                .map(id -> new Previewed.Place(id, locale)).map(place -> find(List.of(place)).get(place));
    }

    /// Those of the places that hold a draft or a version, in one statement.
    Map<Previewed.Place, Previewed> find(Collection<Previewed.Place> places) {
        return find(places, new String[0]);
    }

    /// The same without their long texts, for judging them.
    Map<Previewed.Place, Previewed> findFacts(Collection<Previewed.Place> places) {
        return find(places, TEXTS);
    }

    private Map<Previewed.Place, Previewed> find(Collection<Previewed.Place> places, String[] without) {
        if (places.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<Previewed.Place, Previewed>();
        jdbc.sql("""
                        select i.id, i.key, i.type, i.kind, i.brand, i.created_by, i.created_at, w.locale,
                               coalesce(d.document, v.document) - cast(:without as text[]) as document, v.number, v.schema_version, d.revision, coalesce(d.updated_at, v.submitted_at) as changed_at
                          from unnest(:ids, :locales) as w (item_id, locale)
                          join content_item i on i.id = w.item_id
                          left join content_draft d on d.item_id = w.item_id and d.locale = w.locale
                          left join lateral (select * from content_version x where d.item_id is null and x.item_id = w.item_id and x.locale = w.locale
                                              order by x.number desc limit 1) v on true
                         where d.item_id is not null or v.item_id is not null
                        """)
                .param("without", without)
                .param("ids", places.stream().map(Previewed.Place::itemId).toArray(String[]::new))
                .param("locales", places.stream().map(Previewed.Place::locale).toArray(String[]::new))
                .query((row, _) -> previewed(row)).list()
                .forEach(it -> found.put(it.place(), it));
        return found;
    }

    /// What a set could show before it is published, without long texts: drafts for these audiences, and the newest versions that are in
    /// review for the market or were certified for it, and have not been out there yet. Safety and prescribing information comes for any
    /// audience, since others are paired with it.
    ///
    /// @param companions content types of safety and prescribing information
    /// @param most       of each: drafts, companions' drafts, reviews, certifications, the newest first
    List<Previewed> listPending(PreviewViewer viewer, Collection<String> kinds, Collection<String> locales, Collection<String> audiences, String market,
            Collection<String> companions, Instant now, int most) {
        return jdbc.sql("""
                        with draft as (
                          (select d.* from content_draft d join content_item i on i.id = d.item_id
                            where d.document -> 'classification' -> 'audience' @> any(cast(:audiences as jsonb[])) and d.locale = any(:locales)
                              and i.kind = any(:kinds) and (:everyBrand or i.brand is null or i.brand = any(:brands))
                            order by d.updated_at desc, d.item_id limit :most)
                          union all
                          (select d.* from content_item i join content_draft d on d.item_id = i.id
                            where i.type = any(:companions) and d.locale = any(:locales)
                              and not coalesce(d.document -> 'classification' -> 'audience' @> any(cast(:audiences as jsonb[])), false)
                              and i.kind = any(:kinds) and (:everyBrand or i.brand is null or i.brand = any(:brands))
                            order by d.updated_at desc, d.item_id limit :most)),
                        offered as (
                          (select item_id, locale from review_job
                            where state in ('in-review', 'revise-and-resubmit') and market = :market and locale = any(:locales)
                            order by opened_at desc, id limit :most)
                          union
                          (select item_id, locale from approval
                            where market = :market and locale = any(:locales) and valid_until > :now
                              and not exists (select 1 from approval_end e where e.approval_id = approval.id)
                            order by approved_at desc, id limit :most))
                        select i.id, i.key, i.type, i.kind, i.brand, i.created_by, i.created_at, d.locale, d.document - cast(:without as text[]) as document,
                               null as number, null as schema_version, d.revision, d.updated_at as changed_at
                          from draft d join content_item i on i.id = d.item_id
                         union all
                        select i.id, i.key, i.type, i.kind, i.brand, i.created_by, i.created_at, v.locale, v.document - cast(:without as text[]) as document,
                               v.number, v.schema_version, null as revision, v.submitted_at as changed_at
                          from offered o
                          join content_item i on i.id = o.item_id
                          join lateral (select * from content_version x where x.item_id = o.item_id and x.locale = o.locale
                                         order by x.number desc limit 1) v on true
                         where i.kind = any(:kinds) and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (i.type = any(:companions) or v.document -> 'classification' -> 'audience' @> any(cast(:audiences as jsonb[])))
                           and not exists (select 1 from content_draft d where d.item_id = o.item_id and d.locale = o.locale)
                           and not exists (select 1 from publication p where p.item_id = o.item_id and p.locale = o.locale and p.market = :market
                                              and p.version_number = v.number and p.effective_from <= :now)
                        """)
                .param("audiences", audiences.stream().map(audience -> Json.text(Json.mapper().createArrayNode().add(audience))).toArray(String[]::new))
                .param("locales", locales.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("everyBrand", viewer.actor().brands().contains("*"))
                .param("brands", viewer.actor().brands().toArray(String[]::new))
                .param("market", market)
                .param("companions", companions.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .param("without", TEXTS)
                .query((row, _) -> previewed(row)).list();
    }

    /// Ids of the claims that the newest words of each place make, in their order.
    Map<Previewed.Place, List<String>> claims(Collection<Previewed.Place> places) {
        var claims = new HashMap<Previewed.Place, List<String>>();
        jdbc.sql("""
                        select l.item_id, l.locale, l.target_id
                          from unnest(:ids, :locales) as w (item_id, locale)
                          join content_link l on l.item_id = w.item_id and l.locale = w.locale and l.relation = 'claim'
                         order by l.item_id, l.locale, l.position
                        """)
                .param("ids", places.stream().map(Previewed.Place::itemId).toArray(String[]::new))
                .param("locales", places.stream().map(Previewed.Place::locale).toArray(String[]::new))
                .query(row -> {
                    claims.computeIfAbsent(new Previewed.Place(row.getString("item_id"), row.getString("locale")), _ -> new ArrayList<>())
                            .add(row.getString("target_id"));
                });
        return claims;
    }

    private static Previewed previewed(ResultSet row) throws SQLException {
        return new Previewed(
                new Item(row.getString("id"), row.getString("key"), row.getString("type"), row.getString("kind"), row.getString("brand"),
                        row.getString("created_by"), instant(row, "created_at")),
                row.getString("locale"), Json.parseObject(row.getString("document")), dialect(row), row.getObject("number", Integer.class),
                row.getObject("revision", Integer.class), instant(row, "changed_at"));
    }

    private static Dialect dialect(ResultSet row) throws SQLException {
        var schemaVersion = row.getObject("schema_version", Integer.class);
        return schemaVersion == null ? Dialect.NEWEST : Dialect.of(schemaVersion);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
