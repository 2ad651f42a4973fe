package io.throughline.content;

import com.vladsch.flexmark.util.ast.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites citations by place (`[1,3-5]`, as in [Dialect#NUMBERED] and in imports) into citations by id. Pure.
public final class CitationsByPlace {

    // as the dialect knew it, except that `[1][2]` is read as two citations
    private static final Pattern CITATION = Pattern.compile(
            "\\[\\d{1,4}(?:[-–]\\d{1,4})?(?:, ?\\d{1,4}(?:[-–]\\d{1,4})?){0,99}](?![(:]|\\[(?!\\d))");

    private CitationsByPlace() {}

    /// The same document with what its texts cite by place cited by id. Numbers that no reference has are no citations and stay.
    static ObjectNode toIds(ObjectNode document) {
        var references = DocumentLinks.references(document);
        if (references.isEmpty()) {
            return document;
        }
        var changed = document.deepCopy();
        rewrite(changed, references);
        changed.path("steps").forEach(step -> {
            if (step instanceof ObjectNode object) {
                rewrite(object, references);
            }
        });
        return changed;
    }

    private static void rewrite(ObjectNode holder, List<String> references) {
        if (holder.path("body").isString()) {
            holder.put("body", toIds(holder.path("body").stringValue(), references));
        }
    }

    /// @param references `[1]` is the first of them
    public static String toIds(String markdown, List<String> references) {
        var bounded = MarkdownLimits.bound(markdown);
        var byStart = new HashMap<Integer, NumberedDirectives.Citation>();
        collect(Markdown.parseCitationsByPlace(bounded), byStart);
        if (byStart.isEmpty()) {
            return markdown;
        }
        // what bounds a text adds fences and backslashes, never a citation: the n-th in one is the n-th in the other
        var found = CITATION.matcher(bounded).results().map(it -> byStart.get(it.start())).iterator();
        return CITATION.matcher(markdown).replaceAll(it -> {
            var citation = found.next();
            var numbers = citation == null ? null : citation.numbers(references.size());
            return Matcher.quoteReplacement(numbers == null ? it.group()
                    : numbers.stream().map(number -> "@" + references.get(number - 1)).distinct()
                            .collect(Collectors.joining("; ", "[", "]")));
        });
    }

    /// The pattern at the parser's place.
    static Pattern here() {
        return Pattern.compile("^" + CITATION.pattern());
    }

    private static void collect(Node node, Map<Integer, NumberedDirectives.Citation> byStart) {
        if (node instanceof NumberedDirectives.Citation citation) {
            byStart.put(citation.getStartOffset(), citation);
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, byStart);
        }
    }
}
