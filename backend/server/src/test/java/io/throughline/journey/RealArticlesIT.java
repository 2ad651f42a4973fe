package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.identity.IdentitySeed;
import io.throughline.ingest.document.Samples;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The main job on real input, over HTTP alone: 293 articles become drafts; 100 of them are tagged by [TaggingRule], reviewed
/// by four people with their signatures, published and found by a channel; then some are withdrawn and found no more.
///
/// Skipped where the articles are absent; they are no part of the project.
@IntegrationTest
class RealArticlesIT {

    private static final int ARTICLES = 293;
    private static final int PUBLISHED = 100;
    private static final int WITHDRAWN = 5;
    private static final Duration LONGEST_INGEST = Duration.ofMinutes(3);

    private record Article(String itemId, String key, String title, ObjectNode classification) {

        Context context() {
            return new Context(classification.at("/stage/0").asString(), classification.at("/need/0").asString());
        }
    }

    private record Context(String stage, String need) {

        String path() {
            return "/v1/content-sets?audience=hcp&stage=%s&need=%s&market=GB&locale=en-GB&limit=100".formatted(stage, need);
        }
    }

    @LocalServerPort int port;
    @Autowired IdentitySeed seed;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("throughline.ingest.folders", () -> Samples.findSharedData("articles").map(it -> "articles=" + it).orElse(""));
    }

    @Test
    @Tag("UK-1")
    @Tag("UK-7")
    @Tag("RV-7")
    void fromTwoHundredNinetyThreeFilesToAHundredArticlesThatChannelsFindAndFindNoMore() throws Exception {
        var folder = Samples.sharedData("articles");
        var people = new PeopleFixture(seed);
        var writer = Api.of(port).signIn(people.writer().username());
        var reviewers = Map.of("medical", people.medical(), "legal", people.legal(), "regulatory", people.regulatory());
        var channel = Api.of(port).withKey(people.webKey());

        var clock = new Clock();
        var ingested = ingested(writer, manifest(folder.resolve("manifest.jsonl")));
        clock.lap("ingest of %d articles".formatted(ARTICLES));
        var submitted = tagAndSubmit(writer, ingested);
        var articles = List.copyOf(submitted.keySet());
        var jobs = List.copyOf(submitted.values());
        assertThat(articles).hasSize(PUBLISHED);
        clock.lap("tagging and submitting " + PUBLISHED);
        review(jobs, reviewers);
        clock.lap("%d signed verdicts".formatted(3 * PUBLISHED));
        certify(jobs, people.signatory());
        clock.lap("%d certificates".formatted(PUBLISHED));
        for (var article : articles) {
            var published = writer.post("/manage/v1/items/" + article.itemId() + "/publications", "{\"locale\": \"en-GB\", \"market\": \"GB\"}");
            assertThat(published.status()).as(published.body()).isEqualTo(201);
        }
        clock.lap("publishing");

        assertThat(foundInContentSets(channel, articles)).isEqualTo(ids(articles));
        clock.lap("content sets");
        for (var article : articles) {
            assertThat(search(channel, article)).as("search for '%s'", article.title()).contains(article.itemId());
            var single = channel.get("/v1/items/" + article.key() + "?market=GB&locale=en-GB").json();
            assertThat(single.path("title").asString()).isEqualTo(article.title());
            assertThat(single.at("/approval/jobCode").asString()).startsWith("GB-");
            assertThat(single.at("/approval/dateOfPreparation").asString()).matches("\\d{4}-\\d{2}");
        }
        clock.lap("full text and single items");

        var gone = articles.subList(0, WITHDRAWN);
        var signatory = Api.of(port).signIn(people.signatory().username());
        for (var article : gone) {
            var withdrawn = signatory.post("/manage/v1/items/" + article.itemId() + "/withdrawals", "{\"reason\": \"The publisher retracted it.\"}");
            assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(201);
            assertThat(search(channel, article)).as("search for '%s' after its withdrawal", article.title()).doesNotContain(article.itemId());
            var answer = channel.get("/v1/items/" + article.key() + "?market=GB&locale=en-GB");
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.json().path("code").asString()).isEqualTo("content-withdrawn");
        }
        assertThat(foundInContentSets(channel, articles)).isEqualTo(ids(articles.subList(WITHDRAWN, PUBLISHED)));
        clock.lap("withdrawing and looking again");

        var trail = Api.of(port).signIn(people.administrator().username()).get("/manage/v1/audit/verification").json();
        assertThat(trail.path("state").asString()).isEqualTo("intact");
    }

    private static Map<String, JsonNode> manifest(java.nio.file.Path file) throws IOException {
        var entries = new TreeMap<String, JsonNode>();
        for (var line : Files.readAllLines(file)) {
            var entry = Json.parse(line);
            entries.put(entry.path("file").asString(), entry);
        }
        assertThat(entries).hasSize(ARTICLES);
        return entries;
    }

    /// The articles that the rule can tag, by file name; all are compared with the manifest first.
    private static List<Article> ingested(Api writer, Map<String, JsonNode> manifest) throws InterruptedException {
        var started = Instant.now();
        var job = writer.post("/manage/v1/ingest/jobs", "{\"folder\": \"articles\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\"}");
        assertThat(job.status()).as(job.body()).isEqualTo(202);
        var path = "/manage/v1/ingest/jobs/" + job.json().path("id").asString();
        while (!writer.get(path).json().path("state").asString().equals("finished")) {
            assertThat(Duration.between(started, Instant.now())).isLessThan(LONGEST_INGEST);
            Thread.sleep(500);
        }
        assertThat(writer.get(path).json().path("created").asInt()).isEqualTo(ARTICLES);

        var left = new TreeMap<>(manifest);
        int repeated = 0;
        var differences = new ArrayList<String>();
        var taggable = new ArrayList<Article>();
        for (var after = ""; after != null; ) {
            var page = writer.get(path + "/files?limit=200" + after).json();
            for (var file : page.path("files")) {
                var name = file.path("fileName").asString();
                if (name.equals("manifest.jsonl")) {
                    assertThat(file.path("code").asString()).isEqualTo("unsupported-format");
                    continue;
                }
                var entry = left.remove(name);
                if (entry == null || !file.path("outcome").asString().equals("created")) {
                    differences.add(file.toString());
                    continue;
                }
                var itemId = file.path("itemId").asString();
                var document = writer.get("/manage/v1/items/" + itemId + "/drafts/en-GB").json().path("document");
                var title = document.path("title").asString();
                // a work that a source lists twice is one reference
                int twice = entry.path("refs").asInt() - document.path("references").size();
                repeated += Math.max(0, twice);
                if (!isTitle(title, entry.path("title").asString()) || twice < 0 || twice > 5) {
                    differences.add("%s: %s, %d references".formatted(name, title, document.path("references").size()));
                }
                TaggingRule.classify(entry).ifPresent(tags -> taggable.add(new Article(itemId, file.path("key").asString(), title, tags)));
            }
            after = page.has("nextCursor") ? "&after=" + page.path("nextCursor").asString() : null;
        }
        assertThat(differences).as("differences from the manifest").isEmpty();
        assertThat(repeated).as("references that stand twice in their source").isLessThan(20);
        assertThat(left).as("articles without a result").isEmpty();
        return taggable;
    }

    /// The first hundred that may be submitted as English: some of the files are Spanish or Portuguese under an English title (LC-3).
    private static Map<Article, JsonNode> tagAndSubmit(Api writer, List<Article> articles) {
        var jobs = new LinkedHashMap<Article, JsonNode>();
        int foreign = 0;
        for (var article : articles) {
            if (jobs.size() == PUBLISHED) {
                break;
            }
            var path = "/manage/v1/items/" + article.itemId() + "/drafts/en-GB";
            var draft = writer.get(path);
            var document = (ObjectNode) draft.json().path("document");
            document.set("classification", article.classification());
            var saved = writer.put(path, Json.object().set("document", document).toString(), "If-Match", draft.header("ETag").orElseThrow());
            assertThat(saved.status()).as(saved.body()).isEqualTo(200);
            var job = writer.post(path + "/submission", "{\"market\": \"GB\"}", "If-Match", saved.header("ETag").orElseThrow());
            if (job.status() == 422 && job.json().path("errors").valueStream().allMatch(it -> it.path("code").asString().equals("wrong-language"))) {
                foreign++;
                continue;
            }
            assertThat(job.status()).as("%s: %s", article.title(), job.body()).isEqualTo(201);
            jobs.put(article, job.json());
        }
        assertThat(foreign).as("articles in another language").isLessThan(20);
        return jobs;
    }

    /// Three people at once, as in life; each signs with user id and password first, then with the password.
    private void review(List<JsonNode> jobs, Map<String, Actor> reviewers) throws Exception {
        try (var desks = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = reviewers.entrySet().stream().map(it -> desks.submit(() -> {
                var reviewer = Api.of(port).signIn(it.getValue().username());
                boolean first = true;
                for (var job : jobs) {
                    var body = Json.object().put("discipline", it.getKey()).put("verdict", "approve").put("renditionSha256", job.at("/rendition/sha256").asString());
                    body.set("signature", signature(it.getValue(), first));
                    var answer = reviewer.post("/manage/v1/jobs/" + job.path("code").asString() + "/verdicts", body.toString());
                    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
                    first = false;
                }
                return null;
            })).toList();
            for (var desk : all) {
                desk.get();
            }
        }
    }

    private void certify(List<JsonNode> jobs, Actor signatory) {
        var api = Api.of(port).signIn(signatory.username());
        boolean first = true;
        for (var job : jobs) {
            var body = Json.object().put("renditionSha256", job.at("/rendition/sha256").asString())
                    .put("validUntil", Instant.now().plus(300, ChronoUnit.DAYS).toString());
            body.set("signature", signature(signatory, first));
            var answer = api.post("/manage/v1/jobs/" + job.path("code").asString() + "/certification", body.toString());
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            first = false;
        }
    }

    private static JsonNode signature(Actor actor, boolean first) {
        var signature = Json.object().put("password", PeopleFixture.PASSWORD);
        return first ? signature.put("userId", actor.username()) : signature;
    }

    /// A reader of each context comes back until nothing new is shown; what was seen comes later, so in the end all was there.
    private static Set<String> foundInContentSets(Api channel, List<Article> articles) {
        var byContext = new HashMap<Context, Set<String>>();
        articles.forEach(article -> byContext.computeIfAbsent(article.context(), _ -> new LinkedHashSet<>()).add(article.itemId()));
        var found = new LinkedHashSet<String>();
        byContext.forEach((context, wanted) -> {
            var seen = new LinkedHashSet<String>();
            for (boolean isNew = true; isNew; ) {
                var answer = channel.get(context.path() + (seen.isEmpty() ? "" : "&seen=" + String.join(",", seen)));
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                isNew = false;
                for (var slot : answer.json().path("slots")) {
                    for (var item : slot.path("items")) {
                        var id = item.path("id").asString();
                        if (wanted.contains(id)) {
                            isNew |= seen.add(id);
                        }
                    }
                }
            }
            found.addAll(seen);
        });
        return found;
    }

    private static Set<String> search(Api channel, Article article) {
        var answer = channel.get("/v1/items?market=GB&locale=en-GB&limit=20&fields=title&q=" + URLEncoder.encode(article.title(), StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var ids = new LinkedHashSet<String>();
        answer.json().path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private static Set<String> ids(List<Article> articles) {
        return articles.stream().map(Article::itemId).collect(java.util.stream.Collectors.toSet());
    }

    /// Says how long each part took; it asserts nothing.
    private static final class Clock {

        private long last = System.nanoTime();

        void lap(String what) {
            long now = System.nanoTime();
            System.out.printf("%s took %.1f s%n", what, (now - last) / 1e9);
            last = now;
        }
    }

    /// The manifest writes powers as plain digits, and has the footnote marks of titles, which are left out with a warning.
    private static boolean isTitle(String title, String listed) {
        var read = flat(title);
        var wanted = flat(listed);
        return read.endsWith(wanted) || wanted.startsWith(read) && wanted.length() <= read.length() + 2;
    }

    private static String flat(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFKC).replaceAll("[\\^_]\\((\\w+)\\)", "$1");
    }
}
