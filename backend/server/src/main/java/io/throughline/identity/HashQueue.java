package io.throughline.identity;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Where passwords are hashed: one at a time, on a thread of its own, and while strangers wait only half of the time. A flood of
/// sign-ins takes half a processor at most, and no connection of the database.
///
/// Whoever the server knows already, by a session or a known browser, comes before strangers and has room of their own in the
/// queue, so that strangers can fill only theirs. A few of them in a row let one stranger in, so that reviewers who sign all day
/// keep nobody from signing in. A full queue is refused at once.
@Component
class HashQueue {

    /// Before whom a password is checked.
    enum Urgency {
        /// a session or a known browser stands behind it, or the server itself
        KNOWN,
        STRANGER
    }

    static final int STRANGERS_WAITING = 32;
    static final int KNOWN_WAITING = 64;
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int KNOWN_IN_A_ROW = 3;

    private static final class Job<T> extends FutureTask<T> {

        private final Urgency urgency;

        Job(Urgency urgency, Supplier<T> hashing) {
            super(hashing::get);
            this.urgency = urgency;
        }
    }

    private final Queue<Job<?>> knownWaiting = new ConcurrentLinkedQueue<>();
    private final Queue<Job<?>> strangersWaiting = new ConcurrentLinkedQueue<>();
    /// One for each job that was put; a job that was given up leaves its own behind.
    private final Semaphore put = new Semaphore(0);
    private final Semaphore strangers = new Semaphore(STRANGERS_WAITING);
    private final Semaphore known = new Semaphore(KNOWN_WAITING);
    /// A platform thread: a virtual one would keep one of the few carriers from all requests for as long as a hash takes.
    private final Thread worker = Thread.ofPlatform().name("password-hashing").daemon().start(this::work);

    /// Hashes when its turn comes.
    ///
    /// @throws ProblemException `busy` when too many wait, or when the turn does not come within [#PATIENCE]
    <T> T run(Urgency urgency, Supplier<T> hashing) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("passwords are hashed outside of transactions: a hash would keep a connection from others");
        }
        var room = switch (urgency) {
            case KNOWN -> known;
            case STRANGER -> strangers;
        };
        if (!room.tryAcquire()) {
            throw busy();
        }
        var job = new Job<>(urgency, hashing);
        var waiting = urgency == Urgency.KNOWN ? knownWaiting : strangersWaiting;
        try {
            waiting.add(job);
            put.release();
            return job.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw busy();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a password could not be hashed", failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            job.cancel(false);
            waiting.remove(job);
            room.release();
        }
    }

    static ProblemException busy() {
        return Problem.BUSY.because("Too many passwords are being checked at the moment. Try again in a few seconds.").withHeader("Retry-After", "5");
    }

    private void work() {
        int inARow = 0;
        try {
            while (true) {
                put.acquire();
                var job = next(inARow);
                if (job == null) {
                    continue; // it was given up
                }
                inARow = job.urgency == Urgency.KNOWN ? inARow + 1 : 0;
                long started = System.nanoTime();
                job.run();
                if (!strangersWaiting.isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(System.nanoTime() - started);
                }
            }
        } catch (InterruptedException stopping) {
            knownWaiting.forEach(job -> job.cancel(false));
            strangersWaiting.forEach(job -> job.cancel(false));
        }
    }

    private @Nullable Job<?> next(int knownInARow) {
        var first = knownInARow < KNOWN_IN_A_ROW ? knownWaiting.poll() : strangersWaiting.poll();
        if (first != null) {
            return first;
        }
        return knownInARow < KNOWN_IN_A_ROW ? strangersWaiting.poll() : knownWaiting.poll();
    }

    @PreDestroy
    void stop() {
        worker.interrupt();
    }
}
