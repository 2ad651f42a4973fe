package io.throughline.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads publications by place, as they are and as they were, and what has changed between two moments. Publications are
/// only ever added and ended, so every past state can still be told.
@Repository
class CatalogueHistory {

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    /// A place whose content may have changed.
    ///
    /// @param sequence the change that came last; for a window that began or ended, the one that its publication took
    record Touched(ItemPlace place, long sequence) {}

    /// The newest publication of a place.
    ///
    /// @param endReason null while it is current
    record Last(Candidate candidate, @Nullable String endReason) {}

    private final JdbcClient jdbc;
    private final AlteredDocuments altered;

    CatalogueHistory(JdbcClient jdbc, AlteredDocuments altered) {
        this.jdbc = jdbc;
        this.altered = altered;
    }

    /// For each publication, ended or not, what is current in its place; nothing where nothing is.
    Map<String, Candidate> currentInPlaceOf(Collection<String> publicationIds) {
        var found = new HashMap<String, Candidate>();
        jdbc.sql("select listed.id as listed, " + COLUMNS + """
                          from publication listed
                          join publication p on p.item_id = listed.item_id and p.market = listed.market and p.locale = listed.locale
                                            and p.ended_sequence is null
                         where listed.id = any(:ids)
                        """)
                .param("ids", publicationIds.toArray(String[]::new))
                .query((row, _) -> Map.entry(row.getString("listed"), Catalogue.read(row))).list().stream()
                .filter(entry -> !altered.contains(entry.getValue().publicationId()))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /// What was current in the places at a sequence.
    List<Candidate> asOf(Collection<ItemPlace> places, long sequence) {
        return altered.without(jdbc.sql("select " + COLUMNS + """
                          from unnest(cast(:items as text[]), cast(:markets as text[]), cast(:locales as text[])) as place (item_id, market, locale)
                          join publication p on p.item_id = place.item_id and p.market = place.market and p.locale = place.locale
                         where p.started_sequence <= :sequence and (p.ended_sequence is null or p.ended_sequence > :sequence)
                        """)
                .param("items", texts(places, ItemPlace::itemId)).param("markets", texts(places, ItemPlace::market))
                .param("locales", texts(places, ItemPlace::locale)).param("sequence", sequence)
                .query((row, _) -> Catalogue.read(row)).list());
    }

    /// Those of the items that were current and effective at a state, by item id.
    Map<String, Candidate> findPaired(Collection<String> itemIds, String market, String locale, long sequence, Instant at) {
        var places = itemIds.stream().map(id -> new ItemPlace(id, market, locale)).toList();
        var found = new HashMap<String, Candidate>();
        if (!places.isEmpty()) {
            asOf(places, sequence).stream().filter(candidate -> candidate.window().contains(at)).forEach(candidate -> found.put(candidate.itemId(), candidate));
        }
        return found;
    }

    Map<ItemPlace, Last> last(Collection<ItemPlace> places) {
        var found = new HashMap<ItemPlace, Last>();
        jdbc.sql("select distinct on (p.item_id, p.market, p.locale) p.end_reason, " + COLUMNS + """
                          from unnest(cast(:items as text[]), cast(:markets as text[]), cast(:locales as text[])) as place (item_id, market, locale)
                          join publication p on p.item_id = place.item_id and p.market = place.market and p.locale = place.locale
                         order by p.item_id, p.market, p.locale, p.started_sequence desc
                        """)
                .param("items", texts(places, ItemPlace::itemId)).param("markets", texts(places, ItemPlace::market))
                .param("locales", texts(places, ItemPlace::locale))
                .query((row, _) -> new Last(Catalogue.read(row), row.getString("end_reason"))).list()
                .forEach(last -> found.put(ItemPlace.of(last.candidate()), last));
        return found;
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

    /// When the first change after a sequence came; empty when it is still the newest.
    Optional<Instant> nextChangeAfter(long sequence) {
        return jdbc.sql("select at from content_change where sequence > :sequence order by sequence limit 1").param("sequence", sequence)
                .query((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant()).optional();
    }

    /// The first moment before `before` at which a window in the markets and locales begins or ends; `before` when there is none.
    Instant nextWindow(Set<String> markets, Set<String> locales, Instant now, Instant before) {
        return jdbc.sql("""
                        select least(:before,
                          (select min(effective_from) from publication where ended_sequence is null and effective_from > :now and effective_from < :before
                              and market = any(:markets) and locale = any(:locales)),
                          (select min(effective_until) from publication where ended_sequence is null and effective_until > :now and effective_until < :before
                              and market = any(:markets) and locale = any(:locales))) as next
                        """)
                .param("before", utc(before)).param("now", utc(now)).param("markets", array(markets)).param("locales", array(locales))
                .query((row, _) -> row.getObject("next", OffsetDateTime.class).toInstant()).single();
    }

    private static Touched touched(ResultSet row) throws SQLException {
        return new Touched(new ItemPlace(row.getString("item_id"), row.getString("market"), row.getString("locale")), row.getLong("sequence"));
    }

    private static String[] texts(Collection<ItemPlace> places, Function<ItemPlace, String> part) {
        return places.stream().map(part).toArray(String[]::new);
    }

    private static String[] array(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
