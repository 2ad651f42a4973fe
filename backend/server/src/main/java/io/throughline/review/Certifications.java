package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.content.Contents;
import io.throughline.content.PrescribingInformation;
import io.throughline.content.Renditions;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.People;
import io.throughline.identity.Person;
import io.throughline.identity.VerifiedSigner;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Lets a final signatory certify a version. The one place where approvals are made, so that UK-2 holds on every path.
@Component
class Certifications {

    /// @param validFrom  inclusive; null: the moment of certification
    /// @param validUntil exclusive
    record Order(String code, String renditionSha256, @Nullable Instant validFrom, Instant validUntil) {}

    private record Ready(ReviewJob job, ApprovalWindow window, Instant now) {}

    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final ReviewFactsReader facts;
    private final Approvals approvals;
    private final ElectronicSignatures signatures;
    private final People people;
    private final MarketPacks packs;
    private final Contents contents;
    private final Renditions renditions;
    private final PrescribingInformation prescribing;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Certifications(ReviewJobs jobs, ReviewLedger ledger, ReviewFactsReader facts, Approvals approvals, ElectronicSignatures signatures,
            People people, MarketPacks packs, Contents contents, Renditions renditions, PrescribingInformation prescribing, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.facts = facts;
        this.approvals = approvals;
        this.signatures = signatures;
        this.people = people;
        this.packs = packs;
        this.contents = contents;
        this.renditions = renditions;
        this.prescribing = prescribing;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /// Whether it could be certified now, without doing it: asked before the signature's password is.
    ReviewOutcome<ReviewJob> check(Actor actor, Order order) {
        return switch (decide(actor, order, jobs.find(actor, order.code()))) {
            case Refused<Ready>(var refusal) -> new Refused<>(refusal);
            case Done<Ready>(var ready) -> new Done<>(ready.job());
        };
    }

    /// Inside the caller's transaction; a refusal means that it must be rolled back. The actor is the signer as just read
    /// from the database: a role lost since sign-in counts.
    ReviewOutcome<Approval> certify(Order order, VerifiedSigner signer) {
        var actor = signer.actor();
        return switch (decide(actor, order, jobs.lock(actor, order.code()))) {
            case Refused<Ready>(var refusal) -> new Refused<>(refusal);
            case Done<Ready>(var ready) -> new Done<>(record(actor, ready, signer));
        };
    }

    private ReviewOutcome<Ready> decide(Actor actor, Order order, Optional<ReviewJob> found) {
        if (found.isEmpty()) {
            return new Refused<>(ReviewJobs.missing());
        }
        var job = found.get();
        var item = contents.getItem(job.itemId());
        var rules = Packs.rules(packs.get(job.market()), item.kind());
        var known = facts.read(job);
        var registration = people.find(actor.id()).map(Person::registrationNumber).orElse(null);
        var refusal = ReviewPolicy.certificationRefusal(known, actor, registration, rules)
                .or(() -> ReviewPolicy.hashRefusal(known, order.renditionSha256()));
        if (refusal.isPresent()) {
            return new Refused<>(refusal.get());
        }
        var noticed = renditions.find(job.itemId(), job.locale(), job.versionNumber(), job.market()).map(renditions::checkCited).orElse(List.of());
        if (!noticed.isEmpty()) {
            return new Refused<>(new Invalid("A work that it cites was retracted or withdrawn. Send it back, so that it rests on another one.", noticed));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (ApprovalWindow.of(order.validFrom(), order.validUntil(), now, rules)) {
            case ApprovalWindow.Result.Fits(var window) -> new Done<>(new Ready(job, window, now));
            case ApprovalWindow.Result.Wrong(var findings) ->
                    new Refused<>(new Invalid("Choose another window for the approval.", findings));
        };
    }

    private Approval record(Actor actor, Ready ready, VerifiedSigner signer) {
        var job = ready.job();
        var signature = signatures.sign(signer, Signed.CERTIFICATION, Signed.TYPE, Signed.idOf(job), job.signedSha256());
        var approval = new Approval(Ids.next("apr"), job.code(), job.circulation(), job.itemId(), job.locale(), job.versionNumber(),
                job.versionSha256(), job.signedSha256(), job.market(), ready.window().from(), ready.window().until(), job.dateOfPreparation(),
                signature.signedAt(), actor.id(), signature.id());
        approvals.append(job.id(), approval);
        ledger.endCirculation(job, CirculationOutcome.CERTIFIED, JobState.CERTIFIED, ready.now());
        audit.record(actor, "approval.certified", "review-job", job.id(), null, null, certified(approval));
        events.publishEvent(new VersionApproved(approval.id(), job.itemId(), job.locale(), job.market()));
        events.publishEvent(new ReviewAdvanced(job.id(), job.itemId()));
        return approval;
    }

    /// The approval, and which version of the prescribing information stood beside the text when it was certified.
    private ObjectNode certified(Approval approval) {
        var record = (ObjectNode) Json.tree(approval);
        renditions.find(approval.itemId(), approval.locale(), approval.versionNumber(), approval.market())
                .flatMap(it -> prescribing.find(it, approval.approvedAt()))
                .ifPresent(it -> record.set("prescribingInformation", Json.tree(it)));
        return record;
    }
}
