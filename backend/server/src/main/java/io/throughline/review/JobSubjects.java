package io.throughline.review;

import io.throughline.audit.AuditSubject;
import io.throughline.content.ItemSubjects;
import java.util.List;
import org.springframework.stereotype.Component;

/// The review jobs of an item, for its history.
@Component
class JobSubjects implements ItemSubjects {

    private final ReviewLedger ledger;

    JobSubjects(ReviewLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<AuditSubject> subjectsOf(String itemId) {
        return ledger.listIdsOf(itemId).stream().map(it -> new AuditSubject("review-job", it)).toList();
    }
}
