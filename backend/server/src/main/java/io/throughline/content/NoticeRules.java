package io.throughline.content;

import io.throughline.content.CitedWorks.Notice;
import io.throughline.content.CitedWorks.Work;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What notices about cited works mean for a text (RV-6). Pure.
final class NoticeRules {

    private NoticeRules() {}

    /// In the order of the document's references.
    static List<Work> works(JsonNode document) {
        var works = new ArrayList<Work>();
        document.path("references").forEach(it -> works.add(Work.of(it.path("id").asString(""), it.path("csl"))));
        return works;
    }

    /// What a rendition cites, in its own words and in those of what it holds.
    static List<Work> works(Rendition rendition) {
        var works = new ArrayList<Work>();
        rendition.content().path("references").forEachEntry((id, csl) -> works.add(Work.of(id, csl)));
        return works;
    }

    static List<Finding> of(JsonNode document, Map<String, List<Notice>> notices) {
        var findings = new ArrayList<Finding>();
        int at = 0;
        for (var reference : document.path("references")) {
            var path = "/references/" + at++;
            notices.getOrDefault(reference.path("id").asString(""), List.of()).stream().limit(1)
                    .forEach(it -> findings.add(finding(path, ReferenceLine.of(reference.path("csl")), it)));
        }
        return findings;
    }

    /// What keeps a rendition from being certified or published.
    static List<Finding> of(Rendition rendition, Map<String, List<Notice>> notices) {
        var findings = new ArrayList<Finding>();
        rendition.content().path("references").forEachEntry((id, csl) -> notices.getOrDefault(id, List.of()).stream().limit(1)
                .filter(it -> it.kind().endsEvidence())
                .forEach(it -> findings.add(finding("/references/" + id, ReferenceLine.of(csl), it))));
        return findings;
    }

    private static Finding finding(String path, String line, Notice notice) {
        var said = switch (notice.kind()) {
            case RETRACTED -> "was retracted";
            case WITHDRAWN -> "was withdrawn";
            case EXPRESSION_OF_CONCERN -> "has an expression of concern";
            case CORRECTED -> "was corrected";
        };
        return notice.kind().endsEvidence()
                ? new Finding("reference-withdrawn", Severity.BLOCK, path,
                        "%s %s on %s: %s Take out what rests on it, or cite another work.".formatted(line, said, notice.noticedOn(), sentence(notice.reason())), "RV-6")
                : new Finding("reference-noticed", Severity.WARNING, path,
                        "%s %s on %s: %s Read the notice, and check what rests on it.".formatted(line, said, notice.noticedOn(), sentence(notice.reason())), "RV-6");
    }

    private static String sentence(String reason) {
        return reason.matches("(?s).*[.!?]") ? reason : reason + ".";
    }
}
