package io.throughline.publication;

import io.throughline.content.NoticeKind;
import io.throughline.evidence.ReferenceNotice;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Doi;
import io.throughline.shared.FieldError;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Notices about registered works: retractions, withdrawals, expressions of concern, corrections.
@RestController
@RequestMapping("/manage/v1/references/{id}/notices")
class NoticeController {

    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_ADDRESS = 2_000;

    record NewNotice(@Nullable String kind, @Nullable String noticedOn, @Nullable String doi, @Nullable String url, @Nullable String reason) {}

    record NoticeEnd(@Nullable String reason) {}

    private final NoticeDesk desk;
    private final Clock clock;

    NoticeController(NoticeDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /// What a retraction would impact, so that whoever records it knows before (RV-6).
    @Allowed
    @GetMapping("/impact")
    ImpactPreview preview(Actor actor, @PathVariable String id) {
        if (!desk.isThere(id)) {
            throw nothingHere();
        }
        return desk.preview(actor, id);
    }

    @Allowed({Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ReferenceNotice record(Actor actor, @PathVariable String id, @RequestBody NewNotice body) {
        var kind = kind(body.kind());
        var on = noticedOn(body.noticedOn());
        var doi = body.doi() == null || body.doi().isBlank() ? null : Doi.plain(body.doi()).orElseThrow(() ->
                wrong("pattern", "/doi", "A DOI begins with 10. and has a slash, as in 10.1000/182."));
        return answer(desk.record(actor, id, kind, on, doi, url(body.url()), reason(body.reason())));
    }

    @Allowed({Role.SIGNATORY, Role.MEDICAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.ADMINISTRATOR})
    @PostMapping("/{noticeId}/end")
    ReferenceNotice end(Actor actor, @PathVariable String id, @PathVariable String noticeId, @RequestBody NoticeEnd body) {
        return answer(desk.end(actor, id, noticeId, reason(body.reason())));
    }

    private static ReferenceNotice answer(NoticeOutcome outcome) {
        return switch (outcome) {
            case NoticeOutcome.Recorded(var notice) -> notice;
            case NoticeOutcome.NotFound() -> throw nothingHere();
            case NoticeOutcome.NotAllowed(var detail) -> throw Problem.FORBIDDEN.because(detail);
            case NoticeOutcome.EndedAlready() -> throw Problem.CONFLICT.because("This notice was ended before. Load the reference again to see by whom.");
        };
    }

    private static RuntimeException nothingHere() {
        return Problem.NOT_FOUND.because("There is no such reference, or no such notice about it. Look the work up by its DOI or PMID.");
    }

    private static NoticeKind kind(@Nullable String written) {
        for (var kind : NoticeKind.values()) {
            if (Kebab.of(kind).equals(written)) {
                return kind;
            }
        }
        throw wrong(written == null ? "required" : "not-allowed-value", "/kind", "Choose retracted, withdrawn, expression-of-concern or corrected.");
    }

    private LocalDate noticedOn(@Nullable String written) {
        if (written == null) {
            throw wrong("required", "/noticedOn", "Say when the publisher gave notice, as in 2026-11-21.");
        }
        try {
            var day = LocalDate.parse(written);
            if (day.isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1)) || day.getYear() < 1800) {
                throw wrong("out-of-range", "/noticedOn", "It lies in the past: the day on which the publisher gave notice.");
            }
            return day;
        } catch (DateTimeParseException malformed) {
            throw wrong("format", "/noticedOn", "A day is written as in 2026-11-21.");
        }
    }

    private static @Nullable String url(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        try {
            var address = new URI(written.strip());
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme())) && address.getHost() != null && written.length() <= LONGEST_ADDRESS) {
                return address.toString();
            }
        } catch (java.net.URISyntaxException malformed) {
            // told below
        }
        throw wrong("format", "/url", "An address begins with https:// and has at most 2000 characters.");
    }

    private static String reason(@Nullable String written) {
        if (written == null || written.isBlank()) {
            throw wrong("required", "/reason", "Say why, in a sentence.");
        }
        if (written.length() > LONGEST_REASON) {
            throw wrong("too-long", "/reason", "At most 2000 characters.");
        }
        return written.strip();
    }

    private static RuntimeException wrong(String code, String path, String message) {
        return Problem.INVALID_BODY.because("Correct what the errors name, then send it again.", List.of(new FieldError(code, path, message)));
    }
}
