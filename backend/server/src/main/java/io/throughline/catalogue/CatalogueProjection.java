package io.throughline.catalogue;

import io.throughline.strategy.Strategies;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// This node's copy of what is published: read from PostgreSQL once, then moved on change by change by [CatalogueClock].
///
/// There is one writer. Readers take [#current] once and work on that: no lock, one sequence from the first look to the last.
@Component
public class CatalogueProjection {

    private static final Logger log = LoggerFactory.getLogger(CatalogueProjection.class);
    private static final int FETCH = 2_000;
    private static final int PROGRESS = 100_000;
    /// Clocks of nodes may differ by less than this; what began before then is not upcoming for anybody.
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Strategies strategies;
    private final Clock clock;
    private CandidateReader reader = new CandidateReader();
    private volatile CatalogueState current = CatalogueState.NOTHING_READ;

    CatalogueProjection(Strategies strategies, Clock clock) {
        this.strategies = strategies;
        this.clock = clock;
    }

    public CatalogueState current() {
        return current;
    }

    /// For the writer: turns rows into candidates that share what is equal.
    CandidateReader reader() {
        return reader;
    }

    /// Reads everything anew, in one snapshot of the database.
    void load(Connection connection) throws SQLException {
        long started = System.nanoTime();
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader = new CandidateReader();
            current = read(connection);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
        log.info("Read {} publications at sequence {} in {} ms", current.count(), current.sequence(), (System.nanoTime() - started) / 1_000_000);
    }

    private CatalogueState read(Connection connection) throws SQLException {
        long sequence = number(connection, "select value from content_sequence");
        var found = new HashMap<MarketCatalogue.Alike, List<Candidate>>();
        int read = 0;
        try (var query = connection.prepareStatement("""
                select p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type, p.brand,
                       p.effective_from, p.effective_until, p.started_sequence, p.facets
                  from publication p where p.ended_sequence is null
                """)) {
            query.setFetchSize(FETCH);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var candidate = reader.read(rows);
                    found.computeIfAbsent(MarketCatalogue.Alike.of(candidate), _ -> new ArrayList<>()).add(candidate);
                    if (++read % PROGRESS == 0) {
                        log.info("Reading what is published: {} publications so far", read);
                    }
                }
            }
        }
        var edits = new HashMap<String, MarketEdit>();
        long horizon = horizon();
        new TreeMap<>(found).values().forEach(alike -> {
            alike.sort(Comparator.comparing(Candidate::approvedAt).reversed());
            alike.forEach(candidate -> edits.computeIfAbsent(candidate.market(), _ -> new MarketEdit(MarketCatalogue.EMPTY, horizon)).add(candidate));
        });
        var markets = new HashMap<String, MarketCatalogue>();
        edits.forEach((market, edit) -> markets.put(market, edit.done()));
        return new CatalogueState(sequence, strategies.lastChange(sequence), markets);
    }

    /// Moves on by the changes after the current sequence, all of them, in their order.
    ///
    /// @throws IllegalStateException when they do not follow from what is here; nothing has changed then, and [#load] mends it
    void apply(List<CatalogueChange> changes) {
        var before = current;
        var edits = new HashMap<String, MarketEdit>();
        long horizon = horizon();
        long sequence = before.sequence();
        long activation = before.activation();
        for (var change : changes) {
            if (change.sequence() != sequence + 1) {
                throw new IllegalStateException("after sequence " + sequence + " came " + change.sequence());
            }
            sequence = change.sequence();
            if (change.touchesStrategy()) {
                activation = sequence;
            } else if (change.published() != null) {
                edit(edits, before, change.published().market(), horizon).add(change.published());
            } else if (change.endedPublicationId() != null) {
                edit(edits, before, Objects.requireNonNull(change.market()), horizon)
                        .remove(Objects.requireNonNull(change.itemId()), change.endedPublicationId());
            }
        }
        if (edits.isEmpty()) {
            current = new CatalogueState(sequence, activation, before.markets());
            return;
        }
        var markets = new HashMap<>(before.markets());
        edits.forEach((market, edit) -> markets.put(market, edit.done()));
        current = new CatalogueState(sequence, activation, markets);
    }

    private static MarketEdit edit(Map<String, MarketEdit> edits, CatalogueState before, String market, long horizon) {
        return edits.computeIfAbsent(market, _ -> new MarketEdit(before.market(market), horizon));
    }

    private long horizon() {
        Instant now = clock.instant();
        return MarketCatalogue.floorMicros(now.minus(CLOCKS_DIFFER));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql); var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
