package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// LC-2: what a text holds has words in its own locale; another locale's are never shown in their place. Pure.
final class PartLocales {

    static final String RULE = "LC-2";

    private PartLocales() {}

    /// @param linked items that the document points at; one that does not exist is for others to say
    static List<Finding> of(String locale, JsonNode document, Map<String, LinkedItem> linked) {
        var findings = new ArrayList<Finding>();
        for (var link : DocumentLinks.of(document)) {
            var item = linked.get(link.targetId());
            if (item != null && !"counterpart".equals(link.relation()) && !item.locales().contains(locale)) {
                findings.add(new Finding("part-in-other-locale", Severity.BLOCK, link.path(), message(link.relation(), item.key(), item.locales(), locale), RULE));
            }
        }
        return findings;
    }

    private static String message(String relation, String key, Set<String> has, String locale) {
        var there = has.isEmpty() ? "it has no text yet" : "it stands in %s only".formatted(String.join(", ", has.stream().sorted().toList()));
        return switch (relation) {
            case "safety-information" -> "Make the safety information for %s: add the locale to %s (%s), or choose another that has it.".formatted(locale, key, there);
            case "prescribing-information" -> "Make the prescribing information for %s: add the locale to %s (%s), or choose another that has it.".formatted(locale, key, there);
            case "claim" -> "Add the locale %s to the claim %s (%s), or take the claim out.".formatted(locale, key, there);
            default -> "Add the locale %s to %s (%s), or take it out.".formatted(locale, key, there);
        };
    }
}
