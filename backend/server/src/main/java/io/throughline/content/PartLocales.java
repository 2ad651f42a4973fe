package io.throughline.content;

import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// LC-2: what a text holds has words in its own locale, and another locale's are never shown in their place. UK-1: what is bound by its
/// words is submitted before the text that holds it. Pure.
final class PartLocales {

    static final String RULE = "LC-2";

    private PartLocales() {}

    /// @param linked  items that the document points at; one that does not exist is for others to say
    /// @param byWords types that a market of the text binds by words; none at submission, where Renditions says it of all that is held
    static List<Finding> of(String locale, JsonNode document, Map<String, LinkedItem> linked, Predicate<String> byWords) {
        var findings = new ArrayList<Finding>();
        for (var link : DocumentLinks.of(document)) {
            var item = linked.get(link.targetId());
            if (item == null || "counterpart".equals(link.relation())) {
                continue;
            }
            if (!item.locales().contains(locale)) {
                findings.add(new Finding("part-in-other-locale", Severity.BLOCK, link.path(), message(link.relation(), item.key(), item.locales(), locale), RULE));
            } else if (!item.submitted().contains(locale) && byWords.test(item.type())) {
                findings.add(new Finding("part-not-submitted", Severity.WARNING, link.path(),
                        "%s has no version in %s yet. Submit it before this text, or take it out.".formatted(item.key(), locale), "UK-1"));
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
