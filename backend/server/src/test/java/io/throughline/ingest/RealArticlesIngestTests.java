package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Contents;
import io.throughline.identity.IdentitySeed;
import io.throughline.ingest.document.Samples;
import io.throughline.shared.Json;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// The real articles beside the repository, through the same job that a writer starts; skipped where they are absent.
@IntegrationTest
class RealArticlesIngestTests {

    @Autowired IngestJobs jobs;
    @Autowired Contents contents;
    @Autowired IdentitySeed seed;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("throughline.ingest.folders", () -> Samples.findSharedData("articles").map(it -> "articles=" + it).orElse(""));
    }

    @Test
    void everyArticleBecomesADraftWithItsTitleAndReferences() throws IOException, InterruptedException {
        var folder = Samples.sharedData("articles");
        var expected = new HashMap<String, JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            var entry = Json.parse(line);
            expected.put(entry.path("file").asString(), entry);
        }
        var writer = new PeopleFixture(seed).writer();
        var started = System.nanoTime();
        var start = (IngestJobs.Start.Started) jobs.start(writer, "articles", new IngestTarget("scientific-exchange", null, "en-GB"));
        var id = start.job().id();
        while (jobs.find(writer, id).orElseThrow().state() != IngestJob.State.FINISHED) {
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMinutes(3));
            Thread.sleep(200);
        }
        System.out.printf("293 articles took %.1f s%n", (System.nanoTime() - started) / 1e9);

        var job = jobs.find(writer, id).orElseThrow();
        var differences = new ArrayList<String>();
        for (var file : jobs.listFiles(job, null, 0, 1000).items()) {
            var entry = expected.remove(file.fileName());
            if (entry == null) {
                assertThat(file.fileName()).isEqualTo("manifest.jsonl");
                assertThat(file.code()).isEqualTo("unsupported-format");
                continue;
            }
            var itemId = file.itemId();
            if (itemId == null) {
                differences.add(file.toString());
                continue;
            }
            var document = contents.findDraft(itemId, "en-GB").orElseThrow().document();
            if (!document.path("title").asString().equals(entry.path("title").asString())
                    || document.path("references").size() != entry.path("refs").asInt()) {
                differences.add(file.fileName() + ": " + document.path("title") + ", " + document.path("references").size() + " references");
            }
        }
        assertThat(differences).isEmpty();
        assertThat(expected).isEmpty();
        assertThat(job.created()).isEqualTo(293);
    }
}
