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
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.misc.Extension;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What versions of [Dialect#NUMBERED] know beyond Markdown: `[1,3-5]` cites references by place, `:claim[itm_…]` shows a claim's text.
///
/// Kept as it was, with its fault (from a `:` or `[` it searches ahead, and what lies between is not shown): a version is shown
/// as it was certified. Nothing new is written in it.
final class NumberedDirectives {

    // a citation is not the text of a link: no "(" or "[" may follow, and no ":" of a link definition
    private static final Pattern CITATION =
            Pattern.compile("\\[\\d{1,4}(?:[-–]\\d{1,4})?(?:, ?\\d{1,4}(?:[-–]\\d{1,4})?){0,99}](?![(\\[:])");
    private static final Pattern CLAIM = Pattern.compile(":claim\\[(itm_[0-9A-Za-z_-]{1,64})]");

    /// One `[…]` with the numbers in it. Whether they exist is known only when it is rendered.
    static final class Citation extends Node {
        private Citation(BasedSequence chars) {
            super(chars);
        }

        /// The numbers with ranges spelt out, or null where a number has no reference.
        @Nullable List<Integer> numbers(int referenceCount) {
            var numbers = new ArrayList<Integer>();
            var inside = getChars().subSequence(1, getChars().length() - 1).toString();
            for (var part : inside.split(",")) {
                var ends = part.strip().split("[-–]");
                int first = Integer.parseInt(ends[0]);
                int last = Integer.parseInt(ends[ends.length - 1]);
                if (first < 1 || last > referenceCount || last < first) {
                    return null;
                }
                for (int n = first; n <= last; n++) {
                    numbers.add(n);
                }
            }
            return numbers;
        }

        @Override
        public BasedSequence[] getSegments() {
            return EMPTY_SEGMENTS;
        }
    }

    private NumberedDirectives() {}

    static Extension extension() {
        return new DirectiveExtension();
    }

    /// Finds citations by place where they stand, to write them anew; [CitationsByPlace].
    static Extension scanner() {
        return new Scanner();
    }

    private static final class Scanner implements Parser.ParserExtension {

        private static final Pattern HERE = CitationsByPlace.here();

        @Override
        public void parserOptions(MutableDataHolder options) {}

        @Override
        public void extend(Parser.Builder parser) {
            parser.customInlineParserExtensionFactory(new InlineExtension("[", inline -> {
                var found = inline.match(HERE);
                return found == null ? null : new Citation(found);
            }));
        }
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
                return groups == null ? null : new Directives.ClaimDirective(groups[0], groups[1].toString());
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
                    new NodeRenderingHandler<>(Citation.class, DirectiveRenderer::citation),
                    new NodeRenderingHandler<>(Directives.ClaimDirective.class, Directives::claim));
        }

        private static void citation(Citation node, NodeRendererContext context, HtmlWriter html) {
            var references = Directives.CONTEXT.get(context.getDocument()).references();
            var numbers = node.numbers(references.size());
            if (numbers == null) {
                html.text(node.getChars().toString());
                return;
            }
            html.raw("<sup class=\"citation\">");
            for (int i = 0; i < numbers.size(); i++) {
                int number = numbers.get(i);
                html.raw(i == 0 ? "" : ",");
                html.raw("<a href=\"#ref-" + SafeHtml.escape(references.get(number - 1)) + "\">" + number + "</a>");
            }
            html.raw("</sup>");
        }
    }
}
