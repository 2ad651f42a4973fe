package io.throughline.content;

import io.throughline.shared.Doi;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What became known of works after they were cited. Asked by whoever judges a text; answered by the register of references.
public interface CitedWorks {

    /// A work as a text names it. It is the registered one when one of the three is equal.
    ///
    /// @param id   `ref_…`
    /// @param doi  as [Doi#plain] gives it
    record Work(String id, @Nullable String doi, @Nullable String pmid) {

        static Work of(String id, JsonNode csl) {
            var pmid = csl.path("PMID").asString("");
            return new Work(id, Doi.plain(csl.path("DOI").asString("")).orElse(null), pmid.isBlank() ? null : pmid.strip());
        }
    }

    /// @param noticedOn when the publisher gave notice
    record Notice(NoticeKind kind, LocalDate noticedOn, String reason) {}

    /// What stands, by the id that the texts name the work by, the gravest first; works without any are left out. One statement.
    Map<String, List<Notice>> listNotices(Collection<Work> works);
}
