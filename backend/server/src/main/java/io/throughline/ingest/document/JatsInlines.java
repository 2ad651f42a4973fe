package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.regex.Pattern;

/// Running text of an article: emphasis, links, citations, formulas in the line.
final class JatsInlines {

    private static final Pattern NUMERIC_CITATION = Pattern.compile("(?U)[\\s\\[\\](),;\\d*‐‑‒–—−-]*");
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
            case "object-id", "permissions", "index-term", "def" -> {}
            case "p", "title", "list-item" -> {
                run.text(" ");
                children(element, run);
                run.text(" ");
            }
            default -> children(element, run);
        }
    }

    /// A footnote that stands in the line is read on in brackets.
    private void footnote(XmlElement note, InlineRun run) {
        run.text(" (");
        note.elements("p").forEach(it -> children(it, run));
        run.text(")");
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
