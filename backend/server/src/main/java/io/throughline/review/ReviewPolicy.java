package io.throughline.review;

import io.throughline.review.ReviewRefusal.AuthorMayNotCertify;
import io.throughline.review.ReviewRefusal.Conflict;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.review.ReviewRefusal.OutOfSequence;
import io.throughline.review.Standing.Awaiting;
import io.throughline.review.Standing.ReadyToCertify;
import io.throughline.review.Standing.SentBack;
import io.throughline.shared.Actor;
import io.throughline.shared.Kebab;
import io.throughline.shared.Role;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who may do what in a review, and what follows from it. Pure: the same facts give the same answer.
final class ReviewPolicy {

    /// May remark on a text under review.
    static final Set<Role> ANNOTATORS =
            Set.of(Role.MEDICAL_REVIEWER, Role.LEGAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.SIGNATORY);
    /// May answer a remark: the writer too.
    static final Set<Role> REPLIERS =
            Set.of(Role.WRITER, Role.MEDICAL_REVIEWER, Role.LEGAL_REVIEWER, Role.REGULATORY_REVIEWER, Role.SIGNATORY);
    static final Set<Role> CANCELLERS = Set.of(Role.WRITER, Role.SIGNATORY, Role.ADMINISTRATOR);

    private ReviewPolicy() {}

