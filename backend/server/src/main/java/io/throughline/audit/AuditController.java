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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The trail for its regular review (A11-1) and for inspection (P11-2).
@RestController
class AuditController {

    record Entries(List<AuditEntry> entries, @Nullable String nextCursor) {}

    record State(String state, @Nullable Long count, @Nullable String headHash, @Nullable Long number, @Nullable String reason,
            Anchor anchor, List<RecordFinding> findings) {}

    /// @param unanchoredSince when the first of the entries was written that no root binds yet
    record Anchor(long roots, @Nullable Instant lastAt, long unanchored, @Nullable Instant unanchoredSince) {}

    private final AuditTrail trail;
    private final AnchorLedger anchors;
    private final AnchorKey key;
    private final AnchorFile file;
    private final TransactionTemplate transactions;

    AuditController(AuditTrail trail, AnchorLedger anchors, AnchorKey key, AnchorFile file, TransactionTemplate transactions) {
        this.trail = trail;
        this.anchors = anchors;
        this.key = key;
        this.file = file;
        this.transactions = transactions;
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

    @GetMapping("/manage/v1/audit/verification")
    @Allowed(Role.ADMINISTRATOR)
    State verify() {
        var findings = new ArrayList<RecordFinding>();
        var anchored = Objects.requireNonNull(transactions.execute(_ -> new AnchorWalk(anchors, key, file, findings::add, _ -> {}).verify()));
        var anchor = new Anchor(anchored.roots(), anchored.lastAt(), anchored.unanchored(), anchored.oldest());
        return switch (trail.verify()) {
            case Verification.Intact(var count, var headHash) ->
                new State(findings.isEmpty() ? "intact" : "broken", count, headHash, null, findings.isEmpty() ? null : findings.getFirst().what(), anchor, findings);
            case Verification.Broken(var number, var reason) -> new State("broken", null, null, number, reason, anchor, findings);
        };
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
