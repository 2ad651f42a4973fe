package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.content.Draft;
import io.throughline.content.Item;
import io.throughline.content.Renditions;
import io.throughline.identity.People;
import io.throughline.review.JobView.AnnotationView;
import io.throughline.review.JobView.PersonName;
import io.throughline.shared.Actor;
import io.throughline.taxonomy.MarketPacks;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// What reviewers said of the text that a draft goes on from, beside the draft's present words.
@Component
class DraftReviews {

    /// @param revision of the draft that the annotations are placed in
    /// @param reviews  the job of each market that is open, or whose last one was cancelled
    record View(String itemId, String locale, int revision, List<ReviewOfDraft> reviews) {}

    /// @param version  that the current or last circulation reviews
    /// @param verdicts of that circulation that say what must change
    record ReviewOfDraft(String code, String market, JobState state, int circulation, int version, List<Demand> verdicts,
            List<AnnotationView> annotations) {}

    record Demand(Discipline discipline, Verdict verdict, PersonName by, Instant at, String comment) {}

    private final Contents contents;
    private final Renditions renditions;
    private final MarketPacks packs;
    private final ReviewLedger ledger;
    private final ReviewFactsReader facts;
    private final AnnotationViews annotations;
    private final People people;

    DraftReviews(Contents contents, Renditions renditions, MarketPacks packs, ReviewLedger ledger, ReviewFactsReader facts,
            AnnotationViews annotations, People people) {
        this.contents = contents;
        this.renditions = renditions;
        this.packs = packs;
        this.ledger = ledger;
        this.facts = facts;
        this.annotations = annotations;
        this.people = people;
    }

    /// In one snapshot; of the markets that the person works for. The number of queries depends on the number of those only. Empty without a
    /// draft in the locale.
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<View> find(Actor actor, Item item, String locale) {
        return contents.findDraft(item.id(), locale).map(draft -> new View(item.id(), locale, draft.revision(),
                ledger.listGoingOn(item.id(), locale).stream().filter(it -> actor.mayUseMarket(it.market())).map(it -> review(actor, item, draft, it)).toList()));
    }

    private ReviewOfDraft review(Actor actor, Item item, Draft draft, ReviewJob job) {
        var foreseen = renditions.foresee(item, draft, packs.get(job.market()), job.code(), job.dateOfPreparation());
        return new ReviewOfDraft(job.code(), job.market(), job.state(), job.circulation(), job.versionNumber(), demands(job),
                annotations.list(actor, job, facts.read(job), ledger.listCirculations(job.id()), foreseen.version(), foreseen.rendition()));
    }

    private List<Demand> demands(ReviewJob job) {
        var tasks = ledger.listTasks(job.id()).stream().filter(it -> it.circulation() == job.circulation()).toList();
        var names = people.names(tasks.stream().map(ReviewLedger.Task::given).filter(Objects::nonNull).map(ReviewLedger.GivenVerdict::personId)
                .collect(Collectors.toSet()));
        return tasks.stream().flatMap(task -> {
            var given = task.given();
            return given == null || given.comment() == null || given.verdict() == Verdict.APPROVE ? Stream.<Demand>empty()
                    : Stream.of(new Demand(task.discipline(), given.verdict(), JobViews.name(names, given.personId()), given.at(), given.comment()));
        }).toList();
    }
}
