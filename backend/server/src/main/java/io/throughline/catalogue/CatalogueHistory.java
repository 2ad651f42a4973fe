package io.throughline.catalogue;

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
public class CatalogueHistory {

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    /// The newest publication of a place.
    ///
    /// @param endReason null while it is current
    public record Last(Candidate candidate, @Nullable String endReason) {

        /// Whether copies of it have to go (RV-7): it was withdrawn, or left because of what it held.
        public boolean isWithdrawn() {
            return "withdrawn".equals(endReason) || "impacted".equals(endReason);
        }
    }

    private final JdbcClient jdbc;
    private final AlteredDocuments altered;

    CatalogueHistory(JdbcClient jdbc, AlteredDocuments altered) {
        this.jdbc = jdbc;
        this.altered = altered;
    }

    /// For each publication, ended or not, what is current in its place; nothing where nothing is.
    public Map<String, Candidate> currentInPlaceOf(Collection<String> publicationIds) {
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
    public List<Candidate> asOf(Collection<ItemPlace> places, long sequence) {
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
    public Map<String, Candidate> findPaired(Collection<String> itemIds, String market, String locale, long sequence, Instant at) {
        var places = itemIds.stream().map(id -> new ItemPlace(id, market, locale)).toList();
        var found = new HashMap<String, Candidate>();
        if (!places.isEmpty()) {
            asOf(places, sequence).stream().filter(candidate -> candidate.window().contains(at)).forEach(candidate -> found.put(candidate.itemId(), candidate));
        }
        return found;
    }

    public Map<ItemPlace, Last> last(Collection<ItemPlace> places) {
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

    /// Of items by id or key, what there was last in any of the places: what is current before what has ended, else the last that ended.
    public List<Last> lastOf(Collection<String> idsOrKeys, Set<String> markets, Set<String> locales) {
        return jdbc.sql("select distinct on (p.item_id) p.end_reason, " + COLUMNS + """
                          from publication p join content_item i on i.id = p.item_id
                         where (i.id = any(:names) or i.key = any(:names)) and p.market = any(:markets) and p.locale = any(:locales)
                         order by p.item_id, p.ended_sequence is not null, p.ended_sequence desc
                        """)
                .param("names", idsOrKeys.toArray(String[]::new)).param("markets", array(markets)).param("locales", array(locales))
                .query((row, _) -> new Last(Catalogue.read(row), row.getString("end_reason"))).list();
    }

    /// When the first change after a sequence came; empty when it is still the newest.
    public Optional<Instant> nextChangeAfter(long sequence) {
        return jdbc.sql("select at from content_change where sequence > :sequence order by sequence limit 1").param("sequence", sequence)
                .query((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant()).optional();
    }

    /// The first moment before `before` at which a window in the markets and locales begins or ends; `before` when there is none.
    public Instant nextWindow(Set<String> markets, Set<String> locales, Instant now, Instant before) {
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
