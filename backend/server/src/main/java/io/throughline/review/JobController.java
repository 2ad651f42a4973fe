package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.review.JobView.AnnotationView;
import io.throughline.review.JobView.ApprovalView;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.FieldError;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Review jobs over HTTP. Who may act is decided by the desk, which also records who tried; here anybody who is signed in gets through.
@RestController
@RequestMapping("/manage/v1/jobs")
class JobController {

    record JobPage(List<JobRow> jobs, @Nullable String nextCursor) {}

    record NewAnnotation(@Nullable String quote, @Nullable String prefix, @Nullable String suffix, @Nullable String body, @Nullable Boolean required) {}

    record NewReply(@Nullable String body, @Nullable Boolean resolves) {}

    record Signature(@Nullable String userId, @Nullable String password) {
        SigningCredentials credentials() {
            return new SigningCredentials(userId, Refusals.bounded(Refusals.required(password, "/signature/password"), "/signature/password", 1_000));
        }

        /// Without the password: records end up in logs (S29).
        @Override
        public String toString() {
            return "Signature[…]";
        }
    }

    record NewVerdict(@Nullable Discipline discipline, @Nullable Verdict verdict, @Nullable String comment,
            @Nullable String renditionSha256, @Nullable Signature signature) {}

    record NewCertification(@Nullable String renditionSha256, @Nullable Instant validFrom, @Nullable Instant validUntil,
            @Nullable Signature signature) {}

    record Cancellation(@Nullable String reason) {}

    private final ReviewDesk desk;
    private final JobList list;
    private final JobViews views;
    private final Changes changes;
    private final Certificates certificates;
    private final ReviewJobs jobs;
    private final AuditTrail audit;

    JobController(ReviewDesk desk, JobList list, JobViews views, Changes changes, Certificates certificates, ReviewJobs jobs, AuditTrail audit) {
        this.desk = desk;
        this.list = list;
        this.views = views;
        this.changes = changes;
        this.certificates = certificates;
        this.jobs = jobs;
        this.audit = audit;
    }

    @GetMapping
    @Allowed
    JobPage listJobs(Actor actor, @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String discipline, @RequestParam(defaultValue = "false") boolean mine,
            @RequestParam(required = false) @Nullable String market, @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String after) {
        var wanted = discipline == null ? null : parse(Discipline.class, "discipline", discipline);
        var states = new LinkedHashSet<JobState>();
        words(state).forEach(it -> states.add(parse(JobState.class, "state", it)));
        var page = list.list(actor, new JobFilter(states, wanted, mine, words(market)), limit, after);
        return new JobPage(page.items(), page.nextCursor());
    }

    @GetMapping("/{code}")
    @Allowed
    JobView getJob(Actor actor, @PathVariable String code, SigningSession session) {
        return views.find(actor, code, session).orElseThrow(() -> missing(actor, code));
    }

    @GetMapping("/{code}/changes")
    @Allowed
    Changes.View listChanges(Actor actor, @PathVariable String code) {
        return changes.find(actor, code).orElseThrow(() -> missing(actor, code));
    }

    @PostMapping("/{code}/annotations")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    AnnotationView annotate(Actor actor, @PathVariable String code, @RequestBody NewAnnotation body, SigningSession session) {
        var quote = Refusals.text(body.quote(), "/quote", 2_000);
        var prefix = Refusals.bounded(Refusals.required(body.prefix(), "/prefix"), "/prefix", 500);
        var suffix = Refusals.bounded(Refusals.required(body.suffix(), "/suffix"), "/suffix", 500);
        var text = Refusals.text(body.body(), "/body", 10_000);
        var id = Refusals.done(desk.annotate(actor, code, quote, prefix, suffix, text, Refusals.required(body.required(), "/required")));
        return annotation(actor, code, id, session);
    }

    @PostMapping("/{code}/annotations/{annotationId}/replies")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    AnnotationView reply(Actor actor, @PathVariable String code, @PathVariable String annotationId, @RequestBody NewReply body,
            SigningSession session) {
        var text = Refusals.text(body.body(), "/body", 10_000);
        var id = Refusals.done(desk.reply(actor, code, annotationId, text, Refusals.required(body.resolves(), "/resolves")));
        return annotation(actor, code, id, session);
    }

    @PostMapping("/{code}/verdicts")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    JobView giveVerdict(Actor actor, @PathVariable String code, @RequestBody NewVerdict body, SigningSession session) {
        Refusals.done(desk.giveVerdict(actor, code, Refusals.required(body.discipline(), "/discipline"),
                Refusals.required(body.verdict(), "/verdict"), Refusals.bounded(body.comment(), "/comment", 10_000),
                Refusals.required(body.renditionSha256(), "/renditionSha256"),
                Refusals.required(body.signature(), "/signature").credentials(), session));
        return getJob(actor, code, session);
    }

    @PostMapping("/{code}/certification")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    ApprovalView certify(Actor actor, @PathVariable String code, @RequestBody NewCertification body, SigningSession session) {
        var from = body.validFrom() == null ? null : body.validFrom().truncatedTo(ChronoUnit.MICROS);
        var until = Refusals.required(body.validUntil(), "/validUntil").truncatedTo(ChronoUnit.MICROS);
        var approval = Refusals.done(desk.certify(actor, code, Refusals.required(body.renditionSha256(), "/renditionSha256"), from, until,
                Refusals.required(body.signature(), "/signature").credentials(), session));
        return ApprovalView.of(approval, new JobView.PersonName(actor.id(), actor.displayName()), null, null);
    }

    @GetMapping("/{code}/certificate")
    @Allowed
    Certificate getCertificate(Actor actor, @PathVariable String code) {
        return certificates.find(actor, code).orElseThrow(() -> missing(actor, code));
    }

    @PostMapping("/{code}/cancellation")
    @Allowed
    @ResponseStatus(HttpStatus.CREATED)
    JobView cancel(Actor actor, @PathVariable String code, @RequestBody Cancellation body, SigningSession session) {
        Refusals.done(desk.cancel(actor, code, Refusals.text(body.reason(), "/reason", 2_000)));
        return getJob(actor, code, session);
    }

    private AnnotationView annotation(Actor actor, String code, String id, SigningSession session) {
        return getJob(actor, code, session).annotations().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    }

    /// P11-5: reading without authority is kept in the trail. It reads like a job that does not exist (S10).
    private ProblemException missing(Actor actor, String code) {
        var refusal = ReviewJobs.missing();
        if (jobs.exists(code)) {
            audit.recordRefusal(actor, "review.read-refused", "review-job", jobs.subjectOf(code), refusal.detail());
        }
        return Problem.NOT_FOUND.because(refusal.detail());
    }

    private static Set<String> words(@Nullable String list) {
        return list == null ? Set.of() : Set.copyOf(new LinkedHashSet<>(Arrays.asList(list.split(",", -1))));
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String parameter, String written) {
        return Kebab.find(type, written).orElseThrow(() -> Problem.INVALID_QUERY.because(
                "'%s' takes one of %s.".formatted(parameter, String.join(", ", Arrays.stream(type.getEnumConstants()).map(Kebab::of).toList())),
                List.of(new FieldError("not-allowed-value", parameter, "is not one of the allowed values"))));
    }
}
