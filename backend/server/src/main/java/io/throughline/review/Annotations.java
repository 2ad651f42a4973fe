package io.throughline.review;

import io.throughline.audit.AuditTrail;
import io.throughline.content.Contents;
import io.throughline.content.Renditions;
import io.throughline.identity.People;
import io.throughline.identity.Person;
import io.throughline.review.AnnotationLedger.Annotation;
import io.throughline.review.AnnotationLedger.Reply;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.review.ReviewOutcome.Refused;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.review.ReviewRefusal.NotFound;
import io.throughline.shared.Actor;
import io.throughline.shared.Finding;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Severity;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Remarks in the margin: made on words of the version under review, answered and resolved by replies.
@Component
class Annotations {

    private final ReviewJobs jobs;
    private final AnnotationLedger ledger;
    private final ReviewFactsReader facts;
    private final Contents contents;
    private final Renditions renditions;
    private final People people;
    private final AuditTrail audit;
    private final Clock clock;

    Annotations(ReviewJobs jobs, AnnotationLedger ledger, ReviewFactsReader facts, Contents contents, Renditions renditions, People people,
            AuditTrail audit, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.facts = facts;
        this.contents = contents;
        this.renditions = renditions;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /// Inside the caller's transaction. Answers with the annotation's id.
    ReviewOutcome<String> annotate(Actor actor, String code, QuoteAnchor chosen, String body, boolean required) {
        var job = jobs.lock(actor, code).orElse(null);
        if (job == null) {
            return new Refused<>(ReviewJobs.missing());
        }
        var refusal = ReviewPolicy.annotationRefusal(facts.read(job), actor);
        if (refusal.isPresent()) {
            return new Refused<>(refusal.get());
        }
        var version = contents.findVersion(job.itemId(), job.locale(), job.versionNumber()).orElseThrow();
        var text = VersionText.of(contents, version, renditions.find(job.itemId(), job.locale(), job.versionNumber(), job.market()).orElse(null));
        var anchor = chosen.anchoredIn(text).orElse(null);
        if (anchor == null) {
            boolean ambiguous = chosen.occursIn(text);
            var message = (ambiguous
                    ? "The quoted words stand at several places of version %d that their surroundings don't tell apart. Select a longer passage that takes in words that stand at one place only."
                    : "The quoted words are not in version %d. Select them in the text of this version.").formatted(job.versionNumber());
            return new Refused<>(new Invalid(message, List.of(new Finding(ambiguous ? "quote-ambiguous" : "quote-not-found", Severity.BLOCK, "/quote", message, "RV-5"))));
        }
        var annotation = new Annotation(Ids.next("ann"), job.circulation(), anchor, body.strip(), required, actor.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        ledger.append(job.id(), annotation);
        audit.record(actor, "annotation.added", "review-job", job.id(), null, null, Json.tree(annotation));
        return new Done<>(annotation.id());
    }

    /// Inside the caller's transaction. Answers with the annotation's id.
    ReviewOutcome<String> reply(Actor actor, String code, String annotationId, String body, boolean resolves) {
        var job = jobs.lock(actor, code).orElse(null);
        if (job == null) {
            return new Refused<>(ReviewJobs.missing());
        }
        var read = facts.read(job);
        var refusal = ReviewPolicy.replyRefusal(read, actor);
        if (refusal.isPresent()) {
            return new Refused<>(refusal.get());
        }
        var annotation = ledger.find(job.id(), annotationId).orElse(null);
        if (annotation == null) {
            return new Refused<>(new NotFound("There is no such annotation in " + code + ". Reload the review."));
        }
        if (resolves) {
            var raisedBy = people.find(annotation.authorId()).map(Person::roles).orElse(Set.of());
            var unsettled = ReviewPolicy.resolutionRefusal(read, actor, annotation, ledger.isResolved(annotationId), raisedBy);
            if (unsettled.isPresent()) {
                return new Refused<>(unsettled.get());
            }
        }
        var reply = new Reply(Ids.next("anr"), annotationId, body.strip(), resolves, actor.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        ledger.append(reply);
        audit.record(actor, resolves ? "annotation.resolved" : "annotation.answered", "review-job", job.id(), null, null, Json.tree(reply));
        return new Done<>(annotationId);
    }
}
