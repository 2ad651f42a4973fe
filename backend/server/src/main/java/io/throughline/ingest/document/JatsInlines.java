package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.Set;
import java.util.regex.Pattern;

/// Running text of an article: emphasis, links, citations, formulas in the line.
final class JatsInlines {

    private static final Pattern NUMERIC_CITATION = Pattern.compile("(?U)[\\s\\[\\](),;\\d*‐‑‒–—−-]*");
    /// Blocks that stand in a line here, such as the paragraphs of a cell: their words must not touch.
    private static final Set<String> APART = Set.of(
            "p", "title", "list-item", "label", "td", "th", "tr", "entry", "row", "def-list", "def-item", "term", "sec", "disp-quote", "statement",
            "speech", "speaker", "verse-line", "verse-group", "fig", "table-wrap", "caption", "attrib", "copyright-statement", "license", "license-p",
            "boxed-text", "supplementary-material", "addr-line", "institution", "country", "table", "note", "subtitle");
    private static final Pattern TEX = Pattern.compile("(?s)\\\\begin\\{document}(.*?)\\\\end\\{document}");

    private final JatsContext context;

    JatsInlines(JatsContext context) {
        this.context = context;
    }

    String markdown(XmlElement element) {
        var run = new InlineRun();
        children(element, run);
        return run.markdown();
    }

    void children(XmlElement element, InlineRun run) {
        element.content().forEach(it -> any(it, run));
    }

    void any(Object child, InlineRun run) {
        if (child instanceof XmlElement element) {
            element(element, run);
        } else {
            run.text(child.toString());
        }
    }

    private void element(XmlElement element, InlineRun run) {
        switch (element.name()) {
            case "italic" -> run.styled(Style.EMPHASIS, () -> children(element, run));
            case "bold" -> run.styled(Style.STRONG, () -> children(element, run));
            case "sup" -> run.styled(Style.SUPERSCRIPT, () -> children(element, run));
            case "sub" -> run.styled(Style.SUBSCRIPT, () -> children(element, run));
            case "monospace", "code", "preformat" -> run.code(element.text());
            // Struck out is no longer said. The article's reader counts it.
            case "strike" -> {}
            case "overline" -> Overline.write(element.text(), run);
            case "break" -> run.text(" ");
            case "xref" -> crossReference(element, run);
            case "ext-link", "uri" -> link(element, run);
            case "inline-formula", "disp-formula", "alternatives", "chem-struct-wrap" -> alternatives(element, run);
            case "math" -> MathText.write(element, run);
            case "tex-math" -> run.code(tex(element));
            case "inline-graphic", "graphic" -> context.leaveOut("images inside the text");
            case "media" -> context.leaveOut("media files");
            case "fn" -> footnote(element, run);
            case "object-id", "index-term" -> {}
            case "underline" -> underlined(element, run);
            // Where an abbreviation is explained in the line, as `LVEF (left ventricular ejection fraction)`.
            case "def" -> {
                run.text(" (");
                footing(element, run);
                run.text(")");
            }
            case "private-char" -> {
                run.text("□");
                context.leaveOut("characters that are only pictures, “□” stands in their place");
            }
            case "list" -> {
                var numbers = JatsLists.numbers(element, context);
                var items = element.elements("list-item");
                for (var i = 0; i < items.size(); i++) {
                    run.text(" " + numbers.get(i) + " ");
                    items.get(i).elements().stream().filter(it -> !it.is("label")).forEach(it -> apart(it, run));
                }
                run.text(" ");
            }
            default -> {
                if (APART.contains(element.name())) {
                    apart(element, run);
                } else {
                    children(element, run);
                }
            }
        }
    }

    private void apart(XmlElement element, InlineRun run) {
        run.text(" ");
        if (APART.contains(element.name())) {
            children(element, run);
        } else {
            element(element, run);
        }
        run.text(" ");
    }

    /// A line under a sign is how older files write the sign that has one.
    private void underlined(XmlElement element, InlineRun run) {
        switch (element.text()) {
            case ">" -> run.text("≥");
            case "<" -> run.text("≤");
            case "+" -> run.text("±");
            default -> children(element, run);
        }
    }

    /// A footnote that stands in the line is read on in brackets.
    private void footnote(XmlElement note, InlineRun run) {
        run.text(" (");
        footing(note, run);
        run.text(")");
    }

    /// Paragraphs in brackets, no space at the edges.
    private void footing(XmlElement element, InlineRun run) {
        var paragraphs = element.elements("p");
        if (paragraphs.isEmpty()) {
            children(element, run);
        }
        for (var i = 0; i < paragraphs.size(); i++) {
            run.text(i > 0 ? " " : "");
            children(paragraphs.get(i), run);
        }
    }

    private void crossReference(XmlElement xref, InlineRun run) {
        var numbers = new java.util.ArrayList<Integer>();
        var rid = xref.attribute("rid");
        if (rid != null) {
            for (var id : rid.split("\\s+")) {
                var number = context.referenceNumber(id);
                if (number > 0) {
                    numbers.add(number);
                }
            }
        }
        if (numbers.isEmpty()) {
            children(xref, run);
            return;
        }
        var text = xref.text();
        if (!NUMERIC_CITATION.matcher(text).matches()) {
            children(xref, run);
            run.text(" ");
        }
        for (var i = 0; i < numbers.size(); i++) {
            run.text(i > 0 ? ", " : "").cite(numbers.get(i));
        }
    }

    private void link(XmlElement link, InlineRun run) {
        var href = link.attribute("href");
        var target = LinkTarget.of(href == null ? link.text() : href);
        if (target == null) {
            children(link, run);
        } else if (link.text().isEmpty()) {
            run.link(target, () -> run.text(target));
        } else {
            run.link(target, () -> children(link, run));
        }
    }

    /// TeX is exact, so it goes first; then MathML as text; a picture of a formula can't be read.
    private void alternatives(XmlElement formula, InlineRun run) {
        var tex = formula.firstDeep("tex-math");
        var math = formula.firstDeep("math");
        if (tex != null) {
            run.code(tex(tex));
        } else if (math != null) {
            MathText.write(math, run);
        } else if (formula.text().isEmpty()) {
            context.leaveOut("formulas that are only pictures");
        } else {
            children(formula, run);
        }
    }

    static String tex(XmlElement tex) {
        var raw = tex.rawText();
        var matcher = TEX.matcher(raw);
        var body = matcher.find() ? matcher.group(1) : raw;
        return Whitespace.collapse(body).replaceAll("^\\$+|\\$+$", "").strip();
    }
}
