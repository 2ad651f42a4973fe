package io.throughline.ingest;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.FieldError;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Page;
import io.throughline.taxonomy.Brands;
import io.throughline.taxonomy.Taxonomy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Starts jobs and tells how they stand. Who may not use a job's brand does not learn that it exists (S7).
@Service
class IngestJobs {

    private static final Set<String> KINDS = Set.of("promotional", "non-promotional", "scientific-exchange");
    private static final int NEWEST = 100;

    sealed interface Start {
        record Started(IngestJob job) implements Start {}

        record UnknownFolder() implements Start {}

        record Refused(List<FieldError> errors) implements Start {}
    }

    private final IngestLedger ledger;
    private final IngestFolders folders;
    private final Taxonomy taxonomy;
    private final Brands brands;
    private final AuditTrail audit;
    private final SchedulerClient scheduler;
    private final Clock clock;

    IngestJobs(IngestLedger ledger, IngestFolders folders, Taxonomy taxonomy, Brands brands, AuditTrail audit,
            SchedulerClient scheduler, Clock clock) {
        this.ledger = ledger;
        this.folders = folders;
        this.taxonomy = taxonomy;
        this.brands = brands;
        this.audit = audit;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /// Lists the folder now; files that come later belong to the next job.
    @Transactional
    public Start start(Actor actor, String folderName, IngestTarget target) {
        Objects.requireNonNull(actor, "a job is never started by nobody");
        var folder = folders.find(folderName);
        if (folder.isEmpty()) {
            return new Start.UnknownFolder();
        }
        var errors = check(actor, target);
        if (!errors.isEmpty()) {
            return new Start.Refused(errors);
        }
        List<String> files;
        try {
            files = folders.list(folder.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the ingest folder " + folderName + " can't be listed", e);
        }
        if (files.isEmpty() || files.size() > IngestFolders.MOST_FILES) {
            return new Start.Refused(List.of(new FieldError("not-allowed-value", "/folder", files.isEmpty()
                    ? "Choose a folder that holds files; this one is empty."
                    : "Split the folder; a job takes at most %d files.".formatted(IngestFolders.MOST_FILES))));
        }
        var id = Ids.next("ing");
        ledger.insert(id, folderName, target, actor.id(), files);
        audit.record(actor, "ingest-job.started", "ingest-job", id, null, null,
                Json.object().put("folder", folderName).put("files", files.size()).put("kind", target.kind()).put("locale", target.locale()));
        scheduler.scheduleIfNotExists(IngestConfiguration.JOB.instance(id).build(), clock.instant());
        return new Start.Started(ledger.find(id).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Optional<IngestJob> find(Actor actor, String id) {
        return ledger.find(id).filter(it -> actor.mayUseContentOf(it.target().brand()));
    }

    /// Newest first, at most 100.
    @Transactional(readOnly = true)
    public List<IngestJob> list(Actor actor) {
        return ledger.listNewest(NEWEST).stream().filter(it -> actor.mayUseContentOf(it.target().brand())).toList();
    }

    /// @param after position of the last file of the page before, 0 for the first page
    @Transactional(readOnly = true)
    public Page<IngestLedger.IngestFile> listFiles(IngestJob job, @Nullable String outcome, int after, int limit) {
        var rows = ledger.listFiles(job.id(), outcome, after, limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        var next = rows.size() > limit ? Integer.toString(page.getLast().position()) : null;
        return new Page<>(page.stream().map(IngestLedger.Row::file).toList(), next, null);
    }

    private List<FieldError> check(Actor actor, IngestTarget target) {
        var errors = new ArrayList<FieldError>();
        if (!KINDS.contains(target.kind())) {
            errors.add(new FieldError("not-allowed-value", "/kind", "Choose one of promotional, non-promotional, scientific-exchange."));
        }
        var brand = target.brand();
        if (brand != null && (!actor.mayUseBrand(brand) || brands.find(brand).isEmpty())) {
            errors.add(new FieldError("not-allowed-value", "/brand", "Choose a brand that you work for."));
        }
        if (taxonomy.find("locales", target.locale()).isEmpty()) {
            errors.add(new FieldError("not-allowed-value", "/locale", "Choose a locale of the vocabulary."));
        }
        return errors;
    }
}
