package io.throughline.delivery.sync;

import io.throughline.catalogue.ItemPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which places of a scope a copy holds, and which may differ between two moments. What stands in them is told by [CatalogueHistory].
@Repository
class SyncHistory {

    /// A place whose content may have changed.
    ///
    /// @param sequence the change that came last; for a window that began or ended, the one that its publication took
    record Touched(ItemPlace place, long sequence) {}

    private final JdbcClient jdbc;

    SyncHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What was current and effective in a scope, in the order of publication: places that follow a position.
    List<Touched> listHeld(SyncScope scope, long sequence, Instant at, SyncToken.Position after, int limit) {
        return jdbc.sql("""
                        select p.item_id, p.market, p.locale, p.started_sequence as sequence
                          from publication p
                         where p.started_sequence > :after and p.started_sequence <= :sequence
                           and (p.ended_sequence is null or p.ended_sequence > :sequence)
                           and p.effective_from <= :at and p.effective_until > :at
                           and p.market = any(:markets) and p.locale = any(:locales) and p.kind = any(:kinds)
                           and (cardinality(cast(:types as text[])) = 0 or p.type = any(:types))
                           and (:everyBrand or coalesce(p.brand, 'none') = any(:brands))
                         order by p.started_sequence
                         limit :limit
                        """)
                .param("after", after.sequence()).param("sequence", sequence).param("at", utc(at))
                .param("markets", array(scope.markets())).param("locales", array(scope.locales())).param("kinds", array(scope.kinds()))
                .param("types", array(scope.types())).param("limit", limit)
                .param("everyBrand", scope.readable().brands().coversEvery()).param("brands", scope.readable().brands().array())
                .query((row, _) -> touched(row)).list();
    }

    /// Every place whose content may differ between (`from`, `since`) and (`to`, `until`), both ends included only at the later
    /// one: by a change, by a window that began or ended, by either of them in what is shown with it, or because the scope lost it.
    /// In the order of their sequence, then of their names, after a position.
    ///
    /// @param held  the scope that the copy was made for
    /// @param reads what of it the credential still reads
    List<Touched> listTouched(SyncScope held, SyncScope reads, long from, Instant since, long to, Instant until, SyncToken.Position after, int limit) {
        return jdbc.sql("""
                        with touched as materialized (
                          select c.item_id, c.market, c.locale, c.sequence
                            from content_change c
                           where c.sequence > :from and c.sequence <= :to and c.item_id is not null and c.market is not null and c.locale is not null
                          union all
                          select p.item_id, p.market, p.locale, p.started_sequence
                            from publication p
                           where p.started_sequence <= :to and p.effective_from > :since and p.effective_from <= :until
                          union all
                          select p.item_id, p.market, p.locale, p.started_sequence
                            from publication p
                           where p.started_sequence <= :to and p.effective_until > :since and p.effective_until <= :until
                        ), around as (
                          select item_id, market, locale, sequence from touched
                          union all
                          select d.item_id, d.market, d.locale, t.sequence
                            from touched t
                            join publication d on d.facets->>'safetyInformation' = t.item_id and d.market = t.market and d.locale = t.locale
                           where d.started_sequence <= :to and (d.ended_sequence is null or d.ended_sequence > :from)
                          union all
                          select d.item_id, d.market, d.locale, t.sequence
                            from touched t
                            join publication d on d.facets->>'prescribingInformation' = t.item_id and d.market = t.market and d.locale = t.locale
                           where d.started_sequence <= :to and (d.ended_sequence is null or d.ended_sequence > :from)
                          union all
                          select d.item_id, d.market, d.locale, t.sequence
                            from touched t
                            join publication d on jsonb_path_query_array(d.facets, '$.rules[*].**') @> to_jsonb(t.item_id)
                                              and d.market = t.market and d.locale = t.locale
                           where d.started_sequence <= :to and (d.ended_sequence is null or d.ended_sequence > :from)
                          union all
                          select p.item_id, p.market, p.locale, p.started_sequence
                            from publication p
                           where :shrank and p.started_sequence <= :from and (p.ended_sequence is null or p.ended_sequence > :from)
                             and not (p.market = any(:readMarkets) and p.locale = any(:readLocales) and p.kind = any(:readKinds)
                                      and (:everyBrand or coalesce(p.brand, 'none') = any(:readBrands)))
                        )
                        select item_id, market, locale, max(sequence) as sequence
                          from around
                         where market = any(:markets) and locale = any(:locales)
                         group by item_id, market, locale
                        having (max(sequence), item_id, market, locale) > (:afterSequence, :afterItem, :afterMarket, :afterLocale)
                         order by max(sequence), item_id, market, locale
                         limit :limit
                        """)
                .param("from", from).param("to", to).param("since", utc(since)).param("until", utc(until))
                .param("shrank", !held.equals(reads))
                .param("readMarkets", array(reads.markets())).param("readLocales", array(reads.locales())).param("readKinds", array(reads.kinds()))
                .param("everyBrand", reads.readable().brands().coversEvery()).param("readBrands", reads.readable().brands().array())
                .param("markets", array(held.markets())).param("locales", array(held.locales()))
                .param("afterSequence", after.sequence()).param("afterItem", after.itemId()).param("afterMarket", after.market())
                .param("afterLocale", after.locale()).param("limit", limit)
                .query((row, _) -> touched(row)).list();
    }

    private static Touched touched(ResultSet row) throws SQLException {
        return new Touched(new ItemPlace(row.getString("item_id"), row.getString("market"), row.getString("locale")), row.getLong("sequence"));
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
