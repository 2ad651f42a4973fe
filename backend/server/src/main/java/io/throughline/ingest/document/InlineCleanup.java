package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Token;
import java.util.ArrayList;
import java.util.List;

/// Brings tokens into the form Markdown can express: white space collapsed and outside of delimiters,
/// no empty styles, no style closed and opened again at once.
final class InlineCleanup {

    private InlineCleanup() {}

    static List<Token> clean(List<Token> tokens) {
        var cleaned = joinTexts(moveSpacesOut(collapse(joinTexts(tokens))));
        var before = -1;
        while (before != cleaned.size()) {
            before = cleaned.size();
            cleaned = joinTexts(dropPairs(cleaned));
        }
        return collapse(cleaned);
    }

    static List<Token> joinTexts(List<Token> tokens) {
        var out = new ArrayList<Token>(tokens.size());
        var pending = new StringBuilder();
        for (var token : tokens) {
            if (token instanceof Token.Text(var text)) {
                pending.append(text);
                continue;
            }
            if (!pending.isEmpty()) {
                out.add(new Token.Text(pending.toString()));
                pending.setLength(0);
            }
            out.add(token);
        }
        if (!pending.isEmpty()) {
            out.add(new Token.Text(pending.toString()));
        }
        return out;
    }

    private static List<Token> collapse(List<Token> tokens) {
        var out = new ArrayList<Token>(tokens.size());
        var atSpace = true;
        for (var token : tokens) {
            switch (token) {
                case Token.Text(var text) -> {
                    var collapsed = new StringBuilder(text.length());
                    for (var i = 0; i < text.length(); i++) {
                        var c = text.charAt(i);
                        if (!Whitespace.is(c)) {
                            collapsed.append(c);
                            atSpace = false;
                        } else if (!atSpace) {
                            collapsed.append(' ');
                            atSpace = true;
                        }
                    }
                    if (!collapsed.isEmpty()) {
                        out.add(new Token.Text(collapsed.toString()));
                    }
                }
                case Token.Code ignored -> {
                    out.add(token);
                    atSpace = false;
                }
                case Token.Cite ignored -> {
                    out.add(token);
                    atSpace = false;
                }
                case Token.Open ignored -> out.add(token);
                case Token.Close ignored -> out.add(token);
            }
        }
        for (var i = out.size() - 1; i >= 0; i--) {
            if (out.get(i) instanceof Token.Text(var text)) {
                var stripped = text.stripTrailing();
                if (stripped.isEmpty()) {
                    out.remove(i);
                    continue;
                }
                out.set(i, new Token.Text(stripped));
            }
            if (!(out.get(i) instanceof Token.Close) && !(out.get(i) instanceof Token.Open)) {
                break;
            }
        }
        return out;
    }

    /// A space after an opening delimiter moves before it, one before a closing delimiter behind it.
    private static List<Token> moveSpacesOut(List<Token> tokens) {
        var opened = new ArrayList<Token>(tokens.size());
        for (var token : tokens) {
            if (token instanceof Token.Text(var text) && text.startsWith(" ") && !opened.isEmpty()
                    && opened.getLast() instanceof Token.Open) {
                var at = opened.size();
                while (at > 0 && opened.get(at - 1) instanceof Token.Open) {
                    at--;
                }
                opened.add(at, new Token.Text(" "));
                opened.add(new Token.Text(text.substring(1)));
            } else {
                opened.add(token);
            }
        }
        var closed = new ArrayList<Token>(opened.size());
        for (var token : opened.reversed()) {
            if (token instanceof Token.Text(var text) && text.endsWith(" ") && !closed.isEmpty()
                    && closed.getLast() instanceof Token.Close) {
                var at = closed.size();
                while (at > 0 && closed.get(at - 1) instanceof Token.Close) {
                    at--;
                }
                closed.add(at, new Token.Text(" "));
                closed.add(new Token.Text(text.substring(0, text.length() - 1)));
            } else {
                closed.add(token);
            }
        }
        return closed.reversed().stream()
                .filter(it -> !(it instanceof Token.Text(var text)) || !text.isEmpty())
                .toList();
    }

    /// `**` `**` around nothing, and `*a*` directly before `*b*`.
    private static List<Token> dropPairs(List<Token> tokens) {
        var out = new ArrayList<Token>(tokens.size());
        for (var token : tokens) {
            var last = out.isEmpty() ? null : out.getLast();
            var empty = last instanceof Token.Open(var opened)
                    && token instanceof Token.Close(var closed, var ignored)
                    && opened == closed;
            var reopened = last instanceof Token.Close(var closed, var target)
                    && token instanceof Token.Open(var opened)
                    && opened == closed
                    && target.isEmpty();
            if (empty || reopened) {
                out.removeLast();
            } else {
                out.add(token);
            }
        }
        return out;
    }
}
