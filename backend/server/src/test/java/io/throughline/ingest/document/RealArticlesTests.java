package io.throughline.ingest.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Real input beside the repository; skipped where it is absent.
class RealArticlesTests {

    @Test
    void every_article_has_its_title_references_tables_and_figures() throws IOException {
        var folder = Samples.sharedData("articles");
        var json = JsonMapper.builder().build();
        var differences = new ArrayList<String>();
        var read = 0;
        var started = System.nanoTime();
        for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
            var expected = json.readTree(line);
            var file = expected.get("file").asString();
            switch (Samples.PARSER.parse(Files.readAllBytes(folder.resolve(file)), file)) {
                case ParseRefusal refusal -> differences.add(file + ": " + refusal);
                case ParsedDocument document -> {
                    read++;
                    var same = isTitle(document, expected.get("title").asString())
                            && document.references().size() == expected.get("refs").asInt()
                            && document.tables() == expected.get("tables").asInt()
                            && document.figures() == expected.get("figs").asInt();
                    if (!same) {
                        differences.add("%s: “%s”, %d references, %d tables, %d figures; expected %s".formatted(
                                file, document.title(), document.references().size(), document.tables(), document.figures(), line));
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(read).isEqualTo(293);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));
    }

    /// The manifest has the footnote marks of titles, which are left out with a warning.
    private static boolean isTitle(ParsedDocument read, String expected) {
        var wanted = flat(expected);
        var title = flat(read.title());
        return title.equals(wanted)
                || read.warnings().stream().anyMatch(it -> it.startsWith("The title carries a footnote mark")) && wanted.startsWith(title) && wanted.length() <= title.length() + 2
                || JatsNotes.notice(read.articleType()) != null && title.endsWith(wanted);
    }

    /// The manifest writes CO₂ as CO2.
    private static String flat(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFKC).replaceAll("[\\^_]\\((\\w+)\\)", "$1");
    }

    @Test
    void every_odd_office_file_gives_a_document_or_a_refusal_in_time() throws IOException {
        try (var files = Files.list(Samples.sharedData("documents"))) {
            for (var file : files.sorted().toList()) {
                var started = System.nanoTime();
                var outcome = Samples.PARSER.parse(Files.readAllBytes(file), file.getFileName().toString());
                assertThat(outcome).as(file.getFileName().toString()).isNotNull();
                assertThat(Duration.ofNanos(System.nanoTime() - started)).as(file.getFileName().toString()).isLessThan(Duration.ofSeconds(20));
            }
        }
    }
}
