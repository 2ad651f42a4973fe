package io.throughline.search;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Runs one kind of indexing over and over: at once when woken, else every 250 ms; after it wrote something it rests as long, so
/// that many changes in a row are written together. While it fails, ever less often up to every 5 seconds. Says once that it
/// fails and once that it works again.
final class Pump {

    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    private static final long IDLE_MILLIS = 250;
    private static final long SLOWEST_MILLIS = 5_000;

    enum Progress {
        NOTHING, ALL,
        /// There may be more to do at once.
        PART
    }

    interface Step {
        Progress run() throws IOException;
    }

    private final String name;
    private final Step step;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    Pump(String name, Step step) {
        this.name = name;
        this.step = step;
    }

    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().name(name.replace(' ', '-')).daemon(true).start(this::pump);
    }

    void stop() {
        running = false;
        wake();
        var last = thread;
        if (last != null) {
            try {
                last.join(5_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pump() {
        long pause = IDLE_MILLIS;
        while (running) {
            try {
                var progress = step.run();
                if (pause > IDLE_MILLIS) {
                    log.info("The {} works again", name);
                }
                pause = IDLE_MILLIS;
                switch (progress) {
                    case PART -> {
                        continue;
                    }
                    case ALL -> rest();
                    case NOTHING -> {}
                }
            } catch (IOException | DataAccessException | TransactionException failed) {
                if (pause == IDLE_MILLIS && running) {
                    log.warn("The {} can't be written; it will be tried again until it can: {}", name, failed.getMessage());
                }
                pause = Math.min(SLOWEST_MILLIS, pause * 2);
            }
            sleep(pause);
        }
    }

    /// What wakes meanwhile is seen to afterwards.
    private void rest() {
        try {
            Thread.sleep(IDLE_MILLIS);
        } catch (InterruptedException stopping) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private void sleep(long millis) {
        try {
            if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException stopping) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
