package io.throughline.ingest.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One line of text with its emphasis and citations, built up token by token and written as Markdown at the end.
/// Only then are the neighbours of each delimiter known, and delimiters that Markdown would not recognise
/// (`10^6^7`) or would read differently are replaced or dropped: the text itself is never changed.
final class InlineRun {

    enum Style {
        EMPHASIS,
        STRONG,
        SUPERSCRIPT,
        SUBSCRIPT,
        LINK
    }

    sealed interface Token {
        record Text(String text) implements Token {}

        record Open(Style style) implements Token {}

        /// @param target of a link, empty for other styles
        record Close(Style style, String target) implements Token {}

        record Code(String code) implements Token {}

        /// @param number of the reference, from 1
        record Cite(int number) implements Token {}
    }

    private final List<Token> tokens = new ArrayList<>();
    private final ArrayDeque<Style> open = new ArrayDeque<>();

    InlineRun text(String given) {
        var text = Whitespace.printable(given);
        if (!text.isEmpty()) {
            tokens.add(new Token.Text(text));
        }
        return this;
    }

    /// Runs `inner` inside the style. A script inside a script is written as `^(…)`, which Markdown can't nest;
    /// any other style inside itself adds nothing and is left out.
    InlineRun styled(Style style, Runnable inner) {
        return styled(style, "", inner);
    }

    InlineRun link(String target, Runnable inner) {
        return styled(Style.LINK, target, inner);
    }

    private InlineRun styled(Style style, String target, Runnable inner) {
        var script = style == Style.SUPERSCRIPT || style == Style.SUBSCRIPT;
        if (script && (open.contains(Style.SUPERSCRIPT) || open.contains(Style.SUBSCRIPT))) {
            text(style == Style.SUPERSCRIPT ? "^(" : "_(");
            inner.run();
            return text(")");
        }
        if (open.contains(style)) {
            inner.run();
            return this;
        }
        tokens.add(new Token.Open(style));
        open.push(style);
        inner.run();
        open.pop();
        tokens.add(new Token.Close(style, target));
        return this;
    }

    InlineRun code(String code) {
        var collapsed = Whitespace.collapse(Whitespace.printable(code));
        if (!collapsed.isEmpty()) {
            tokens.add(new Token.Code(collapsed));
        }
        return this;
    }

    InlineRun cite(int number) {
        tokens.add(new Token.Cite(number));
        return this;
    }

    InlineRun append(InlineRun other) {
        tokens.addAll(other.tokens);
        return this;
    }

    private static final Pattern BRACKETED_NUMBERS =
            Pattern.compile("\\[\\s?(\\d{1,4}(?:\\s?[,;‐‑–—-]\\s?\\d{1,4}){0,40})\\s?]");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /// Reads `[3]`, `[1, 4-6]` in plain text as citations, when all the numbers are of known references.
    InlineRun withTextCitations(int references) {
        if (references == 0) {
            return this;
        }
        var out = new InlineRun();
        for (var token : tokens) {
            if (!(token instanceof Token.Text(var text))) {
                out.tokens.add(token);
                continue;
            }
            var matcher = BRACKETED_NUMBERS.matcher(text);
            var from = 0;
            while (matcher.find()) {
                var inside = matcher.group(1);
                var known = DIGITS.matcher(inside).results()
                        .mapToInt(it -> Integer.parseInt(it.group()))
                        .allMatch(it -> it >= 1 && it <= references);
                if (known) {
                    out.text(text.substring(from, matcher.start()));
                    out.numbers("[" + inside + "]");
                    from = matcher.end();
                }
            }
            out.text(text.substring(from));
        }
        return out;
    }

    private void numbers(String bracketed) {
        var matcher = DIGITS.matcher(bracketed);
        var from = 0;
        while (matcher.find()) {
            text(bracketed.substring(from, matcher.start())).cite(Integer.parseInt(matcher.group()));
            from = matcher.end();
        }
        text(bracketed.substring(from));
    }

    boolean isBlank() {
        return tokens.stream().noneMatch(token -> switch (token) {
            case Token.Text(var text) -> !Whitespace.collapse(text).isEmpty();
            case Token.Open ignored -> false;
            case Token.Close ignored -> false;
            case Token.Code ignored -> true;
            case Token.Cite ignored -> true;
        });
    }

    /// Plain text, white space collapsed; citations as `[n]`, superscripts and subscripts as in [ScriptText].
    String plain() {
        var out = new StringBuilder();
        var scripts = new ArrayDeque<StringBuilder>();
        for (var token : tokens) {
            var here = scripts.isEmpty() ? out : scripts.peek();
            switch (token) {
                case Token.Text(var text) -> here.append(text);
                case Token.Code(var code) -> here.append(code);
                case Token.Cite(var number) -> here.append('[').append(number).append(']');
                case Token.Open(var style) -> {
                    if (style == Style.SUPERSCRIPT || style == Style.SUBSCRIPT) {
                        scripts.push(new StringBuilder());
                    }
                }
                case Token.Close(var style, var ignored) -> {
                    if (style == Style.SUPERSCRIPT || style == Style.SUBSCRIPT) {
                        var inside = scripts.pop().toString();
                        (scripts.isEmpty() ? out : scripts.peek())
                                .append(style == Style.SUPERSCRIPT ? ScriptText.superscript(inside) : ScriptText.subscript(inside));
                    }
                }
            }
        }
        return Whitespace.collapse(out);
    }

    /// One line of Markdown without white space at its ends; see [MarkdownText] for what is escaped.
    String markdown() {
        return MarkdownText.write(InlineCleanup.clean(CitationRuns.group(tokens)));
    }
}
