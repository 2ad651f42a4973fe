package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two nodes, one of which loses the database while channels ask it: it can't tell what was withdrawn meanwhile, so it refuses.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOffNodeIT {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int READERS = 24;

    private final Installation installation = Installation.fresh();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TcpProxy database;
    private Node whole;
    private Node cutOff;

    @BeforeAll
    void start() throws Exception {
        Stock.fill(installation.settings(), stock -> stock.published("Cut off", 30));
        database = installation.databaseProxy();
        open.add(database);
        whole = installation.start("whole");
        open.add(whole);
        cutOff = installation.start("cut-off", installation.behind(database));
        open.add(cutOff);
        whole.port();
        cutOff.port();
        installation.awaitIndexed(Duration.ofSeconds(30));
    }

    @AfterAll
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TcpProxy.Cut.class)
    @Tag("RV-7")
    void aNodeCutOffFromTheDatabaseRefusesEveryRouteWithinASecondAndServesAgainOnceItHasCaughtUp(TcpProxy.Cut how) throws Exception {
        var signatory = whole.api().signIn("dr.signa");
        Queue<Channel.Answer> answers = new ConcurrentLinkedQueue<>();
        Queue<IllegalStateException> broken = new ConcurrentLinkedQueue<>();
        var reading = new AtomicBoolean(true);
        try (var channel = Channel.web(cutOff); var threads = Executors.newVirtualThreadPerTaskExecutor(); AutoCloseable _ = () -> reading.set(false)) {
            var victim = channel.get(Channel.SET).json().path("items").propertyNames().iterator().next();
            assertThat(channel.get(Channel.single(victim)).status()).isEqualTo(200);
            var readers = readers(threads, channel, reading, answers, broken);
            Thread.sleep(500);

            long cut = System.nanoTime();
            database.cut(how);
            var withdrawn = signatory.post("/manage/v1/items/" + victim + "/withdrawals", "{\"reason\": \"While a node was away.\"}");
            assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(201);
            try {
                TimeUnit.NANOSECONDS.sleep(cut + SECOND - System.nanoTime());
                everyRouteRefuses(channel);
                assertThat(channel.get("/actuator/health/readiness").status()).as("a load balancer is told").isEqualTo(503);
                assertThat(channel.get("/actuator/health/liveness").status()).as("nobody kills it for that").isEqualTo(200);
                try (var neverSeen = new Channel(cutOff.port(), PeopleFixture.TABLET_KEY)) {
                    assertRefusal(neverSeen.get(Channel.SET), "a key that has to be looked up");
                }
                TimeUnit.NANOSECONDS.sleep(cut + 4 * SECOND - System.nanoTime());
            } finally {
                reading.set(false);
            }
            for (var reader : readers) {
                reader.get(10, TimeUnit.SECONDS);
            }
            var figures = new Figures("cut off (" + how + ") to refusal of what was asked before");
            for (var answer : answers) {
                if (answer.endedAt() > cut) {
                    assertThat(answer.endedAt() - Math.max(cut, answer.sentAt())).as("an answer %s", answer).isLessThan(SECOND);
                    if (answer.sentAt() < cut) {
                        figures.add(Duration.ofNanos(answer.endedAt() - cut));
                    }
                }
                if (answer.endedAt() > cut + SECOND) {
                    assertRefusal(answer, "an answer after a second");
                }
            }
            assertThat(broken).as("answers that never came").isEmpty();
            System.out.println(figures);

            long mended = System.nanoTime();
            database.mend();
            var first = channel.get(Channel.single(victim));
            while (first.status() == 503 && System.nanoTime() - mended < 10 * SECOND) {
                assertThat(first.code()).isEqualTo("catalogue-stale");
                Thread.sleep(20);
                first = channel.get(Channel.single(victim));
            }
            System.out.printf("mended to serving again: %d ms%n", (System.nanoTime() - mended) / 1_000_000);
            assertThat(first.status()).as("the first thing it says is true: " + first.body()).isEqualTo(410);
            for (int i = 0; i < 30; i++) {
                var set = channel.get(Channel.SET + "&explain=true");
                assertThat(set.status()).as(set.body()).isEqualTo(200);
                assertThat(set.json().path("items").has(victim)).isFalse();
            }
            assertThat(channel.get("/actuator/health/readiness").status()).isEqualTo(200);
            var signedIn = cutOff.api().trySignIn("wanda.writer", PeopleFixture.PASSWORD);
            assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
        }
    }

    /// Half of what they ask is in the node's cache, the other half needs the database.
    private static List<Future<?>> readers(ExecutorService threads, Channel channel, AtomicBoolean reading, Queue<Channel.Answer> answers,
            Queue<IllegalStateException> broken) {
        var readers = new ArrayList<Future<?>>();
        for (int i = 0; i < READERS; i++) {
            var path = i % 2 == 0 ? Channel.SET + "&limit=" + (1 + i % 3) : Channel.SET + "&explain=true";
            readers.add(threads.submit(() -> {
                while (reading.get()) {
                    try {
                        answers.add(channel.get(path));
                    } catch (IllegalStateException lost) {
                        broken.add(lost);
                    }
                    sleep();
                }
            }));
        }
        return readers;
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of all routes that the contract knows, so that a new one is here by itself.
    private void everyRouteRefuses(Channel channel) {
        int routes = 0;
        try (var other = Channel.web(whole)) {
            for (var path : other.get("/v1/openapi.json").json().path("paths").properties()) {
                for (var method : path.getValue().propertyNames()) {
                    if (List.of("get", "post", "put", "delete").contains(method)) {
                        var answer = channel.send(method.toUpperCase(java.util.Locale.ROOT), "/v1" + path.getKey().replaceAll("\\{[^}]+}", "ART-1"));
                        assertRefusal(answer, method + " " + path.getKey());
                        assertThat(answer.endedAt() - answer.sentAt()).as(path.getKey()).isLessThan(SECOND);
                        routes++;
                    }
                }
            }
        }
        assertThat(routes).isGreaterThanOrEqualTo(4);
    }

    private static void assertRefusal(Channel.Answer answer, String what) {
        assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(503);
        assertThat(answer.code()).as(what).isEqualTo("catalogue-stale");
    }
}
