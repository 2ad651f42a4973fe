package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.content.ContentDesk;
import io.throughline.content.Contents;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.VerifiedSigner;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.review.Standing.Awaiting;
import io.throughline.review.Standing.ReadyToCertify;
import io.throughline.review.Standing.SentBack;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import io.throughline.shared.Severity;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Takes the disciplines' verdicts and ends a circulation that they send back.
@Component
class Verdicts {

    /// @param renditionSha256 of the words that the reviewer read
    record Order(String code, Discipline discipline, Verdict verdict, @Nullable String comment, String renditionSha256) {}

    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final ReviewFactsReader facts;
    private final ElectronicSignatures signatures;
    private final MarketPacks packs;
    private final Contents contents;
    private final ContentDesk desk;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Verdicts(ReviewJobs jobs, ReviewLedger ledger, ReviewFactsReader facts, ElectronicSignatures signatures, MarketPacks packs,
            Contents contents, ContentDesk desk, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.facts = facts;
        this.signatures = signatures;
        this.packs = packs;
        this.contents = contents;
        this.desk = desk;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// Whether the verdict could be given now, without giving it: asked before the signature's password is.
    ReviewOutcome<ReviewJob> check(Actor actor, Order order) {
        return decide(actor, order, jobs.find(actor, order.code()));
    }

    /// Inside the caller's transaction; a refusal means that it must be rolled back. The actor is the signer as just read
    /// from the database: a role lost since sign-in counts.
    ReviewOutcome<ReviewJob> give(Order order, VerifiedSigner signer) {
        var actor = signer.actor();
        // simultaneous reviewers stand in a row here: otherwise each sees the other as missing and nobody ends the circulation
        return switch (decide(actor, order, jobs.lock(actor, order.code()))) {
            case Refused<ReviewJob> refused -> refused;
            case Done<ReviewJob>(var job) -> new Done<>(record(actor, order, job, signer));
        };
    }

    private ReviewOutcome<ReviewJob> decide(Actor actor, Order order, Optional<ReviewJob> found) {
        if (found.isEmpty()) {
            return new Refused<>(ReviewJobs.missing());
        }
        var job = found.get();
        var known = facts.read(job);
        var rules = Packs.rules(packs.get(job.market()), contents.getItem(job.itemId()).kind());
        return ReviewPolicy.verdictRefusal(known, actor, order.discipline(), rules)
                .or(() -> ReviewPolicy.hashRefusal(known, order.renditionSha256()))
                .or(() -> commentRefusal(order))
                .<ReviewOutcome<ReviewJob>>map(Refused::new)
                .orElseGet(() -> new Done<>(job));
    }

    private static Optional<ReviewRefusal> commentRefusal(Order order) {
        if (!order.verdict().needsComment() || order.comment() != null && !order.comment().isBlank()) {
            return Optional.empty();
        }
        var message = "Say what must change: the writer works from your comment.";
        return Optional.of(new Invalid(message, List.of(new Finding("required", Severity.BLOCK, "/comment", message, null))));
    }

    private ReviewJob record(Actor actor, Order order, ReviewJob job, VerifiedSigner signer) {
        var before = facts.read(job);
        var task = before.tasks().stream().filter(it -> it.discipline() == order.discipline()).findFirst().orElseThrow();
        var signature = signatures.sign(signer, order.verdict().meaning(order.discipline()), Signed.TYPE, Signed.idOf(job), job.signedSha256());
        var comment = order.comment() == null || order.comment().isBlank() ? null : order.comment().strip();
        var given = new ReviewLedger.GivenVerdict(order.verdict(), actor.id(), comment, signature.signedAt(), signature.id());
        ledger.giveVerdict(task.id(), given);
        audit.record(actor, "verdict.given", "review-job", job.id(), comment, null, Json.object()
                .put("code", job.code())
                .put("circulation", job.circulation())
                .put("version", job.versionNumber())
                .put("sha256", job.signedSha256())
                .put("discipline", order.discipline().code())
                .put("verdict", order.verdict().code())
                .put("signatureId", signature.id()));
        switch (ReviewPolicy.standing(before.with(order.discipline(), order.verdict()).tasks())) {
            case Awaiting _, ReadyToCertify _ -> {}
            case SentBack(var outcome, var by) -> sendBack(actor, job, outcome, "sent back by " + Discipline.sentence(by));
        }
        events.publishEvent(new ReviewAdvanced(job.id(), job.itemId()));
        return ledger.findByCode(job.code()).orElseThrow();
    }

    private void sendBack(Actor actor, ReviewJob job, CirculationOutcome outcome, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ledger.endCirculation(job, outcome, JobState.REVISE_AND_RESUBMIT, now);
        audit.record(actor, "circulation.ended", "review-job", job.id(), reason, null, Json.object()
                .put("code", job.code())
                .put("circulation", job.circulation())
                .put("outcome", Kebab.of(outcome)));
        startDraftAgain(actor, job);
    }

    /// The writer goes on from the version that was reviewed; a draft that is already there is left alone.
    void startDraftAgain(Actor actor, ReviewJob job) {
        if (contents.findDraft(job.itemId(), job.locale()).isEmpty()) {
            desk.startDraft(actor, job.itemId(), job.locale(), job.versionNumber());
        }
    }
}
