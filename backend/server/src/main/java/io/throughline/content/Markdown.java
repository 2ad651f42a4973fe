package io.throughline.content;

import com.vladsch.flexmark.ext.autolink.AutolinkExtension;
import com.vladsch.flexmark.ext.gfm.strikethrough.StrikethroughSubscriptExtension;
import com.vladsch.flexmark.ext.superscript.SuperscriptExtension;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;
import com.vladsch.flexmark.util.misc.Extension;
import java.util.ArrayList;
import java.util.List;

/// CommonMark with tables, footnotes, strikethrough, `~sub~` and `^super^`, bare links, citations and `:claim[itm_…]`, by the rules of a
/// [Dialect].
///
/// HTML inside Markdown is text: it is shown, never interpreted. What comes out is sanitised once more by an allow-list,
/// so that a fault in the renderer is not a hole (S21). Never throws, whatever the text is (S31).
public final class Markdown {

    /// How one dialect is read and written.
    private record Rules(Parser parser, HtmlRenderer renderer) {
        private static Rules of(Extension... own) {
            var options = options(own);
            return new Rules(Parser.builder(options).build(), HtmlRenderer.builder(options).build());
        }
    }

    /// HTML is text, so it makes no blocks of its own either.
    private static final Extension TEXT_OF_HTML = new Parser.ParserExtension() {
        @Override
        public void parserOptions(MutableDataHolder options) {
            options.set(Parser.HTML_BLOCK_PARSER, false);
        }

        @Override
        public void extend(Parser.Builder parser) {}
    };
    private static final Rules NUMBERED = Rules.of(StrikethroughSubscriptExtension.create(), SuperscriptExtension.create(), NumberedDirectives.extension());
    private static final Rules BY_ID = Rules.of(Marks.extension(), Footnotes.extension(), TEXT_OF_HTML, Directives.extension());

    private static final Parser CITATIONS_BY_PLACE = Parser.builder(options(Marks.extension(), Footnotes.extension(), TEXT_OF_HTML, NumberedDirectives.scanner())).build();

    private static final Parser WITHOUT_LINK_DEFINITIONS = Parser.builder(new MutableDataSet(
            options(Marks.extension(), TEXT_OF_HTML, Directives.extension())).set(Parser.REFERENCE_PARAGRAPH_PRE_PROCESSOR, false)).build();

    private Markdown() {}

    private static DataHolder options(Extension... own) {
        var extensions = new ArrayList<Extension>(List.of(TablesExtension.create(), AutolinkExtension.create()));
        extensions.addAll(List.of(own));
        return new MutableDataSet()
                .set(Parser.EXTENSIONS, extensions)
                .set(TablesExtension.MIN_SEPARATOR_DASHES, 1)
                .set(TablesExtension.COLUMN_SPANS, false)
                .set(TablesExtension.APPEND_MISSING_COLUMNS, true)
                .set(TablesExtension.DISCARD_EXTRA_COLUMNS, true)
                .set(HtmlRenderer.ESCAPE_HTML, true)
                .set(HtmlRenderer.GENERATE_HEADER_ID, false)
                .set(HtmlRenderer.RENDER_HEADER_ID, false)
                .toImmutable();
    }

    /// Renders a text that points at nothing; citations and claims stay as they are written.
    public static Rendered render(String markdown) {
        return render(markdown, RenderContext.NOTHING);
    }

    /// By the newest dialect.
    public static Rendered render(String markdown, RenderContext context) {
        return render(markdown, context, Dialect.NEWEST);
    }

    static Rendered render(String markdown, RenderContext context, Dialect dialect) {
        var document = parse(markdown, dialect);
        return render(markdown, document, context, Numbering.of(List.of(document), context.references()), dialect);
    }

    /// @param document  the syntax tree of `markdown`
    /// @param numbering of the whole that it is part of
    static Rendered render(String markdown, Document document, RenderContext context, Numbering numbering, Dialect dialect) {
        document.set(Directives.CONTEXT, context);
        document.set(Directives.NUMBERING, numbering);
        var references = numbering.order(context.references());
        try {
            return new Rendered(SafeHtml.sanitise(rules(dialect).renderer().render(document)).strip(), PlainText.of(document, context, numbering), references);
        } catch (StackOverflowError e) {
            // MarkdownLimits keeps nesting far below this; if a construct slips past it, the words are still shown
            return new Rendered(SafeHtml.literal(markdown), markdown, references);
        }
    }

    /// The syntax tree, for what looks at structure: blocks, citations.
    static Document parse(String markdown) {
        return parse(markdown, Dialect.NEWEST);
    }

    static Document parse(String markdown, Dialect dialect) {
        var bounded = MarkdownLimits.bound(markdown);
        var parser = rules(dialect).parser();
        try {
            var document = parser.parse(bounded);
            document.set(Directives.DIALECT, dialect);
            switch (dialect) {
                case NUMBERED -> { /* drops a link definition that nothing uses */ }
                case BY_ID -> LinkDefinitions.showUnused(document, WITHOUT_LINK_DEFINITIONS);
            }
            return document;
        } catch (StackOverflowError e) {
            return parser.parse(MarkdownLimits.literal(bounded));
        }
    }

    /// The tree of a bounded text with its citations by place.
    static Document parseCitationsByPlace(String bounded) {
        return CITATIONS_BY_PLACE.parse(bounded);
    }

    private static Rules rules(Dialect dialect) {
        return switch (dialect) {
            case NUMBERED -> NUMBERED;
            case BY_ID -> BY_ID;
        };
    }
}
