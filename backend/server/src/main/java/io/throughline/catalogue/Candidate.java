package io.throughline.catalogue;

import io.throughline.content.Kinds;
import io.throughline.publication.Facets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One publication that might be served: the pointer and its facets, without the document.
///
/// @param version the approved version's number
/// @param window  when it is effective
/// @param startedSequence the content sequence its publication took
public record Candidate(
        String publicationId,
        String itemId,
        String key,
        String title,
        int version,
        String type,
        String kind,
        @Nullable String brand,
        String market,
        String locale,
        Window window,
        Instant approvedAt,
        long startedSequence,
        Facets facets) {

    /// Whether it is that item, or shows it as a part of itself.
    public boolean holds(String id) {
        return itemId.equals(id) || facets.uses().contains(id);
    }

    /// Item ids of the safety and prescribing information that it names as its own.
    public List<String> pairs() {
        var ids = new ArrayList<String>(2);
        if (facets.safetyInformation() != null) {
            ids.add(facets.safetyInformation());
        }
        if (facets.prescribingInformation() != null) {
            ids.add(facets.prescribingInformation());
        }
        return ids;
    }

    public boolean promotional() {
        return kind.equals(Kinds.PROMOTIONAL);
    }

    /// Content that promotes or claims efficacy never goes out without its safety information (US-2).
    public boolean requiresSafetyInformation() {
        return promotional() || facets.efficacyClaim() || facets.safetyInformation() != null;
    }
}
