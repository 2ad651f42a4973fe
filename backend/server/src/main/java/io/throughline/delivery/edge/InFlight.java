package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueClock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The delivery requests that this node is answering. Those that hang on a lost database are interrupted once the node has
/// become stale: they would be refused now, and a refusal that comes after a minute is none (RV-7).
///
/// Requests run on virtual threads, whose reads from a socket and waits for a connection end when they are interrupted.
@Component
class InFlight implements SmartLifecycle {

    private static final long WATCH_MILLIS = 25;
    /// What is younger is more likely to be at work than to hang, and may end by itself.
    private static final long HANGING_NANOS = 250_000_000L;

    /// One request, on the thread that answers it.
    static final class Request {

        private final Thread thread = Thread.currentThread();
        private final long startedAt = System.nanoTime();
        private boolean ended;
        private boolean interrupted;

        private synchronized void interrupt() {
            if (!ended && !interrupted) {
                interrupted = true;
                thread.interrupt();
            }
        }

        private synchronized boolean end() {
            ended = true;
            return interrupted;
        }

        synchronized boolean isInterrupted() {
            return interrupted;
        }
    }

    private final CatalogueClock clock;
    private final Set<Request> requests = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Thread watch;

    InFlight(CatalogueClock clock) {
        this.clock = clock;
    }

    Request begin() {
        var request = new Request();
        requests.add(request);
        return request;
    }

    /// From here on the thread is not interrupted; an interruption that it has not noticed is taken back, so that it can still
    /// write its answer.
    void end(Request request) {
        requests.remove(request);
        if (request.end()) {
            Thread.interrupted();
        }
    }

    @Override
    public void start() {
        running = true;
        watch = Thread.ofPlatform().name("catalogue-stale-watch").daemon(true).start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        var thread = watch;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void watch() {
        while (running) {
            if (!clock.isFresh()) {
                long now = System.nanoTime();
                requests.stream().filter(request -> now - request.startedAt > HANGING_NANOS).forEach(Request::interrupt);
            }
            try {
                Thread.sleep(WATCH_MILLIS);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }
}
