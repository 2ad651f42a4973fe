package io.throughline.review;

import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Reads the facts that the rules decide by. Whoever acts on them holds the job's lock.
@Component
class ReviewFactsReader {

    private final ReviewLedger ledger;
    private final AnnotationLedger annotations;

    ReviewFactsReader(ReviewLedger ledger, AnnotationLedger annotations) {
        this.ledger = ledger;
        this.annotations = annotations;
    }

    ReviewFacts read(ReviewJob job) {
        var all = ledger.listTasks(job.id());
        var tasks = all.stream().filter(it -> it.circulation() == job.circulation()).map(ReviewFactsReader::task).toList();
        var reviewers = all.stream().map(ReviewLedger.Task::given).filter(Objects::nonNull).map(ReviewLedger.GivenVerdict::personId)
                .collect(Collectors.toSet());
        return new ReviewFacts(job.code(), job.state(), job.circulation(), job.versionNumber(), job.renditionSha256(), tasks,
                ledger.developers(job.id()), reviewers, annotations.countOpenRequired(job.id()));
    }

    private static ReviewFacts.Task task(ReviewLedger.Task it) {
        var given = it.given();
        return given == null
                ? new ReviewFacts.Task(it.id(), it.discipline(), null, null)
                : new ReviewFacts.Task(it.id(), it.discipline(), given.verdict(), given.personId());
    }
}
