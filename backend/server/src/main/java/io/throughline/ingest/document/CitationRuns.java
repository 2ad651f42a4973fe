package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import io.throughline.ingest.document.InlineRun.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Brings the many ways of printing citations into one: `[1, 3–5]`, `[1] [2]`, `(1)`, superscript `1,2` become
/// citations that stand side by side, without the brackets, commas and dashes of the source. What is not only numbers between the brackets stays as it is.
final class CitationRuns {

    private static final Pattern SEPARATOR =
            Pattern.compile("(?U)\\s*(?:[,;]|&|and|\\]\\s*[,;]?\\s*\\[|\\)\\s*[,;]?\\s*\\(|)\\s*");
    private static final Pattern RANGE = Pattern.compile("(?U)\\s*\\]?\\s*[-‐‑‒–—−]\\s*\\[?\\s*");
    private static final Pattern ONLY_PUNCTUATION = Pattern.compile("(?U)[\\s,;&\\[\\]()\\-‐‑‒–—−]*");
    private static final Pattern OPENING = Pattern.compile("(?U)[\\[(]\\s*$");
    private static final Pattern CLOSING = Pattern.compile("(?U)^\\s*[\\])]");
    /// A range longer than this is a misprint.
    private static final int LONGEST_RANGE = 60;

    private CitationRuns() {}

    static List<Token> group(List<Token> tokens) {
        if (tokens.stream().noneMatch(Token.Cite.class::isInstance)) {
            return tokens;
        }
        var flat = InlineCleanup.joinTexts(withoutSuperscripts(tokens));
        var out = new ArrayList<Token>(flat.size());
        for (var i = 0; i < flat.size(); i++) {
            if (!(flat.get(i) instanceof Token.Cite(var number))) {
                out.add(flat.get(i));
                continue;
            }
            var run = new LinkedHashSet<Integer>(List.of(number));
            var last = number;
            for (var next = nextInRun(flat, i, last); next > i; next = nextInRun(flat, i, last)) {
                var here = ((Token.Cite) flat.get(next)).number();
                if (next == i + 2 && flat.get(i + 1) instanceof Token.Text(var between)
                        && RANGE.matcher(between).matches()) {
                    IntStream.range(last + 1, here).forEach(run::add);
                }
                run.add(here);
                last = here;
                i = next;
            }
            if (i + 1 < flat.size()
                    && flat.get(i + 1) instanceof Token.Text(var after)
                    && !out.isEmpty()
                    && out.getLast() instanceof Token.Text(var before)) {
                var opening = OPENING.matcher(before);
                var closing = CLOSING.matcher(after);
                if (opening.find()
                        && closing.find()
                        && opening.group().startsWith("[") == closing.group().endsWith("]")) {
                    out.set(out.size() - 1, new Token.Text(before.substring(0, opening.start())));
                    flat.set(i + 1, new Token.Text(after.substring(closing.end())));
                }
            }
            run.forEach(it -> out.add(new Token.Cite(it)));
        }
        return out;
    }

    /// Index of the citation that continues the run ending at `at`, or -1.
    private static int nextInRun(List<Token> flat, int at, int last) {
        if (at + 1 < flat.size() && flat.get(at + 1) instanceof Token.Cite) {
            return at + 1;
        }
        return at + 2 < flat.size()
                        && flat.get(at + 1) instanceof Token.Text(var between)
                        && flat.get(at + 2) instanceof Token.Cite(var next)
                        && joins(between, last, next)
                ? at + 2
                : -1;
    }

    private static boolean joins(String between, int last, int next) {
        return SEPARATOR.matcher(between).matches()
                || RANGE.matcher(between).matches() && next > last && next - last <= LONGEST_RANGE;
    }

    /// A superscript that holds nothing but citations loses its delimiters.
    private static List<Token> withoutSuperscripts(List<Token> tokens) {
        var out = new ArrayList<Token>(tokens.size());
        var start = -1;
        for (var token : tokens) {
            if (token.equals(new Token.Open(Style.SUPERSCRIPT))) {
                start = out.size();
            }
            out.add(token);
            if (token.equals(new Token.Close(Style.SUPERSCRIPT, "")) && start >= 0) {
                if (holdsOnlyCitations(out.subList(start, out.size()))) {
                    out.removeLast();
                    out.set(start, new Token.Text(""));
                }
                start = -1;
            }
        }
        return out;
    }

    private static boolean holdsOnlyCitations(List<Token> tokens) {
        var cites = 0;
        var text = new StringBuilder();
        for (var token : tokens) {
            switch (token) {
                case Token.Cite ignored -> cites++;
                case Token.Text(var part) -> text.append(part);
                case Token.Code(var code) -> text.append(code);
                case Token.Open ignored -> {}
                case Token.Close ignored -> {}
            }
        }
        return cites > 0 && ONLY_PUNCTUATION.matcher(text).matches();
    }
}
