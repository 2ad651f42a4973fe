package io.throughline.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

/// Reads publications as they are, or as they were at a content sequence. The truth that every answer is checked against.
///
/// Callers put their reads into one repeatable-read transaction: the counter row changes with the publications, so one
/// snapshot shows exactly one sequence.
@Repository
class Catalogue {

    /// More than this in one scope is a job for the index; the caller then says that it can't answer.
    static final int SCAN_LIMIT = 5_000;

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    // Everything a candidate is made of is immutable; only whether it is current is asked each time.
    private final Cache<String, Candidate> candidates = Caffeine.newBuilder().maximumSize(100_000).build();
    private final Cache<String, String> documents = Caffeine.newBuilder()
            .maximumWeight(64L << 20)
            .weigher((String id, String document) -> id.length() + document.length())
            .build();
    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long head() {
        return jdbc.sql("select value from content_sequence").query(Long.class).single();
    }

    /// Up to where the index shows every change; 0 before it was ever built.
    long indexedUpTo() {
        return jdbc.sql("select coalesce(max(sequence), 0) from search_cursor where index_name = 'catalogue'").query(Long.class).single();
    }

    /// The newest sequence that was taken at or before the moment; 0 before the first.
    long headAt(Instant moment) {
        return jdbc.sql("select coalesce(max(sequence), 0) from content_change where at <= :at")
                .param("at", moment.atOffset(ZoneOffset.UTC))
                .query(Long.class).single();
    }

    /// Those of the publications that are current, in the order of the ids; what was ended is left out.
    List<Candidate> listCurrent(Collection<String> publicationIds) {
        if (publicationIds.isEmpty()) {
            return List.of();
        }
        var current = Set.copyOf(jdbc.sql("select id from publication where id = any(:ids) and ended_sequence is null")
                .param("ids", publicationIds.toArray(String[]::new))
                .query(String.class).list());
        var known = new HashMap<String, Candidate>();
        var missing = new ArrayList<String>();
        for (var id : current) {
            var candidate = candidates.getIfPresent(id);
            if (candidate == null) {
                missing.add(id);
            } else {
                known.put(id, candidate);
            }
        }
        if (!missing.isEmpty()) {
            jdbc.sql("select " + COLUMNS + " from publication p where p.id = any(:ids)")
                    .param("ids", missing.toArray(String[]::new))
                    .query((row, _) -> candidate(row)).list()
                    .forEach(candidate -> known.put(candidate.publicationId(), candidate));
        }
        return publicationIds.stream().distinct().map(known::get).filter(Objects::nonNull).toList();
    }

