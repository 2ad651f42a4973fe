package io.throughline.review;

import io.throughline.content.Block;
import io.throughline.content.BlockChange;
import io.throughline.content.Blocks;
import io.throughline.content.Contents;
import io.throughline.content.Renditions;
import io.throughline.review.AnnotationLedger.Annotation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where annotations lie in a text that was edited since they were made: the one rule for the review room and for the editor (RV-5).
@Component
class AnnotationPlaces {

    /// @param block    place among [VersionText#blocks], from 0; null where it is in none: in a line that the market adds, or orphaned
    /// @param orphaned neither at its words with both their sides, nor come through the edit since its circulation in a block of its own
    record Place(@Nullable Integer block, boolean orphaned) {}

    private final Contents contents;
    private final Renditions renditions;

    AnnotationPlaces(Contents contents, Renditions renditions) {
        this.contents = contents;
        this.renditions = renditions;
    }

    /// By the annotations' ids. Reads each version once that they were made on and that has to be compared.
    ///
    /// @param text   what they are placed in, [VersionText#of] a version or of a draft as if it were one
    /// @param blocks the same as blocks
    Map<String, Place> place(
            ReviewJob job, List<ReviewLedger.Circulation> circulations, List<Annotation> annotations, String text, List<Block> blocks) {
        var edits = new HashMap<Integer, Optional<List<BlockChange>>>();
        var places = new LinkedHashMap<String, Place>();
        for (var annotation : annotations) {
            var anchor = annotation.anchor();
            if (anchor.isIn(text)) {
                places.put(annotation.id(), new Place(anchor.blockIn(text, blocks).orElse(null), false));
            } else {
                var madeOn = circulations.stream().filter(it -> it.number() == annotation.circulation()).findFirst().orElseThrow().versionNumber();
                var kept = edits.computeIfAbsent(madeOn, number -> edit(job, number, blocks)).flatMap(anchor::cameThrough);
                places.put(annotation.id(), new Place(kept.orElse(null), kept.isEmpty()));
            }
        }
        return places;
    }

    private Optional<List<BlockChange>> edit(ReviewJob job, int versionNumber, List<Block> blocks) {
        return contents.findVersion(job.itemId(), job.locale(), versionNumber)
                .map(then -> Blocks.diff(VersionText.blocks(contents, then,
                        renditions.find(job.itemId(), job.locale(), versionNumber, job.market()).orElse(null)), blocks));
    }
}
