package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.BlockChange;
import io.throughline.content.Blocks;
import io.throughline.content.Contents;
import io.throughline.content.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What of a version is under review: the blocks that differ from the approval before it (RV-4).
@Component
class ReviewScope {

    private final Approvals approvals;
    private final Contents contents;

    ReviewScope(Approvals approvals, Contents contents) {
        this.approvals = approvals;
        this.contents = contents;
    }

    /// Fixed when a circulation starts: an approval given meanwhile for another market doesn't shift what people look at.
    ReviewLedger.Scope of(Version version, String market) {
        var title = version.document().path("title").asString("");
        var base = approvals.findBase(version.itemId(), version.locale(), market);
        var changes = changesSince(base.orElse(null), version);
        var changed = (int) changes.stream().filter(it -> it.kind() != BlockChange.Kind.UNCHANGED).count();
        return new ReviewLedger.Scope(title, base.map(Approval::id).orElse(null), base.map(Approval::versionNumber).orElse(null),
                changed, changes.size());
    }

    /// @param base null: everything is new
    List<BlockChange> changesSince(@Nullable Approval base, Version version) {
        List<Block> before = base == null ? List.of()
                : contents.findVersion(base.itemId(), base.locale(), base.versionNumber()).map(contents::blocks).orElseThrow();
        return Blocks.diff(before, contents.blocks(version));
    }
}
