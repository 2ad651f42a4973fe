package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Contents;
import io.throughline.content.Markdown;
import io.throughline.shared.Actor;
import io.throughline.shared.ProblemException;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class IngestDeskTests {

    static final IngestTarget TARGET = new IngestTarget("scientific-exchange", null, "en-GB");

    @Autowired IngestDesk desk;
    @Autowired Contents contents;
    @Autowired JdbcClient jdbc;
    @Autowired io.throughline.identity.IdentitySeed seed;
    @Value("${throughline.blobs}") Path blobs;

    Actor writer;
    PeopleFixture people;

    @BeforeEach
    void people() {
        people = new PeopleFixture(seed);
        writer = people.writer();
    }

    /// The trial report, made different from every other by its title.
    static byte[] article(String title) {
        try (var in = IngestDeskTests.class.getResourceAsStream("/ingest/trial-report.xml")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("treatment: a randomised trial", title).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anArticleBecomesADraftWithItsReferencesInTheirOrder() {
        var outcome = (FileOutcome.Created) desk.ingest(writer, "folder/one.xml", article("one"), TARGET);
        var account = outcome.account();
        assertThat(account.title()).isEqualTo("Heart rate after once-daily one");
        assertThat(List.of(account.sections(), account.tables(), account.references())).containsExactly(6, 1, 6);
        var document = contents.findDraft(account.itemId(), "en-GB").orElseThrow().document();
        assertThat(document.path("title").asString()).isEqualTo(account.title());
        assertThat(document.path("summary").asString()).isEqualTo("Background Rates were not known. Results They fell by 4 beats (95% CI 2 to 6).");
        assertThat(document.path("body").asString()).startsWith("## Abstract\n\n**Background**").contains("## Introduction");
        assertThat(document.path("references")).hasSize(6);
        assertThat(document.at("/references/0/csl/title").asString()).isEqualTo("On rates");
        assertThat(document.at("/source/fileName").asString()).isEqualTo("one.xml");
        assertThat(document.at("/source/doi").asString()).isEqualTo("10.5555/ait.2024.17");
        assertThat(document.at("/source/published").asString()).isEqualTo("2024-03-09");
        assertThat(document.at("/source/authors/1/literal").asString()).isEqualTo("The STEADY Group");
    }

    @Test
    @Tag("S21")
    void whatLookedLikeHtmlInTheFileIsTextInTheRenderedDraft() {
        var account = ((FileOutcome.Created) desk.ingest(writer, "a.xml", article("html"), TARGET)).account();
        var document = contents.findDraft(account.itemId(), "en-GB").orElseThrow().document();
        var rendered = Markdown.render(document.path("body").asString(), contents.renderContext(document, "en-GB"));
        assertThat(rendered.html()).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(rendered.plainText()).contains("<script>alert(1)</script>, ${7*7}, {{7*7}}, :claim[itm_1].").contains("*stars*");
    }

    @Test
    void theSameBytesAreADuplicateForTheSameBrandAndKindOnly() {
        var first = (FileOutcome.Created) desk.ingest(writer, "a.xml", article("twice"), TARGET);
        var again = desk.ingest(writer, "b.xml", article("twice"), TARGET);
        assertThat(again).isInstanceOf(FileOutcome.Duplicate.class);
        assertThat(((FileOutcome.Duplicate) again).account().itemId()).isEqualTo(first.account().itemId());
        assertThat(desk.ingest(writer, "a.xml", article("twice"), new IngestTarget("non-promotional", null, "en-GB")))
                .isInstanceOf(FileOutcome.Created.class);
    }

    @RepeatedTest(20)
    void ofTheSameFileSentTwiceAtTheSameMomentOneBecomesAnItem() throws Exception {
        var file = article("race " + System.nanoTime());
        var together = new CyclicBarrier(2);
        Callable<FileOutcome> send = () -> {
            together.await();
            return desk.ingest(writer, "race.xml", file, TARGET);
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<FileOutcome>();
            for (var each : executor.invokeAll(List.of(send, send))) {
                outcomes.add(each.get());
            }
            assertThat(outcomes).hasAtLeastOneElementOfType(FileOutcome.Created.class).hasAtLeastOneElementOfType(FileOutcome.Duplicate.class);
        }
    }

    @Test
    @Tag("S12")
    void aRefusedFileLeavesNothingInTheDatabaseOrTheBlobStore() throws IOException {
        var before = state();
        assertThat(desk.ingest(writer, "a.xml", "<article><front>".getBytes(StandardCharsets.UTF_8), TARGET))
                .isInstanceOf(FileOutcome.Unreadable.class);
        assertThat(desk.ingest(writer, "a.xml", article("refused"), new IngestTarget("no-such-kind", null, "en-GB")))
                .isInstanceOf(FileOutcome.Invalid.class);
        assertThat(desk.ingest(writer, "a.xml", article("refused"), new IngestTarget("promotional", null, "xx-XX")))
                .isInstanceOf(FileOutcome.Invalid.class);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Tag("S37")
    void importIsNoBackDoorForWhoMayNotWrite() {
        assertThatThrownBy(() -> desk.ingest(people.medical(), "a.xml", article("reviewer"), TARGET)).isInstanceOf(ProblemException.class);
        var narrow = people.person("bea.brand", "Bea Brand", java.util.Set.of(io.throughline.shared.Role.WRITER), java.util.Set.of("other"), java.util.Set.of("*")).asActor();
        assertThat(desk.ingest(narrow, "a.xml", article("brand"), new IngestTarget("promotional", "cardelune", "en-GB")))
                .isInstanceOf(FileOutcome.Invalid.class);
    }

    @Test
    void aWorkThatTheSourceListsTwiceIsListedOnceAndCitedFromBothPlaces() {
        var twice = new String(article("double"), StandardCharsets.UTF_8)
                .replace("Roble G. Ritmos. 2001.", "Oak E. Plain words about rates. 2015. https://doi.org/10.5555/plain.3.").getBytes(StandardCharsets.UTF_8);
        var account = ((FileOutcome.Created) desk.ingest(writer, "a.xml", twice, TARGET)).account();
        var document = contents.findDraft(account.itemId(), "en-GB").orElseThrow().document();
        var ids = document.path("references").valueStream().map(it -> it.path("id").asString()).toList();
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        assertThat(document.path("body").asString()).contains("[@" + ids.get(2)).doesNotContainPattern("(?<!\\\\)\\[\\d");
        assertThat(account.warnings()).contains("References B3 and S1 of the source are the same work; it is listed once.");
    }

    private List<Object> state() throws IOException {
        var counts = new ArrayList<Object>();
        for (var table : List.of("content_item", "content_draft", "reference", "blob", "ingest_source")) {
            counts.add(jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        try (var files = Files.walk(blobs)) {
            counts.add(files.filter(Files::isRegularFile).count());
        }
        return counts;
    }
}
