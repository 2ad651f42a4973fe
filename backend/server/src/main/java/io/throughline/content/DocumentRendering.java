package io.throughline.content;

import com.vladsch.flexmark.util.ast.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A whole document as one text, in the order its type shows its fields. Citations are numbered through all of it.
final class DocumentRendering {

    private sealed interface Part {
        record Words(String text) implements Part {}

        record Heading(String text) implements Part {}

        record Markdown(String source, Document tree) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final Dialect dialect;

    private DocumentRendering(Dialect dialect) {
        this.dialect = dialect;
    }

    static Rendered render(JsonNode document, RenderContext context, Dialect dialect) {
        return renderAll(List.of(document), context, dialect).getFirst();
    }

    /// Several documents that are shown one after the other: citations are numbered through all of them.
    ///
    /// @param context with the references of all
    static List<Rendered> renderAll(List<? extends JsonNode> documents, RenderContext context, Dialect dialect) {
        var all = documents.stream().map(document -> {
            var one = new DocumentRendering(dialect);
            one.read(document);
            return one;
        }).toList();
        var numbering = Numbering.of(all.stream().flatMap(DocumentRendering::trees).toList(), context.references());
        return all.stream().map(it -> it.write(context, numbering)).toList();
    }

    private void read(JsonNode document) {
        text(document.path("text").asString(""));
        text(document.path("qualifier").asString(""));
        document.path("variations").forEach(it -> text(it.path("text").asString("")));
        text(document.path("question").asString(""));
        text(document.path("boxedWarning").asString(""));
        markdown(document.path("body").asString(""));
        for (var step : document.path("steps")) {
            heading(step.path("title").asString(""));
            markdown(step.path("body").asString(""));
        }
        text(document.path("adverseEventStatement").asString(""));
    }

    private Stream<Document> trees() {
        return parts.stream().flatMap(it -> it instanceof Part.Markdown(_, var tree) ? Stream.of(tree) : Stream.empty());
    }

    private Rendered write(RenderContext context, Numbering numbering) {
        var html = new StringBuilder();
        var plain = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Words(var text) -> {
                    html.append("<p>").append(SafeHtml.escape(text).replace("\n", "<br />")).append("</p>\n");
                    plain.append(text).append("\n\n");
                }
                case Part.Heading(var text) -> {
                    html.append("<h3>").append(SafeHtml.escape(text)).append("</h3>\n");
                    plain.append(text).append("\n\n");
                }
                case Part.Markdown(var source, var tree) -> {
                    var rendered = Markdown.render(source, tree, context, numbering, dialect);
                    html.append(rendered.html()).append('\n');
                    plain.append(rendered.plainText()).append("\n\n");
                }
            }
        }
        return new Rendered(html.toString(), plain.toString().strip(), numbering.order(context.references()));
    }

    private void text(String text) {
        if (!text.isBlank()) {
            parts.add(new Part.Words(text.strip()));
        }
    }

    private void heading(String text) {
        if (!text.isBlank()) {
            parts.add(new Part.Heading(text.strip()));
        }
    }

    private void markdown(String markdown) {
        if (!markdown.isBlank()) {
            parts.add(new Part.Markdown(markdown, Markdown.parse(markdown, dialect)));
        }
    }
}