    /// RV-2: a reject or revise verdict ends the circulation at once; an approval with changes lets the others answer first.
    static Standing standing(List<ReviewFacts.Task> tasks) {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a circulation without tasks would approve everything");
        }
        var rejecting = answered(tasks, Verdict.REJECT);
        if (!rejecting.isEmpty()) {
            return new SentBack(CirculationOutcome.REJECTED, rejecting);
        }
        var revising = answered(tasks, Verdict.REVISE_AND_RESUBMIT);
        if (!revising.isEmpty()) {
            return new SentBack(CirculationOutcome.REVISE, revising);
        }
        var missing = answered(tasks, null);
        if (!missing.isEmpty()) {
            return new Awaiting(missing);
        }
        var changing = answered(tasks, Verdict.APPROVE_WITH_CHANGES);
        return changing.isEmpty() ? new ReadyToCertify() : new SentBack(CirculationOutcome.REVISE, changing);
    }

    private static Set<Discipline> answered(List<ReviewFacts.Task> tasks, @Nullable Verdict verdict) {
        var found = EnumSet.noneOf(Discipline.class);
        tasks.stream().filter(it -> it.verdict() == verdict).forEach(it -> found.add(it.discipline()));
        return found;
    }

    /// Why this person may not give the discipline's verdict now; empty when they may.
    static Optional<ReviewRefusal> verdictRefusal(ReviewFacts job, Actor actor, Discipline discipline, MarketRules rules) {
        if (!actor.has(discipline.role())) {
            return Optional.of(new NotAllowed("A %s verdict needs the role %s. Ask a colleague who has it."
                    .formatted(discipline.code(), label(discipline.role()))));
        }
        if (job.developedBy(actor.id())) {
            return Optional.of(new NotAllowed(
                    "You wrote, translated or submitted this text, so you can't review it. Ask another %s.".formatted(label(discipline.role()))));
        }
        var closed = closed(job);
        if (closed.isPresent()) {
            return closed;
        }
        var task = job.tasks().stream().filter(it -> it.discipline() == discipline).findFirst();
        if (task.isEmpty()) {
            return Optional.of(new OutOfSequence("%s needs no %s review in circulation %d."
                    .formatted(job.jobCode(), discipline.code(), job.circulation())));
        }
        if (task.get().verdict() != null) {
            return Optional.of(new OutOfSequence(
                    "The %s verdict of circulation %d is already given and can't be changed. Reload the review to see it."
                            .formatted(discipline.code(), job.circulation())));
        }
        return job.judgedBy(actor.id())
                .filter(_ -> !rules.allows(JoinedDuty.SEVERAL_DISCIPLINES))
                .map(it -> new NotAllowed("You gave the %s verdict of circulation %d, and for %s each discipline has a person of its own. Ask another %s."
                        .formatted(it.code(), job.circulation(), rules.market(), label(discipline.role()))));
    }

    /// The disciplines that would wait for ever: nobody could take them, or whoever could is needed for another one (RV-1, UK-2).
    ///
    /// @param able by discipline: people who could take it
    static Set<Discipline> withoutReviewer(Map<Discipline, List<String>> able, Set<JoinedDuty> joined) {
        var without = EnumSet.noneOf(Discipline.class);
        var taken = new HashMap<String, Discipline>();
        for (var discipline : new TreeSet<>(able.keySet())) {
            var found = joined.contains(JoinedDuty.SEVERAL_DISCIPLINES)
                    ? !able.getOrDefault(discipline, List.of()).isEmpty()
                    : takes(discipline, able, taken, new HashSet<>());
            if (!found) {
                without.add(discipline);
            }
        }
        return without;
    }

    /// Gives the discipline a person, moving others to a second choice where that helps.
    private static boolean takes(Discipline discipline, Map<Discipline, List<String>> able, Map<String, Discipline> taken, Set<String> asked) {
        for (var person : able.getOrDefault(discipline, List.of())) {
            if (asked.add(person)) {
                var holder = taken.get(person);
                if (holder == null || takes(holder, able, taken, asked)) {
                    taken.put(person, discipline);
                    return true;
                }
            }
        }
        return false;
    }

    /// Why this person may not certify now; empty when they may. UK-1, UK-2, P11-4.
    ///
    /// @param registrationNumber the person's own, if any
    static Optional<ReviewRefusal> certificationRefusal(
            ReviewFacts job, Actor actor, @Nullable String registrationNumber, MarketRules rules) {
        if (!actor.has(Role.SIGNATORY)) {
            return Optional.of(new NotAllowed("Certifying needs the role signatory. Ask a final signatory for " + rules.market() + "."));
        }
        if (job.developedBy(actor.id())) {
            return Optional.of(new AuthorMayNotCertify(
                    "You wrote, translated or submitted this text, so you can't certify it. Ask another signatory for " + rules.market() + "."));
        }
        if (job.reviewers().contains(actor.id()) && !rules.allows(JoinedDuty.REVIEW_AND_CERTIFY)) {
            return Optional.of(new NotAllowed("You gave a verdict in this review, so you can't certify it. Ask another signatory for " + rules.market() + "."));
        }
        if (rules.registrationNumberRequired() && (registrationNumber == null || registrationNumber.isBlank())) {
            return Optional.of(new NotAllowed("Certifying for %s needs a %s. Ask an administrator to record yours."
                    .formatted(rules.market(), rules.registrationName())));
        }
        var closed = closed(job);
        if (closed.isPresent()) {
            return closed;
        }
        return switch (standing(job.tasks())) {
            case ReadyToCertify() when job.openRequired() > 0 -> Optional.of(new OutOfSequence(
                    job.openRequired() == 1
                            ? "There is 1 annotation that must be resolved before certification. Answer it and mark it as resolved."
                            : "There are %d annotations that must be resolved before certification. Answer them and mark them as resolved."
                                    .formatted(job.openRequired())));
            case ReadyToCertify() -> Optional.empty();
            case Awaiting(var missing) -> Optional.of(new OutOfSequence("Waits for the %s %s of circulation %d."
                    .formatted(Discipline.sentence(missing), missing.size() == 1 ? "verdict" : "verdicts", job.circulation())));
            case SentBack(_, var by) -> Optional.of(new OutOfSequence("Sent back by %s. Certify the next circulation once all approve it."
                    .formatted(Discipline.sentence(by))));
        };
    }

    /// P11-7: a signature counts for exactly the bytes the person looked at.
    static Optional<ReviewRefusal> hashRefusal(ReviewFacts job, String renditionSha256) {
        if (job.renditionSha256() == null) {
            return Optional.of(new OutOfSequence(
                    "Version %d was submitted before the words of its claims were frozen with it. Cancel this review and submit the text again."
                            .formatted(job.versionNumber())));
        }
        return renditionSha256.equals(job.renditionSha256())
                ? Optional.empty()
                : Optional.of(new Conflict(
                        "You looked at other words than those under review in version %d. Reload the review and read it before signing."
                                .formatted(job.versionNumber())));
    }

    static Optional<ReviewRefusal> annotationRefusal(ReviewFacts job, Actor actor) {
        if (!hasAny(actor, ANNOTATORS)) {
            return Optional.of(new NotAllowed("Annotating needs a reviewer's or signatory's role. You may reply to annotations."));
        }
        return closed(job);
    }

    static Optional<ReviewRefusal> replyRefusal(ReviewFacts job, Actor actor) {
        if (!hasAny(actor, REPLIERS)) {
            return Optional.of(new NotAllowed("Replying needs the role writer, reviewer or signatory."));
        }
        return switch (job.state()) {
            case IN_REVIEW, REVISE_AND_RESUBMIT -> Optional.empty();
            case CERTIFIED, CANCELLED -> closed(job);
        };
    }

    /// RV-5: what a reviewer demanded is settled in that reviewer's eyes, or in those of a colleague of the same discipline who did not
    /// write the text.
    ///
    /// @param raisedBy roles of whoever made the annotation
    static Optional<ReviewRefusal> resolutionRefusal(
            ReviewFacts job, Actor actor, AnnotationLedger.Annotation annotation, boolean resolved, Set<Role> raisedBy) {
        var unanswerable = replyRefusal(job, actor);
        if (unanswerable.isPresent()) {
            return unanswerable;
        }
        if (resolved) {
            return Optional.of(new OutOfSequence("This annotation is resolved already. Reload the review to see by whom."));
        }
        var same = !job.developedBy(actor.id()) && ANNOTATORS.stream().anyMatch(it -> actor.has(it) && raisedBy.contains(it));
        return !annotation.required() || annotation.authorId().equals(actor.id()) || same ? Optional.empty()
                : Optional.of(new NotAllowed("This annotation must be settled in the eyes of whoever made it or of another reviewer of the same discipline. "
                        + "Answer it; they resolve it."));
    }

    static Optional<ReviewRefusal> cancellationRefusal(ReviewFacts job, Actor actor) {
        if (!hasAny(actor, CANCELLERS)) {
            return Optional.of(new NotAllowed("Cancelling needs the role writer, signatory or administrator."));
        }
        return switch (job.state()) {
            case IN_REVIEW, REVISE_AND_RESUBMIT -> Optional.empty();
            case CERTIFIED, CANCELLED -> closed(job);
        };
    }

    private static Optional<ReviewRefusal> closed(ReviewFacts job) {
        return switch (job.state()) {
            case IN_REVIEW -> Optional.empty();
            case REVISE_AND_RESUBMIT -> Optional.of(new OutOfSequence(
                    "Circulation %d was sent back. The writer submits the revised text; then circulation %d starts."
                            .formatted(job.circulation(), job.circulation() + 1)));
            case CERTIFIED -> Optional.of(new OutOfSequence(
                    job.jobCode() + " is certified and closed. Submit a new version to review the text again."));
            case CANCELLED -> Optional.of(new OutOfSequence(
                    job.jobCode() + " was cancelled. Submit a new version to review the text again."));
        };
    }

    static boolean hasAny(Actor actor, Set<Role> roles) {
        return roles.stream().anyMatch(actor::has);
    }

    private static String label(Role role) {
        return Kebab.of(role).replace("-", " ");
    }
}
