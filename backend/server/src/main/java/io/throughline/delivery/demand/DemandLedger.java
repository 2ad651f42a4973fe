package io.throughline.delivery.demand;

import io.throughline.delivery.demand.DemandTally.Answered;
import io.throughline.shared.DatabasePool;
import io.throughline.shared.StorageHealth;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what channels ask for and what they are given, without a database on the way: in memory, added to the day's rows
/// every two seconds and at shutdown. A node that is killed loses what it had not added yet, at most four seconds.
///
/// Counters live for one round, then rest for another before they are added up, so that a request that still holds the old
/// round loses nothing. Their number is bounded: what does not fit any more is counted without its cell.
@Component
public class DemandLedger implements SmartLifecycle {

    static final int MOST_CELLS = 10_000;
    static final int MOST_USES = 50_000;

    private static final Logger log = LoggerFactory.getLogger(DemandLedger.class);
    private static final int ROUND_MILLIS = 2_000;

    /// What a channel asked for.
    ///
    /// @param channel notation of the channel's kind
    /// @param brand   null when it asked for none, or for several
    public record Asked(String channelKey, String channel, String audience, @Nullable String stage, @Nullable String need, String market, @Nullable String brand) {}

    record Cell(String channel, String audience, String stage, String need, String market, String brand, Answered answered) {}

    record Use(String publicationId, String channelKey) {}

    private static final class Round {
        final ConcurrentHashMap<Cell, LongAdder> cells = new ConcurrentHashMap<>();
        final ConcurrentHashMap<Use, LongAdder> uses = new ConcurrentHashMap<>();
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StorageHealth storage;
    private final Clock clock;
    private volatile Round current = new Round();
    private Round resting = new Round();
    private volatile boolean running;
    private volatile @Nullable Thread flusher;