    /// Everything current in a market and its locales that started after a sequence; empty when there is more than
    /// [#SCAN_LIMIT], because a part of it would be no proof of anything.
    Optional<List<Candidate>> listStartedAfter(long sequence, String market, List<String> locales, Set<String> kinds) {
        var found = jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.ended_sequence is null and p.market = :market and p.locale = any(:locales)
                           and p.started_sequence > :after and p.kind = any(:kinds)
                         limit :limit
                        """)
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("after", sequence)
                .param("kinds", kinds.toArray(String[]::new))
                .param("limit", SCAN_LIMIT + 1)
                .query((row, _) -> candidate(row)).list();
        return found.size() > SCAN_LIMIT ? Optional.empty() : Optional.of(found);
    }

    /// What was current in a market at a past sequence; empty when there is more than [#SCAN_LIMIT].
    Optional<List<Candidate>> listAsOf(long sequence, String market, List<String> locales, Set<String> kinds) {
        var found = jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.market = :market and p.locale = any(:locales) and p.kind = any(:kinds)
                           and p.started_sequence <= :sequence and (p.ended_sequence is null or p.ended_sequence > :sequence)
                         limit :limit
                        """)
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("sequence", sequence)
                .param("limit", SCAN_LIMIT + 1)
                .query((row, _) -> candidate(row)).list();
        return found.size() > SCAN_LIMIT ? Optional.empty() : Optional.of(found);
    }

    /// For explanations: what touches one of the needs anywhere the credential may look, current or recently ended.
    List<Candidate> listNear(Set<String> needs, Set<String> kinds, Set<String> markets, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.ended_sequence is null and p.kind = any(:kinds) and p.market = any(:markets)
                           and (cardinality(:needs) = 0 or jsonb_exists_any(p.facets->'need', :needs))
                         order by p.started_sequence desc
                         limit :limit
                        """)
                .param("kinds", kinds.toArray(String[]::new))
                .param("markets", markets.toArray(String[]::new))
                .param("needs", needs.toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> candidate(row)).list();
    }

    /// @param sequence of the answer, or null for now
    /// @param now      what is not effective at this moment doesn't count
    /// @return by item id, the nearest locale of each
    Map<String, Candidate> findPaired(Collection<String> itemIds, String market, List<String> locales, @Nullable Long sequence, Instant now) {
        if (itemIds.isEmpty()) {
            return Map.of();
        }
        var nearest = new LinkedHashMap<String, Candidate>();
        jdbc.sql("select " + COLUMNS + """
                          from publication p
                         where p.item_id = any(:items) and p.market = :market and p.locale = any(:locales)
                           and (cast(:sequence as bigint) is null and p.ended_sequence is null
                                or p.started_sequence <= :sequence and (p.ended_sequence is null or p.ended_sequence > :sequence))
                           and p.effective_from <= :now and p.effective_until > :now
                         order by p.item_id, array_position(:locales, p.locale), p.id
                        """)
                .param("items", itemIds.toArray(String[]::new))
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("sequence", sequence)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> candidate(row)).list()
                .forEach(candidate -> nearest.putIfAbsent(candidate.itemId(), candidate));
        return nearest;
    }

    /// When the next scheduled publication of the scope starts; null when none is waiting.
    ///
    /// @param sequence of the answer, or null for now
    @Nullable Instant nextStart(String market, List<String> locales, Set<String> kinds, @Nullable Long sequence, Instant now) {
        return jdbc.sql("""
                        select min(effective_from) as start from publication
                         where effective_from > :now
                           and (cast(:sequence as bigint) is null and ended_sequence is null
                                or started_sequence <= :sequence and (ended_sequence is null or ended_sequence > :sequence))
                           and market = :market and locale = any(:locales) and kind = any(:kinds)
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("sequence", sequence)
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .query((row, _) -> Optional.ofNullable(row.getObject("start", OffsetDateTime.class)).map(OffsetDateTime::toInstant))
                .single().orElse(null);
    }

    /// Materialised delivery documents, JSON objects as text, by publication id.
    Map<String, String> documents(Collection<String> publicationIds) {
        var found = new HashMap<>(documents.getAllPresent(publicationIds));
        var missing = publicationIds.stream().filter(id -> !found.containsKey(id)).toArray(String[]::new);
        if (missing.length > 0) {
            jdbc.sql("select id, document from publication where id = any(:ids)").param("ids", missing)
                    .query((row, _) -> Map.entry(row.getString("id"), row.getString("document"))).list()
                    .forEach(entry -> {
                        found.put(entry.getKey(), entry.getValue());
                        documents.put(entry.getKey(), entry.getValue());
                    });
        }
        return found;
    }

    /// A publication and whether it ended; used for single items.
    record State(Candidate candidate, @Nullable String endReason, @Nullable Instant endedAt) {}

    /// The current publications of an item in a market, nearest locale first; without any, the last one that ended.
    List<State> listStates(String itemIdOrKey, String market, List<String> locales, Set<String> kinds) {
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
                .query((row, _) -> state(row)).list();
    }

    /// For explanations: what was withdrawn or has expired here and was not published again, the latest first.
    List<State> listEnded(Set<String> needs, Set<String> kinds, String market, List<String> locales, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                               , p.end_reason, p.ended_at
                          from publication p
                         where p.ended_sequence is not null and p.end_reason in ('withdrawn', 'expired')
                           and p.market = :market and p.locale = any(:locales) and p.kind = any(:kinds)
                           and (cardinality(:needs) = 0 or jsonb_exists_any(p.facets->'need', :needs))
                           and not exists (select 1 from publication n where n.item_id = p.item_id and n.market = p.market
                                              and n.started_sequence > p.started_sequence)
                         order by p.ended_sequence desc
                         limit :limit
                        """)
                .param("needs", needs.toArray(String[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("market", market)
                .param("locales", locales.toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> state(row)).list();
    }

    private State state(ResultSet row) throws SQLException {
        return new State(candidate(row), row.getString("end_reason"),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null));
    }

    private Candidate candidate(ResultSet row) throws SQLException {
        var known = candidates.getIfPresent(row.getString("id"));
        if (known != null) {
            return known;
        }
        var candidate = read(row);
        candidates.put(candidate.publicationId(), candidate);
        return candidate;
    }

    static Candidate read(ResultSet row) throws SQLException {
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
