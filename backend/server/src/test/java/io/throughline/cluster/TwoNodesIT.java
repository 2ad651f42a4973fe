package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.testing.Api;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// The same server twice against one PostgreSQL and one Elasticsearch: what one node is told holds on both.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {

    private static final int WITHDRAWALS = 100;
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final int FILES = 12;

    private final Installation installation = Installation.fresh().with("throughline.ingest.folders", "letters=" + folder(), "db-scheduler.polling-interval", "500ms",
            "throughline.outbound.allow", Hook.ALLOWED);
    private final List<AutoCloseable> open = new ArrayList<>();
    private List<Node> nodes;
    private List<Channel> channels;
    private RoundRobin proxy;
    private List<Item> toChange;
    private List<Item> toCount;

    @BeforeAll
    void start() throws Exception {
        toChange = Stock.fill(installation.settings(), stock -> {
            stock.published("Withdrawn everywhere", WITHDRAWALS + 20);
            toCount = stock.approved("Counted", 20);
            return stock.approved("Changing", 40);
        });
        nodes = List.of(installation.start("first"), installation.start("second"));
        open.addAll(nodes);
        channels = nodes.stream().map(Channel::web).toList();
        open.addAll(channels);
        proxy = new RoundRobin(nodes.stream().map(Node::port).toList());
        open.add(proxy);
        installation.awaitIndexed(Duration.ofSeconds(30));
    }

    @AfterAll
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    @Tag("RV-7")
    void aWithdrawalTakenOnOneNodeIsGoneFromTheOtherWithinASecondAHundredTimesOfAHundred() {
        var signatories = nodes.stream().map(node -> node.api().signIn("dr.signa")).toList();
        var figures = new Figures("withdrawal to gone from the other node");
        for (int i = 0; i < WITHDRAWALS; i++) {
            var taker = signatories.get(i % 2);
            var other = channels.get(1 - i % 2);
            var set = other.get(Channel.SET);
            var victim = itemIds(set.json()).getFirst();
            var single = other.get(Channel.single(victim));
            assertThat(other.get(Channel.SET, "If-None-Match", set.etag()).status()).as("the other node has it in its cache").isEqualTo(304);
            assertThat(other.get(Channel.single(victim), "If-None-Match", single.etag()).status()).isEqualTo(304);
            assertThat(other.get(Channel.LIST).body()).contains(victim);

            var withdrawn = taker.post("/manage/v1/items/" + victim + "/withdrawals", "{\"reason\": \"A new safety signal.\"}");
            assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(201);
            var at = Instant.parse(withdrawn.json().path("withdrawnAt").asString());

            while (other.get(Channel.SET, "If-None-Match", set.etag()) instanceof Channel.Answer it && (it.status() == 304 || it.body().contains(victim))) {
                notTooLate(at, "the set of withdrawal " + i);
            }
            while (other.get(Channel.single(victim), "If-None-Match", single.etag()).status() != 410) {
                notTooLate(at, "the item of withdrawal " + i);
            }
            while (other.get(Channel.LIST).body().contains(victim)) {
                notTooLate(at, "the list of withdrawal " + i);
            }
            figures.add(Duration.between(at, Instant.now()));
        }
        System.out.println(figures);
        assertThat(figures.count()).isEqualTo(WITHDRAWALS);
        assertThat(figures.longest()).isLessThan(LONGEST);
    }

    private static void notTooLate(Instant since, String what) {
        assertThat(Duration.between(since, Instant.now())).as(what).isLessThan(LONGEST);
    }

    @Test
    void bothNodesGiveTheSameBytesAndETagsForTheSameSequenceAlsoWhileItChanges() throws Exception {
        var paths = contexts();
        Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();
        var stop = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<?>>();
            for (var channel : channels) {
                readers.add(threads.submit(() -> {
                    while (stop.getCount() > 0) {
                        for (var path : paths) {
                            var answer = channel.get(path);
                            if (answer.status() == 200) {
                                seen.computeIfAbsent(path + " at " + answer.sequence(), _ -> new ConcurrentHashMap<>())
                                        .merge(channel.toString(), answer.etag() + " " + answer.body(), TwoNodesIT::same);
                            }
                        }
                    }
                }));
            }
            var writer = Api.of(proxy.port()).signIn("wanda.writer");
            var signatory = Api.of(proxy.port()).signIn("dr.signa");
            for (var item : toChange) {
                assertThat(writer.post("/manage/v1/items/" + item.id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"}").status()).isEqualTo(201);
                if (item.id().hashCode() % 2 == 0) {
                    assertThat(signatory.post("/manage/v1/items/" + item.id() + "/withdrawals", "{\"reason\": \"Changed.\"}").status()).isEqualTo(201);
                }
            }
            stop.countDown();
            for (var reader : readers) {
                reader.get();
            }
        }
        installation.awaitIndexed(Duration.ofSeconds(10));
        int compared = 0;
        for (var path : paths) {
            var answers = channels.stream().map(channel -> channel.get(path, "Min-Sequence", Long.toString(installation.sequence()))).toList();
            assertThat(answers).extracting(Channel.Answer::status).as(path).containsOnly(answers.getFirst().status()).doesNotContain(500, 503);
            assertThat(answers).extracting(Channel.Answer::etag).as(path).containsOnly(answers.getFirst().etag());
            assertThat(withoutTrace(answers.get(1))).as(path).isEqualTo(withoutTrace(answers.get(0)));
            compared++;
        }
        int underChange = 0;
        for (var entry : seen.entrySet()) {
            assertThat(entry.getValue().values()).as(entry.getKey()).doesNotContain("differs within one node");
            if (entry.getValue().size() == 2) {
                assertThat(entry.getValue().values().stream().distinct()).as(entry.getKey()).hasSize(1);
                underChange++;
            }
        }
        System.out.printf("%d contexts equal on both nodes; %d more pairs equal while the catalogue changed%n", compared, underChange);
        assertThat(underChange).isGreaterThan(paths.size() / 2);
    }

    private static String same(String before, String now) {
        return before.equals(now) ? now : "differs within one node";
    }

    private static Object withoutTrace(Channel.Answer answer) {
        return answer.status() == 200 ? answer.body() : answer.code();
    }

    private List<String> contexts() {
        var paths = new ArrayList<String>();
        for (var audience : List.of("hcp", "hcp.primary-care", "hcp.cardiology", "patient", "payer")) {
            for (var stage : List.of("", "&stage=considering", "&stage=trying")) {
                for (var need : List.of("", "&need=dosing", "&need=safety-tolerability", "&need=treatment-decision")) {
                    paths.add("/v1/content-sets?market=GB&locale=en-GB&audience=" + audience + stage + need);
                }
            }
        }
        paths.add(Channel.SET + "&explain=true");
        paths.add(Channel.SET + "&limit=1");
        paths.add("/v1/openapi.json");
        toChange.stream().limit(10).forEach(item -> paths.add(Channel.single(item.key())));
        return paths.stream().filter(path -> channels.getFirst().get(path).status() != 400).toList();
    }

    private static List<String> itemIds(JsonNode set) {
        return Stream.of(set.path("items")).flatMap(it -> it.propertyNames().stream()).toList();
    }

    @Test
    void eachChangeIsIndexedOnceAndToldOnceAndEachWindowEndsOnce() throws Exception {
        var writer = Api.of(proxy.port()).signIn("wanda.writer");
        var signatory = Api.of(proxy.port()).signIn("dr.signa");
        installation.awaitIndexed(Duration.ofSeconds(10));
        var before = writes();
        try (var hook = new Hook()) {
            hook.register(Api.of(proxy.port()).signIn("chris.channels"));
            changeAndCount(before, writer, signatory);
            hook.check(installation, Duration.ofSeconds(20));
            assertThat(installation.jdbc().sql("select count(*) from webhook_attempt").query(Integer.class).single()).as("sent by one node only")
                    .isEqualTo(hook.received());
            assertThat(hook.received()).isBetween(20 + 5, 20 + 5 + 10);
        }
    }

    private void changeAndCount(Map<String, Integer> before, Api writer, Api signatory) throws Exception {
        var until = Instant.now().plusSeconds(3);
        for (int i = 0; i < toCount.size(); i++) {
            var end = i % 2 == 0 ? "" : ", \"effectiveUntil\": \"" + until + "\"";
            var published = writer.post("/manage/v1/items/" + toCount.get(i).id() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"" + end + "}");
            assertThat(published.status()).as(published.body()).isEqualTo(201);
        }
        for (int i = 0; i < toCount.size(); i += 4) {
            assertThat(signatory.post("/manage/v1/items/" + toCount.get(i).id() + "/withdrawals", "{\"reason\": \"Counted.\"}").status()).isEqualTo(201);
        }
        Installation.await("all windows have ended", Duration.ofSeconds(20), () -> installation.jdbc()
                .sql("select count(*) from publication where ended_sequence is null and effective_until <= now()").query(Integer.class).single() == 0
                && Instant.now().isAfter(until.plusSeconds(1)));
        Thread.sleep(4_000); // a second turn of the expiry job, on either node
        new Soundness(installation).checkTables();
        assertThat(installation.jdbc().sql("select count(*) from content_change where type = 'expired'").query(Integer.class).single()).isEqualTo(10);
        installation.awaitIndexed(Duration.ofSeconds(10));
        var after = writes();
        assertThat(after.get("index") - before.get("index")).as("documents written").isEqualTo(20);
        assertThat(after.get("delete") - before.get("delete")).as("documents deleted").isEqualTo(5 + 10);
    }

    private Map<String, Integer> writes() {
        var stats = installation.elasticsearch("GET", "/" + installation.index("catalogue") + "/_stats/indexing", null).path("_all").path("total").path("indexing");
        return Map.of("index", stats.path("index_total").asInt(), "delete", stats.path("delete_total").asInt());
    }

    @Test
    void aDriftIsMendedByOneNodeAndAFolderIsTakenInByOneNode() throws Exception {
        installation.awaitIndexed(Duration.ofSeconds(10));
        var index = behindTheAlias();
        installation.elasticsearch("DELETE", "/" + index + "/_doc/" + installation.indexed().iterator().next() + "?refresh=true", null);
        installation.jdbc().sql("update scheduled_tasks set execution_time = now() where task_name = 'index-drift-check' and not picked").update();
        var writer = Api.of(proxy.port()).signIn("wanda.writer");
        var job = writer.post("/manage/v1/ingest/jobs", "{\"folder\": \"letters\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\"}");
        assertThat(job.status()).as(job.body()).isEqualTo(202);

        var path = "/manage/v1/ingest/jobs/" + job.json().path("id").asString();
        Installation.await("the folder is taken in", Duration.ofSeconds(30), () -> !writer.get(path).json().path("finishedAt").isMissingNode()
                && !writer.get(path).json().path("finishedAt").isNull());
        assertThat(writer.get(path).json().path("created").asInt()).isEqualTo(FILES);
        assertThat(installation.jdbc().sql("select count(*) from content_draft where document->>'title' like 'From the folder %'").query(Integer.class).single())
                .isEqualTo(FILES);

        Installation.await("the index is built anew", Duration.ofSeconds(20), () -> !behindTheAlias().equals(index));
        Thread.sleep(2_000);
        assertThat(number(behindTheAlias())).as("built once").isEqualTo(number(index) + 1);
        installation.awaitIndexed(Duration.ofSeconds(10));
        assertThat(installation.indexed()).hasSize(installation.jdbc().sql("select count(*) from publication where ended_sequence is null")
                .query(Integer.class).single());
    }

    private String behindTheAlias() {
        return installation.elasticsearch("GET", "/_alias/" + installation.index("catalogue"), null).propertyNames().iterator().next();
    }

    private static int number(String index) {
        return Integer.parseInt(index.substring(index.lastIndexOf('-') + 1));
    }

    @Test
    @Tag("S25")
    void aSessionHoldsOnBothNodesAndEndsOnBoth() {
        var writer = Api.of(proxy.port()).signIn("wanda.writer");
        for (int i = 0; i < 6; i++) {
            assertThat(writer.get("/manage/v1/my-work").status()).isEqualTo(200);
        }
        assertThat(writer.delete("/manage/v1/session").status()).isEqualTo(204);
        for (int i = 0; i < 4; i++) {
            assertThat(writer.get("/manage/v1/my-work").status()).isEqualTo(401);
        }
    }

    @Test
    @Tag("S25")
    void aKeyWorksOnBothNodesAndIsDeadOnTheOtherWithinFiveSecondsOfItsRevocation() throws Exception {
        var manager = nodes.get(0).api().signIn("chris.channels");
        var channel = manager.get("/manage/v1/channels").json().path("channels").get(0).path("id").asString();
        var issued = manager.post("/manage/v1/channels/" + channel + "/keys", """
                {"name": "Short-lived", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["non-promotional"], "mayExplain": false, "mayTimeTravel": false,
                 "expiresAt": "%s"}""".formatted(Instant.now().plusSeconds(3_600)));
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        try (var one = new Channel(nodes.get(0).port(), issued.json().path("secret").asString());
                var other = new Channel(nodes.get(1).port(), issued.json().path("secret").asString())) {
            assertThat(one.get(Channel.SET).status()).isEqualTo(200);
            assertThat(other.get(Channel.SET).status()).isEqualTo(200);
            assertThat(manager.post("/manage/v1/keys/" + issued.json().path("id").asString() + "/revocation", "{\"reason\": \"Lost.\"}").status()).isEqualTo(201);
            long revoked = System.nanoTime();
            assertThat(one.get(Channel.SET).status()).as("at once where it was revoked").isEqualTo(401);
            while (other.get(Channel.SET).status() == 200) {
                assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(5));
                Thread.sleep(50);
            }
            System.out.printf("revocation to refusal on the other node: %d ms%n", (System.nanoTime() - revoked) / 1_000_000);
        }
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("letters");
            for (int i = 0; i < FILES; i++) {
                Files.writeString(folder.resolve("letter-%02d.xml".formatted(i)), """
                        <article article-type="research-article" xml:lang="en"><front><article-meta>
                        <article-id pub-id-type="doi">10.5555/letter.%1$d</article-id>
                        <title-group><article-title>From the folder %1$d</article-title></title-group>
                        <abstract><p>Letter %1$d.</p></abstract></article-meta></front>
                        <body><sec><title>Results</title><p>Number %1$d.</p></sec></body></article>
                        """.formatted(i));
            }
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
