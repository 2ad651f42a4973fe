package io.throughline.content;

import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.HtmlWriter;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRendererContext;
import com.vladsch.flexmark.html.renderer.NodeRendererFactory;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.DataKey;
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.misc.Extension;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Our two additions to Markdown: `[@ref_…; @ref_…]` cites references by id, `:claim[itm_…]` shows a claim's text. What stands around
/// one is never touched.
final class Directives {

    static final DataKey<RenderContext> CONTEXT = new DataKey<>("THROUGHLINE_CONTEXT", RenderContext.NOTHING);
    /// Of a syntax tree.
    static final DataKey<Dialect> DIALECT = new DataKey<>("THROUGHLINE_DIALECT", Dialect.NUMBERED);
    static final DataKey<Numbering> NUMBERING = new DataKey<>("THROUGHLINE_NUMBERING", Numbering.NONE);

    private static final String KEY = "@[0-9A-Za-z][0-9A-Za-z_-]{0,79}";
    private static final Pattern KEYS = Pattern.compile(KEY);
    private static final Pattern CITATION = Pattern.compile("^\\[\\s?" + KEY + "(?:\\s*[;,]\\s*" + KEY + "){0,999}\\s?]");
    private static final Pattern CLAIM = Pattern.compile("^:claim\\[(itm_[0-9A-Za-z_-]{1,64})]");

    /// One `[@…]` with the ids in it. Whether they are references of the document is known only when it is rendered.
    static final class Citation extends Node {
        private Citation(BasedSequence chars) {
            super(chars);
        }

        /// In the order in which they are written.
        List<String> references() {
            return KEYS.matcher(getChars()).results().map(it -> it.group().substring(1)).toList();
        }

        @Override
        public BasedSequence[] getSegments() {
            return EMPTY_SEGMENTS;
        }
    }

    static final class ClaimDirective extends Node {
        private final String itemId;

        ClaimDirective(BasedSequence chars, String itemId) {
            super(chars);
            this.itemId = itemId;
        }

        String itemId() {
            return itemId;
        }

        @Override
        public BasedSequence[] getSegments() {
            return EMPTY_SEGMENTS;
        }
    }

    private Directives() {}

    static Extension extension() {
        return new DirectiveExtension();
    }

    static void claim(ClaimDirective node, NodeRendererContext context, HtmlWriter html) {
        var text = CONTEXT.get(context.getDocument()).claims().get(node.itemId());
        if (text == null) {
            html.raw("<span class=\"claim missing\" data-claim=\"" + node.itemId() + "\">");
            html.text(node.getChars().toString());
        } else {
            html.raw("<span class=\"claim\" data-claim=\"" + node.itemId() + "\">");
            html.text(text);
        }
        html.raw("</span>");
    }

    private static void citation(Citation node, NodeRendererContext context, HtmlWriter html) {
        var numbering = NUMBERING.get(context.getDocument());
        var numbers = numbering.numbers(node);
        if (numbers.isEmpty()) {
            html.raw("<span class=\"citation missing\">");
            html.text(node.getChars().toString());
            html.raw("</span>");
            return;
        }
        html.raw("<sup class=\"citation\">[");
        var separator = "";
        for (var run : Numbering.runs(numbers)) {
            html.raw(separator);
            link(run.first(), numbering, html);
            if (run.last() > run.first()) {
                html.raw("–");
                link(run.last(), numbering, html);
            }
            separator = ",";
        }
        html.raw("]</sup>");
    }

    private static void link(int number, Numbering numbering, HtmlWriter html) {
        html.raw("<a href=\"#ref-" + SafeHtml.escape(numbering.reference(number)) + "\">" + number + "</a>");
    }

    private static final class DirectiveExtension implements Parser.ParserExtension, HtmlRenderer.HtmlRendererExtension {

        @Override
        public void parserOptions(MutableDataHolder options) {}

        @Override
        public void extend(Parser.Builder parser) {
            parser.customInlineParserExtensionFactory(new InlineExtension("[", inline -> {
                var found = inline.match(CITATION);
                return found == null ? null : new Citation(found);
            }));
            parser.customInlineParserExtensionFactory(new InlineExtension(":", inline -> {
                var groups = inline.matchWithGroups(CLAIM);
                return groups == null ? null : new ClaimDirective(groups[0], groups[1].toString());
            }));
        }

        @Override
        public void rendererOptions(MutableDataHolder options) {}

        @Override
        public void extend(HtmlRenderer.Builder renderer, String rendererType) {
            renderer.nodeRendererFactory(new NodeRendererFactory() {
                @Override
                public NodeRenderer apply(DataHolder options) {
                    return new DirectiveRenderer();
                }
            });
        }
    }

    private static final class DirectiveRenderer implements NodeRenderer {

        @Override
        public Set<NodeRenderingHandler<?>> getNodeRenderingHandlers() {
            return Set.of(
                    new NodeRenderingHandler<>(Citation.class, Directives::citation),
                    new NodeRenderingHandler<>(ClaimDirective.class, Directives::claim));
        }
    }
}
