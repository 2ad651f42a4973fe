package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.identity.People;
import io.throughline.identity.SigningSession;
import io.throughline.review.JobView.ApprovalView;
import io.throughline.shared.Actor;
import io.throughline.shared.Allowed;
import io.throughline.shared.Problem;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The way of an item into review, and the approvals that came out.
@RestController
@RequestMapping("/manage/v1/items/{id}")
class SubmissionController {

    private static final Pattern REVISION = Pattern.compile("\"r([1-9][0-9]{0,8})\"");

    record Submission(@Nullable String market, @Nullable Instant dueAt, @Nullable String reason, @Nullable String note) {}

    record ApprovalPage(List<ApprovalView> approvals) {}

    private final ReviewDesk desk;
    private final JobViews views;
    private final DraftReviews reviews;
    private final Approvals approvals;
    private final Contents contents;
    private final People people;
    private final Clock clock;

    SubmissionController(ReviewDesk desk, JobViews views, DraftReviews reviews, Approvals approvals, Contents contents, People people, Clock clock) {
        this.desk = desk;
        this.views = views;
        this.reviews = reviews;
        this.approvals = approvals;
        this.contents = contents;
        this.people = people;
        this.clock = clock;
    }

    @PostMapping("/drafts/{locale}/submission")
    @Allowed
    ResponseEntity<JobView> submit(Actor actor, @PathVariable String id, @PathVariable String locale,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch, @RequestBody Submission body,
            SigningSession session) {
        var item = contents.getVisible(actor, id);
        var dueAt = body.dueAt() == null ? null : body.dueAt().truncatedTo(ChronoUnit.MICROS);
        var job = Refusals.done(desk.submit(actor, item.id(), locale, revision(ifMatch), Refusals.required(body.market(), "/market"), dueAt,
                Refusals.bounded(body.reason(), "/reason", 2_000), Refusals.bounded(body.note(), "/note", 2_000)));
        return ResponseEntity.created(URI.create("/manage/v1/jobs/" + job.code())).body(views.find(actor, job.code(), session).orElseThrow());
    }

    /// What reviewers remarked on the text that the draft goes on from, where it lies in the draft's words now.
    @GetMapping("/drafts/{locale}/annotations")
    @Allowed
    DraftReviews.View listAnnotations(Actor actor, @PathVariable String id, @PathVariable String locale) {
        var item = contents.getVisible(actor, id);
        return reviews.find(actor, item, locale).orElseThrow(() -> Problem.NOT_FOUND.because(
                "%s has no draft in %s. Its remarks stand in its reviews.".formatted(item.key(), locale)));
    }

    @GetMapping("/approvals")
    @Allowed
    ApprovalPage listApprovals(Actor actor, @PathVariable String id) {
        var item = contents.getVisible(actor, id);
        var mine = approvals.listFor(item.id()).stream().filter(it -> actor.mayUseMarket(it.market())).toList();
        var names = people.names(mine.stream().map(Approval::certifiedBy).distinct().toList());
        var now = clock.instant();
        var ends = approvals.listEnds(item.id());
        return new ApprovalPage(mine.stream()
                .map(it -> ApprovalView.of(it, JobViews.name(names, it.certifiedBy()), it.isUsableAt(now) && !ends.containsKey(it.id()), ends.get(it.id())))
                .toList());
    }

    private static int revision(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw Problem.PRECONDITION_REQUIRED.because("Send If-Match with the ETag of the draft that you read.");
        }
        var revision = REVISION.matcher(ifMatch);
        if (!revision.matches()) {
            throw Problem.VERSION_CONFLICT.because("If-Match is no ETag of a draft. Reload the draft and send the one it comes with.");
        }
        return Integer.parseInt(revision.group(1));
    }
}
