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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// Measures a server of its own on 10,000 published items, or as many as `-Dbench.items` says. Everything runs on this machine:
/// PostgreSQL, Elasticsearch, the server and the load; what is compared is measured in turns, several times, and the medians are told.
///
/// `-Dbench.keep=true` uses the portfolio of the run before with as many items, `-Dbench.jvm=…` gives the server more options.
public final class Benchmark {

    private static final int ITEMS = Integer.getInteger("bench.items", Seeder.BY_DESKS);
    static final int ROUNDS = 5;
    private static final int CONNECTIONS = 16;
    private static final int GUESSING = 50;
    /// The run that larger ones are compared with.
    private static final int SMALL = 10_000;
    private static final int STORM_ROUNDS = 5;
    /// Contexts that a turn has ready for each of its seconds: more than this machine answers.
    private static final int MOST_A_SECOND = 10_000;
    private static final Duration WITHDRAWAL_EVERY = Duration.ofMillis(100);
    static final Duration TURN = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    /// The path of an uncached set and that of an index are long; servers that have just started still interpret most of them.
    static final Duration WARM_UP = Duration.ofSeconds(60);
    /// The embedded server compiles little, for a quick start; what it is compared with shall be at its best.
    private static final List<String> COMPILING = List.of("-XX:TieredStopAtLevel=4", "-Xms1g", "-Xmx1g");
    private static final List<String> TYPED = List.of("titration in primary care", "renal function", "headache days", "dose adjustment at home",
            "exacerbations", "shared care after hospital discharge", "glycated", "quality of life", "adherence registries", "sleep quality");
    private static final String WITHDRAWAL = Json.text(Map.of("reason", "The benchmark takes it back."));

    private final Client channel;
    private final Client writer;
    private final Client signatory;
    private final Wrk wrk;
    private final Application application;
    private final URI elasticsearch;
    private final Path directory;
    private final Figures figures = new Figures(ITEMS);
    private final Iterator<Shelves.Context> contexts = Shelves.contexts().iterator();

    private Benchmark(Application application, URI elasticsearch, Path directory) throws IOException {
        this.application = application;
        this.elasticsearch = elasticsearch;
        this.directory = directory;
        channel = Client.channel(application.port(), PeopleFixture.WEB_KEY);
        writer = Client.person(application.port(), "wanda.writer");
        signatory = Client.person(application.port(), "dr.signa");
        wrk = new Wrk(application.port(), PeopleFixture.WEB_KEY, directory);
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException, java.sql.SQLException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Wrk.requireInstalled();
        var module = Path.of(args[0]).toAbsolutePath();
        var directory = module.resolve("target/bench-" + ITEMS);
        var written = directory.resolve("written");
        var indexed = directory.resolve("seeding.json");
        if (!(Boolean.getBoolean("bench.keep") && Files.exists(written))) {
            FileSystemUtils.deleteRecursively(directory);
            Files.createDirectories(directory);
        }
        Path home;
        try (var versions = Files.list(module.resolve("target/elasticsearch"))) {
            home = versions.findFirst().orElseThrow();
        }
        // fsync and synchronous_commit stay on, as for everybody's data
        try (var postgres = PostgresServer.start(directory.resolve("postgresql"), Map.of("max_wal_size", "8GB"));
                var elasticsearch = ElasticsearchServer.start(home, directory.resolve("elasticsearch"), COMPILING)) {
            postgres.createDatabase("bench");
            if (!elasticsearch.await(Duration.ofMinutes(2))) {
                throw new IllegalStateException("Elasticsearch did not start; its logs are in " + directory);
            }
            var settings = new ArrayList<>(List.of("--server.address=127.0.0.1", "--throughline.db.url=" + postgres.jdbcUrl("bench"),
                    "--throughline.db.user=" + PostgresServer.USER, "--throughline.db.password=unused",
                    "--throughline.elasticsearch.url=" + elasticsearch.url(), "--throughline.blobs=" + directory.resolve("blobs"),
                    "--throughline.data=" + directory.resolve("data")));
            var seeding = new ArrayList<>(settings);
            seeding.addAll(List.of("--server.port=0", "--bench.items=" + ITEMS, "--bench.report=" + indexed,
                    "--throughline.document-cache=0")); // nobody fetches from it
            if (!Files.exists(written)) {
                System.out.println("Writing " + ITEMS + " published items; this takes some minutes.");
                Application.run(Seeder.class.getName(), seeding, directory.resolve("seeder.log"));
                Files.createFile(written);
            }
            if (!Files.exists(indexed)) {
                seeding.add("--bench.step=index");
                Application.run(Seeder.class.getName(), seeding, directory.resolve("indexing.log"));
            }
            Samples.findSharedData("articles").ifPresent(folder -> settings.add("--throughline.ingest.folders=articles=" + folder));
            try (var application = Application.start(settings, directory.resolve("server.log"))) {
                System.out.println("The server is process " + application.pid() + " on port " + application.port());
                new Benchmark(application, elasticsearch.url(), directory).run(module.resolve("../../README.md").normalize());
            }
        }
    }

