package io.throughline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.identity.IdentitySeed;
import io.throughline.shared.Ids;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@IntegrationTest
class IngestRunTests {

    static final Path FOLDER = folder();

    @Autowired IngestRun run;
    @Autowired IngestLedger ledger;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) {
        properties.add("throughline.ingest.folders", () -> "run=" + FOLDER);
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("ingest-run");
            for (var name : List.of("a", "b", "c")) {
                Files.write(folder.resolve(name + ".xml"), IngestDeskTests.article("of the run " + name));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String job(String createdBy, IngestTarget target) {
        var id = Ids.next("ing");
        ledger.insert(id, "run", target, createdBy, List.of("a.xml", "gone.xml", "../a.xml", "b.xml", "c.xml"));
        return id;
    }

    @Test
    void aRunThatWasKilledGoesOnWithTheFilesThatHaveNoOutcome() throws InterruptedException {
        var id = job(new PeopleFixture(seed).writer().id(), IngestDeskTests.TARGET);
        ledger.setState(id, IngestJob.State.RUNNING);
        ledger.note(id, 1, new FileOutcome.Unreadable("file-broken", "Noted by the run that was killed."));
        run.run(id);
        var job = ledger.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(IngestJob.State.FINISHED);
        assertThat(job.finishedAt()).isNotNull();
        assertThat(List.of(job.created(), job.duplicates(), job.refused(), job.waiting())).containsExactly(2, 0, 3, 0);
        run.run(id);
        assertThat(ledger.find(id)).contains(job);
    }

    @Test
    @Tag("S19")
    void aFileThatIsGoneOrLiesOutsideTheFolderIsRefusedAndStopsNothing() throws InterruptedException {
        var id = job(new PeopleFixture(seed).writer().id(), new IngestTarget("promotional", null, "en-GB"));
        run.run(id);
        assertThat(ledger.listFiles(id, "refused", 0, 10)).extracting(it -> it.file().fileName() + " " + it.file().code())
                .containsExactly("gone.xml file-missing", "../a.xml file-missing");
        assertThat(ledger.listFiles(id, "created", 0, 10)).hasSize(3);
    }

    @Test
    @Tag("S25")
    @Tag("S37")
    void aJobOfSomebodyWhoMayNoLongerWriteIsCancelled() throws InterruptedException {
        var person = new PeopleFixture(seed).person("sid.suspended", "Sid Suspended", Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var id = job(person.id(), new IngestTarget("promotional", null, "en-GB"));
        jdbc.sql("update person set suspended_at = now() where id = :id").param("id", person.id()).update();
        run.run(id);
        var job = ledger.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(IngestJob.State.CANCELLED);
        assertThat(job.waiting()).isEqualTo(5);
    }
}
