package io.throughline.content;

import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.ext.footnotes.Footnote;
import com.vladsch.flexmark.util.ast.Node;
import io.throughline.shared.Finding;
import io.throughline.shared.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a document's Markdown says in a way that nobody could read: a citation of nothing, a directive that is none. Each is refused,
/// so that what is published never shows its raw form. Pure.
final class TextRules {

    private static final Pattern RAW_CITATION = Pattern.compile("@ref_[0-9A-Za-z_-]+");
    private static final List<String> SIGNS = List.of("[@", "@ref_", ":claim[", "[^");

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> known;

    private TextRules(Set<String> known) {
        this.known = known;
    }

    static List<Finding> of(JsonNode document) {
        var rules = new TextRules(new HashSet<>(DocumentLinks.references(document)));
        texts(document).forEach((path, text) -> {
            if (SIGNS.stream().anyMatch(text::contains)) {
                rules.read(path, Markdown.parse(text));
            }
        });
        return rules.findings;
    }

    /// JSON pointer -> Markdown.
    private static Map<String, String> texts(JsonNode document) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("/body", document.path("body").asString(""));
        int step = 0;
        for (var it : document.path("steps")) {
            texts.put("/steps/" + step++ + "/body", it.path("body").asString(""));
        }
        return texts;
    }

    private void read(String path, Node node) {
        switch (node) {
            case Directives.Citation citation -> citation.references().stream().filter(it -> !known.contains(it)).distinct().forEach(it ->
                    block("unknown-reference", path, "Cite one of the document's references; “%s” is none of them.".formatted(it), "US-1"));
            case Text text -> {
                RAW_CITATION.matcher(text.getChars()).results().forEach(it -> block("unknown-reference", path,
                        "Write the citation as [@ref_…] or [@ref_…; @ref_…] with nothing else between the brackets; “%s” stands outside of one.".formatted(it.group()), "US-1"));
            }
            case Footnote mark when Footnotes.of(mark).isEmpty() -> block("unknown-footnote", path,
                    "Write the text of the footnote in a line of its own, “%s: …”, or put \\ before the bracket.".formatted(mark.getChars()), null);
            case LinkRef link when link.getPrevious() instanceof Text before && before.getChars().endsWith(":claim") -> block("unreadable-directive", path,
                    "Insert the claim again: “:claim%s” names no claim, and readers would see it as it stands.".formatted(link.getChars()), null);
            default -> { /* only what is read as words can be debris */ }
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            read(path, child);
        }
    }

    private void block(String code, String path, String message, @Nullable String rule) {
        findings.add(new Finding(code, Severity.BLOCK, path, message, rule));
    }
}