    private void run(Path document) throws IOException, InterruptedException, ExecutionException {
        var only = System.getProperty("bench.only", "");
        start();
        if (only.isEmpty() || only.contains("throughput")) {
            throughput();
        }
        if (only.isEmpty() || only.contains("uncached")) {
            uncached(document);
        }
        if (only.isEmpty() || only.contains("storm")) {
            storm();
        }
        if (only.isEmpty() || only.contains("typing")) {
            typing();
        }
        if (only.isEmpty() || only.contains("publishing")) {
            publishing();
        }
        if (only.isEmpty() || only.contains("creating")) {
            creating();
        }
        if (only.isEmpty() || only.contains("flood")) {
            flood();
        }
        if (only.isEmpty() || only.contains("ingest")) {
            ingest();
        }
        heap("heap after the load");
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
        figures.add(what + ", against the bare endpoint", text("%.0f %% (%.0f to %.0f requests a second of %,d bytes at %d connections)", 100 * ratio,
                Figures.median(real), Figures.median(bare), bytes, CONNECTIONS), "at least 70 %", ratio >= 0.7);
        figures.add(what + ", time to answer", text("p99 %.1f ms at %d connections", Figures.median(p99), CONNECTIONS), "p99 under 25 ms",
                Figures.median(p99) < 25);
    }

    /// What the server itself says about how it came to know the catalogue, and what that holds of memory.
    private void start() throws IOException {
        figures.note("start: catalogue read into memory", told("%,d publications in %.1f s", "Read (\\d+) publications at sequence \\d+ in (\\d+) ms"));
        heap("heap after the start");
        var early = wrk.lines(paths(next((int) (MOST_A_SECOND * TURN.toSeconds()))), CONNECTIONS, TURN);
        require(early.broken() == 0, "no connection broke");
        figures.note("content set, uncached, in the first seconds of a server", text("%.0f a second, p99 %.0f ms at %d connections, while documents are still being taken",
                early.perSecond(), early.p99() / 1e3, CONNECTIONS));
        // what is measured from here on is not what happens beside it
        figures.note("start: documents taken into memory and the node's file, beside the requests", told("%,d documents in %.1f s", "Took (\\d+) documents into memory in (\\d+) ms"));
        var seeding = directory.resolve("seeding.json");
        if (Files.exists(seeding)) {
            var indexing = Json.parse(Files.readString(seeding));
            double rate = indexing.path("items").asDouble() / indexing.path("seconds").asDouble();
            int times = indexing.path("times").asInt();
            figures.add("bulk index", text("%.0f items a second (%,d publications of %,d bytes in %.1f s, index %,d bytes each%s)", rate,
                    indexing.path("items").asLong(), indexing.path("bytes").asLong(), indexing.path("seconds").asDouble(),
                    indexing.path("indexBytes").asLong(), times == 1 ? "" : text("; median of %d after %d s of building it, the first by servers just started %.0f a second", times, WARM_UP.toSeconds(),
                            indexing.path("items").asDouble() / indexing.path("firstSeconds").asDouble())), "at least 5,000 a second", rate >= 5_000);
        }
    }

