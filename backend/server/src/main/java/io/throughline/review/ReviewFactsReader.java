package io.throughline.review;

import io.throughline.content.Contents;
import org.springframework.stereotype.Component;

/// Reads the facts that the rules decide by. Whoever acts on them holds the job's lock.
@Component
class ReviewFactsReader {

    private final ReviewLedger ledger;
    private final AnnotationLedger annotations;
    private final Contents contents;

    ReviewFactsReader(ReviewLedger ledger, AnnotationLedger annotations, Contents contents) {
        this.ledger = ledger;
        this.annotations = annotations;
        this.contents = contents;
    }

    ReviewFacts read(ReviewJob job) {
        var tasks = ledger.listTasks(job.id()).stream()
                .filter(it -> it.circulation() == job.circulation())
                .map(it -> new ReviewFacts.Task(it.id(), it.discipline(), it.given() == null ? null : it.given().verdict()))
                .toList();
        return new ReviewFacts(job.code(), job.state(), job.circulation(), job.versionNumber(), job.versionSha256(), tasks,
                contents.contributors(job.itemId(), job.locale()), ledger.submitters(job.id()), annotations.countOpenRequired(job.id()));
    }
}
