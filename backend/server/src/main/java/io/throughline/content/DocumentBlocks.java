package io.throughline.content;

import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.ListBlock;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The blocks of a document in the order in which people read it.
final class DocumentBlocks {

    private static final List<String> CONCEPTS = List.of("audience", "stage", "need", "topic", "indication", "channel");

    private final List<Block> blocks = new ArrayList<>();
    private final JsonNode document;
    private final RenderContext context;
    private final Map<String, Document> trees = new HashMap<>();
    private final Numbering numbering;

    private DocumentBlocks(JsonNode document, Map<String, String> claims) {
        this.document = document;
        this.context = new RenderContext(DocumentLinks.references(document), marked(DocumentLinks.claims(document), claims));
        this.numbering = Numbering.of(DocumentLinks.texts(document).stream().map(this::tree).toList(), context.references());
    }

    /// @param claims words of the claims that the document makes; one that is not there is shown as missing
    static List<Block> of(JsonNode document, Map<String, String> claims) {
        var all = new DocumentBlocks(document, claims);
        all.read();
        return List.copyOf(all.blocks);
    }

    /// A claim's words between ❝ and ❞, so that a reader sees whose words they are.
    private static Map<String, String> marked(List<String> ids, Map<String, String> claims) {
        var marked = new HashMap<String, String>();
        ids.forEach(id -> marked.put(id, "❝" + claims.getOrDefault(id, "a claim that does not exist") + "❞"));
        return marked;
    }

    private Document tree(String markdown) {
        return trees.computeIfAbsent(markdown, Markdown::parse);
    }

    private void read() {
        field("title");
        field("question");
        field("text");
        field("qualifier");
        document.path("variations").forEach(it -> plain("variations", null, it.path("text").asString("")));
        field("summary");
        field("boxedWarning");
        markdown("body", null, document.path("body").asString(""));
        for (var step : document.path("steps")) {
            var title = step.path("title").asString("");
            plain("steps", null, title);
            markdown("steps", title.isBlank() ? null : title, step.path("body").asString(""));
            plain("steps", title.isBlank() ? null : title, step.path("item").asString(""));
        }
        field("adverseEventStatement");
        field("visual", document.path("visual").path("alt").asString(""));
        field("efficacyClaim");
        field("basic");
        field("readingAge");
        field("establishedName");
        field("labelUrl");
        field("dateOfLastRevision");
        for (var concept : CONCEPTS) {
            field("classification." + concept, String.join(", ", DocumentLinks.strings(document.path("classification").path(concept))));
        }
        document.path("claims").forEach(it -> claim(it.asString("")));
        field("safetyInformation");
        field("prescribingInformation");
        field("plainLanguageTwin");
        field("hcpCounterpart");
        document.path("rules").forEach(it -> plain("rules", null, Rules.sentence(it)));
        document.path("anchors").forEach(it -> plain("anchors", null, it.path("quote").asString("")));
        document.path("references").forEach(it -> plain("references", null, reference(it.path("csl"))));
    }

    private void field(String name) {
        field(name, document.path(name).asString(""));
    }

    private void field(String name, String value) {
        plain(name, null, value);
    }

    private void plain(String field, @Nullable String heading, String text) {
        if (!text.isBlank()) {
            blocks.add(new Block(field, heading, text.strip(), text.strip()));
        }
    }

    private void claim(String id) {
        blocks.add(new Block("claims", null, context.claims().getOrDefault(id, id), id + ' ' + context.claims().get(id)));
    }

    private void markdown(String field, @Nullable String top, String markdown) {
        if (markdown.isBlank()) {
            return;
        }
        var headings = new ArrayList<@Nullable String>();
        for (var node : tree(markdown).getChildren()) {
            if (node instanceof Heading heading) {
                while (headings.size() >= heading.getLevel()) {
                    headings.removeLast();
                }
                block(field, path(top, headings), heading);
                while (headings.size() < heading.getLevel() - 1) {
                    headings.add(null);
                }
                headings.add(PlainText.of(heading, context, numbering));
            } else if (node instanceof ListBlock list) {
                list.getChildren().forEach(entry -> block(field, path(top, headings), entry));
            } else if (!(node instanceof Reference)) {
                block(field, path(top, headings), node);
            }
        }
    }

    private void block(String field, @Nullable String heading, Node node) {
        var text = PlainText.of(node, context, numbering);
        if (!text.isBlank()) {
            // with the words of its claims: others make it another text
            var source = DocumentLinks.withClaims(node.getChars().toString(), context.claims());
            var span = field.equals("body") ? new Block.Span(node.getStartOffset(), node.getEndOffset()) : null;
            blocks.add(new Block(field, heading, text, source.strip(), span));
        }
    }

    private static @Nullable String path(@Nullable String top, List<@Nullable String> headings) {
        var path = new StringBuilder(top == null ? "" : top);
        for (var heading : headings) {
            if (heading != null) {
                path.append(path.isEmpty() ? "" : " › ").append(heading);
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    /// Enough of a reference to recognise it and to see any change of it that matters.
    private static String reference(JsonNode csl) {
        var authors = new ArrayList<String>();
        csl.path("author").forEach(it -> authors.add(it.has("family")
                ? (it.path("family").asString("") + " " + it.path("given").asString("")).strip()
                : it.path("literal").asString("")));
        var parts = new ArrayList<String>();
        parts.add(String.join(", ", authors));
        parts.add(csl.path("title").asString(""));
        parts.add(csl.path("container-title").asString(""));
        parts.add(csl.path("issued").path("date-parts").path(0).path(0).asString(""));
        parts.add(csl.path("volume").asString(""));
        parts.add(csl.path("page").asString(""));
        parts.add(csl.path("DOI").asString(""));
        parts.add(csl.path("PMID").asString(""));
        parts.removeIf(String::isBlank);
        return String.join(". ", parts);
    }
}
