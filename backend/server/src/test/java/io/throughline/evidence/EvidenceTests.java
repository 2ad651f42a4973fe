package io.throughline.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.ContentFixture;
import io.throughline.shared.Actor;
import io.throughline.shared.CanonicalJson;
import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import io.throughline.testing.IntegrationTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
class EvidenceTests {

    @Autowired References references;
    @Autowired Blobs blobs;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;
    @Value("${throughline.blobs}") Path folder;

    Actor writer;

    @BeforeEach
    void people() {
        writer = new ContentFixture(jdbc).writer("wanda");
    }

    @Test
    void theSameWorkIsRegisteredOnceInAnyOrderOfItsFields() {
        var first = references.register(writer, List.of(work("Alpha"), work("Bravo"), work("Alpha")));
        assertThat(first).extracting(RegisteredReference::id).hasSize(3).allMatch(it -> it.startsWith("ref_"));
        assertThat(first.get(0).id()).isEqualTo(first.get(2).id()).isNotEqualTo(first.get(1).id());
        var again = references.register(writer, List.of(Json.object().put("title", "Bravo").put("type", "book").put("id", "their-label")));
        assertThat(again.getFirst().id()).isEqualTo(first.get(1).id());
        assertThat(references.find(first.get(1).id())).contains(first.get(1));
        assertThat(references.register(writer, List.of())).isEmpty();
    }

    @Test
    void aWorkIsTheSameHoweverItsDoiIsWritten() {
        var unique = Long.toString(System.nanoTime());
        var written = List.of("10.5555/JIC." + unique, "https://doi.org/10.5555/jic." + unique, "http://dx.doi.org/10.5555/Jic." + unique, "doi:10.5555/jic." + unique, " DOI: 10.5555/jic." + unique);
        var ids = references.register(writer, written.stream().map(it -> work("Alpha").put("DOI", it)).toList());
        assertThat(ids).extracting(RegisteredReference::id).containsOnly(ids.getFirst().id());
        assertThat(ids).extracting(it -> it.csl().path("DOI").asString()).containsOnly("10.5555/jic." + unique);
        assertThat(references.register(writer, List.of(work("Alpha, corrected").put("DOI", written.get(1)))).getFirst().id())
                .as("a correction").isNotEqualTo(ids.getFirst().id());
        assertThat(references.register(writer, List.of(work("Alpha").put("DOI", "10.5555/jic." + unique + "1"))).getFirst().id())
                .as("one that only begins like it").isNotEqualTo(ids.getFirst().id());
    }

    @Test
    void aWorkFromBeforeDoisHadOneFormIsKnownAgain() {
        var doi = "10.5555/OLD." + System.nanoTime();
        var old = work("Old").put("DOI", doi);
        jdbc.sql("insert into reference (id, csl, csl_sha256, doi, created_by, created_at) values (:id, cast(:csl as jsonb), :hash, :doi, :by, now())")
                .param("id", "ref_" + doi.substring(12)).param("csl", Json.text(old)).param("hash", CanonicalJson.sha256(old)).param("doi", doi)
                .param("by", writer.id()).update();
        assertThat(references.register(writer, List.of(old)).getFirst().id()).isEqualTo("ref_" + doi.substring(12));
    }

    @RepeatedTest(20)
    void twoImportsOfOneDoiAtTheSameMomentAgreeOnIt() throws Exception {
        var doi = "10.5555/race." + System.nanoTime();
        var together = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = executor.invokeAll(List.<Callable<String>>of(
                    () -> registered(together, work("One").put("DOI", doi)), () -> registered(together, work("One").put("DOI", "https://doi.org/" + doi.toUpperCase(Locale.ROOT)))));
            assertThat(answers.get(0).get()).isEqualTo(answers.get(1).get());
        }
    }

    private String registered(CyclicBarrier together, ObjectNode work) throws Exception {
        together.await();
        return references.register(writer, List.of(work)).getFirst().id();
    }

    @RepeatedTest(20)
    void twoImportsOfTheSameWorksAgreeOnThem() throws Exception {
        var works = new ArrayList<ObjectNode>();
        for (int i = 0; i < 30; i++) {
            works.add(work("Raced " + System.nanoTime() + i));
        }
        var together = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var forwards = executor.submit(() -> {
                together.await();
                return references.register(writer, works);
            });
            var backwards = executor.submit(() -> {
                together.await();
                return references.register(writer, works.reversed());
            });
            assertThat(forwards.get()).isEqualTo(backwards.get().reversed());
        }
    }

    @Test
    void aReferenceIsNeverChanged() {
        references.register(writer, List.of(work("Alpha")));
        assertThatThrownBy(() -> jdbc.sql("update reference set title = 'x'").update()).hasMessageContaining("append-only");
    }

    @Test
    void aFileIsKeptUnderTheHashOfItsContent() throws IOException {
        var bytes = "some words".getBytes(StandardCharsets.UTF_8);
        var blob = transaction.execute(_ -> blobs.store(Actor.system(), new ByteArrayInputStream(bytes), "text/plain"));
        assertThat(blob).isEqualTo(new Blob(Sha256.hex(bytes), bytes.length, "text/plain"));
        Blob again = transaction.execute(_ -> blobs.store(Actor.system(), new ByteArrayInputStream(bytes), "text/html"));
        assertThat(again).isEqualTo(blob);
        try (var content = blobs.open(blob.sha256()).orElseThrow()) {
            assertThat(content.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    @Tag("S12")
    void aRollbackLeavesNoFile() throws IOException {
        var before = files();
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> {
            blobs.store(Actor.system(), new ByteArrayInputStream("never".getBytes(StandardCharsets.UTF_8)), "text/plain");
            throw new IllegalStateException("refused");
        })).hasMessage("refused");
        assertThat(files()).isEqualTo(before);
        assertThat(blobs.find(Sha256.hex("never"))).isEmpty();
        assertThatThrownBy(() -> blobs.store(Actor.system(), new ByteArrayInputStream(new byte[0]), "text/plain")).isInstanceOf(IllegalTransactionStateException.class);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    @Tag("S12")
    void aBrokenUploadLeavesNoFile() throws IOException {
        var before = files();
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> blobs.store(Actor.system(), new java.io.InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection lost");
            }
        }, "text/plain"))).hasRootCauseMessage("connection lost");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    @Tag("S19")
    void aPathIsNoHash() {
        for (var hostile : List.of("../../etc/passwd", "..", "/etc/passwd", "AB".repeat(32), "ab", "ab\u0000".repeat(22))) {
            assertThat(blobs.open(hostile)).isEmpty();
        }
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static ObjectNode work(String title) {
        return Json.object().put("id", "label").put("type", "book").put("title", title);
    }
}
