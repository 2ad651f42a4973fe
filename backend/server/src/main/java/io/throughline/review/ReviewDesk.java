package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.SignerCheck;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.identity.VerifiedSigner;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/// Everything that people do in a review. Each act is one transaction with its entry in the audit trail; a refused act
/// changes nothing and is recorded as refused (P11-5).
@Service
public class ReviewDesk {

    private final ReviewActs acts;
    private final Submissions submissions;
    private final Verdicts verdicts;
    private final Certifications certifications;
    private final Annotations annotations;
    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final ReviewFactsReader facts;
    private final ElectronicSignatures signatures;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ReviewDesk(ReviewActs acts, Submissions submissions, Verdicts verdicts, Certifications certifications, Annotations annotations,
            ReviewJobs jobs, ReviewLedger ledger, ReviewFactsReader facts, ElectronicSignatures signatures, AuditTrail audit,
            ApplicationEventPublisher events, Clock clock) {
        this.acts = acts;
        this.submissions = submissions;
        this.verdicts = verdicts;
        this.certifications = certifications;
        this.annotations = annotations;
        this.jobs = jobs;
        this.ledger = ledger;
        this.facts = facts;
        this.signatures = signatures;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// Freezes the draft into a version and opens a job, or starts the next circulation of the job that was sent back.
    ///
    /// @param expectedRevision of the draft that the person saw
    /// @param dueAt            when the verdicts should be in, UTC
    /// @param reason           what was revised; required when the text was sent back (RV-2)
    /// @param note             for the reviewers
    public ReviewOutcome<ReviewJob> submit(Actor actor, String itemId, String locale, int expectedRevision, String market,
            @Nullable Instant dueAt, @Nullable String reason, @Nullable String note) {
        var order = new Submissions.Order(itemId, locale, expectedRevision, market, dueAt, reason, note);
        return acts.attempt(actor, "submission.refused", "item", () -> itemId, () -> submissions.submit(actor, order));
    }

    /// Gives one discipline's signed verdict on the current circulation. Final; RV-2 for what it causes.
    ///
    /// @param comment       required with everything but `APPROVE`
    /// @param renditionSha256 of the words that the person read; others than those under review are refused (P11-7)
    public ReviewOutcome<ReviewJob> giveVerdict(Actor actor, String jobCode, Discipline discipline, Verdict verdict,
            @Nullable String comment, String renditionSha256, SigningCredentials credentials, SigningSession session) {
        var order = new Verdicts.Order(jobCode, discipline, verdict, comment, renditionSha256);
        return signed(actor, "verdict.refused", jobCode, credentials, session,
                () -> verdicts.check(actor, order), signer -> verdicts.give(order, signer));
    }

    /// Certifies the version of the current circulation for the job's market: the only way to an [Approval].
    ///
    /// @param validFrom  inclusive, UTC; null: now
    /// @param validUntil exclusive, UTC, at most as far as the market pack allows (UK-4)
    public ReviewOutcome<Approval> certify(Actor actor, String jobCode, String renditionSha256, @Nullable Instant validFrom,
            Instant validUntil, SigningCredentials credentials, SigningSession session) {
        var order = new Certifications.Order(jobCode, renditionSha256, validFrom, validUntil);
        return signed(actor, "certification.refused", jobCode, credentials, session,
                () -> certifications.check(actor, order), signer -> certifications.certify(order, signer));
    }

    /// Ends a job without an approval; the text goes back to the writer as a draft.
    ///
    /// @param reason not blank
    public ReviewOutcome<ReviewJob> cancel(Actor actor, String jobCode, String reason) {
        return acts.attempt(actor, "cancellation.refused", "review-job", () -> jobs.subjectOf(jobCode),
                () -> cancelled(actor, jobCode, reason));
    }

    /// Remarks on words of the version under review. Answers with the annotation's id.
    ///
    /// @param prefix   words before the quote, to tell equal quotes apart; may be empty
    /// @param suffix   words after it
    /// @param required whether it must be resolved before the text can be certified
    public ReviewOutcome<String> annotate(
            Actor actor, String jobCode, String quote, String prefix, String suffix, String body, boolean required) {
        var chosen = new QuoteAnchor(quote, prefix, suffix);
        return acts.attempt(actor, "annotation.refused", "review-job", () -> jobs.subjectOf(jobCode),
                () -> annotations.annotate(actor, jobCode, chosen, body, required));
    }

    /// Answers an annotation. Answers with the annotation's id.
    public ReviewOutcome<String> reply(Actor actor, String jobCode, String annotationId, String body, boolean resolves) {
        return acts.attempt(actor, "annotation.refused", "review-job", () -> jobs.subjectOf(jobCode),
                () -> annotations.reply(actor, jobCode, annotationId, body, resolves));
    }

    /// The rules are asked twice: first without a lock, so that nobody types a password for what can't be done and no lock is
    /// held while the password is hashed; then under the lock, where the answer counts.
    private <T> ReviewOutcome<T> signed(Actor actor, String refused, String jobCode, SigningCredentials credentials,
            SigningSession session, Supplier<ReviewOutcome<ReviewJob>> check, Function<VerifiedSigner, ReviewOutcome<T>> act) {
        return switch (acts.attempt(actor, refused, "review-job", () -> jobs.subjectOf(jobCode), check)) {
            case Refused<ReviewJob>(var refusal) -> new Refused<>(refusal);
            case Done<ReviewJob> _ -> switch (signatures.verify(actor, credentials, session)) {
                case SignerCheck.Refused(_, var detail) -> new Refused<>(new ReviewRefusal.SignatureRefused(detail));
                case SignerCheck.Verified(var signer) ->
                        acts.attempt(actor, refused, "review-job", () -> jobs.subjectOf(jobCode), () -> act.apply(signer));
            };
        };
    }

    private ReviewOutcome<ReviewJob> cancelled(Actor actor, String jobCode, String reason) {
        var job = jobs.lock(actor, jobCode).orElse(null);
        if (job == null) {
            return new Refused<>(ReviewJobs.missing());
        }
        var refusal = ReviewPolicy.cancellationRefusal(facts.read(job), actor);
        if (refusal.isPresent()) {
            return new Refused<>(refusal.get());
        }
        ledger.endCirculation(job, CirculationOutcome.CANCELLED, JobState.CANCELLED, clock.instant().truncatedTo(ChronoUnit.MICROS));
        verdicts.startDraftAgain(actor, job);
        var after = ledger.findByCode(jobCode).orElseThrow();
        audit.record(actor, "review.cancelled", "review-job", job.id(), reason.strip(), Json.tree(job), Json.tree(after));
        events.publishEvent(new ReviewAdvanced(job.id(), job.itemId()));
        return new Done<>(after);
    }
}
