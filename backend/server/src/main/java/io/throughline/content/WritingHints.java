package io.throughline.content;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.util.ast.Node;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Hints for promotional texts; they never stop anything. A person decides.
final class WritingHints {

    private static final int MAX_HINTS = 20;
    private static final int QUOTED_CHARACTERS = 60;
    private static final Pattern RESULT = Pattern.compile("\\d\\s?%|\\bp\\s?[<=]\\s?0?\\.\\d|\\bhazard ratio\\b|\\bodds ratio\\b|\\bconfidence interval\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern VAGUE = Pattern.compile(
            "\\b(?:best|unique|breakthrough|revolutionary|miracle|completely safe|no side effects|well[- ]tolerated by all|gold standard|game[- ]changer)\\b",
            Pattern.CASE_INSENSITIVE);

    private WritingHints() {}

    static List<Finding> of(JsonNode document) {
        var hints = new ArrayList<Finding>();
        var body = document.path("body").asString("");
        if (body.isBlank()) {
            return hints;
        }
        for (var block : Markdown.parse(body).getChildren()) {
            if (hints.size() >= MAX_HINTS) {
                break;
            }
            var text = PlainText.of(block, RenderContext.NOTHING, Numbering.NONE);
            if (!(block instanceof Heading) && RESULT.matcher(text).find() && !hasSupport(block)) {
                hints.add(new Finding("uncited-claim", Severity.HINT, "/body",
                        "Cite a reference or insert a claim: “%s” states a result without one.".formatted(quote(text)), "US-1"));
            }
            var vague = VAGUE.matcher(text);
            if (vague.find()) {
                hints.add(new Finding("vague-wording", Severity.HINT, "/body",
                        "Say it exactly instead of “%s” in “%s”.".formatted(vague.group(), quote(text)), null));
            }
        }
        return hints;
    }

    private static boolean hasSupport(Node node) {
        if (node instanceof Directives.Citation || node instanceof Directives.ClaimDirective) {
            return true;
        }
        for (var child : node.getChildren()) {
            if (hasSupport(child)) {
                return true;
            }
        }
        return false;
    }

    private static String quote(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= QUOTED_CHARACTERS ? line : line.substring(0, QUOTED_CHARACTERS) + "…";
    }
}
