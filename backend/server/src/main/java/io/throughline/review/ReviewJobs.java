package io.throughline.review;

import io.throughline.content.Contents;
import io.throughline.review.ReviewRefusal.NotFound;
import io.throughline.shared.Actor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Jobs as one person may see them: those of their brands and markets. Any other does not exist for them (S7, S10).
@Component
class ReviewJobs {

    private final ReviewLedger ledger;
    private final Contents contents;

    ReviewJobs(ReviewLedger ledger, Contents contents) {
        this.ledger = ledger;
        this.contents = contents;
    }

    Optional<ReviewJob> find(Actor actor, String code) {
        return ledger.findByCode(code).filter(it -> maySee(actor, it));
    }

    /// Locked until the transaction ends; see [ReviewLedger#lock].
    Optional<ReviewJob> lock(Actor actor, String code) {
        return find(actor, code).isEmpty() ? Optional.empty() : ledger.lock(code);
    }

    /// What the audit trail calls the job: its id, or for a code that was never given the code itself.
    String subjectOf(String code) {
        return ledger.findByCode(code).map(ReviewJob::id).orElse(code);
    }

    boolean exists(String code) {
        return ledger.findByCode(code).isPresent();
    }

    private boolean maySee(Actor actor, ReviewJob job) {
        return actor.mayUseMarket(job.market())
                && contents.findItem(job.itemId()).filter(it -> actor.mayUseContentOf(it.brand())).isPresent();
    }

    static NotFound missing() {
        return new NotFound("There is no such review, or it is for a brand or market that you don't work for. Check its job code.");
    }
}
