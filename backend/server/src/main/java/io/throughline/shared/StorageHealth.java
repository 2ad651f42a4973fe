package io.throughline.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/// Part of readiness: whether anything can be written. A node whose disk is full goes on delivering, so it stays ready, and says what is wrong
/// as `DEGRADED`.
@Component("storageHealthIndicator")
public class StorageHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");
    /// Demand and the trail's roots are written every few seconds to a minute: a disk that is still full is met again by then.
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final long LEAST_FREE_BYTES = 64L << 20;

    private record Failure(String what, Instant at) {}

    private final List<Path> folders;
    private final Clock clock;
    private volatile @Nullable Failure last;

    StorageHealth(@Value("${throughline.data}") Path data, @Value("${throughline.blobs}") Path blobs, Clock clock) {
        this.folders = List.of(data.toAbsolutePath(), blobs.toAbsolutePath());
        this.clock = clock;
    }

    /// Whoever failed to write says so; anything but a full disk is not its business.
    public void failed(Throwable failure) {
        if (Outage.isStorageFull(failure)) {
            var cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            last = new Failure(cause instanceof java.sql.SQLException ? "PostgreSQL" : "This node", clock.instant());
        }
    }

    @Override
    public Health health() {
        var failure = last;
        if (failure != null && failure.at().isAfter(clock.instant().minus(REMEMBERED))) {
            return Health.status(DEGRADED).withDetail("reason", "%s could not write at %s: its disk is full. Make room there. Until then nothing can be changed, withdrawals included; what is published is served."
                    .formatted(failure.what(), failure.at().truncatedTo(ChronoUnit.SECONDS))).build();
        }
        for (var folder : folders) {
            if (Files.exists(folder) && free(folder) < LEAST_FREE_BYTES) {
                return Health.status(DEGRADED).withDetail("reason", "The disk of this node's files has less than 64 MB left. Make room, or files and the trail's anchors can't be written soon.").build();
            }
        }
        return Health.up().build();
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
