package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.content.Item;
import io.throughline.content.Rendition;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import io.throughline.identity.ElectronicSignature;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.People;
import io.throughline.identity.Person;
import io.throughline.identity.SigningSession;
import io.throughline.review.JobView.PersonName;
import io.throughline.review.JobView.SignatureView;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import io.throughline.taxonomy.MarketPacks;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Puts a job together as the review room shows it. The number of queries depends on the number of circulations only.
@Component
class JobViews {

    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final ReviewFactsReader factsReader;
    private final AnnotationViews annotations;
    private final Approvals approvals;
    private final Contents contents;
    private final Renditions renditions;
    private final ElectronicSignatures signatures;
    private final People people;
    private final MarketPacks packs;
    private final Clock clock;

    JobViews(ReviewJobs jobs, ReviewLedger ledger, ReviewFactsReader factsReader, AnnotationViews annotations, Approvals approvals,
            Contents contents, Renditions renditions, ElectronicSignatures signatures, People people, MarketPacks packs, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.factsReader = factsReader;
        this.annotations = annotations;
        this.approvals = approvals;
        this.contents = contents;
        this.renditions = renditions;
        this.signatures = signatures;
        this.people = people;
        this.packs = packs;
        this.clock = clock;
    }

    /// One snapshot, so that tasks, signatures and permissions fit together.
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<JobView> find(Actor actor, String code, SigningSession session) {
        return jobs.find(actor, code).map(job -> view(actor, job, session));
    }

    private JobView view(Actor actor, ReviewJob job, SigningSession session) {
        var item = contents.getItem(job.itemId());
        var version = contents.findVersion(job.itemId(), job.locale(), job.versionNumber()).orElseThrow();
        var circulations = ledger.listCirculations(job.id());
        var tasks = ledger.listTasks(job.id());
        var approval = approvals.findByJob(job.id());
        var current = circulations.getLast();

        var ids = new HashSet<>(List.of(job.openedBy(), current.startedBy()));
        tasks.stream().map(ReviewLedger.Task::given).forEach(it -> {
            if (it != null) {
                ids.add(it.personId());
            }
        });
        approval.ifPresent(it -> ids.add(it.certifiedBy()));
        var names = people.names(ids);

        var signed = signatures(job, circulations);
        var base = Optional.ofNullable(current.scope().baseApprovalId()).flatMap(approvals::find);
        var facts = factsReader.read(job);
        var rules = Packs.rules(packs.get(job.market()), item.kind());
        var registration = people.find(actor.id()).map(Person::registrationNumber).orElse(null);
        var may = may(actor, facts, rules, registration);
        var consequences = new Consequences(facts, rules, job.locale(), names.getOrDefault(current.startedBy(), "The writer"),
                base.map(it -> new Consequences.Base(it.versionNumber(), it.approvedAt())).orElse(null));
        var rendition = renditions.find(job.itemId(), job.locale(), job.versionNumber(), job.market()).orElse(null);
        return new JobView(job.code(), job.id(), item(item, version), job.locale(), job.market(), job.dateOfPreparation(), job.state(),
                job.dueAt(), name(names, job.openedBy()), job.openedAt(),
                circulations.stream().map(JobViews::circulation).toList(),
                tasks.stream().filter(it -> it.circulation() == job.circulation()).map(it -> task(it, names, signed)).toList(),
                new JobView.VersionView(version.number(), version.sha256(), version.document(),
                        rendition == null ? contents.render(version).html() : rendition.html()),
                rendition == null ? null : JobView.RenditionView.of(rendition),
                base.map(it -> new JobView.BaseView(it.versionNumber(), it.approvedAt())).orElse(null),
                annotations.list(actor, job, facts, circulations, version, rendition),
                List.copyOf(signed.values()),
                approval.map(it -> JobView.ApprovalView.of(it, name(names, it.certifiedBy()), null, approvals.listEnds(job.itemId()).get(it.id()))).orElse(null),
                may, session.isFirstSigningOf(actor.id()), consequences(consequences, may, registration));
    }

    private JobView.May may(Actor actor, ReviewFacts facts, MarketRules rules, @Nullable String registration) {
        var verdicts = facts.tasks().stream()
                .map(ReviewFacts.Task::discipline)
                .filter(it -> ReviewPolicy.verdictRefusal(facts, actor, it, rules).isEmpty())
                .toList();
        var certification = ReviewPolicy.certificationRefusal(facts, actor, registration, rules);
        var refusal = actor.has(Role.SIGNATORY) ? certification.map(ReviewRefusal::detail).orElse(null) : null;
        return new JobView.May(verdicts, certification.isEmpty(), refusal, ReviewPolicy.annotationRefusal(facts, actor).isEmpty(),
                facts.state() == JobState.REVISE_AND_RESUBMIT && actor.has(Role.WRITER));
    }

    private Map<String, List<String>> consequences(Consequences consequences, JobView.May may, @Nullable String registration) {
        var texts = new LinkedHashMap<String, List<String>>();
        if (!may.verdicts().isEmpty()) {
            for (var verdict : Verdict.values()) {
                texts.put(verdict.code(), consequences.of(may.verdicts().getFirst(), verdict));
            }
        }
        if (may.certify()) {
            texts.put("certify", consequences.ofCertifying(registration, clock.instant()));
        }
        return texts;
    }

    /// The signatures under all circulations by their ids, each held against the bytes that it was given for as they are now.
    Map<String, SignatureView> signatures(ReviewJob job, List<ReviewLedger.Circulation> circulations) {
        var views = new LinkedHashMap<String, SignatureView>();
        for (var circulation : circulations) {
            var subject = Signed.idOf(job.itemId(), job.locale(), circulation.versionNumber());
            var made = signatures.listFor(Signed.TYPE, subject);
            if (!made.isEmpty()) {
                var now = Sha256.hex(signed(job, circulation));
                made.forEach(it -> views.put(it.id(), signature(it, now)));
            }
        }
        return views;
    }

    /// The bytes that a circulation's signatures are for.
    private String signed(ReviewJob job, ReviewLedger.Circulation circulation) {
        return circulation.renditionSha256() == null
                ? contents.findVersion(job.itemId(), job.locale(), circulation.versionNumber()).map(Version::canonical).orElse("")
                : renditions.find(job.itemId(), job.locale(), circulation.versionNumber(), job.market()).map(Rendition::canonical).orElse("");
    }

    private SignatureView signature(ElectronicSignature it, String sha256Now) {
        return new SignatureView(it.id(), it.printedName(), it.registrationNumber(), it.meaning(), it.signedAt(), it.sha256(),
                signatures.isValid(it, sha256Now));
    }

    static JobItem item(Item item, Version version) {
        return new JobItem(item.id(), item.key(), version.document().path("title").asString(""), item.type(), item.kind(), item.brand());
    }

    static PersonName name(Map<String, String> names, String id) {
        return new PersonName(id, names.getOrDefault(id, id));
    }

    private static JobView.CirculationView circulation(ReviewLedger.Circulation it) {
        return new JobView.CirculationView(it.number(), it.versionNumber(), it.startedAt(), it.endedAt(), it.outcome(), it.reason(), it.note());
    }

    private static JobView.TaskView task(ReviewLedger.Task task, Map<String, String> names, Map<String, SignatureView> signed) {
        var given = task.given();
        return given == null
                ? new JobView.TaskView(task.id(), task.discipline(), "open", null, null, null, null)
                : new JobView.TaskView(task.id(), task.discipline(), given.verdict().code(), name(names, given.personId()), given.at(),
                        given.comment(), signed.get(given.signatureId()));
    }
}
