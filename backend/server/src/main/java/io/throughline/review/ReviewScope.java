package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.BlockChange;
import io.throughline.content.Blocks;
import io.throughline.content.Contents;
import io.throughline.content.Rendition;
import io.throughline.content.Renditions;
import io.throughline.content.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What of a version is under review: the blocks that differ from the approval before it (RV-4).
@Component
class ReviewScope {

    private final Approvals approvals;
    private final Contents contents;
    private final Renditions renditions;

    ReviewScope(Approvals approvals, Contents contents, Renditions renditions) {
        this.approvals = approvals;
        this.contents = contents;
        this.renditions = renditions;
    }

    /// Fixed when a circulation starts: an approval given meanwhile for another market doesn't shift what people look at.
    ReviewLedger.Scope of(Version version, Rendition rendition) {
        var title = version.document().path("title").asString("");
        var base = approvals.findBase(version.itemId(), version.locale(), rendition.market());
        var changes = changesSince(base.orElse(null), version, rendition);
        var changed = (int) changes.stream().filter(it -> it.kind() != BlockChange.Kind.UNCHANGED).count();
        return new ReviewLedger.Scope(title, base.map(Approval::id).orElse(null), base.map(Approval::versionNumber).orElse(null),
                changed, changes.size());
    }

    /// @param base      null: everything is new
    /// @param rendition null for what was submitted before renditions were kept: it is shown with its claims as they are now
    List<BlockChange> changesSince(@Nullable Approval base, Version version, @Nullable Rendition rendition) {
        List<Block> before = base == null ? List.of()
                : contents.findVersion(base.itemId(), base.locale(), base.versionNumber())
                        .map(it -> VersionText.blocks(contents, it, renditions.find(it.itemId(), it.locale(), it.number(), base.market()).orElse(null))).orElseThrow();
        return Blocks.diff(before, VersionText.blocks(contents, version, rendition));
    }
}
