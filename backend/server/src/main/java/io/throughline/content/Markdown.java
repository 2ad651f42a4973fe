package io.throughline.content;

import com.vladsch.flexmark.ext.autolink.AutolinkExtension;
import com.vladsch.flexmark.ext.gfm.strikethrough.StrikethroughSubscriptExtension;
import com.vladsch.flexmark.ext.superscript.SuperscriptExtension;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;
import java.util.List;

/// CommonMark with tables, strikethrough, `~sub~` and `^super^`, bare links, `[n]` citations and `:claim[itm_…]`.
///
/// HTML inside Markdown is text: it is shown, never interpreted. What comes out is sanitised once more by an allow-list,
/// so that a fault in the renderer is not a hole (S21). Never throws, whatever the text is (S31).
public final class Markdown {

    private static final DataHolder OPTIONS = new MutableDataSet()
            .set(Parser.EXTENSIONS, List.of(
                    TablesExtension.create(),
                    StrikethroughSubscriptExtension.create(),
                    SuperscriptExtension.create(),
                    AutolinkExtension.create(),
                    Directives.extension()))
            .set(TablesExtension.MIN_SEPARATOR_DASHES, 1)
            .set(TablesExtension.COLUMN_SPANS, false)
            .set(TablesExtension.APPEND_MISSING_COLUMNS, true)
            .set(TablesExtension.DISCARD_EXTRA_COLUMNS, true)
            .set(HtmlRenderer.ESCAPE_HTML, true)
            .set(HtmlRenderer.GENERATE_HEADER_ID, false)
            .set(HtmlRenderer.RENDER_HEADER_ID, false)
            .toImmutable();
    private static final Parser PARSER = Parser.builder(OPTIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder(OPTIONS).build();

    private Markdown() {}

    /// Renders a text that points at nothing; citations and claims stay as they are written.
    public static Rendered render(String markdown) {
        return render(markdown, RenderContext.NOTHING);
    }

    public static Rendered render(String markdown, RenderContext context) {
        var document = parse(markdown);
        document.set(Directives.CONTEXT, context);
        try {
            return new Rendered(SafeHtml.sanitise(RENDERER.render(document)).strip(), PlainText.of(document, context));
        } catch (StackOverflowError e) {
            // MarkdownLimits keeps nesting far below this; if a construct slips past it, the words are still shown
            return new Rendered(SafeHtml.literal(markdown), markdown);
        }
    }

    /// The syntax tree, for what looks at structure: blocks, citations.
    static Document parse(String markdown) {
        var bounded = MarkdownLimits.bound(markdown);
        try {
            return PARSER.parse(bounded);
        } catch (StackOverflowError e) {
            return PARSER.parse(MarkdownLimits.literal(bounded));
        }
    }
}
