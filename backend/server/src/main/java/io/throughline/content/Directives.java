package io.throughline.content;

import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.HtmlWriter;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRendererContext;
import com.vladsch.flexmark.html.renderer.NodeRendererFactory;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.parser.InlineParser;
import com.vladsch.flexmark.parser.InlineParserExtension;
import com.vladsch.flexmark.parser.InlineParserExtensionFactory;
import com.vladsch.flexmark.parser.LightInlineParser;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.DataKey;
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.misc.Extension;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Our two additions to Markdown: `[1,3-5]` cites references by number, `:claim[itm_…]` shows a claim's text.
final class Directives {

    static final DataKey<RenderContext> CONTEXT = new DataKey<>("THROUGHLINE_CONTEXT", RenderContext.NOTHING);

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

    static final class ClaimDirective extends Node {
        private final String itemId;

        private ClaimDirective(BasedSequence chars, String itemId) {
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

    private static final class DirectiveExtension implements Parser.ParserExtension, HtmlRenderer.HtmlRendererExtension {

        @Override
        public void parserOptions(MutableDataHolder options) {}

        @Override
        public void extend(Parser.Builder parser) {
            parser.customInlineParserExtensionFactory(new InlineFactory("[", inline -> {
                var found = inline.match(CITATION);
                return found == null ? null : new Citation(found);
            }));
            parser.customInlineParserExtensionFactory(new InlineFactory(":", inline -> {
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
                    new NodeRenderingHandler<>(Citation.class, DirectiveRenderer::citation),
                    new NodeRenderingHandler<>(ClaimDirective.class, DirectiveRenderer::claim));
        }

        private static void citation(Citation node, NodeRendererContext context, HtmlWriter html) {
            var references = CONTEXT.get(context.getDocument()).references();
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

        private static void claim(ClaimDirective node, NodeRendererContext context, HtmlWriter html) {
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
    }

    private record InlineFactory(String characters, Function<LightInlineParser, @Nullable Node> read)
            implements InlineParserExtensionFactory {

        @Override
        public CharSequence getCharacters() {
            return characters;
        }

        @Override
        public @Nullable Set<Class<?>> getAfterDependents() {
            return null;
        }

        @Override
        public @Nullable Set<Class<?>> getBeforeDependents() {
            return null;
        }

        @Override
        public boolean affectsGlobalScope() {
            return false;
        }

        @Override
        public InlineParserExtension apply(LightInlineParser inlineParser) {
            var reader = read;
            return new InlineParserExtension() {
                @Override
                public void finalizeDocument(InlineParser parser) {}

                @Override
                public void finalizeBlock(InlineParser parser) {}

                @Override
                public boolean parse(LightInlineParser parser) {
                    var node = reader.apply(parser);
                    if (node == null) {
                        return false;
                    }
                    parser.flushTextNode();
                    parser.appendNode(node);
                    return true;
                }
            };
        }
    }
}
