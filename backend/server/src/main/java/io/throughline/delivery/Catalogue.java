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

/// Reads publications as they are from PostgreSQL, for single items and lists. Sets are made from [CatalogueProjection].
///
/// Callers put their reads into one repeatable-read transaction: the counter row changes with the publications, so one
/// snapshot shows exactly one sequence.
@Repository
class Catalogue {

    private static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
            p.effective_from, p.effective_until, p.started_sequence, p.facets
            """;

    /// A quarter of the heap: what is not in memory costs a read of the database for the set that shows it.
    private static final long DOCUMENT_BYTES = Runtime.getRuntime().maxMemory() / 4;
    /// What an entry takes beside its bytes: the id, the hash, the heads of arrays, the cache's own node.
    private static final int ENTRY_BYTES = 320;

    // A publication's document never changes; it only stops being asked for.
    private final Cache<String, Document> documents = Caffeine.newBuilder()
            .maximumWeight(DOCUMENT_BYTES)
            .weigher((String id, Document document) -> ENTRY_BYTES + document.bytes().length)
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
        return publicationIds.stream().distinct().map(known::get).filter(Objects::nonNull).toList();
    }

    /// @param now what is not effective at this moment doesn't count
    /// @return by item id, the nearest locale of each
    Map<String, Candidate> findPaired(Collection<String> itemIds, String market, List<String> locales, Instant now) {
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
                .query((row, _) -> read(row)).list()
                .forEach(candidate -> nearest.putIfAbsent(candidate.itemId(), candidate));
        return nearest;
    }

    /// Materialised delivery documents by publication id.
    Map<String, Document> documents(Collection<String> publicationIds) {
        var found = new HashMap<>(documents.getAllPresent(publicationIds));
        var missing = publicationIds.stream().filter(id -> !found.containsKey(id)).toArray(String[]::new);
        if (missing.length > 0) {
            jdbc.sql("select id, document from publication where id = any(:ids)").param("ids", missing)
                    .query(row -> {
                        var id = row.getString("id");
                        var document = Document.of(row.getBytes("document"));
                        found.put(id, document);
                        documents.put(id, document);
                    });
        }
        return found;
    }

    /// Takes the newest documents into memory, as many as have room. Needs a transaction, in which the database sends them bit by bit.
    ///
    /// @return how many
    int warm() {
        return Objects.requireNonNull(jdbc.sql("select id, document from publication where ended_sequence is null order by effective_from desc limit :most")
                .withFetchSize(100).param("most", DOCUMENT_BYTES / ENTRY_BYTES)
                .query(rows -> {
                    long room = DOCUMENT_BYTES * 9 / 10;
                    int taken = 0;
                    while (room > 0 && rows.next()) {
                        var document = Document.of(rows.getBytes("document"));
                        documents.put(rows.getString("id"), document);
                        room -= ENTRY_BYTES + document.bytes().length;
                        taken++;
                    }
                    return taken;
                }));
    }

    boolean isInMemory(String publicationId) {
        return documents.getIfPresent(publicationId) != null;
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

    private State state(ResultSet row) throws SQLException {
        return new State(read(row), row.getString("end_reason"),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant).orElse(null));
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
