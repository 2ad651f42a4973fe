package io.throughline.webhooks;

import io.throughline.catalogue.CatalogueListener;
import io.throughline.shared.Ids;
import io.throughline.shared.Step;
import io.throughline.shared.Steps;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Plans and sends on this node: woken by every change of the catalogue, by every finished call, and each second for what is due
/// again. Each endpoint has a few calls of its own at a time, so a slow or dead one delays nobody else; one that fails has a
/// single call. What a node has claimed and never recorded, because it died, is free again after [#LEASE].
@Component
class Dispatcher implements CatalogueListener, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    /// Longer than the longest call takes, with room for a slow resolver.
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;
    private static final int AT_ONCE_WHILE_FAILING = 1;
    private static final long IDLE_MILLIS = 1_000;
    private static final long SLOWEST_MILLIS = 5_000;
    private static final int STOP_SECONDS = 5;

    private final Planner planner;
    private final Sender sender;
    private final EndpointTable endpoints;
    private final DeliveryTable deliveries;
    private final Steps steps;
    private final Clock clock;
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean started;
    private volatile @Nullable Thread thread;
    private volatile @Nullable ExecutorService calls;

    Dispatcher(Planner planner, Sender sender, EndpointTable endpoints, DeliveryTable deliveries, Steps steps, Clock clock) {
        this.planner = planner;
        this.sender = sender;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.steps = steps;
        this.clock = clock;
    }

    @Override
    public void advanced(long sequence) {
        wake();
    }

    /// There is, or may be, something to send.
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void start() {
        started = true;
        calls = Executors.newVirtualThreadPerTaskExecutor();
        thread = Thread.ofPlatform().name("webhooks").daemon(true).start(this::loop);
    }

    /// Lets calls that are out come back; what does not is sent again later, by whichever node comes first.
    @Override
    public void stop() {
        started = false;
        wake();
        var loop = thread;
        var out = calls;
        try {
            if (loop != null) {
                loop.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            }
            if (out != null) {
                out.shutdown();
                if (!out.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    out.shutdownNow();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private void loop() {
        long pause = IDLE_MILLIS;
        while (started) {
            // what can't be planned must not keep what is planned from going out
            boolean well = tried(this::plan, pause) & tried(this::sendDue, pause);
            if (well && pause > IDLE_MILLIS) {
                log.info("Webhooks go out again");
            }
            pause = well ? IDLE_MILLIS : Math.min(SLOWEST_MILLIS, pause * 2);
            sleep(pause);
        }
    }

    private void plan() {
        while (planner.plan() && started) {
            sendDue();
        }
    }

    /// Says once why it fails; this thread has to go on whatever happens, or nobody would be told of anything any more.
    private boolean tried(Runnable work, long pause) {
        try {
            work.run();
            return true;
        } catch (DataAccessException | TransactionException away) {
            if (pause == IDLE_MILLIS && started) {
                log.warn("Webhooks wait until the database answers: {}", away.getMessage());
            }
        } catch (RuntimeException unexpected) {
            if (pause == IDLE_MILLIS) {
                log.error("Webhooks are held up by an error that nobody expected; it is tried again", unexpected);
            }
        }
        return false;
    }

    private void sleep(long millis) {
        try {
            if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException stopping) {
            started = false;
            Thread.currentThread().interrupt();
        }
    }

    /// Starts as many calls as each endpoint may have; never waits for one.
    private void sendDue() {
        for (var endpointId : deliveries.listDueEndpoints(clock.instant())) {
            var out = running.computeIfAbsent(endpointId, _ -> new AtomicInteger());
            int free = allowed(endpointId) - out.get();
            if (free > 0) {
                claimAndSend(endpointId, out, free);
            }
        }
    }

    private int allowed(String endpointId) {
        return endpoints.find(endpointId).filter(it -> it.failingSince() != null).isPresent() ? AT_ONCE_WHILE_FAILING : AT_ONCE;
    }

    private void claimAndSend(String endpointId, AtomicInteger out, int limit) {
        var executor = calls;
        var now = clock.instant();
        var claimed = deliveries.claim(endpointId, Ids.next("clm"), now, now.plus(LEASE), limit);
        if (executor == null || !started) {
            deliveries.release(claimed);
            return;
        }
        for (var delivery : claimed) {
            steps.reached(Step.WEBHOOK_CLAIMED);
            out.incrementAndGet();
            executor.execute(() -> {
                try {
                    sender.send(endpointId, delivery);
                } catch (DataAccessException | TransactionException failed) {
                    log.warn("What came of {} could not be written, so it will be sent again: {}", delivery.id(), failed.getMessage());
                } catch (RuntimeException unexpected) {
                    log.error("The call {} ended in an error that nobody expected; it will be made again", delivery.id(), unexpected);
                } finally {
                    out.decrementAndGet();
                    wake();
                }
            });
        }
    }
}
