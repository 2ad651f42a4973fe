package io.throughline.identity;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Where passwords are hashed: one at a time, on a thread of its own, and while others wait only half of the time. A flood of
/// sign-ins takes half a processor at most, and no connection of the database.
///
/// Whoever the server knows already, by a session or a known browser, comes before strangers and has room of their own in the
/// queue, so that strangers can fill only theirs. A full queue is refused at once.
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

    private static final class Job<T> extends FutureTask<T> implements Comparable<Job<?>> {

        private final Urgency urgency;
        private final long number;

        Job(Urgency urgency, long number, Supplier<T> hashing) {
            super(hashing::get);
            this.urgency = urgency;
            this.number = number;
        }

        @Override
        public int compareTo(Job<?> other) {
            int byUrgency = urgency.compareTo(other.urgency);
            return byUrgency != 0 ? byUrgency : Long.compare(number, other.number);
        }
    }

    private final PriorityBlockingQueue<Job<?>> waiting = new PriorityBlockingQueue<>();
    private final Semaphore strangers = new Semaphore(STRANGERS_WAITING);
    private final Semaphore known = new Semaphore(KNOWN_WAITING);
    private final AtomicLong numbers = new AtomicLong();
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
        var job = new Job<>(urgency, numbers.incrementAndGet(), hashing);
        try {
            waiting.put(job);
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
        try {
            while (true) {
                var job = waiting.take();
                long started = System.nanoTime();
                job.run();
                if (!waiting.isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(System.nanoTime() - started);
                }
            }
        } catch (InterruptedException stopping) {
            waiting.forEach(job -> job.cancel(false));
        }
    }

    @PreDestroy
    void stop() {
        worker.interrupt();
    }
}
