package io.throughline.ingest;

import io.throughline.ingest.FileOutcome.Account;
import io.throughline.ingest.IngestJobs.Start;
import io.throughline.ingest.IngestLedger.IngestFile;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.shared.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Single files by upload, folders of the server as jobs.
@RestController
@RequestMapping("/manage/v1/ingest")
class IngestController {

    private static final Set<String> OUTCOMES = Set.of("waiting", "created", "duplicate", "refused");
    private static final int MOST = 200;

    record IngestResult(String fileName, String outcome, String itemId, String key, String title, int sections, int tables,
            int references, List<String> warnings) {}

    record NewIngestJob(@Nullable String folder, @Nullable String kind, @Nullable String brand, @Nullable String locale) {}

    record JobView(String id, String folder, String state, int total, int created, int duplicates, int refused, int waiting,
            Instant createdAt, @Nullable Instant finishedAt) {
        static JobView of(IngestJob job) {
            return new JobView(job.id(), job.folder(), Kebab.of(job.state()), job.total(), job.created(), job.duplicates(), job.refused(),
                    job.waiting(), job.createdAt(), job.finishedAt());
        }
    }

    record JobList(List<JobView> jobs) {}

    record FileList(List<IngestFile> files, @Nullable String nextCursor) {}

    private final IngestDesk desk;
    private final IngestJobs jobs;

    IngestController(IngestDesk desk, IngestJobs jobs) {
        this.desk = desk;
        this.jobs = jobs;
    }

    @PostMapping(path = "/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Allowed(Role.WRITER)
    ResponseEntity<IngestResult> ingestFile(Actor actor, @RequestParam MultipartFile file, @RequestParam String kind,
            @RequestParam(required = false) @Nullable String brand, @RequestParam String locale) throws IOException {
        var given = file.getOriginalFilename();
        var name = SourceDocument.baseName(given == null ? "" : given);
        var target = new IngestTarget(kind, brand == null || brand.isBlank() ? null : brand, locale);
        return switch (desk.ingest(actor, name, file.getBytes(), target)) {
            case FileOutcome.Created(var account) -> ResponseEntity.created(URI.create("/manage/v1/items/" + account.itemId()))
                    .body(result(name, "created", account));
            case FileOutcome.Duplicate(var account) -> ResponseEntity.status(HttpStatus.CREATED).body(result(name, "duplicate", account));
            case FileOutcome.Unreadable(var code, var detail) -> throw unreadable(code, detail);
            case FileOutcome.Invalid(var findings) -> throw Problem.VALIDATION_FAILED.because(
                    "Correct what the errors name, then send the file again.", findings.stream().map(FieldError::of).toList());
        };
    }

    @PostMapping("/jobs")
    @Allowed(Role.WRITER)
    ResponseEntity<JobView> startJob(Actor actor, @RequestBody NewIngestJob body) {
        var target = new IngestTarget(required(body.kind(), "kind"), body.brand(), required(body.locale(), "locale"));
        return switch (jobs.start(actor, required(body.folder(), "folder"), target)) {
            case Start.Started(var job) -> ResponseEntity.accepted().location(URI.create("/manage/v1/ingest/jobs/" + job.id())).body(JobView.of(job));
            case Start.UnknownFolder() -> throw Problem.NOT_FOUND.because(
                    "There is no ingest folder of that name. Your administrator names folders in THROUGHLINE_INGEST_FOLDERS.");
            case Start.Refused(var errors) -> throw Problem.VALIDATION_FAILED.because("Correct what the errors name, then start the job again.", errors);
        };
    }

    @GetMapping("/jobs")
    @Allowed
    JobList jobs(Actor actor) {
        return new JobList(jobs.list(actor).stream().map(JobView::of).toList());
    }

    @GetMapping("/jobs/{id}")
    @Allowed
    JobView job(Actor actor, @PathVariable String id) {
        return JobView.of(get(actor, id));
    }

    @GetMapping("/jobs/{id}/files")
    @Allowed
    FileList files(Actor actor, @PathVariable String id, @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "50") int limit, @RequestParam(defaultValue = "0") int after) {
        if (outcome != null && !OUTCOMES.contains(outcome)) {
            throw query("outcome", "Use one of waiting, created, duplicate, refused for 'outcome'.");
        }
        if (limit < 1 || limit > MOST || after < 0) {
            throw query("limit", "Use a 'limit' from 1 to %d, and as 'after' the nextCursor of the page before.".formatted(MOST));
        }
        var page = jobs.listFiles(get(actor, id), outcome, after, limit);
        return new FileList(page.items(), page.nextCursor());
    }

    private IngestJob get(Actor actor, String id) {
        return jobs.find(actor, id).orElseThrow(() -> Problem.NOT_FOUND.because(
                "There is no such ingest job, or it belongs to a brand that you don't work for; see /manage/v1/ingest/jobs."));
    }

    private static IngestResult result(String fileName, String outcome, Account it) {
        return new IngestResult(fileName, outcome, it.itemId(), it.key(), it.title(), it.sections(), it.tables(), it.references(), it.warnings());
    }

    private static ProblemException unreadable(String code, String detail) {
        var errors = List.of(new FieldError(code, "/file", detail));
        return switch (code) {
            case "file-too-large" -> Problem.PAYLOAD_TOO_LARGE.because(detail, errors);
            case "unsupported-format" -> Problem.UNSUPPORTED_MEDIA_TYPE.because(detail, errors);
            default -> Problem.VALIDATION_FAILED.because(detail, errors);
        };
    }

    private static ProblemException query(String parameter, String detail) {
        return Problem.INVALID_QUERY.because(detail, List.of(new FieldError("not-allowed-value", parameter, detail)));
    }

    private static String required(@Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw Problem.INVALID_BODY.because("The key '%s' is missing in the body; add it.".formatted(key),
                    List.of(new FieldError("required", "/" + key, "is missing")));
        }
        return value;
    }
}
