package io.throughline.ingest.document;

import io.throughline.ingest.document.FlowDocument.Properties;
import io.throughline.ingest.document.InlineRun.Style;
import io.throughline.ingest.document.ParsedDocument.Author;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/// Reads a web page saved as a file. Scripts, styles, forms and navigation are left out; nothing they refer to is loaded.
final class HtmlReader {

    private static final Set<String> LEFT_OUT = Set.of(
            "script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "svg", "iframe",
            "object", "embed", "canvas", "audio", "video", "head", "input", "textarea", "link", "meta", "img", "picture");
    private static final Set<String> BLOCKS = Set.of(
            "p", "div", "section", "article", "main", "header", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
            "dl", "dt", "dd", "li", "table", "blockquote", "pre", "hr", "figure", "figcaption", "address", "center",
            "body", "html", "details", "summary", "fieldset", "caption", "tr", "td", "th", "tbody");

    private final List<Flow> flow = new ArrayList<>();
    private InlineRun run = new InlineRun();
    private boolean leftOut;
    private final LeftOut left = new LeftOut();
    private final LeftOut accepted = new LeftOut("Accepted");
    private final Set<String> explained = new HashSet<>();
    private String topHeading = "";

    private HtmlReader() {}

    static ParsedDocument read(byte[] bytes, ParseBudget budget) throws IOException {
        var page = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
        budget.checkTime();
        HtmlStyles.writeIntoElements(page, budget);
        var reader = new HtmlReader();
        reader.block(tree(page.body(), budget));
        reader.endParagraph();
        var warnings = new ArrayList<String>();
        if (reader.leftOut) {
            warnings.add("Scripts, pictures, forms and navigation of the page were left out.");
        }
        warnings.addAll(reader.accepted.warnings());
        warnings.addAll(reader.left.warnings());
        var title = meta(page, "citation_title", "dc.title", "og:title");
        var shown = title.isEmpty() ? reader.topHeading : title;
        var properties = new Properties(
                Whitespace.printable(page.title()), authors(page), List.of(), emptyToNull(language(page)), Identifiers.findDoi(meta(page, "citation_doi", "dc.identifier", "prism.doi")),
                emptyToNull(meta(page, "citation_journal_title", "prism.publicationname")), date(meta(page, "citation_publication_date", "citation_date", "dc.date")));
        return FlowDocument.assemble(DocumentFormat.HTML, shown, properties, reader.withoutTitle(shown), warnings);
    }

