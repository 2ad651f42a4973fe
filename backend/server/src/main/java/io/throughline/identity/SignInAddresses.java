package io.throughline.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// What an address may get wrong before no password of it is checked any more, whatever the account (S27). Kept in this node's
/// memory. A browser that is known is not asked: who guesses from the same address can't lock its owner out.
@Component
class SignInAddresses {

    private static final int WINDOW_SECONDS = 900;
    private static final int MOST_HELD = 256;
    private static final long HELD_MILLIS = 1_000;

    private final RatePolicy policy;
    private final Cache<String, RateBudget> addresses = Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofSeconds(WINDOW_SECONDS)).build();
    private final Semaphore held = new Semaphore(MOST_HELD);

    SignInAddresses(@Value("${throughline.sign-in.address-failures:30}") int failures) {
        this.policy = new RatePolicy(failures, WINDOW_SECONDS);
    }

    RateBudget.Verdict take(String network) {
        return budget(network).take(System.nanoTime());
    }

    /// Of an attempt that was right, or that was not checked.
    void giveBack(String network) {
        budget(network).giveBack(1);
    }

    void forgetAll() {
        addresses.invalidateAll();
    }

    /// Lets a refused one wait a second for the answer: who floods with as many connections as they have is slowed to one attempt
    /// a second on each. It costs a virtual thread; past a bound nobody waits.
    void hold() {
        if (!held.tryAcquire()) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            held.release();
        }
    }

    private RateBudget budget(String network) {
        return addresses.get(network, _ -> new RateBudget(policy));
    }
}
