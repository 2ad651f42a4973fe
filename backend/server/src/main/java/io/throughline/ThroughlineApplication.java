package io.throughline;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/// The server. `--demo` loads the demo portfolio; everything else is configured as `backend/docs/configuration.md` says.
@SpringBootApplication
public class ThroughlineApplication {

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
    private static final int MOST_AT_WORK = 64;

    public static void main(String[] args) {
        shareProcessorsFairly();
        SpringApplication.run(ThroughlineApplication.class, args);
    }

    /// The scheduler of virtual threads takes from one of its queues until that is empty, which it never is while the processors are full:
    /// whoever waited for a lock or the database then stands in another queue, for a second at times. With as many carriers as there are
    /// requests at work nobody queues there, and the operating system shares its processors out. It does that fairly, at the same cost.
    private static void shareProcessorsFairly() {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, Integer.toString(Math.max(MOST_AT_WORK, Runtime.getRuntime().availableProcessors())));
        }
    }

    /// UTC in microseconds, the precision PostgreSQL keeps: an instant read back equals the one written.
    @Bean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