    /// The parser's own traversal doesn't recurse, so depth is checked before anything of ours does.
    private static XmlElement tree(Element body, ParseBudget budget) {
        var root = new XmlElement("body", Map.of());
        var open = new ArrayDeque<XmlElement>(List.of(root));
        NodeTraversor.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode text) {
                    budget.spendCharacters(text.getWholeText().length());
                    open.getFirst().add(text.getWholeText());
                } else if (node instanceof Element element && element != body) {
                    budget.spendElement(depth);
                    var attributes = new HashMap<String, String>();
                    element.attributes().forEach(it -> attributes.putIfAbsent(it.getKey(), it.getValue()));
                    var copy = new XmlElement(element.normalName(), attributes);
                    open.getFirst().add(copy);
                    open.push(copy);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element && element != body) {
                    open.pop();
                }
            }
        }, body);
        return root;
    }

    private void block(XmlElement element) {
        for (var child : element.content()) {
            if (!(child instanceof XmlElement inner)) {
                run.text(child.toString());
            } else if (isLeftOut(inner)) {
                continue;
            } else if (!BLOCKS.contains(inner.name()) && !hasBlocks(inner)) {
                kept(inner, run);
            } else {
                endParagraph();
                structure(inner);
                endParagraph();
            }
        }
    }

    /// Counts what it leaves out, and what it accepts.
    private boolean isLeftOut(XmlElement element) {
        if (LEFT_OUT.contains(element.name()) || "true".equals(element.attribute("aria-hidden"))) {
            leftOut = true;
            return true;
        }
        if (HtmlStyles.isHidden(element)) {
            left.words("hidden passages", element.text());
            return true;
        }
        if (element.is("del")) {
            left.words("deletions", element.text());
            return true;
        }
        if (HtmlStyles.isStruck(element)) {
            left.words("struck-out passages", element.text());
            return true;
        }
        if (element.is("ins")) {
            accepted.words("insertions", element.text());
        }
        return false;
    }

    private static boolean hasBlocks(XmlElement element) {
        return element.elements().stream().anyMatch(it -> BLOCKS.contains(it.name()) || hasBlocks(it));
    }

    private void structure(XmlElement element) {
        switch (element.name()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                var heading = inlineRun(element);
                if (!heading.isBlank()) {
                    var level = element.name().charAt(1) - '0';
                    if (level == 1 && topHeading.isEmpty()) {
                        topHeading = heading.plain();
                    }
                    flow.add(new Flow.Heading(level, heading));
                }
            }
            case "ul", "ol" -> list(element, 0);
            case "table" -> table(element);
            case "blockquote" -> flow.add(new Flow.Quote(inlineRun(element)));
            case "pre" -> {
                if (!element.text().isEmpty()) {
                    flow.add(new Flow.Code(element.rawText()));
                }
            }
            case "dt" -> flow.add(new Flow.Paragraph(new InlineRun().styled(Style.STRONG, () -> {}).append(inlineRun(element))));
            case "hr" -> {}
            default -> block(element);
        }
    }

    private void endParagraph() {
        if (!run.isBlank()) {
            flow.add(new Flow.Paragraph(run));
        }
        run = new InlineRun();
    }

    private void list(XmlElement list, int depth) {
        var format = HtmlStyles.numbers(list);
        var items = list.elements("li").size();
        var step = list.has("reversed") ? -1 : 1;
        var number = number(list, "start", step < 0 ? items : 1);
        for (var content : list.content()) {
            if (!(content instanceof XmlElement item)) {
                item(depth, "", List.of(content));
            } else if (item.is("li", "ul", "ol") && isLeftOut(item)) {
                continue;
            } else if (item.is("ul", "ol")) {
                list(item, depth + 1);
            } else if (item.is("li")) {
                number = number(item, "value", number);
                item(depth, list.is("ol") ? ListNumber.label(number, format) : "", item.content());
                number += step;
            } else {
                item(depth, "", List.of(item));
            }
        }
    }

    private static int number(XmlElement element, String attribute, int unless) {
        var value = element.attribute(attribute);
        return value != null && value.matches("-?\\d{1,6}") ? Integer.parseInt(value) : unless;
    }

    private void item(int depth, String number, List<Object> content) {
        var text = new InlineRun();
        var inner = new ArrayList<XmlElement>();
        for (var child : content) {
            if (child instanceof XmlElement element && element.is("ul", "ol")) {
                inner.add(element);
            } else {
                inlineAny(child, text);
            }
        }
        if (!text.isBlank()) {
            flow.add(new Flow.Item(depth, number, text));
        }
        inner.stream().filter(it -> !isLeftOut(it)).forEach(it -> list(it, depth + 1));
    }

    private void table(XmlElement table) {
        var rows = rows(table);
        // Pages of an older time lay out their whole text in tables.
        var layout = "presentation".equals(table.attribute("role"))
                || !table.all("table").isEmpty() || !table.all("h1").isEmpty() || !table.all("h2").isEmpty() || rows.size() < 2;
        if (layout) {
            rows.forEach(row -> cells(row).forEach(it -> {
                block(it);
                endParagraph();
            }));
            return;
        }
        var caption = table.first("caption");
        if (caption != null) {
            flow.add(new Flow.Paragraph(inlineRun(caption)));
        }
        var cells = new ArrayList<List<GfmTable.Cell>>();
        var header = 0;
        for (var row : rows) {
            var line = cells(row);
            if (!line.isEmpty()) {
                header += header == cells.size() && line.stream().allMatch(it -> it.is("th")) ? 1 : 0;
                cells.add(line.stream().map(it -> new GfmTable.Cell(inlineRun(it).markdown(), span(it, "colspan"), span(it, "rowspan"))).toList());
            }
        }
        flow.add(new Flow.Table(cells, header));
    }

    private List<XmlElement> rows(XmlElement table) {
        var rows = new ArrayList<XmlElement>();
        for (var part : table.elements("thead", "tbody", "tfoot", "tr")) {
            if (!isLeftOut(part)) {
                rows.addAll(part.is("tr") ? List.of(part) : part.elements("tr").stream().filter(it -> !isLeftOut(it)).toList());
            }
        }
        return rows;
    }

    private List<XmlElement> cells(XmlElement row) {
        return row.elements("td", "th").stream().filter(it -> !isLeftOut(it)).toList();
    }

    private static int span(XmlElement cell, String attribute) {
        var value = cell.attribute(attribute);
        return value != null && value.matches("\\d{1,4}") ? Integer.parseInt(value) : 1;
    }

    private InlineRun inlineRun(XmlElement element) {
        var inner = new InlineRun();
        element.content().forEach(it -> inlineAny(it, inner));
        return inner;
    }

    private void inlineAny(Object child, InlineRun into) {
        if (child instanceof XmlElement element) {
            inline(element, into);
        } else {
            into.text(child.toString());
        }
    }

    private void inline(XmlElement element, InlineRun into) {
        if (!isLeftOut(element)) {
            kept(element, into);
        }
    }

    /// What [#isLeftOut] has let through.
    private void kept(XmlElement element, InlineRun into) {
        var script = HtmlStyles.script(element);
        Runnable plain = HtmlStyles.isSymbol(element)
                ? () -> into.text(SymbolFont.shown(element.rawText()))
                : () -> element.content().forEach(it -> inlineAny(it, into));
        Runnable children = script == null || element.is("sup", "sub") ? plain : () -> into.styled(script, plain);
        switch (element.name()) {
            case "b", "strong" -> into.styled(Style.STRONG, children);
            case "i", "em", "cite", "var", "dfn" -> into.styled(Style.EMPHASIS, children);
            case "sup" -> into.styled(Style.SUPERSCRIPT, children);
            case "sub" -> into.styled(Style.SUBSCRIPT, children);
            case "code", "kbd", "samp", "tt" -> into.code(element.text());
            case "br" -> into.text(" ");
            case "math" -> MathText.write(element, into);
            case "q" -> {
                into.text("“");
                children.run();
                into.text("”");
            }
            case "rt" -> {
                into.text(" (");
                children.run();
                into.text(")");
            }
            case "rp" -> {}
            case "abbr", "acronym" -> {
                children.run();
                var meaning = element.attribute("title");
                if (meaning != null && explained.add(element.text())) {
                    into.text(" (" + Whitespace.collapse(meaning) + ")");
                }
            }
            case "a" -> {
                var href = element.attribute("href");
                var target = href == null ? null : LinkTarget.of(href);
                if (target == null || element.text().isEmpty()) {
                    children.run();
                } else {
                    into.link(target, children);
                }
            }
            default -> {
                var apart = BLOCKS.contains(element.name());
                into.text(apart ? " " : "");
                children.run();
                into.text(apart ? " " : "");
            }
        }
    }

    private List<Flow> withoutTitle(String title) {
        return flow.stream()
                .filter(it -> !(it instanceof Flow.Heading(var level, var text) && level == 1 && text.plain().equals(title)))
                .toList();
    }

    private static String meta(org.jsoup.nodes.Document page, String... names) {
        for (var name : names) {
            for (var element : page.select("meta[content]")) {
                if (name.equalsIgnoreCase(element.attr("name")) || name.equalsIgnoreCase(element.attr("property"))) {
                    return Whitespace.collapse(Whitespace.printable(element.attr("content")));
                }
            }
        }
        return "";
    }

    private static List<Author> authors(org.jsoup.nodes.Document page) {
        var names = page.select("meta[name=citation_author]").stream().map(it -> it.attr("content")).toList();
        return names.isEmpty() ? List.of() : PropertyAuthors.read(String.join(";", names), new ArrayList<>());
    }

    private static String language(org.jsoup.nodes.Document page) {
        var root = page.selectFirst("html[lang]");
        return root == null ? "" : root.attr("lang").strip();
    }

    private static List<Integer> date(String text) {
        var parts = new ArrayList<Integer>();
        for (var part : text.split("[-/T]")) {
            if (parts.size() < 3 && part.matches(parts.isEmpty() ? "\\d{4}" : "\\d{1,2}")) {
                parts.add(Integer.parseInt(part));
            }
        }
        return parts;
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