    /// @param line of the server's log, with a number and milliseconds
    private String told(String format, String line) throws IOException {
        var found = application.awaitLog(Pattern.compile(line), Duration.ofMinutes(15));
        return text(format, Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)) / 1e3);
    }

    private void heap(String what) throws IOException {
        long bytes = application.heapInUse();
        figures.add(what, text("%,d MB in use after a collection; at most 2,048 MB by `-Xmx2g`", bytes >> 20), "under 2 GB", bytes < 2L << 30);
    }

    private List<Shelves.Context> next(int count) {
        var some = new ArrayList<Shelves.Context>(count);
        while (some.size() < count && contexts.hasNext()) {
            some.add(contexts.next());
        }
        return some;
    }

    /// Each context is asked once in the whole run, so that no answer is in the cache. In turns with it the index is asked for the
    /// candidates of as many contexts, past the server.
    private void uncached(Path document) throws IOException {
        int slice = (int) (MOST_A_SECOND * TURN.toSeconds());
        var before = next(slice);
        wrk.warmUp(paths(before), CONNECTIONS, WARM_UP);
        wrk.warmUp(index(), queries(before), CONNECTIONS, WARM_UP.dividedBy(3));
        var p50 = new double[ROUNDS];
        var p99 = new double[ROUNDS];
        var rate = new double[ROUNDS];
        var rawRate = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        long requests = 0;
        long refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var some = next(slice);
            rawRate[i] = faultless(wrk.bodies(index(), queries(some), CONNECTIONS, TURN)).perSecond();
            var result = wrk.lines(paths(some), CONNECTIONS, TURN);
            require(result.broken() == 0, "no connection broke");
            p50[i] = result.p50() / 1e3;
            p99[i] = result.p99() / 1e3;
            rate[i] = result.perSecond();
            ratios[i] = rate[i] / rawRate[i];
            requests += result.requests();
            refused += result.refused();
        }
        require(refused * 100 < requests, "most contexts have a set: %d of %d were refused".formatted(refused, requests));
        double perSecond = Figures.median(rate);
        figures.add("content set, uncached, against the raw candidate query", text("%.0f %% (%.0f sets to %.0f queries a second at %d connections; %d different contexts)",
                100 * Figures.median(ratios), perSecond, Figures.median(rawRate), CONNECTIONS, requests), "at least 50 %", Figures.median(ratios) >= 0.5);
        figures.add("content set, uncached, time to answer", text("p99 %.1f ms, p50 %.1f ms at %d connections", Figures.median(p99), Figures.median(p50), CONNECTIONS),
                "p99 under 60 ms", Figures.median(p99) < 60);
        figures.uncachedPerSecond(perSecond);
        var small = ITEMS == SMALL ? OptionalDouble.empty() : Figures.uncachedPerSecond(document, SMALL);
        if (small.isPresent()) {
            double growth = small.getAsDouble() / perSecond;
            figures.add(text("content set, uncached: cost at %,d items against %,d", ITEMS, SMALL), text("%.2f times (%.0f to %.0f a second)", growth,
                    small.getAsDouble(), perSecond), "less than 3 times", growth < 3);
        }
    }

    private URI index() {
        return elasticsearch.resolve("/throughline-catalogue/_search");
    }

    private static List<String> queries(List<Shelves.Context> some) {
        return some.stream().map(Shelves.Context::query).toList();
    }

    private static List<String> paths(List<Shelves.Context> some) {
        return some.stream().map(Shelves.Context::path).toList();
    }

    /// Sets from the cache and new ones, half and half, with and without ten withdrawals a second.
    private void storm() throws IOException, InterruptedException, ExecutionException {
        var items = articles();
        var without = new double[STORM_ROUNDS];
        var with = new double[STORM_ROUNDS];
        var ratios = new double[STORM_ROUNDS];
        int withdrawn = 0;
        int left = items.size();
        var acts = new ArrayList<Future<?>>();
        for (int i = 0; i < STORM_ROUNDS; i++) {
            without[i] = wrk.lines(mixed(), CONNECTIONS, TURN).perSecond();
            var lines = mixed();
            // each on a thread of its own: one that takes long must not hold up the next
            try (var storm = Executors.newSingleThreadScheduledExecutor(); var people = Executors.newVirtualThreadPerTaskExecutor()) {
                var task = storm.scheduleAtFixedRate(() -> acts.add(people.submit(() -> withdraw(items.remove()))), 0, WITHDRAWAL_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
                with[i] = wrk.lines(lines, CONNECTIONS, TURN).perSecond();
                require(!task.isDone(), "there are items to withdraw");
                task.cancel(false);
            }
            withdrawn = left - items.size();
            ratios[i] = 1 - with[i] / without[i];
            System.out.printf("storm, turn %d: %.0f without, %.0f with%n", i + 1, without[i], with[i]);
        }
        for (var act : acts) {
            act.get(); // every withdrawal was accepted
        }
        double loss = Figures.median(ratios);
        figures.add("withdrawal storm", text("%.0f %% fewer sets (%.0f instead of %.0f a second, half of them cached; %.1f withdrawals a second)", 100 * loss,
                Figures.median(with), Figures.median(without), withdrawn / (double) (STORM_ROUNDS * TURN.toSeconds())), "less than 30 %", loss < 0.3);
    }

    /// Published articles, many more than a storm withdraws.
    private Queue<String> articles() {
        var ids = new ConcurrentLinkedQueue<String>();
        var after = "";
        while (ids.size() < 1_000 && after != null) {
            var page = Client.json(writer.get("/manage/v1/items?state=effective&type=article&limit=200" + after));
            page.path("items").valueStream().forEach(row -> ids.add(row.path("id").asString()));
            var next = page.path("nextCursor").asString("");
            after = next.isEmpty() ? null : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
        return ids;
    }

    private void withdraw(String item) {
        var answer = signatory.post("/manage/v1/items/" + item + "/withdrawals", WITHDRAWAL);
        require(answer.statusCode() == 201, "a withdrawal answers " + answer.statusCode() + ": " + answer.body());
    }

    private List<String> mixed() {
        var lines = new ArrayList<String>();
        for (var context : next((int) (MOST_A_SECOND * TURN.toSeconds()))) {
            lines.add(Shelves.HOT_CONTEXT);
            lines.add(context.path());
        }
        return lines;
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

    /// A writer's items, each with its validation and its entry in the trail, answered once it is on the disk.
    private void creating() throws IOException {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            var document = Json.object().put("title", "Measured " + i).put("summary", "What was measured, in one sentence.")
                    .put("body", "Patients (n = %d) were followed for 12 weeks.\n\n## Methods\n\nDouble blind, 250 × 10^9/L at the beginning, 5 to 10 mg a day.".formatted(i));
            bodies.add(Json.text(Json.object().put("type", "article").put("kind", "scientific-exchange").put("locale", "en-GB").set("document", document)));
        }
        var path = URI.create("http://127.0.0.1:" + application.port() + "/manage/v1/items");
        wrk.warmUp(path, bodies, CONNECTIONS, WARM_UP.dividedBy(2), writer.headers());
        var rate = new double[ROUNDS];
        var p99 = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            var result = faultless(wrk.warmUp(path, bodies, CONNECTIONS, TURN, writer.headers()));
            rate[i] = result.perSecond();
            p99[i] = result.p99() / 1e3;
        }
        figures.add("creating an item, with validation, audit and durable commit", text("%.0f a second, p99 %.0f ms at %d connections", Figures.median(rate),
                Figures.median(p99), CONNECTIONS), "at least 600 a second, p99 under 100 ms", Figures.median(rate) >= 600 && Figures.median(p99) < 100);
    }

    /// As many connections as somebody who tries passwords may open, each from an address of its own, so that no limit by address spares the
    /// server a hash. In turns without them and with them: items at 16 connections, and beside those a signed-in person who reads.
    private void flood() throws IOException, InterruptedException {
        var id = Client.json(channel.get(Shelves.HOT_CONTEXT)).path("items").propertyNames().iterator().next();
        var item = "/v1/items/" + id + "?market=GB&locale=en-GB";
        wrk.one(item, CONNECTIONS, TURN);
        var without = new double[ROUNDS];
        var with = new double[ROUNDS];
        var ratios = new double[ROUNDS];
        var reads = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            without[i] = faultless(wrk.one(item, CONNECTIONS, TURN)).perSecond();
            var flood = wrk.guesses(Client.nobody(application.port()).guessing(), GUESSING, TURN.plusSeconds(2));
            try {
                Thread.sleep(1_000);
                var load = wrk.start(item, CONNECTIONS, TURN);
                reads.addAll(readWhile(load));
                with[i] = faultless(Wrk.finish(load, TURN)).perSecond();
            } finally {
                flood.destroy();
            }
            ratios[i] = with[i] / without[i];
        }
        figures.add("one item, while passwords are tried", text("%.0f %% (%.0f instead of %.0f requests a second at %d connections, %d connections try passwords)",
                100 * Figures.median(ratios), Figures.median(with), Figures.median(without), CONNECTIONS, GUESSING), "at least 70 %", Figures.median(ratios) >= 0.7);
        double p99 = Figures.percentile(0.99, reads);
        figures.add("management, while passwords are tried", text("p99 %.0f ms, p50 %.0f ms (%d reads with a session, beside both loads)", p99,
                Figures.percentile(0.5, reads), reads.size()), "p99 under 1,000 ms", p99 < 1_000);
    }

    /// Milliseconds of a person's reads, ten a second, for as long as a load runs.
    private List<Double> readWhile(Process load) throws InterruptedException {
        var millis = new ArrayList<Double>();
        while (load.isAlive()) {
            var began = System.nanoTime();
            var answer = writer.get("/manage/v1/items?limit=20");
            require(answer.statusCode() == 200, "a person reads the library: " + answer.body());
            millis.add((System.nanoTime() - began) / 1e6);
            Thread.sleep(100);
        }
        return millis;
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
            figures.note("import of the 293 articles", "skipped: they are not beside the repository, and SHARED_DATA does not name them");
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
