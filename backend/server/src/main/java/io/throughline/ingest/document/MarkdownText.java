package io.throughline.ingest.document;

import io.throughline.content.ScriptRules;
import io.throughline.ingest.document.InlineRun.Style;
import io.throughline.ingest.document.InlineRun.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Writes text as Markdown (CommonMark, GFM tables, `^superscript^`, `~subscript~`) so that it renders as the same text.
final class MarkdownText {

    private static final String ESCAPED = "\\`*[]<>~^|";
    private static final Pattern ENTITY = Pattern.compile("&(?=#?[A-Za-z0-9]{1,32};)");
    private static final Pattern DIRECTIVE = Pattern.compile(":(?=[A-Za-z][A-Za-z0-9_-]*(?:\\\\\\[|\\{))");
    private static final Pattern LINE_START = Pattern.compile("^(?:[-+=:#]|\\d{1,9}(?=[.)](?:\\s|$)))");

    private MarkdownText() {}

    /// Escapes one run of text; the start of a line needs [#guardLineStart] as well.
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (ESCAPED.indexOf(c) >= 0 || c == '_' && !isInsideWord(text, i)) {
                out.append('\\');
            }
            out.append(c);
        }
        var entities = ENTITY.matcher(out).replaceAll("\\\\&");
        return DIRECTIVE.matcher(entities).replaceAll("\\\\:");
    }

    /// `_` between letters is never a delimiter; escaped, it would break the addresses that are linked by themselves.
    private static boolean isInsideWord(String text, int at) {
        return at > 0 && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1)) && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    /// Keeps a line that begins like a list, a heading underline or a directive from becoming one.
    static String guardLineStart(String line) {
        var matcher = LINE_START.matcher(line);
        if (!matcher.find()) {
            return line;
        }
        return Character.isDigit(line.charAt(0))
                ? matcher.group() + "\\" + line.substring(matcher.end())
                : "\\" + line;
    }

    static String write(List<Token> given) {
        var tokens = given;
        for (var unseen = unseenPairs(tokens); !unseen.isEmpty(); unseen = unseenPairs(tokens)) {
            tokens = InlineCleanup.clean(without(tokens, unseen));
        }
        var marks = marks(tokens);
        var out = new StringBuilder();
        var inScript = false;
        for (var i = 0; i < tokens.size(); i++) {
            inScript = isScript(tokens.get(i)) ? tokens.get(i) instanceof Token.Open : inScript;
            switch (tokens.get(i)) {
                case Token.Text(var text) -> {
                    var escaped = inScript ? escapeInScript(text) : escape(text);
                    var afterCitation = i > 0 && tokens.get(i - 1) instanceof Token.Cite;
                    // `[1](x)` would be a link and `[1]: x` a link definition.
                    out.append(afterCitation && "(:".indexOf(escaped.charAt(0)) >= 0 ? "\\" : "").append(escaped);
                }
                case Token.Code(var code) -> out.append(codeSpan(code));
                case Token.Cite ignored -> {
                    var end = i;
                    while (end < tokens.size() && tokens.get(end) instanceof Token.Cite) {
                        end++;
                    }
                    out.append(citation(tokens.subList(i, end)));
                    i = end - 1;
                }
                case Token.Open(var style) -> {
                    // A citation directly before a link would become part of it.
                    var gap = style == Style.LINK && i > 0 && tokens.get(i - 1) instanceof Token.Cite ? " " : "";
                    out.append(gap).append(style == Style.LINK ? "[" : marks.get(i));
                }
                case Token.Close(var style, var target) ->
                    out.append(style == Style.LINK ? "](" + target + ")" : marks.get(i));
            }
        }
        return out.toString();
    }

    private static boolean isScript(Token token) {
        return token instanceof Token.Open(var style) && isScript(style) || token instanceof Token.Close(var closed, var ignored) && isScript(closed);
    }

    private static boolean isScript(Style style) {
        return style == Style.SUPERSCRIPT || style == Style.SUBSCRIPT;
    }

    /// A blank would end the script.
    private static String escapeInScript(String text) {
        return escape(text).replace(" ", "\\ ");
    }

    /// `[1,3-5]`: three and more in a row become a range.
    private static String citation(List<Token> cites) {
        var numbers = cites.stream().map(it -> ((Token.Cite) it).number()).toList();
        var parts = new ArrayList<String>();
        for (var i = 0; i < numbers.size(); i++) {
            var end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            if (end - i >= 2) {
                parts.add(numbers.get(i) + "-" + numbers.get(end));
                i = end;
            } else {
                parts.add(Integer.toString(numbers.get(i)));
            }
        }
        return "[" + String.join(",", parts) + "]";
    }

    private record Pair(int open, int close, Style style) {}

    private static List<Pair> pairs(List<Token> tokens) {
        var pairs = new ArrayList<Pair>();
        var open = new ArrayDeque<Integer>();
        for (var i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) instanceof Token.Open) {
                open.push(i);
            } else if (tokens.get(i) instanceof Token.Close(var style, var ignored)) {
                pairs.add(new Pair(open.pop(), i, style));
            }
        }
        return pairs;
    }

    /// The pairs of delimiters that Markdown would not see (its rules of left- and right-flanking runs).
    private static List<Pair> unseenPairs(List<Token> tokens) {
        return pairs(tokens).stream()
                .filter(it -> it.style() != Style.LINK)
                .filter(it -> !isSeen(tokens, it))
                .toList();
    }

    private static boolean isSeen(List<Token> tokens, Pair pair) {
        var left = edge(tokens, pair.open() - 1, -1);
        var right = edge(tokens, pair.close() + 1, 1);
        if (isScript(pair.style())) {
            return scriptText(tokens.subList(pair.open() + 1, pair.close()))
                    .filter(it -> ScriptRules.isRead(mark(pair.style(), false).charAt(0), left, it, right)).isPresent();
        }
        // `_` is not seen inside a word, and neither are our stars; behind a closing bracket a star is a sign.
        var underscored = pair.style() == Style.EMPHASIS && touchesStrong(tokens, pair.open(), pair.close());
        return flanks(left, edge(tokens, pair.open() + 1, 1))
                && flanks(right, edge(tokens, pair.close() - 1, -1))
                && !Character.isLetterOrDigit(left) && left != ')' && !Character.isLetterOrDigit(right)
                && (!underscored || isBoundary(left) && isBoundary(right));
    }

    /// What will stand between the marks of a script; empty for what no script holds.
    private static Optional<String> scriptText(List<Token> inside) {
        var out = new StringBuilder();
        for (var token : inside) {
            switch (token) {
                case Token.Text(var text) -> out.append(escapeInScript(text));
                case Token.Code(var code) -> out.append(codeSpan(code));
                case Token.Open(var style) when style != Style.LINK -> out.append("**");
                case Token.Close(var style, var ignored) when style != Style.LINK -> out.append("**");
                case Token.Open ignored -> {
                    return Optional.empty();
                }
                case Token.Close ignored -> {
                    return Optional.empty();
                }
                case Token.Cite ignored -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(out.toString());
    }

    /// The same text without those delimiters. A script becomes script letters where Unicode has them, else `^(…)`:
    /// without any sign of it, `10` and `9.5` would become 109.5.
    private static List<Token> without(List<Token> tokens, List<Pair> unseen) {
        var written = new HashMap<Integer, String>();
        for (var pair : unseen) {
            written.put(pair.open(), "");
            written.put(pair.close(), "");
            if (!isScript(pair.style())) {
                continue;
            }
            var superscript = pair.style() == Style.SUPERSCRIPT;
            var inside = plain(tokens.subList(pair.open() + 1, pair.close()));
            var letters = superscript ? ScriptText.superscript(inside) : ScriptText.subscript(inside);
            if (!inside.isEmpty() && !letters.startsWith(superscript ? "^(" : "_(")) {
                IntStream.range(pair.open(), pair.close()).forEach(it -> written.put(it, ""));
                written.put(pair.open(), letters);
            } else {
                written.put(pair.open(), superscript ? "^(" : "_(");
                written.put(pair.close(), ")");
            }
        }
        var out = new ArrayList<Token>(tokens.size());
        for (var i = 0; i < tokens.size(); i++) {
            var instead = written.get(i);
            if (instead == null) {
                out.add(tokens.get(i));
            } else if (!instead.isEmpty()) {
                out.add(new Token.Text(instead));
            }
        }
        return out;
    }

    /// Empty when there is more than plain and emphasised text.
    private static String plain(List<Token> tokens) {
        var text = new StringBuilder();
        for (var token : tokens) {
            switch (token) {
                case Token.Text(var part) -> text.append(part);
                case Token.Open(var style) when style == Style.EMPHASIS || style == Style.STRONG -> {}
                case Token.Close(var style, var ignored) when style == Style.EMPHASIS || style == Style.STRONG -> {}
                case Token.Open ignored -> {
                    return "";
                }
                case Token.Close ignored -> {
                    return "";
                }
                case Token.Code ignored -> {
                    return "";
                }
                case Token.Cite ignored -> {
                    return "";
                }
            }
        }
        return text.toString();
    }

    private static Map<Integer, String> marks(List<Token> tokens) {
        var marks = new HashMap<Integer, String>();
        for (var pair : pairs(tokens)) {
            if (pair.style() != Style.LINK) {
                var mark = mark(pair.style(), touchesStrong(tokens, pair.open(), pair.close()));
                marks.put(pair.open(), mark);
                marks.put(pair.close(), mark);
            }
        }
        return marks;
    }

    private static String mark(Style style, boolean touchesStrong) {
        return switch (style) {
            case STRONG -> "**";
            case EMPHASIS -> touchesStrong ? "_" : "*";
            case SUPERSCRIPT -> "^";
            case SUBSCRIPT -> "~";
            case LINK -> throw new IllegalArgumentException("a link has brackets");
        };
    }

    /// `*a***b**` can be read in two ways.
    private static boolean touchesStrong(List<Token> tokens, int start, int end) {
        return start > 0 && tokens.get(start - 1).equals(new Token.Close(Style.STRONG, ""))
                || end + 1 < tokens.size() && tokens.get(end + 1).equals(new Token.Open(Style.STRONG));
    }

    /// Inside must not be white space; punctuation inside needs white space or punctuation outside.
    private static boolean flanks(char outside, char inside) {
        return !Whitespace.is(inside) && (Character.isLetterOrDigit(inside) || isBoundary(outside));
    }

    /// White space and what every version of CommonMark calls punctuation; symbols (`−`, `≤`) only became it in 0.31.
    private static boolean isBoundary(char c) {
        return Whitespace.is(c) || c < 0x80 && c > 0x20 && !Character.isLetterOrDigit(c) || switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /// The character Markdown will see there: delimiters and brackets count as punctuation, the ends as white space.
    private static char edge(List<Token> tokens, int index, int step) {
        if (index < 0 || index >= tokens.size()) {
            return ' ';
        }
        return switch (tokens.get(index)) {
            case Token.Text(var text) -> text.isEmpty()
                    ? edge(tokens, index + step, step)
                    : step > 0 ? text.charAt(0) : text.charAt(text.length() - 1);
            case Token.Code ignored -> '`';
            case Token.Cite ignored -> step > 0 ? '[' : ']';
            case Token.Open(var style) -> style == Style.LINK ? '[' : '*';
            case Token.Close(var style, var ignored) -> style == Style.LINK ? step > 0 ? ']' : ')' : '*';
        };
    }

    private static String codeSpan(String code) {
        var fence = "`";
        while (code.contains(fence)) {
            fence += "`";
        }
        var pad = code.startsWith("`") || code.endsWith("`") ? " " : "";
        return fence + pad + code.replace("|", "\\|") + pad + fence;
    }
}
