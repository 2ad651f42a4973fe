package io.throughline.bench;

import static io.throughline.bench.Figures.text;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.throughline.embedded.ElasticsearchServer;
import io.throughline.embedded.PostgresServer;
import io.throughline.ingest.document.Samples;
import io.throughline.shared.Json;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// Measures a server of its own on 10,000 published items. Everything runs on this machine: PostgreSQL, Elasticsearch, the server
/// and the load; what is compared is measured in turns, several times, and the medians are told.
///
/// `-Dbench.keep=true` uses the portfolio of the run before, `-Dbench.jvm=…` gives the server more options.
public final class Benchmark {

    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 16;
    private static final int MODEST_CONNECTIONS = 4;
    private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    /// The path of an uncached set is long; a server that has just started still interprets most of it.
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final List<String> TYPED = List.of("titration in primary care", "renal function", "headache days", "dose adjustment at home",
            "exacerbations", "shared care after hospital discharge", "glycated", "quality of life", "adherence registries", "sleep quality");
    private static final String WITHDRAWAL = Json.text(Map.of("reason", "The benchmark takes it back."));

    private final Client channel;
    private final Client writer;
    private final Client signatory;
    private final Wrk wrk;
    private final Figures figures = new Figures();

    private Benchmark(Application application, Path directory) throws IOException {
        channel = Client.channel(application.port(), PeopleFixture.WEB_KEY);
        writer = Client.person(application.port(), "wanda.writer");
        signatory = Client.person(application.port(), "dr.signa");
        wrk = new Wrk(application.port(), PeopleFixture.WEB_KEY, directory);
    }

