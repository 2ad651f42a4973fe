package io.throughline.content;

import com.vladsch.flexmark.ast.DelimitedNodeImpl;
import com.vladsch.flexmark.ast.Text;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.html.HtmlWriter;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRendererContext;
import com.vladsch.flexmark.html.renderer.NodeRendererFactory;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.parser.InlineParser;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.parser.core.delimiter.AsteriskDelimiterProcessor;
import com.vladsch.flexmark.parser.core.delimiter.Delimiter;
import com.vladsch.flexmark.parser.delimiter.DelimiterProcessor;
import com.vladsch.flexmark.parser.delimiter.DelimiterRun;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataHolder;
import com.vladsch.flexmark.util.misc.Extension;
import com.vladsch.flexmark.util.sequence.BasedSequence;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Marks that scientific text has as signs too: `^` and `~` ([ScriptRules]), `~~` and `*`. Between two letters or digits, or behind a
/// closing bracket, `*` is a sign (`CYP2C19*2`, `HLA-B*57:01`, `2*(3)*4`), and so is `~~`.
final class Marks {

    /// `^…^` or `~…~`.
    static final class Script extends DelimitedNodeImpl {
        private final char mark;
        private final int after;

        private Script(char mark, int after, BasedSequence opening, BasedSequence closing) {
            super(opening, BasedSequence.NULL, closing);
            this.mark = mark;
            this.after = after;
        }

        /// In plain text.
        String plain(String inside) {
            return ScriptRules.plain(mark, inside, after);
        }
    }

    /// `~~…~~`.
    static final class Struck extends DelimitedNodeImpl {
        private Struck(BasedSequence opening, BasedSequence closing) {
            super(opening, BasedSequence.NULL, closing);
        }
    }

    private Marks() {}

    static Extension extension() {
        return new MarkExtension();
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c);
    }

    private static int last(String text) {
        return text.isEmpty() ? ' ' : text.codePointBefore(text.length());
    }

    private static int first(String text) {
        return text.isEmpty() ? ' ' : text.codePointAt(0);
    }

    private static final class Star extends AsteriskDelimiterProcessor {
        private Star() {
            super(Parser.STRONG_WRAPS_EMPHASIS.getDefaultValue());
        }

        @Override
        public boolean canBeOpener(String before, String after, boolean left, boolean right, boolean beforeIsPunctuation, boolean afterIsPunctuation,
                boolean beforeIsWhitespace, boolean afterIsWhiteSpace) {
            return left && !isWord(last(before)) && last(before) != ')';
        }

        @Override
        public boolean canBeCloser(String before, String after, boolean left, boolean right, boolean beforeIsPunctuation, boolean afterIsPunctuation,
                boolean beforeIsWhitespace, boolean afterIsWhiteSpace) {
            return right && !isWord(first(after));
        }
    }

    private record Scripts(char mark) implements DelimiterProcessor {

        @Override
        public char getOpeningCharacter() {
            return mark;
        }

        @Override
        public char getClosingCharacter() {
            return mark;
        }

        @Override
        public int getMinLength() {
            return 1;
        }

        /// Unlike emphasis, a script may begin and end with any sign: `Ca^2+^`, `10^−9^`.
        @Override
        public boolean canBeOpener(String before, String after, boolean left, boolean right, boolean beforeIsPunctuation, boolean afterIsPunctuation,
                boolean beforeIsWhitespace, boolean afterIsWhiteSpace) {
            return !afterIsWhiteSpace;
        }

        @Override
        public boolean canBeCloser(String before, String after, boolean left, boolean right, boolean beforeIsPunctuation, boolean afterIsPunctuation,
                boolean beforeIsWhitespace, boolean afterIsWhiteSpace) {
            return !beforeIsWhitespace;
        }

        @Override
        public boolean skipNonOpenerCloser() {
            return false;
        }

        @Override
        public int getDelimiterUse(DelimiterRun opening, DelimiterRun closing) {
            if (!(opening instanceof Delimiter opener && closing instanceof Delimiter closer) || opener.length() != closer.length()) {
                return 0;
            }
            var input = opener.getInput();
            int before = opener.getStartIndex() == 0 ? ' ' : input.charAt(opener.getStartIndex() - 1);
            int after = after(closer);
            return switch (opener.length()) {
                case 1 -> ScriptRules.isRead(mark, before, input.subSequence(opener.getEndIndex(), closer.getStartIndex()), after) ? 1 : 0;
                case 2 -> mark == ScriptRules.SUBSCRIPT && !isWord(before) && !isWord(after) ? 2 : 0;
                default -> 0;
            };
        }

        private static int after(Delimiter closer) {
            return closer.getEndIndex() >= closer.getInput().length() ? ' ' : closer.getInput().charAt(closer.getEndIndex());
        }

        @Override
        public @Nullable Node unmatchedDelimiterNode(InlineParser parser, DelimiterRun run) {
            return null;
        }

        @Override
        public void process(Delimiter opener, Delimiter closer, int used) {
            if (used == 2) {
                opener.moveNodesBetweenDelimitersTo(new Struck(opener.getTailChars(2), closer.getLeadChars(2)), closer);
                return;
            }
            var script = new Script(mark, after(closer), opener.getTailChars(1), closer.getLeadChars(1));
            opener.moveNodesBetweenDelimitersTo(script, closer);
            blanks(script);
        }

        /// Takes the backslash from `\ `.
        private static void blanks(Node node) {
            for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof Text text) {
                    int at = escapedBlank(text.getChars());
                    if (at >= 0) {
                        text.insertAfter(new Text(text.getChars().subSequence(at + 1)));
                        text.setChars(text.getChars().subSequence(0, at));
                    }
                } else {
                    blanks(child);
                }
            }
        }

        private static int escapedBlank(BasedSequence chars) {
            for (int i = 0; i + 1 < chars.length(); i++) {
                if (chars.charAt(i) == '\\') {
                    if (chars.charAt(i + 1) == ' ') {
                        return i;
                    }
                    i++;
                }
            }
            return -1;
        }
    }

    private static final class MarkExtension implements Parser.ParserExtension, HtmlRenderer.HtmlRendererExtension {

        @Override
        public void parserOptions(MutableDataHolder options) {
            options.set(Parser.ASTERISK_DELIMITER_PROCESSOR, false);
        }

        @Override
        public void extend(Parser.Builder parser) {
            parser.customDelimiterProcessor(new Star());
            parser.customDelimiterProcessor(new Scripts(ScriptRules.SUPERSCRIPT));
            parser.customDelimiterProcessor(new Scripts(ScriptRules.SUBSCRIPT));
        }

        @Override
        public void rendererOptions(MutableDataHolder options) {}

        @Override
        public void extend(HtmlRenderer.Builder renderer, String rendererType) {
            renderer.nodeRendererFactory(new NodeRendererFactory() {
                @Override
                public NodeRenderer apply(DataHolder options) {
                    return new MarkRenderer();
                }
            });
        }
    }

    private static final class MarkRenderer implements NodeRenderer {

        @Override
        public Set<NodeRenderingHandler<?>> getNodeRenderingHandlers() {
            return Set.of(
                    new NodeRenderingHandler<>(Script.class, (node, context, html) -> inside(node.mark == ScriptRules.SUPERSCRIPT ? "sup" : "sub", node, context, html)),
                    new NodeRenderingHandler<>(Struck.class, (node, context, html) -> inside("del", node, context, html)));
        }

        private static void inside(String tag, Node node, NodeRendererContext context, HtmlWriter html) {
            html.raw("<" + tag + ">");
            context.renderChildren(node);
            html.raw("</" + tag + ">");
        }
    }
}
