package io.throughline.identity;

import io.throughline.shared.Actor;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Proof that a person's credentials were right a moment ago. Only [ElectronicSignatures#verify] makes one, and it is good
/// for one signature: the next one asks again (P11-9).
public final class VerifiedSigner {

    private final Actor actor;
    private final @Nullable String registrationNumber;
    private final String components;
    private final Instant verifiedAt;
    private final boolean afterPasswordReset;
    private final AtomicBoolean used = new AtomicBoolean();

    VerifiedSigner(Actor actor, @Nullable String registrationNumber, String components, Instant verifiedAt, boolean afterPasswordReset) {
        this.actor = actor;
        this.registrationNumber = registrationNumber;
        this.components = components;
        this.verifiedAt = verifiedAt;
        this.afterPasswordReset = afterPasswordReset;
    }

    public Actor actor() {
        return actor;
    }

    public @Nullable String registrationNumber() {
        return registrationNumber;
    }

    String components() {
        return components;
    }

    Instant verifiedAt() {
        return verifiedAt;
    }

    boolean afterPasswordReset() {
        return afterPasswordReset;
    }

    void use() {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("credentials are verified anew for each signature (P11-9)");
        }
    }
}
