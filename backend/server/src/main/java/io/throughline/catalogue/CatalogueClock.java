package io.throughline.catalogue;

import io.throughline.publication.SequenceFollower;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// What this node knows of the catalogue's newest sequence, and since when (RV-7).
///
/// One thread listens for `content_sequence` notifications, asks the counter row at least every 200 ms and moves the
/// [CatalogueProjection] on by the changes since. When the last confirmation is older than a second, or the catalogue was not
/// read yet, [#requireFresh] refuses: a node that can't tell does not serve.
@Component
public class CatalogueClock implements SequenceFollower, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CatalogueClock.class);

    private static final int POLL_MILLIS = 200;
    /// Under a second, so that what hangs on a lost database can still be refused within one.
    private static final long STALE_AFTER_NANOS = 850_000_000L;
    /// Longer than a node may be stale: whoever waited this long in vain may rely on the node refusing by now.
    private static final long CATCH_UP_NANOS = 2_000_000_000L;
    private static final int REMEMBERED = 1 << 14;
    /// A small catalogue is there when the server says that it is ready; a large one goes on being read.
    private static final long START_NANOS = 5_000_000_000L;

    private final CatalogueLink link;
    private final CatalogueProjection projection;
    private final ObjectProvider<CatalogueListener> listeners;
    private final AtomicReferenceArray<CatalogueChange> recent = new AtomicReferenceArray<>(REMEMBERED);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private volatile long sequence = -1;
    private volatile long confirmedAt = Long.MIN_VALUE;
    private volatile boolean everConfirmed;
    private volatile boolean mustRead = true;
    private volatile boolean running;
    private volatile @Nullable Thread listener;

    CatalogueClock(CatalogueLink link, CatalogueProjection projection, ObjectProvider<CatalogueListener> listeners) {
        this.link = link;
        this.projection = projection;
        this.listeners = listeners;
    }

    /// The newest sequence this node knows; only grows.
    public long sequence() {
        return sequence;
    }

    public boolean isFresh() {
        return everConfirmed && System.nanoTime() - confirmedAt <= STALE_AFTER_NANOS;
    }

    /// @throws io.throughline.shared.ProblemException `catalogue-stale` when the newest sequence was not confirmed within a second
    public void requireFresh() {
        if (!isFresh()) {
            throw stale();
        }
    }

    public static ProblemException stale() {
        return Problem.CATALOGUE_STALE.because("This node could not confirm within the last second that its catalogue is current. "
                + "Try again shortly, or ask another node.").withHeader("Retry-After", "1");
    }

    /// The change with that number, or null when it is older than what this node remembers.
    public @Nullable CatalogueChange change(long number) {
        var change = recent.get((int) (number & (REMEMBERED - 1)));
        return change != null && change.sequence() == number ? change : null;
    }

    @Override
    public boolean awaitSequence(long wanted) {
        return awaitSequence(wanted, CATCH_UP_NANOS);
    }

    private boolean awaitSequence(long wanted, long nanos) {
        long deadline = System.nanoTime() + nanos;
        lock.lock();
        try {
            while (running && sequence < wanted) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                advanced.awaitNanos(left);
            }
            return sequence >= wanted;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        listener = Thread.ofPlatform().name("catalogue-clock").daemon(true).start(this::listen);
        awaitSequence(0, START_NANOS);
    }

    @Override
    public void stop() {
        running = false;
        var thread = listener;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(2_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void listen() {
        boolean failing = false;
        while (running) {
            try (var connection = link.open()) {
                connection.setAutoCommit(true);
                try (var statement = connection.createStatement()) {
                    statement.execute("listen content_sequence");
                }
                var notifications = connection.unwrap(PGConnection.class);
                if (failing) {
                    link.renewPools();
                }
                while (running) {
                    confirm(connection);
                    if (failing) {
                        log.info("The database answers again; the catalogue is at sequence {}", sequence);
                        failing = false;
                    }
                    notifications.getNotifications(POLL_MILLIS);
                }
            } catch (SQLException unreachable) {
                if (running && !failing) {
                    failing = true;
                    log.warn("The catalogue's sequence can't be read; this node stops serving until it can: {}", unreachable.getMessage());
                }
                pause();
            } catch (RuntimeException broken) {
                mustRead = true;
                if (!failing) {
                    failing = true;
                    log.error("The catalogue in memory does not follow from the changes; this node stops serving until it has read it anew", broken);
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was true when the question was asked may be outdated when the answer comes: the time before the question counts.
    private void confirm(Connection connection) throws SQLException {
        if (mustRead || newest(connection) - sequence > REMEMBERED) {
            link.patient(connection, () -> projection.load(connection));
            mustRead = false;
            announce(projection.current().sequence());
        }
        long asked = System.nanoTime();
        long newest = newest(connection);
        if (newest - sequence > REMEMBERED) {
            return; // it took so long to read that it has to be read again; nobody is served meanwhile
        }
        if (newest > sequence) {
            var changes = changes(connection, sequence, newest);
            projection.apply(changes);
            changes.forEach(change -> recent.set((int) (change.sequence() & (REMEMBERED - 1)), change));
            announce(newest);
        }
        confirmedAt = asked;
        everConfirmed = true;
    }

    /// Last: whoever sees the number finds the changes and the catalogue.
    private void announce(long newest) {
        lock.lock();
        try {
            sequence = newest;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(listener -> listener.advanced(newest));
    }

    private static long newest(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select value from content_sequence"); var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<CatalogueChange> changes(Connection connection, long after, long upTo) throws SQLException {
        try (var query = connection.prepareStatement("""
                select c.sequence, c.type as change, c.item_id as changed_item, c.market as changed_market, c.publication_id as changed_publication, p.id, p.item_id, p.locale, p.market, p.version_number, p.kind, p.type,
                       p.brand, p.effective_from, p.effective_until, p.started_sequence, p.facets
                  from content_change c left join publication p on p.id = c.publication_id and c.type = 'published'
                 where c.sequence > ? and c.sequence <= ? order by c.sequence
                """)) {
            query.setLong(1, after);
            query.setLong(2, upTo);
            var changes = new ArrayList<CatalogueChange>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    boolean published = rows.getString("id") != null;
                    boolean ends = !published && !rows.getString("change").equals("changed");
                    changes.add(new CatalogueChange(rows.getLong("sequence"), rows.getString("change"), rows.getString("changed_item"),
                            rows.getString("changed_market"), ends ? rows.getString("changed_publication") : null,
                            published ? projection.reader().read(rows) : null));
                }
            }
            return changes;
        }
    }
}
