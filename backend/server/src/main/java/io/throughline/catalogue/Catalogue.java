package io.throughline.catalogue;

import io.throughline.publication.PublishedFacets;
import io.throughline.shared.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads publications as they are from PostgreSQL, for single items and lists. Sets are made from [CatalogueProjection].
///
/// Callers put their reads into one repeatable-read transaction: the counter row changes with the publications, so one
/// snapshot shows exactly one sequence.
@Repository
public class Catalogue {

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    private final JdbcClient jdbc;
    private final AlteredDocuments altered;

    Catalogue(JdbcClient jdbc, AlteredDocuments altered) {
        this.jdbc = jdbc;
        this.altered = altered;
    }

    public long head() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }

    /// Up to where the index shows every change; 0 before it was ever built.
    public long indexedUpTo() {
        return jdbc.sql("select coalesce(max(sequence), 0) from search_cursor where index_name = 'catalogue'").query(Long.class).single();
    }

    /// Those of the publications that are current, in the order of the ids; what was ended is left out.
    List<Candidate> listCurrent(Collection<String> publicationIds) {
        if (publicationIds.isEmpty()) {
            return List.of();
        }
        var known = new HashMap<String, Candidate>();
        jdbc.sql("select " + COLUMNS + " from publication p where p.id = any(:ids) and p.ended_sequence is null")
                .param("ids", publicationIds.toArray(String[]::new))
                .query((row, _) -> read(row)).list()
                .forEach(candidate -> known.put(candidate.publicationId(), candidate));
        return publicationIds.stream().distinct().map(known::get).filter(Objects::nonNull).filter(it -> !altered.contains(it.publicationId())).toList();
    }

    /// @param now what is not effective at this moment doesn't count
    /// @return by item id, the nearest locale of each
    public Map<String, Candidate> findPaired(Collection<String> itemIds, String market, List<String> locales, Instant now) {
        if (itemIds.isEmpty()) {
            return Map.of();
        }
        var nearest = new LinkedHashMap<String, Candidate>();
        jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.item_id = any(:items) and p.market = :market and p.locale = any(:locales)
                           and p.ended_sequence is null
                           and p.effective_from <= :now and p.effective_until > :now
                         order by p.item_id, array_position(:locales, p.locale), p.id
                        """)
                .param("items", itemIds.toArray(String[]::new))
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> read(row)).list().stream().filter(candidate -> !altered.contains(candidate.publicationId()))
                .forEach(candidate -> nearest.putIfAbsent(candidate.itemId(), candidate));
        return nearest;
    }

    /// A publication and whether it ended; used for single items.
    public record State(Candidate candidate, @Nullable String endReason, @Nullable Instant endedAt) {}

    /// The current publications of an item in a market, nearest locale first; without any, the last one that ended.
    public List<State> listStates(String itemIdOrKey, String market, List<String> locales, Set<String> kinds) {
        return jdbc.sql("select " + COLUMNS + """
                               , p.end_reason, p.ended_at
                          from publication p join content_item i on i.id = p.item_id
                         where (i.id = :item or i.key = :item) and p.market = :market and p.locale = any(:locales) and p.kind = any(:kinds)
                         order by p.ended_sequence is not null, p.ended_sequence desc, array_position(:locales, p.locale)
                         limit 10
                        """)
                .param("item", itemIdOrKey)
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .query((row, _) -> state(row)).list().stream().filter(state -> !altered.contains(state.candidate().publicationId())).toList();
    }

    private State state(ResultSet row) throws SQLException {
        return new State(read(row), row.getString("end_reason"),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null));
    }

    public static Candidate read(ResultSet row) throws SQLException {
        var facets = Json.mapper().readValue(row.getString("facets").getBytes(StandardCharsets.UTF_8), PublishedFacets.class);
        return new Candidate(
                row.getString("id"), row.getString("item_id"), facets.key(), facets.title(), row.getInt("version_number"),
                row.getString("type"), row.getString("kind"), row.getString("brand"), row.getString("market"), row.getString("locale"),
                new Window(instant(row, "effective_from"), instant(row, "effective_until")),
                facets.approvedAt(), row.getLong("started_sequence"), facets.facets());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
