package io.throughline.audit;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Json;
import io.throughline.shared.Page;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The trail for its regular review (A11-1) and for inspection (P11-2).
@RestController
class AuditController {

    record Entries(List<AuditEntry> entries, @Nullable String nextCursor) {}

    /// @param state       `not-run`, `running`, `intact`, `broken`, or `failed`: it could not be carried to its end
    /// @param count       entries of all streams, when the chains are whole
    /// @param number      first entry that can't be right, when they are not
    /// @param reason      what is wrong with it, or the first finding
    record State(String state, @Nullable Long count, @Nullable String headHash, @Nullable Long number, @Nullable String reason,
            @Nullable String startedBy, @Nullable Instant startedAt, @Nullable Instant finishedAt,
            VerificationReport.@Nullable Anchor anchor, List<VerificationReport.Kind> kinds, List<RecordFinding> findings) {

        static final State NONE = new State("not-run", null, null, null, null, null, null, null, null, List.of(), List.of());

        static State of(VerificationDesk.Run run) {
            var report = run.report();
            var chain = report.chain() == null ? new VerificationReport.Chain(null, null, null, null) : report.chain();
            var reason = chain.reason() == null ? report.findings().stream().map(RecordFinding::what).findFirst().orElse(null) : chain.reason();
            return new State(run.state(), chain.count(), chain.headHash(), chain.number(), reason, run.startedBy(), run.startedAt(), run.finishedAt(),
                    report.anchor(), report.kinds(), report.findings());
        }
    }

    /// How long somebody who asks waits for the end; after that they are told how far it is.
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final AuditTrail trail;
    private final VerificationDesk desk;

    AuditController(AuditTrail trail, VerificationDesk desk) {
        this.trail = trail;
        this.desk = desk;
    }

    @GetMapping("/manage/v1/audit")
    @Allowed(Role.ADMINISTRATOR)
    Entries list(
            @RequestParam(required = false) @Nullable String subjectType,
            @RequestParam(required = false) @Nullable String subjectId,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        if (limit < 1 || limit > 200) {
            throw Problem.INVALID_QUERY.because("limit is 1 to 200.");
        }
        Page<AuditEntry> page = trail.list(new AuditFilter(subjectType, subjectId, actor, action), limit, after);
        return new Entries(page.items(), page.nextCursor());
    }

    /// Verifies everything anew and answers the outcome, or how far it is when that takes longer.
    @GetMapping("/manage/v1/audit/verification")
    @Allowed(Role.ADMINISTRATOR)
    State verify(Actor actor) throws InterruptedException {
        var run = desk.start(actor);
        for (long deadline = System.nanoTime() + WAIT.toNanos(); run.isRunning() && System.nanoTime() < deadline; run = desk.get(run.id())) {
            Thread.sleep(LOOK);
        }
        return State.of(run);
    }

    /// Starts a verification and doesn't wait for it.
    @PostMapping("/manage/v1/audit/verification")
    @Allowed(Role.ADMINISTRATOR)
    @ResponseStatus(HttpStatus.ACCEPTED)
    State start(Actor actor) {
        return State.of(desk.start(actor));
    }

    /// The newest verification, whoever started it.
    @GetMapping("/manage/v1/audit/verification/last")
    @Allowed(Role.ADMINISTRATOR)
    State last() {
        return desk.findLast().map(State::of).orElse(State.NONE);
    }

    /// The whole trail, one JSON object a line, oldest first. To verify it offline: for each line take `hash` out, write the rest
    /// as canonical JSON (RFC 8785), its SHA-256 in hex is `hash`; and `previousHash` is the `hash` of the line before that has the
    /// same `stream`, 64 zeros on its first. Lines without `stream` are one chain among themselves. That somebody took an export is in the trail too (A11-3), and so in the export.
    @GetMapping(path = "/manage/v1/audit/export", produces = "application/x-ndjson")
    @Allowed(Role.ADMINISTRATOR)
    void export(Actor actor, HttpServletResponse response) throws IOException {
        response.setContentType("application/x-ndjson");
        response.setHeader("Content-Disposition", "attachment; filename=\"audit-trail.ndjson\"");
        response.setHeader("Cache-Control", "no-store");
        trail.recordExport(actor);
        var out = response.getOutputStream();
        trail.forEach(entry -> {
            try {
                out.write((Json.text(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                throw new UncheckedIOException("whoever asked for the export is gone", gone);
            }
        });
    }
}
