package io.throughline.audit;

import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Json;
import io.throughline.shared.Page;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The trail for its regular review (A11-1) and for inspection (P11-2).
@RestController
class AuditController {

    record Entries(List<AuditEntry> entries, @Nullable String nextCursor) {}

    record State(String state, @Nullable Long count, @Nullable String headHash, @Nullable Long number, @Nullable String reason) {}

    private static final int PIECE = 1_000;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
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
        return switch (trail.verify()) {
            case Verification.Intact(var count, var headHash) -> new State("intact", count, headHash, null, null);
            case Verification.Broken(var number, var reason) -> new State("broken", null, null, number, reason);
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
        long number = 0;
        for (var piece = trail.listAfter(0, PIECE); !piece.isEmpty(); piece = trail.listAfter(number, PIECE)) {
            for (var entry : piece) {
                out.write((Json.text(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            number = piece.getLast().number();
        }
    }
}
