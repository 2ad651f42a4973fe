package io.throughline.search;

import io.throughline.catalogue.CatalogueListener;
import io.throughline.delivery.ItemSearch;
import io.throughline.search.Indices.Write;
import io.throughline.search.Pump.Progress;
import io.throughline.shared.DatabasePool;
import io.throughline.shared.Json;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Copies the changes of the catalogue into Elasticsearch, in their order, one node at a time.
///
/// `content_change` is the outbox: the cursor row says how far the index shows it, and is locked while a batch is written, so
/// nodes take turns. The cursor moves only after every write of the batch was answered and the index was refreshed.
///
/// What was superseded stays for a while, marked with the sequence that ended it: lists that began before go on from there
/// (ADR 14). What was withdrawn or has expired goes at once.
@Component
class CatalogueIndexer implements CatalogueListener {

    static final String NAME = "catalogue";
    /// The cursor moves, and the index is refreshed, after so many changes at most. Larger than what anybody publishes at once,
    /// because a refresh takes as long as writing a thousand.
    private static final int BATCH = 20_000;
    private static final int FETCH = 500;
    private static final Duration KEPT = ItemSearch.CURSOR_LIFE.multipliedBy(2);

    /// Publication ids that stand on one side only, and the sequence at which both were compared.
    record Drift(long sequence, Set<String> missing, Set<String> surplus) {
        boolean isNone() {
            return missing.isEmpty() && surplus.isEmpty();
        }
    }

    private static final String PUBLICATION = CatalogueDocument.COLUMNS;

    private final JdbcClient jdbc;
    private final Indices indices;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Steps steps;
    private final Pump pump;

    CatalogueIndexer(JdbcClient jdbc, Indices indices, PlatformTransactionManager transactions, Clock clock, Steps steps) {
        this.jdbc = jdbc;
        this.indices = indices;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.steps = steps;
        this.pump = new Pump("catalogue index", () -> DatabasePool.DELIVERY.call(this::advance));
    }

    Pump pump() {
        return pump;
    }

    @Override
    public void advanced(long sequence) {
        pump.wake();
    }

    /// Writes one batch.
    Progress advance() throws IOException {
        ensureIndex();
        var copied = new AtomicInteger();
        inTransaction(() -> {
            var cursor = lockCursor(true);
            copied.set(cursor.isPresent() ? copyChanges(indices.alias(NAME), cursor.get()) : 0);
            return true;
        });
        if (copied.get() > 0) {
            steps.reached(Step.CATALOGUE_INDEX_COMMITTED);
        }
        return copied.get() == 0 ? Progress.NOTHING : copied.get() == BATCH ? Progress.PART : Progress.ALL;
    }

    /// Builds the index anew beside the old one and then lets the alias point to it: searches never see a half-built one. Does
    /// nothing while an index is being built already.
    void rebuild() throws IOException {
        rebuild(true);
    }

    private void rebuild(boolean evenIfThere) throws IOException {
        inTransaction(() -> {
            if (isMineToBuild(jdbc) && (evenIfThere || isMissing())) {
                build();
            }
            return true;
        });
    }

