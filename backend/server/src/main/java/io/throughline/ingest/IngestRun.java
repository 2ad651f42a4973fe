package io.throughline.ingest;

import io.throughline.identity.People;
import io.throughline.identity.Person;
import io.throughline.ingest.IngestLedger.WaitingFile;
import io.throughline.ingest.document.ParseLimits;
import io.throughline.shared.Actor;
import io.throughline.shared.ProblemException;
import io.throughline.shared.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/// Works through a job's waiting files. It can be killed at any moment: each file is written together with the note of
/// its outcome, so the next run goes on with the first that has none.
@Service
class IngestRun {

    private static final Logger LOG = LoggerFactory.getLogger(IngestRun.class);
    private static final int CHUNK = 20;
    private static final int AT_ONCE = 2;

    private final IngestLedger ledger;
    private final IngestDesk desk;
    private final IngestFolders folders;
    private final ParseLimits limits;
    private final People people;

    IngestRun(IngestLedger ledger, IngestDesk desk, IngestFolders folders, ParseLimits limits, People people) {
        this.ledger = ledger;
        this.desk = desk;
        this.folders = folders;
        this.limits = limits;
        this.people = people;
    }

    void run(String jobId) throws InterruptedException {
        var job = ledger.find(jobId).orElseThrow();
        if (job.state() == IngestJob.State.FINISHED || job.state() == IngestJob.State.CANCELLED) {
            return;
        }
        ledger.setState(jobId, IngestJob.State.RUNNING);
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var chunk = ledger.listWaiting(jobId, CHUNK); !chunk.isEmpty(); chunk = ledger.listWaiting(jobId, CHUNK)) {
                // Asked again for every chunk: what the person may do now counts, not what was allowed at the start (S25).
                var actor = writer(job);
                if (actor.isEmpty()) {
                    ledger.setState(jobId, IngestJob.State.CANCELLED);
                    return;
                }
                var running = new ArrayList<Future<?>>();
                chunk.forEach(file -> running.add(workers.submit(() -> one(actor.get(), job, file))));
                for (var each : running) {
                    await(each);
                }
            }
        }
        ledger.setState(jobId, IngestJob.State.FINISHED);
    }

    private Optional<Actor> writer(IngestJob job) {
        return people.find(job.createdBy()).filter(it -> !it.suspended()).map(Person::asActor)
                .filter(it -> it.has(Role.WRITER) && it.mayUseContentOf(job.target().brand()));
    }

    /// A file that can't be taken in never stops the others; what is written nowhere stays waiting and is tried again.
    private void one(Actor actor, IngestJob job, WaitingFile file) {
        try {
            var outcome = read(actor, job, file);
            if (!(outcome instanceof FileOutcome.Created)) {
                ledger.note(job.id(), file.position(), outcome);
            }
        } catch (IOException e) {
            LOG.warn("A file of ingest job {} can't be read from disk", job.id(), e);
            ledger.note(job.id(), file.position(), new FileOutcome.Unreadable("file-missing",
                    "The file can't be read from the server's folder. Check that it is still there and readable, then start a new job."));
        } catch (ProblemException e) {
            ledger.note(job.id(), file.position(), new FileOutcome.Unreadable(e.problem().code(), e.detail()));
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException e) {
            // The database, not the file: the job ends here and is run again later.
            throw e;
        } catch (RuntimeException e) {
            LOG.error("A file of ingest job {} failed unexpectedly", job.id(), e);
            ledger.note(job.id(), file.position(), new FileOutcome.Unreadable("internal",
                    "Something went wrong on our side; the server's log has the reason. Send the file on its own, or tell your administrator."));
        }
    }

    private FileOutcome read(Actor actor, IngestJob job, WaitingFile file) throws IOException {
        var path = folders.file(job.folder(), file.fileName());
        if (path.isEmpty()) {
            return new FileOutcome.Unreadable("file-missing", "The file is no longer in the folder. Put it back and start a new job.");
        }
        if (Files.size(path.get()) > limits.bytes()) {
            return new FileOutcome.Unreadable("file-too-large",
                    "The file is larger than %d MB. Save it without its pictures or split it, then send it again.".formatted(limits.bytes() / (1024 * 1024)));
        }
        return desk.ingest(actor, file.fileName(), Files.readAllBytes(path.get()), job.target(),
                created -> ledger.note(job.id(), file.position(), created));
    }

    private static void await(Future<?> running) throws InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the job is run again later", e.getCause());
        }
    }
}