    public static void main(String[] args) throws IOException, InterruptedException, java.sql.SQLException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Wrk.requireInstalled();
        var module = Path.of(args[0]).toAbsolutePath();
        var directory = module.resolve("target/bench");
        var seeded = directory.resolve("seeded");
        if (!(Boolean.getBoolean("bench.keep") && Files.exists(seeded))) {
            FileSystemUtils.deleteRecursively(directory);
            Files.createDirectories(directory);
        }
        Path home;
        try (var versions = Files.list(module.resolve("target/elasticsearch"))) {
            home = versions.findFirst().orElseThrow();
        }
        // fsync and synchronous_commit stay on, as for everybody's data
        try (var postgres = PostgresServer.start(directory.resolve("postgresql"), Map.of());
                var elasticsearch = ElasticsearchServer.start(home, directory.resolve("elasticsearch"))) {
            postgres.createDatabase("bench");
            if (!elasticsearch.await(Duration.ofMinutes(2))) {
                throw new IllegalStateException("Elasticsearch did not start; its logs are in " + directory);
            }
            var settings = new ArrayList<>(List.of("--server.address=127.0.0.1", "--throughline.db.url=" + postgres.jdbcUrl("bench"),
                    "--throughline.db.user=" + PostgresServer.USER, "--throughline.db.password=unused",
                    "--throughline.elasticsearch.url=" + elasticsearch.url(), "--throughline.blobs=" + directory.resolve("blobs")));
            if (!Files.exists(seeded)) {
                System.out.println("Writing " + Seeder.PUBLISHED + " published items; this takes some minutes.");
                var seeding = new ArrayList<>(settings);
                seeding.add("--server.port=0");
                Application.run(Seeder.class.getName(), seeding, directory.resolve("seeder.log"));
                Files.createFile(seeded);
            }
            Samples.findSharedData("articles").ifPresent(folder -> settings.add("--throughline.ingest.folders=articles=" + folder));
            try (var application = Application.start(settings, directory.resolve("server.log"))) {
                System.out.println("The server is process " + application.pid() + " on port " + application.port());
                new Benchmark(application, directory).run(module.resolve("../docs/benchmarks.md").normalize());
            }
        }
    }

    private void run(Path document) throws IOException, InterruptedException {
        var only = System.getProperty("bench.only", "");
        if (only.isEmpty() || only.contains("throughput")) {
            throughput();
        }
        if (only.isEmpty() || only.contains("uncached")) {
            uncached();
        }
        if (only.isEmpty() || only.contains("typing")) {
            typing();
        }
        if (only.isEmpty() || only.contains("publishing")) {
            publishing();
        }
        if (only.isEmpty() || only.contains("ingest")) {
            ingest();
        }
        System.out.println(figures.table());
        if (only.isEmpty()) {
            figures.writeInto(document);
            System.out.println("The table is in " + document);
        }
    }

    /// The bare endpoint gets the same headers and filters and answers as many bytes from memory.
    private void throughput() throws IOException {
        var set = channel.get(Shelves.HOT_CONTEXT);
        var id = Client.json(set).path("items").propertyNames().iterator().next();
        var itemPath = "/v1/items/" + id + "?market=GB&locale=en-GB";
        var item = channel.get(itemPath);
        require(set.statusCode() == 200 && item.statusCode() == 200, "the content set and the item can be read");
        compare("content set from the cache", Shelves.HOT_CONTEXT, set.body().getBytes(StandardCharsets.UTF_8).length);
        compare("one item by id", itemPath, item.body().getBytes(StandardCharsets.UTF_8).length);
    }

    private void compare(String what, String path, int bytes) throws IOException {
        var barePath = "/v1/bench/bare?bytes=" + bytes;
        wrk.one(barePath, CONNECTIONS, TURN);
        wrk.one(path, CONNECTIONS, TURN);
        var bare = new double[ROUNDS];
        var real = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        var p99 = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            bare[i] = faultless(wrk.one(barePath, CONNECTIONS, TURN)).perSecond();
            var result = faultless(wrk.one(path, CONNECTIONS, TURN));
            real[i] = result.perSecond();
            p99[i] = result.p99() / 1e3;
            ratios[i] = real[i] / bare[i];
        }
        double ratio = Figures.median(ratios);
        figures.add(what + ", against the bare endpoint", text("%.0f %% (%.0f to %.0f requests a second of %,d bytes; p99 %.1f ms at %d connections)", 100 * ratio,
                Figures.median(real), Figures.median(bare), bytes, Figures.median(p99), CONNECTIONS), "at least 60 %", ratio >= 0.6);
    }

    /// Each context is asked once in the whole run, so that no answer is in the cache.
    private void uncached() throws IOException {
        var contexts = Shelves.contexts();
        int slice = contexts.size() / (2 * ROUNDS + 1);
        wrk.lines(contexts.subList(0, slice), MODEST_CONNECTIONS, WARM_UP);
        uncached(contexts.subList(slice, (ROUNDS + 1) * slice), 1);
        uncached(contexts.subList((ROUNDS + 1) * slice, (2 * ROUNDS + 1) * slice), MODEST_CONNECTIONS);
    }

    private void uncached(List<String> contexts, int connections) throws IOException {
        int slice = contexts.size() / ROUNDS;
        var p50 = new double[ROUNDS];
        var p99 = new double[ROUNDS];
        var rate = new double[ROUNDS];
        long requests = 0;
        long refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var result = wrk.lines(contexts.subList(i * slice, (i + 1) * slice), connections, TURN);
            require(result.broken() == 0, "no connection broke");
            p50[i] = result.p50() / 1e3;
            p99[i] = result.p99() / 1e3;
            rate[i] = result.perSecond();
            requests += result.requests();
            refused += result.refused();
        }
        require(refused * 100 < requests, "most contexts have a set: %d of %d were refused".formatted(refused, requests));
        figures.add(text("content set, uncached, %d at a time", connections), text("p99 %.1f ms, p50 %.1f ms (%.0f a second; %d different contexts)",
                Figures.median(p99), Figures.median(p50), Figures.median(rate), requests), "p99 under 50 ms", Figures.median(p99) < 50);
    }

    /// A writer types; each keystroke asks the library.
    private void typing() {
        var millis = new ArrayList<Double>();
        for (int round = 0; round < 3; round++) {
            for (var phrase : TYPED) {
                for (int length = 2; length <= phrase.length(); length++) {
                    var started = System.nanoTime();
                    var answer = writer.get("/manage/v1/items?limit=20&q=" + URLEncoder.encode(phrase.substring(0, length), StandardCharsets.UTF_8));
                    require(answer.statusCode() == 200, "the library can be searched: " + answer.body());
                    if (round > 0) {
                        millis.add((System.nanoTime() - started) / 1e6);
                    }
                }
            }
        }
        double p99 = Figures.percentile(0.99, millis);
        figures.add("search while typing", text("p99 %.0f ms, p50 %.0f ms (%d searches)", p99, Figures.percentile(0.5, millis), millis.size()),
                "p99 under 100 ms", p99 < 100);
    }

    /// Publishes and withdraws over HTTP while another client reads sets; from sending the request to the end of the first answer
    /// that shows it.
    private void publishing() throws IOException {
        var items = Client.json(writer.get("/manage/v1/items?state=approved&brand=" + Shelves.BRANDS.getFirst() + "&sort=title&limit=200")).path("items")
                .valueStream().map(row -> row.path("id").asString()).toList();
        // after a run with a kept portfolio they are withdrawn instead, and can be published again
        if (items.isEmpty()) {
            items = Client.json(writer.get("/manage/v1/items?state=withdrawn&brand=" + Shelves.BRANDS.getFirst() + "&sort=title&limit=200")).path("items")
                    .valueStream().map(row -> row.path("id").asString()).toList();
        }
        require(items.size() >= 50, "there are items to publish: " + items.size());
        // made one after the other, so their ids are in the order of their approvals
        items = items.stream().sorted().toList();
        var duration = Duration.ofSeconds(60);
        var load = wrk.start(Shelves.HOT_CONTEXT, 2, duration);
        try {
            var visible = new ArrayList<Double>();
            var gone = new ArrayList<Double>();
            var body = Json.text(Map.of("locale", "en-GB", "market", "GB"));
            for (var id : items) {
                visible.add(millisUntil(writer, "/manage/v1/items/" + id + "/publications", body, id, true));
            }
            for (var id : items.reversed()) {
                gone.add(millisUntil(signatory, "/manage/v1/items/" + id + "/withdrawals", WITHDRAWAL, id, false));
                require(channel.get("/v1/items/" + id + "?market=GB&locale=en-GB").statusCode() == 410, "the item itself is gone too");
            }
            require(load.isAlive(), "there was load until the end");
            report("publish to visible in content sets", visible, 1_500);
            report("withdrawal to gone from content sets", gone, 1_000);
        } finally {
            load.destroy();
        }
    }

    private double millisUntil(Client person, String path, String body, String id, boolean shown) {
        var started = System.nanoTime();
        var answer = person.post(path, body);
        require(answer.statusCode() == 201, path + " answers " + answer.statusCode() + ": " + answer.body());
        while (channel.get(Shelves.HOT_CONTEXT).body().contains("\"" + id + "\"") != shown) {
            require(System.nanoTime() - started < Duration.ofSeconds(10).toNanos(), "the change shows within ten seconds");
        }
        return (System.nanoTime() - started) / 1e6;
    }

    private void report(String what, List<Double> millis, int limit) {
        double p99 = Figures.percentile(0.99, millis);
        figures.add(what, text("p99 %.0f ms, p50 %.0f ms (%d times, while two connections read)", p99, Figures.percentile(0.5, millis), millis.size()),
                "p99 under " + limit + " ms", p99 < limit);
    }

    private void ingest() throws InterruptedException {
        if (Samples.findSharedData("articles").isEmpty()) {
            figures.note("import of the 293 articles", "skipped: they are not beside the repository, and THROUGHLINE_SHARED_DATA does not name them");
            return;
        }
        var started = System.nanoTime();
        var answer = writer.post("/manage/v1/ingest/jobs", Json.text(Map.of("folder", "articles", "kind", "scientific-exchange", "locale", "en-GB")));
        require(answer.statusCode() == 202, "the import starts: " + answer.body());
        var path = "/manage/v1/ingest/jobs/" + Client.json(answer).path("id").asString();
        var job = Client.json(answer);
        while (!job.path("state").asString().equals("finished")) {
            require(System.nanoTime() - started < Duration.ofMinutes(10).toNanos(), "the import ends within ten minutes");
            Thread.sleep(200);
            job = Client.json(writer.get(path));
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        figures.add("import of the 293 articles", text("%.0f s (%d drafts, %d known already, %d files refused)", seconds, job.path("created").asInt(),
                job.path("duplicates").asInt(), job.path("refused").asInt()), "under 180 s", seconds < 180);
    }

    private static Wrk.Result faultless(Wrk.Result result) {
        require(result.refused() == 0 && result.broken() == 0, "every request is answered: " + result);
        return result;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("The benchmark stops, because this does not hold: " + what);
        }
    }
}
