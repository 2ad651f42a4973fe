package io.throughline.content;

import tools.jackson.databind.JsonNode;

/// A whole document as one text, in the order its type shows its fields.
final class DocumentRendering {

    private final StringBuilder html = new StringBuilder();
    private final StringBuilder plain = new StringBuilder();
    private final RenderContext context;

    private DocumentRendering(RenderContext context) {
        this.context = context;
    }

    static Rendered render(JsonNode document, RenderContext context) {
        var all = new DocumentRendering(context);
        all.text(document.path("text").asString(""));
        all.text(document.path("qualifier").asString(""));
        document.path("variations").forEach(it -> all.text(it.path("text").asString("")));
        all.text(document.path("question").asString(""));
        all.text(document.path("boxedWarning").asString(""));
        all.markdown(document.path("body").asString(""));
        for (var step : document.path("steps")) {
            all.heading(step.path("title").asString(""));
            all.markdown(step.path("body").asString(""));
        }
        all.text(document.path("adverseEventStatement").asString(""));
        return new Rendered(all.html.toString(), all.plain.toString().strip());
    }

    private void text(String text) {
        if (!text.isBlank()) {
            html.append("<p>").append(SafeHtml.escape(text.strip()).replace("\n", "<br />")).append("</p>\n");
            plain.append(text.strip()).append("\n\n");
        }
    }

    private void heading(String text) {
        if (!text.isBlank()) {
            html.append("<h3>").append(SafeHtml.escape(text.strip())).append("</h3>\n");
            plain.append(text.strip()).append("\n\n");
        }
    }

    private void markdown(String markdown) {
        if (!markdown.isBlank()) {
            var rendered = Markdown.render(markdown, context);
            html.append(rendered.html()).append('\n');
            plain.append(rendered.plainText()).append("\n\n");
        }
    }
}
