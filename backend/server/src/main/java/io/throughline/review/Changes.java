package io.throughline.review;

import io.throughline.content.BlockChange;
import io.throughline.content.Contents;
import io.throughline.content.Renditions;
import io.throughline.shared.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What changed since the approval before, block by block and word by word (RV-4).
@Component
class Changes {

    /// @param unchanged number of blocks that the approval before already covers
    record View(JobView.@Nullable BaseView baseVersion, int unchanged, List<BlockChange> changes) {}

    private final ReviewJobs jobs;
    private final ReviewLedger ledger;
    private final Approvals approvals;
    private final ReviewScope scopes;
    private final Contents contents;
    private final Renditions renditions;

    Changes(ReviewJobs jobs, ReviewLedger ledger, Approvals approvals, ReviewScope scopes, Contents contents, Renditions renditions) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.approvals = approvals;
        this.scopes = scopes;
        this.contents = contents;
        this.renditions = renditions;
    }

    @Transactional(readOnly = true)
    Optional<View> find(Actor actor, String code) {
        return jobs.find(actor, code).map(this::view);
    }

    private View view(ReviewJob job) {
        var scope = ledger.listCirculations(job.id()).getLast().scope();
        var base = Optional.ofNullable(scope.baseApprovalId()).flatMap(approvals::find);
        var version = contents.findVersion(job.itemId(), job.locale(), job.versionNumber()).orElseThrow();
        var changes = scopes.changesSince(base.orElse(null), version,
                renditions.find(job.itemId(), job.locale(), job.versionNumber(), job.market()).orElse(null));
        var unchanged = (int) changes.stream().filter(it -> it.kind() == BlockChange.Kind.UNCHANGED).count();
        return new View(base.map(it -> new JobView.BaseView(it.versionNumber(), it.approvedAt())).orElse(null), unchanged, changes);
    }
}