    DemandLedger(JdbcClient jdbc, PlatformTransactionManager transactions, StorageHealth storage, Clock clock) {
        this.jdbc = jdbc;
        this.storage = storage;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    public void count(Asked asked, DemandTally tally) {
        var round = current;
        var cell = new Cell(asked.channel(), asked.audience(), orEmpty(asked.stage()), orEmpty(asked.need()), asked.market(), orEmpty(asked.brand()), tally.answered());
        adder(round.cells, cell, MOST_CELLS, new Cell(asked.channel(), asked.audience(), "", "", asked.market(), "", tally.answered())).increment();
        for (var id : tally.publicationIds()) {
            var use = new Use(id, asked.channelKey());
            adder(round.uses, use, MOST_USES, null).increment();
        }
    }

    /// Adds everything to the tables, this moment's counts too.
    synchronized void flush() {
        rotate();
        rotate();
    }

    private synchronized void rotate() {
        var due = resting;
        resting = current;
        current = new Round();
        try {
            transaction.executeWithoutResult(_ -> add(due));
        } catch (DataAccessException | org.springframework.transaction.TransactionException later) {
            storage.failed(later);
            log.warn("The demand of the last seconds can't be written down now; it will be tried again: {}", later.getMessage());
            keep(due);
        }
    }

    /// Back into the round that rests, for the next time.
    private void keep(Round due) {
        due.cells.forEach((cell, count) -> adder(resting.cells, cell, MOST_CELLS, null).add(count.sum()));
        due.uses.forEach((use, count) -> adder(resting.uses, use, MOST_USES, null).add(count.sum()));
    }

    /// Without a substitute, what does not fit is not counted.
    private static <K> LongAdder adder(ConcurrentHashMap<K, LongAdder> counts, K key, int most, @Nullable K substitute) {
        var there = counts.get(key);
        if (there != null) {
            return there;
        }
        if (counts.mappingCount() < most) {
            return counts.computeIfAbsent(key, _ -> new LongAdder());
        }
        // the substitutes are few: channels, audiences and markets of the vocabularies
        return substitute == null ? new LongAdder() : counts.computeIfAbsent(substitute, _ -> new LongAdder());
    }

    /// In one order on every node, so that two that add at once never wait for each other in a ring.
    private void add(Round round) {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<Cell, long[]> rows = new TreeMap<>(Comparator.comparing(DemandLedger::order));
        round.cells.forEach((cell, count) -> {
            var row = rows.computeIfAbsent(new Cell(cell.channel(), cell.audience(), cell.stage(), cell.need(), cell.market(), cell.brand(), Answered.AS_ASKED),
                    _ -> new long[3]);
            long sum = count.sum();
            row[0] += sum;
            switch (cell.answered()) {
                case AS_ASKED -> {}
                case RELAXED -> row[1] += sum;
                case EMPTY -> row[2] += sum;
            }
        });
        var cells = List.copyOf(rows.keySet());
        var sums = List.copyOf(rows.values());
        // one statement each: thousands of them, each by itself, took as much of the processor as the sets that they count
        jdbc.sql("""
                        insert into demand_day (day, channel, audience, stage, need, market, brand, requests, relaxed, empty)
                        select :day, * from unnest(:channels::text[], :audiences::text[], :stages::text[], :needs::text[], :markets::text[], :brands::text[],
                                                   :requests::bigint[], :relaxed::bigint[], :empty::bigint[])
                            on conflict (day, market, audience, stage, need, channel, brand) do update
                           set requests = demand_day.requests + excluded.requests,
                               relaxed = demand_day.relaxed + excluded.relaxed,
                               empty = demand_day.empty + excluded.empty
                        """)
                .param("day", day)
                .param("channels", texts(cells, Cell::channel)).param("audiences", texts(cells, Cell::audience)).param("stages", texts(cells, Cell::stage))
                .param("needs", texts(cells, Cell::need)).param("markets", texts(cells, Cell::market)).param("brands", texts(cells, Cell::brand))
                .param("requests", counts(sums, 0)).param("relaxed", counts(sums, 1)).param("empty", counts(sums, 2))
                .update();
        var uses = round.uses.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Use, LongAdder> it) -> it.getKey().publicationId()).thenComparing(it -> it.getKey().channelKey()))
                .toList();
        jdbc.sql("""
                        insert into demand_use_day (day, publication_id, channel_key, channel, served)
                        select :day, u.publication, u.channel_key, coalesce(c.kind, ''), u.served
                          from unnest(:publications::text[], :channels::text[], :served::bigint[]) with ordinality as u (publication, channel_key, served, place)
                          left join channel c on c.key = u.channel_key
                         order by u.place
                            on conflict (publication_id, channel_key, channel, day) do update set served = demand_use_day.served + excluded.served
                        """)
                .param("day", day)
                .param("publications", texts(uses, it -> it.getKey().publicationId())).param("channels", texts(uses, it -> it.getKey().channelKey()))
                .param("served", uses.stream().map(it -> it.getValue().sum()).toArray(Long[]::new))
                .update();
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Long[] counts(List<long[]> sums, int column) {
        return sums.stream().map(it -> it[column]).toArray(Long[]::new);
    }

    private static String order(Cell cell) {
        return String.join("|", cell.market(), cell.audience(), cell.stage(), cell.need(), cell.channel(), cell.brand());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Override
    public void start() {
        running = true;
        flusher = Thread.ofPlatform().name("demand-ledger").daemon(true).start(() -> DatabasePool.DELIVERY.run(this::work));
    }

    @Override
    public void stop() {
        running = false;
        var thread = flusher;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(ROUND_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        flush();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Below the web server's, so that this stops after the last request; the database closes later still.
    @Override
    public int getPhase() {
        return 0;
    }

    private void work() {
        while (running) {
            try {
                Thread.sleep(ROUND_MILLIS);
                rotate();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException unexpected) {
                log.error("Counting demand failed; the next round goes on", unexpected);
            }
        }
    }
}