    /// Nodes that start together must not build the same index twice, and two indexes are not built at once. Nobody waits for it:
    /// a large one takes minutes, longer than an answer of the database may.
    static boolean isMineToBuild(JdbcClient jdbc) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtext('search-rebuild'))").query(Boolean.class).single();
    }

    private void build() throws IOException {
        var index = indices.createToLoad(NAME);
        steps.reached(Step.CATALOGUE_REBUILD_CREATED);
        long from = jdbc.sql("select value from content_sequence").query(Long.class).single();
        copyCurrent(index, from);
        indices.loaded(index);
        inTransaction(() -> {
            jdbc.sql("insert into search_cursor (index_name, sequence) values (:name, 0) on conflict do nothing").param("name", NAME).update();
            lockCursor(false);
            long at = from;
            while (copyChanges(index, at) == BATCH) {
                at = jdbc.sql("select sequence from search_cursor where index_name = :name").param("name", NAME).query(Long.class).single();
            }
            if (at == from) {
                moveCursor(Math.max(from, jdbc.sql("select sequence from search_cursor where index_name = :name").param("name", NAME).query(Long.class).single()), index);
            }
            steps.reached(Step.CATALOGUE_REBUILD_FILLED);
            indices.switchTo(NAME, index);
            steps.reached(Step.CATALOGUE_REBUILD_SWITCHED);
            return true;
        });
    }

    /// Compares the index with the publications as of the cursor, id by id.
    Drift compare() throws IOException {
        var result = new ArrayList<Drift>(1);
        inTransaction(() -> {
            long cursor = lockCursor(false).orElse(0L);
            Set<String> expected = new HashSet<>(jdbc.sql("""
                            select id from publication
                             where started_sequence <= :cursor and (ended_sequence is null or ended_sequence > :cursor)
                            """).param("cursor", cursor).query(String.class).list());
            var surplus = new HashSet<String>();
            String after = null;
            while (true) {
                var ids = idsAfter(after);
                if (ids.isEmpty()) {
                    break;
                }
                ids.forEach(id -> {
                    if (!expected.remove(id)) {
                        surplus.add(id);
                    }
                });
                after = ids.getLast();
            }
            result.add(new Drift(cursor, Set.copyOf(expected), Set.copyOf(surplus)));
            return true;
        });
        return result.getFirst();
    }

    private List<String> idsAfter(@Nullable String after) throws IOException {
        var search = Json.object().put("size", 5_000).put("_source", false);
        search.set("query", Clauses.missing("endedSequence"));
        Clauses.sort(search.putArray("sort"), "id", "asc");
        if (after != null) {
            search.putArray("search_after").add(after);
        }
        var ids = new ArrayList<String>();
        indices.search(NAME, search).path("hits").path("hits").forEach(hit -> ids.add(hit.path("_id").asString()));
        return ids;
    }

    /// Whether there is an index of the present definition, finished; until then the indexer is about to build it.
    boolean isBuilt() throws IOException {
        return !isMissing();
    }

    private void ensureIndex() throws IOException {
        if (isMissing()) {
            rebuild(false);
        }
    }

    /// An index without its cursor was never finished: a server died between pointing the alias to it and committing.
    private boolean isMissing() throws IOException {
        return !indices.isThere(NAME)
                || jdbc.sql("select 1 from search_cursor where index_name = :name").param("name", NAME).query(Integer.class).optional().isEmpty();
    }

    /// Empty when another node holds it and `skip` is set, or when the index was never built.
    private Optional<Long> lockCursor(boolean skip) {
        return jdbc.sql(skip
                        ? "select sequence from search_cursor where index_name = :name for update skip locked"
                        : "select sequence from search_cursor where index_name = :name for update")
                .param("name", NAME).query(Long.class).optional();
    }

    private int copyChanges(String index, long after) throws IOException {
        var feed = new BulkFeed(indices, index);
        var last = new AtomicLong(after);
        int copied = stream(jdbc.sql("select c.sequence, c.type as change, c.publication_id, " + PUBLICATION + """
                          from content_change c left join publication p on p.id = c.publication_id
                         where c.sequence > :after order by c.sequence limit :batch
                        """)
                .param("after", after).param("batch", BATCH), row -> {
                    long sequence = row.getLong("sequence");
                    var id = row.getString("publication_id");
                    if (id != null && !row.getString("change").equals("changed")) {
                        feed.add(id, sequence, switch (row.getString("change")) {
                            case "published" -> CatalogueDocument.read(row);
                            case "superseded" -> CatalogueDocument.read(row, true);
                            case String gone -> null;
                        });
                    }
                    last.set(sequence);
                });
        if (copied == 0) {
            return 0;
        }
        steps.reached(Step.CATALOGUE_INDEX_READ);
        feed.finish();
        steps.reached(Step.CATALOGUE_INDEX_WRITTEN);
        moveCursor(last.get(), index);
        steps.reached(Step.CATALOGUE_INDEX_MOVED);
        return copied;
    }

    private void moveCursor(long sequence, String index) throws IOException {
        indices.refresh(index);
        jdbc.sql("update search_cursor set sequence = :sequence where index_name = :name")
                .param("sequence", sequence).param("name", NAME).update();
    }

    private void copyCurrent(String index, long upTo) throws IOException {
        var feed = new BulkFeed(indices, index);
        stream(jdbc.sql("select " + PUBLICATION + """
                          from publication p
                         where p.started_sequence <= :upTo
                           and (p.ended_sequence is null or p.ended_sequence > :upTo or p.end_reason = 'superseded' and p.ended_at > :since)
                        """)
                .param("upTo", upTo).param("since", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)), row -> {
                    long ended = row.getLong("ended_sequence");
                    boolean over = ended > 0 && ended <= upTo;
                    feed.add(row.getString("id"), over ? ended : row.getLong("started_sequence"), CatalogueDocument.read(row, over));
                });
        feed.finish();
    }

    /// Takes out what was superseded so long ago that no cursor goes on from there.
    void forgetSuperseded() throws IOException {
        while (true) {
            var search = Json.object().put("size", FETCH).put("_source", false);
            search.set("query", Clauses.range("endedAt", "lte", clock.instant().minus(KEPT).toString()));
            search.putArray("docvalue_fields").add("endedSequence");
            var old = indices.search(NAME, search).path("hits").path("hits").valueStream()
                    .map(hit -> new Write(hit.path("_id").asString(), hit.path("fields").path("endedSequence").path(0).asLong(), null)).toList();
            if (old.isEmpty()) {
                return;
            }
            indices.bulk(indices.alias(NAME), old);
            indices.refresh(indices.alias(NAME));
        }
    }

    private interface Row {
        void take(ResultSet row) throws SQLException, IOException;
    }

    /// Row by row as the database sends them; needs the transaction that it is called in. Answers with their number.
    private static int stream(JdbcClient.StatementSpec statement, Row each) {
        var count = new AtomicInteger();
        statement.withFetchSize(FETCH).query(row -> {
            try {
                each.take(row);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            count.incrementAndGet();
        });
        return count.get();
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private boolean inTransaction(Work work) throws IOException {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                try {
                    return work.run();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed); // rolls back: the cursor stays
                }
            }));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
