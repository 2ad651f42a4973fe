package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.content.PrescribingInformation;
import io.throughline.content.Renditions;
import io.throughline.shared.Actor;
import io.throughline.taxonomy.MarketPacks;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Reads the certificate of a certified job.
@Component
class Certificates {

    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final Approvals approvals;
    private final JobViews views;
    private final Contents contents;
    private final Renditions renditions;
    private final PrescribingInformation prescribing;
    private final MarketPacks packs;

    Certificates(ReviewJobs jobs, ReviewLedger ledger, Approvals approvals, JobViews views, Contents contents, Renditions renditions, PrescribingInformation prescribing, MarketPacks packs) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.approvals = approvals;
        this.views = views;
        this.contents = contents;
        this.renditions = renditions;
        this.prescribing = prescribing;
        this.packs = packs;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Optional<Certificate> find(Actor actor, String code) {
        return jobs.find(actor, code).flatMap(job -> approvals.findByJob(job.id()).map(approval -> certificate(job, approval)));
    }

    private Certificate certificate(ReviewJob job, Approval approval) {
        var version = contents.findVersion(job.itemId(), job.locale(), approval.versionNumber()).orElseThrow();
        var circulations = ledger.listCirculations(job.id()).stream().filter(it -> it.number() == approval.circulation()).toList();
        var signatures = views.signatures(job, circulations);
        var verdicts = ledger.listTasks(job.id()).stream()
                .filter(it -> it.circulation() == approval.circulation())
                .flatMap(it -> it.given() == null ? Stream.empty() : Stream.of(new Certificate.SignedVerdict(
                        it.discipline(), it.given().verdict(), Objects.requireNonNull(signatures.get(it.given().signatureId())))))
                .toList();
        var inForce = renditions.find(job.itemId(), job.locale(), version.number(), job.market())
                .flatMap(it -> prescribing.find(it, approval.approvedAt()));
        var wording = packs.get(job.market()).certificateWording();
        return new Certificate(job.code(), JobViews.item(contents.getItem(job.itemId()), version), job.locale(), job.market(),
                version.number(), approval.versionSha256(), approval.renditionSha256(), approval.dateOfPreparation(), approval.approvedAt(), approval.validFrom(),
                approval.validUntil(), inForce.orElse(null), wording.getOrDefault(job.locale(), wording.values().stream().findFirst().orElse("")),
                Objects.requireNonNull(signatures.get(approval.signatureId())), verdicts);
    }
}
