package io.throughline.content;

import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ext.footnotes.Footnote;
import com.vladsch.flexmark.ext.footnotes.FootnoteBlock;
import com.vladsch.flexmark.ext.footnotes.FootnoteExtension;
import com.vladsch.flexmark.ext.tables.TableCell;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.HtmlWriter;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRendererContext;
import com.vladsch.flexmark.html.renderer.NodeRendererFactory;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.html.renderer.PhasedNodeRenderer;
import com.vladsch.flexmark.html.renderer.RenderingPhase;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.misc.Extension;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Footnotes (`[^1]` in the text, `[^1]: …` in a line of its own) are shown by letters, `[a]`, since numbers in brackets are citations;
/// their texts stand at the end of the text they are written in. `<br>` breaks a line, in a table's cell too.
final class Footnotes {

    private static final Pattern BREAK = Pattern.compile("^<br {0,3}/?>", Pattern.CASE_INSENSITIVE);

    private static final Pattern COLLAPSIBLE = Pattern.compile("\\s*\n\\s*");

    /// `<br>` as people write it in the cells of a table.
    static final class Break extends Node {
        private Break(BasedSequence chars) {
            super(chars);
        }

        @Override
        public BasedSequence[] getSegments() {
            return EMPTY_SEGMENTS;
        }
    }

    private Footnotes() {}

    static Extension extension() {
        return new FootnotesExtension();
    }

    /// The text that a mark points at; empty where there is none.
    static Optional<FootnoteBlock> of(Footnote mark) {
        return Optional.ofNullable(mark.getFootnoteBlock(FootnoteExtension.FOOTNOTES.get(mark.getDocument())));
    }

    /// In a table's cell a pipe in code is written `\|`.
    static String textOf(Code code) {
        var text = code.getText().toString();
        return switch (Directives.DIALECT.get(code.getDocument())) {
            case NUMBERED -> text;
            case BY_ID -> code.getAncestorOfType(TableCell.class) == null ? text : text.replace("\\|", "|");
        };
    }

    private static final class FootnotesExtension implements Parser.ParserExtension, HtmlRenderer.HtmlRendererExtension {

        private final FootnoteExtension parsing = FootnoteExtension.create();

        @Override
        public void parserOptions(MutableDataHolder options) {
            parsing.parserOptions(options);
        }

        @Override
        public void extend(Parser.Builder parser) {
            parsing.extend(parser);
            parser.customInlineParserExtensionFactory(new InlineExtension("<", inline -> {
                var found = inline.match(BREAK);
                return found == null ? null : new Break(found);
            }));
        }

        @Override
        public void rendererOptions(MutableDataHolder options) {}

        @Override
        public void extend(HtmlRenderer.Builder renderer, String rendererType) {
            renderer.nodeRendererFactory(new NodeRendererFactory() {
                @Override
                public NodeRenderer apply(DataHolder options) {
                    return new FootnoteRenderer();
                }
            });
        }
    }

    private static final class FootnoteRenderer implements PhasedNodeRenderer {

        @Override
        public Set<RenderingPhase> getRenderingPhases() {
            return Set.of(RenderingPhase.BODY_BOTTOM);
        }

        @Override
        public void renderDocument(NodeRendererContext context, HtmlWriter html, Document document, RenderingPhase phase) {
            var numbering = Directives.NUMBERING.get(document);
            var footnotes = numbering.footnotes(document);
            if (footnotes.isEmpty()) {
                return;
            }
            html.line().raw("<ul class=\"footnotes\">").line();
            for (var footnote : footnotes) {
                html.raw("<li>[" + numbering.letter(footnote) + "] ");
                for (var child = footnote.getFirstChild(); child != null; child = child.getNext()) {
                    if (child instanceof Paragraph) {
                        html.raw(child.getPrevious() == null ? "" : "<br />");
                        context.renderChildren(child);
                    } else {
                        context.render(child);
                    }
                }
                html.raw("</li>").line();
            }
            html.raw("</ul>").line();
        }

        @Override
        public Set<NodeRenderingHandler<?>> getNodeRenderingHandlers() {
            return Set.of(
                    new NodeRenderingHandler<>(Footnote.class, FootnoteRenderer::mark),
                    new NodeRenderingHandler<>(FootnoteBlock.class, (_, _, _) -> { /* stands at the end */ }),
                    new NodeRenderingHandler<>(Code.class, (node, _, html) -> {
                        html.raw("<code>");
                        html.text(COLLAPSIBLE.matcher(textOf(node)).replaceAll(" "));
                        html.raw("</code>");
                    }),
                    new NodeRenderingHandler<>(Break.class, (_, _, html) -> html.raw("<br />")));
        }

        private static void mark(Footnote node, NodeRendererContext context, HtmlWriter html) {
            var footnote = of(node);
            html.raw(footnote.isPresent() ? "<sup class=\"footnote\">" : "<sup class=\"footnote missing\">");
            html.text(footnote.map(it -> "[" + Directives.NUMBERING.get(context.getDocument()).letter(it) + "]").orElse(node.getChars().toString()));
            html.raw("</sup>");
        }
    }
}
