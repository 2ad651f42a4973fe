package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.shared.Step;
import io.throughline.testing.Api;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The server is killed at every named step of publishing, withdrawing, expiring, indexing and sending webhooks, and at moments that
/// nobody chose. After the next start nothing that was acknowledged is lost, nothing is doubled, and the index does not drift.
///
/// A run takes one step in three, drawn by `-Dchaos.seed=NUMBER` or else by the clock; `-Dchaos=all` takes every one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {

    private static final int SHORT_LIVED = 5;
    private static final int ONE_STEP_IN = 3;
    private static final boolean ALL = "all".equals(System.getProperty("chaos"));
    private static final long SEED = Long.getLong("chaos.seed", Instant.now().getEpochSecond());
    private static final Duration UNTIL_REACHED = Duration.ofSeconds(40);

    private final Installation installation = Installation.fresh().with(
            // what a killed node was at is taken over sooner than in production, so that the test need not wait
            "db-scheduler.heartbeat-interval", "1s", "db-scheduler.missed-heartbeats-limit", "4", "db-scheduler.polling-interval", "500ms",
            "throughline.outbound.allow", Hook.ALLOWED);
    private final Soundness soundness = new Soundness(installation);
    private final Random random = new Random(SEED);
    private Hook hook;
    private TcpProxy address;
    private Node node;
    private List<Item> items;
    private List<Item> drafts;
    private Book book;
    private int turn;

    /// Neighbours are told apart by what is committed, so that a draw is spread over them: one of each three in the order of the steps.
    static List<Step> steps() {
        if (ALL) {
            return List.of(Step.values());
        }
        var draw = new Random(SEED);
        var drawn = new ArrayList<Step>();
        for (int from = 0; from < Step.values().length; from += ONE_STEP_IN) {
            drawn.add(Step.values()[from + draw.nextInt(Math.min(ONE_STEP_IN, Step.values().length - from))]);
        }
        System.out.printf("-Dchaos.seed=%d kills at %s; -Dchaos=all kills at every step%n", SEED, drawn);
        return drawn;
    }

    @BeforeAll
    void start() throws Exception {
        items = Stock.fill(installation.settings(), stock -> {
            drafts = stock.drafts("Unfinished", 5);
            return stock.published("Mortal", 30);
        });
        node = installation.start("first");
        hook = new Hook();
        hook.register(node.api().signIn("chris.channels"));
        address = TcpProxy.to("127.0.0.1", node.port());
        // sessions outlive the server, as its address does
        book = new Book(Api.of(address.port()).signIn("wanda.writer"), Api.of(address.port()).signIn("dr.signa"), installation.jdbc());
    }

    @AfterAll
    void stop() throws Exception {
        if (node != null) {
            node.close();
        }
        if (address != null) {
            address.close();
        }
        if (hook != null) {
            hook.close();
        }
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("steps")
    @Tag("P11-1")
    @Tag("RV-7")
    void losesAndDoublesNothingWhenKilledAt(Step step) throws Exception {
        node.haltAt(step, 1);
        if (step.name().contains("_REBUILD_")) {
            forgetTheIndices();
        }
        long deadline = System.nanoTime() + UNTIL_REACHED.toNanos();
        while (node.isAlive() && System.nanoTime() < deadline) {
            actAFewTimes();
            Thread.sleep(20);
        }
        assertThat(node.isAlive()).as("the server never came to " + step + "; nobody says that it is reached").isFalse();
        assertThat(node.exitValue()).isEqualTo(Node.KILLED);
        restart("after-" + step);
        soundness.check(node, book);
        System.out.printf("killed at %s, %d acts acknowledged so far: nothing lost, nothing doubled, drift 0%n", step, book.acknowledged());
    }

    @Order(2)
    @RepeatedTest(2)
    @Tag("P11-1")
    void losesAndDoublesNothingWhenKilledAtAnyMoment() throws Exception {
        int before = book.acknowledged();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var people = new ArrayList<Future<?>>();
            for (int i = 0; i < 3; i++) {
                people.add(threads.submit(() -> {
                    while (node.isAlive() && actAFewTimes()) {
                        // until the server dies
                    }
                }));
            }
            Thread.sleep(500 + random.nextInt(1_500));
            node.kill();
            for (var person : people) {
                person.get();
            }
        }
        assertThat(book.acknowledged()).as("it was killed at work").isGreaterThan(before);
        restart("after-kill-9");
        soundness.check(node, book);
        System.out.printf("killed at work, %d acts acknowledged so far: nothing lost, nothing doubled, drift 0%n", book.acknowledged());
    }

    /// What a killed server had claimed to send is free for another after 45 seconds, so this comes last.
    @Order(3)
    @Test
    void everyChangeWasToldOnceAfterAllThatUnderOneId() throws Exception {
        hook.check(installation, Duration.ofSeconds(75));
        System.out.printf("%d messages came for %d deliveries%n", hook.received(), installation.jdbc()
                .sql("select count(*) from webhook_delivery where state = 'delivered'").query(Integer.class).single());
    }

    private void restart(String name) throws Exception {
        address.cut(TcpProxy.Cut.RESET);
        node = installation.start(name);
        address.mend(URI.create("http://127.0.0.1:" + node.port()));
    }

    /// As on the day of the installation: no index, no cursor.
    private void forgetTheIndices() {
        installation.jdbc().sql("delete from search_cursor").update();
        for (var name : List.of("catalogue", "library")) {
            var aliases = installation.elasticsearch("GET", "/_alias/" + installation.index(name), null);
            aliases.propertyNames().stream().filter(index -> index.startsWith(installation.index(name)))
                    .forEach(index -> installation.elasticsearch("DELETE", "/" + index, null));
        }
    }

    /// These are published for a moment, and nothing else: on a quick machine another act would end them before their window does.
    private String shortLived(int turn) {
        return items.get(items.size() - 1 - turn % SHORT_LIVED).id();
    }

    /// Publishes for good and for a moment, withdraws, edits; false once no answer comes.
    private boolean actAFewTimes() {
        int now;
        synchronized (this) {
            now = turn++;
        }
        var id = items.get(now % (items.size() - SHORT_LIVED)).id();
        return switch (now % 4) {
            // for another time each turn: the very same would change nothing
            case 0, 1 -> book.publish(id, Instant.now().plus(200, ChronoUnit.DAYS));
            case 2 -> book.withdraw(id);
            default -> (now % 64 != 3 || book.publish(shortLived(now / 64), Instant.now().plusMillis(1_500)))
                    && book.save(drafts.get(now % drafts.size()).id());
        };
    }
}
