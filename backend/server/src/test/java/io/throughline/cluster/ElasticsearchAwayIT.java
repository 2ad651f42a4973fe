package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.embedded.ElasticsearchServer;
import io.throughline.testing.Api;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Elasticsearch is killed under load and comes back later: people go on with everything but searching, channels get their sets
/// exactly and hear what can't be proven, and afterwards everything catches up.
///
/// Away for 12 seconds; `-Dchaos.outage=60` makes it the minute.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElasticsearchAwayIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("chaos.outage", 12));
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final Duration PATIENT = Duration.ofSeconds(8);

    private final Path directory = Path.of("target", "test-servers", "away-" + ProcessHandle.current().pid()).toAbsolutePath();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ElasticsearchServer elasticsearch;
    private TcpProxy proxy;
    private Installation installation;
    private Node node;
    private List<Item> items;
    private List<Item> drafts;
    private List<Item> texts;

    @BeforeAll
    void start() throws Exception {
        elasticsearch = launch();
        assertThat(elasticsearch.await(Duration.ofSeconds(90))).isTrue();
        proxy = TcpProxy.to(elasticsearch.url());
        open.add(proxy);
        installation = Installation.fresh().with("throughline.elasticsearch.url", "http://127.0.0.1:" + proxy.port());
        items = Stock.fill(installation.settings(), stock -> {
            drafts = stock.drafts("Reviewed", 2);
            texts = stock.drafts("Unfinished", 5);
            return stock.published("Steady", 30);
        });
        node = installation.start("without-elasticsearch");
        open.add(node);
        node.port();
        installation.awaitIndexed(Duration.ofSeconds(30));
    }

    @AfterAll
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        if (elasticsearch != null) {
            elasticsearch.close();
        }
        org.springframework.util.FileSystemUtils.deleteRecursively(directory);
    }

    private ElasticsearchServer launch() throws IOException {
        try (var versions = Files.list(Path.of("target", "elasticsearch").toAbsolutePath())) {
            return ElasticsearchServer.start(versions.findFirst().orElseThrow(), directory);
        }
    }

    @Test
    void peopleGoOnChannelsHearWhatCanNotBeProvenAndEverythingCatchesUp() throws Exception {
        var book = new Book(node.api().signIn("wanda.writer"), node.api().signIn("dr.signa"), installation.jdbc());
        var load = new Load(book);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); load) {
            load.start(threads);
            Thread.sleep(1_500);
            assertThat(load.seen(Channel.LIST)).containsOnlyKeys("200");

            long pid = Long.parseLong(Files.readString(directory.resolve("node.pid")).strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            proxy.cut(TcpProxy.Cut.REFUSE);
            load.forgetWhatWasSeen();
            int before = book.acknowledged();
            throughReview(drafts.get(0));
            Thread.sleep(OUTAGE.dividedBy(2));
            load.forgetWhatWasSeen();
            Thread.sleep(OUTAGE.dividedBy(2));
            everythingGoesOnButSearching(load, book, before);

            elasticsearch = launch();
            assertThat(elasticsearch.await(Duration.ofSeconds(90))).isTrue();
            proxy.mend(elasticsearch.url());
            Installation.await("lists are answered again", Duration.ofSeconds(20), () -> node.api().withKey(PeopleFixture.WEB_KEY).get(Channel.LIST).status() == 200);

            // there, but silent: nobody may wait for it as long as for a bulk
            proxy.cut(TcpProxy.Cut.SILENCE);
            Thread.sleep(500);
            load.forgetWhatWasSeen();
            before = book.acknowledged();
            throughReview(drafts.get(1));
            Thread.sleep(SILENCE);
            everythingGoesOnButSearching(load, book, before);
            proxy.mend();
        }
        assertThat(load.unexpected()).isEmpty();
        System.out.printf("while Elasticsearch was away: %d publications and withdrawals; longest answer to a channel %d ms, to a person %d ms%n",
                book.acknowledged(), load.longest("channel"), load.longest("person"));
        assertThat(load.longest("channel")).isLessThan(PATIENT.toMillis());
        installation.awaitIndexed(Duration.ofSeconds(60));
        new Soundness(installation).check(node, book);
    }

    private static void everythingGoesOnButSearching(Load load, Book book, int before) {
        assertThat(load.seen(Channel.SET)).containsOnlyKeys("200");
        assertThat(load.seen(Load.SINGLE)).containsOnlyKeys("200");
        assertThat(load.seen(Channel.LIST)).containsOnlyKeys("503 search-unavailable");
        assertThat(load.seen(Load.TEXT)).containsOnlyKeys("503 search-unavailable");
        assertThat(load.seen(Load.LIBRARY)).containsOnlyKeys("503 search-unavailable");
        assertThat(book.acknowledged()).as("published and withdrawn meanwhile").isGreaterThan(before + 10);
        assertThat(book.failures()).isEmpty();
    }

    /// From a draft to a channel, with all signatures.
    private void throughReview(Item item) {
        var writer = node.api().signIn("wanda.writer");
        var draft = writer.get("/manage/v1/items/" + item.id() + "/drafts/en-GB");
        var job = writer.post("/manage/v1/items/" + item.id() + "/drafts/en-GB/submission", "{\"market\": \"GB\"}", "If-Match", draft.header("ETag").orElseThrow());
        assertThat(job.status()).as(job.body()).isEqualTo(201);
        var path = "/manage/v1/jobs/" + job.json().path("code").asString();
        var hash = job.json().at("/rendition/sha256").asString();
        for (var reviewer : Map.of("medical", "dr.medina", "legal", "lena.legal", "regulatory", "rob.regulatory").entrySet()) {
            var verdict = node.api().signIn(reviewer.getValue()).post(path + "/verdicts", """
                    {"discipline": "%s", "verdict": "approve", "renditionSha256": "%s", "signature": {"userId": "%s", "password": "%s"}}"""
                    .formatted(reviewer.getKey(), hash, reviewer.getValue(), PeopleFixture.PASSWORD));
            assertThat(verdict.status()).as(verdict.body()).isEqualTo(201);
        }
        var certificate = node.api().signIn("dr.signa").post(path + "/certification", """
                {"renditionSha256": "%s", "validUntil": "%s", "signature": {"userId": "dr.signa", "password": "%s"}}"""
                .formatted(hash, java.time.Instant.now().plusSeconds(86_400 * 300L), PeopleFixture.PASSWORD));
        assertThat(certificate.status()).as(certificate.body()).isEqualTo(201);
        var published = writer.post("/manage/v1/items/" + item.id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"}");
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        try (var channel = Channel.web(node)) {
            assertThat(channel.get(Channel.single(item.id())).status()).isEqualTo(200);
        }
    }

    /// People and channels at work, and what they hear.
    private final class Load implements AutoCloseable {

        static final String SINGLE = "one item";
        static final String TEXT = Channel.LIST + "&q=slow";
        static final String LIBRARY = "/manage/v1/items?q=slow";

        private final Book book;
        private final Map<String, Map<String, AtomicInteger>> seen = new ConcurrentHashMap<>();
        private final Map<String, Long> longest = new ConcurrentHashMap<>();
        private final List<String> unexpected = java.util.Collections.synchronizedList(new ArrayList<>());
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicInteger round = new AtomicInteger();
        private final List<Future<?>> workers = new ArrayList<>();

        Load(Book book) {
            this.book = book;
        }

        void start(ExecutorService threads) {
            // the first ten stay as they are; one of them is read all the time
            workers.add(threads.submit(() -> repeat(() -> {
                int now = round.getAndIncrement();
                var id = items.get(10 + now % 20).id();
                book.withdraw(id);
                book.publish(id, null);
                book.save(texts.get(now % texts.size()).id());
            })));
            var person = node.api().signIn("wanda.writer");
            workers.add(threads.submit(() -> repeat(() -> note("person", LIBRARY, () -> status(person.get(LIBRARY))))));
            for (var path : List.of(Channel.SET, Channel.LIST, TEXT)) {
                workers.add(threads.submit(() -> channel(path, path)));
            }
            workers.add(threads.submit(() -> channel(SINGLE, Channel.single(items.getFirst().id()))));
        }

        private void channel(String name, String path) {
            try (var channel = Channel.web(node)) {
                repeat(() -> note("channel", name, () -> {
                    var answer = channel.get(path);
                    return answer.status() == 200 ? "200" : answer.status() + " " + answer.code();
                }));
            }
        }

        private void repeat(Runnable work) {
            while (running.get()) {
                work.run();
                try {
                    Thread.sleep(30);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }

        private void note(String who, String what, java.util.function.Supplier<String> asked) {
            long began = System.nanoTime();
            var answer = asked.get();
            longest.merge(who, (System.nanoTime() - began) / 1_000_000, Math::max);
            seen.computeIfAbsent(what, _ -> new ConcurrentHashMap<>()).computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
            if (!answer.equals("200") && !answer.equals("503 search-unavailable")) {
                unexpected.add(what + ": " + answer);
            }
        }

        private static String status(Api.Answer answer) {
            return answer.status() == 200 ? "200" : answer.status() + " " + answer.json().path("code").asString();
        }

        Map<String, AtomicInteger> seen(String what) {
            return seen.getOrDefault(what, Map.of());
        }

        void forgetWhatWasSeen() {
            seen.clear();
        }

        List<String> unexpected() {
            return unexpected;
        }

        long longest(String who) {
            return longest.getOrDefault(who, 0L);
        }

        @Override
        public void close() throws Exception {
            running.set(false);
            for (var worker : workers) {
                worker.get();
            }
        }
    }
}
