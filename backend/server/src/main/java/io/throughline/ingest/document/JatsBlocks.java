package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Blocks of an article: sections, paragraphs, lists, quotes, figures, tables, formulas.
final class JatsBlocks {

    private static final Set<String> BLOCKS = Set.of(
            "fig", "fig-group", "table-wrap", "table-wrap-group", "list", "def-list", "disp-quote", "disp-formula",
            "disp-formula-group", "boxed-text", "supplementary-material", "verse-group", "speech", "statement",
            "code", "preformat", "array", "p", "media");

    private final JatsContext context;
    private final JatsInlines inlines;
    private final JatsTables tables;
    private final SectionTree sections;

    JatsBlocks(JatsContext context, SectionTree sections) {
        this.context = context;
        this.inlines = new JatsInlines(context);
        this.tables = new JatsTables(context, this, inlines);
        this.sections = sections;
    }

    JatsInlines inlines() {
        return inlines;
    }

    void children(XmlElement parent, int level, MarkdownBlocks out) {
        parent.elements().forEach(it -> block(it, level, out));
    }

    /// @param level of the heading that a section here would have
    void block(XmlElement element, int level, MarkdownBlocks out) {
        switch (element.name()) {
            case "sec", "app", "treatment-sec", "ack", "notes", "glossary", "bio", "taxon-treatment" -> section(element, level, "", out);
            case "p" -> paragraph(element, level, out);
            case "title", "label", "sec-meta", "object-id", "treatment-meta", "alt-text", "long-desc", "caption" -> {}
            case "ref-list" -> children(element, level, out);
            case "ref" -> {}
            case "attrib", "permissions" -> attribution(element, out);
            case "graphic" -> {
                context.leaveOut("pictures, their captions are kept");
                caption(element, out);
            }
            case "media" -> {
                context.leaveOut("media files, their legends are kept");
                caption(element, out);
                attributions(element, out);
            }
            case "subtitle" -> out.paragraph(inlines.markdown(element));
            case "list" -> list(element, level, out);
            case "def-list" -> definitions(element, level, out);
            case "disp-quote", "verse-group", "speech" -> quote(element, level, out);
            case "fig" -> figure(element, level, out);
            case "table-wrap" -> tables.wrapped(element, level, out);
            case "table", "array" -> tables.bare(element, out);
            case "fig-group", "table-wrap-group" -> {
                caption(element, out);
                children(element, level, out);
            }
            case "disp-formula" -> formula(element, out);
            case "boxed-text" -> boxed(element, level, out);
            case "supplementary-material" -> supplement(element, out);
            case "fn-group" -> footnotes(element, level, out);
            case "fn" -> out.paragraph(note(element));
            case "code", "preformat" -> out.code(element.rawText());
            case "statement" -> {
                out.labelled(heading(element), "");
                children(element, level, out);
            }
            case "verse-line" -> out.paragraph(inlines.markdown(element));
            case "nomenclature" -> out.paragraph(inlines.markdown(element));
            case "disp-formula-group", "app-group", "floats-group", "def-item" -> children(element, level, out);
            default -> {
                if (element.elements().stream().anyMatch(it -> BLOCKS.contains(it.name()))) {
                    children(element, level, out);
                } else {
                    out.paragraph(inlines.markdown(element));
                }
            }
        }
    }

    /// @param unless the heading when the section has no title of its own; empty for none
    void section(XmlElement section, int level, String unless, MarkdownBlocks out) {
        var own = heading(section);
        var title = own.isEmpty() ? unless : own;
        var inner = new MarkdownBlocks();
        var here = title.isEmpty() ? level : level + 1;
        if (!title.isEmpty()) {
            var titleElement = section.first("title");
            sections.open(own.isEmpty() || titleElement == null ? unless : plainHeading(section, titleElement), level);
        }
        children(section, here, inner);
        if (!inner.isEmpty()) {
            out.heading(level, title).append(inner);
        } else if (!title.isEmpty()) {
            out.heading(level, title);
        }
    }

    private static String plainHeading(XmlElement section, XmlElement title) {
        var label = section.first("label");
        return (JatsText.of(label) + " " + JatsText.of(title)).strip();
    }

    private String heading(XmlElement section) {
        var label = section.first("label");
        var title = section.first("title");
        var text = title == null ? "" : inlines.markdown(title);
        return label == null ? text : (inlines.markdown(label) + " " + text).strip();
    }

    /// A paragraph may hold figures, tables, lists: it is cut there.
    private void paragraph(XmlElement paragraph, int level, MarkdownBlocks out) {
        var run = new InlineRun();
        for (var child : paragraph.content()) {
            if (child instanceof XmlElement element && BLOCKS.contains(element.name()) && !isInLine(element)) {
                out.paragraph(run.markdown());
                run = new InlineRun();
                block(element, level, out);
            } else {
                inlines.any(child, run);
            }
        }
        out.paragraph(run.markdown());
    }

    private static boolean isInLine(XmlElement element) {
        return element.is("code", "preformat") && !element.rawText().contains("\n")
                || element.is("media") && element.first("caption") == null && element.first("label") == null;
    }

    private void list(XmlElement list, int level, MarkdownBlocks out) {
        caption(list, out);
        var numbers = new ArrayList<String>();
        var items = new ArrayList<MarkdownBlocks>();
        var entries = list.elements("list-item");
        for (var item : entries) {
            var blocks = new MarkdownBlocks();
            var title = item.first("title");
            if (title != null) {
                blocks.labelled(inlines.markdown(title), "");
            }
            children(item, level, blocks);
            items.add(blocks);
        }
        JatsLists.numbers(list, context).forEach(numbers::add);
        out.list(numbers, items);
    }

    private void definitions(XmlElement list, int level, MarkdownBlocks out) {
        caption(list, out);
        var items = new ArrayList<MarkdownBlocks>();
        for (var item : list.elements("def-item")) {
            var term = item.first("term");
            var text = new MarkdownBlocks();
            item.elements("def").forEach(it -> children(it, level, text));
            items.add(new MarkdownBlocks().labelled(term == null ? "" : inlines.markdown(term), text.inOneLine()));
        }
        out.list(false, 1, items);
    }

    private void quote(XmlElement quote, int level, MarkdownBlocks out) {
        var inner = new MarkdownBlocks();
        inner.labelled(heading(quote), "");
        quote.elements().stream().filter(it -> !it.is("attrib")).forEach(it -> block(it, level, inner));
        quote.elements("attrib").forEach(it -> inner.paragraph("— " + inlines.markdown(it)));
        out.quote(inner);
    }

    private void figure(XmlElement figure, int level, MarkdownBlocks out) {
        context.countFigure();
        caption(figure, out);
        figure.elements().stream()
                .filter(it -> BLOCKS.contains(it.name()))
                .forEach(it -> block(it, level, out));
        if (figure.firstDeep("graphic") != null) {
            context.leaveOut("pictures of figures, their captions are kept");
        }
        attributions(figure, out);
    }

    /// Whose work a figure or table is and how it may be used.
    void attributions(XmlElement holder, MarkdownBlocks out) {
        holder.elements("attrib", "permissions").forEach(it -> attribution(it, out));
    }

    private void attribution(XmlElement element, MarkdownBlocks out) {
        if (element.is("attrib")) {
            out.paragraph(inlines.markdown(element));
            return;
        }
        element.elements("copyright-statement").forEach(it -> out.paragraph(inlines.markdown(it)));
        if (element.first("copyright-statement") == null) {
            element.elements("copyright-holder").forEach(it -> out.paragraph("© " + inlines.markdown(it)));
        }
        element.elements("license").forEach(it -> out.paragraph(inlines.markdown(it)));
    }

    /// Into the tree of sections.
    void open(String title, int level) {
        sections.open(title, level);
    }

    /// Label in bold, then the caption's title and paragraphs as one.
    void caption(XmlElement element, MarkdownBlocks out) {
        var label = element.first("label");
        var caption = element.first("caption");
        var title = element.first("title");
        var run = new InlineRun();
        var later = new ArrayList<XmlElement>();
        if (title != null) {
            inlines.children(title, run);
        }
        for (var part : caption == null ? List.<XmlElement>of() : caption.elements()) {
            if (part.is("title", "p")) {
                run.text(" ");
                for (var child : part.content()) {
                    if (child instanceof XmlElement inner && BLOCKS.contains(inner.name()) && !inner.is("disp-formula")) {
                        later.add(inner);
                    } else {
                        inlines.any(child, run);
                    }
                }
            } else {
                later.add(part);
            }
        }
        out.labelled(label == null ? "" : MarkdownText.escape(JatsText.of(label)), run.markdown());
        later.forEach(it -> block(it, 6, out));
    }

    private void formula(XmlElement formula, MarkdownBlocks out) {
        var run = new InlineRun();
        var label = formula.first("label");
        var content = new XmlElement("disp-formula", java.util.Map.of());
        formula.content().stream().filter(it -> it != label).forEach(content::add);
        inlines.any(content, run);
        if (label != null && !run.isBlank()) {
            run.text(" " + JatsText.of(label));
        }
        out.paragraph(run.markdown());
    }

    private void boxed(XmlElement box, int level, MarkdownBlocks out) {
        caption(box, out);
        children(box, level, out);
    }

    private void supplement(XmlElement supplement, MarkdownBlocks out) {
        context.leaveOut("supplementary files, their captions are kept");
        var before = out.size();
        caption(supplement, out);
        if (out.size() == before) {
            supplement.elements("p").forEach(it -> out.paragraph(inlines.markdown(it)));
            supplement.elements("media").forEach(it -> caption(it, out));
        }
        attributions(supplement, out);
    }

    private void footnotes(XmlElement group, int level, MarkdownBlocks out) {
        var title = heading(group);
        if (!title.isEmpty()) {
            sections.open(title, level);
            out.heading(level, title);
        }
        group.elements("fn").forEach(it -> out.paragraph(note(it)));
        group.elements("p").forEach(it -> out.paragraph(inlines.markdown(it)));
    }

    /// A footnote in one paragraph, its mark in front.
    String note(XmlElement note) {
        var run = new InlineRun();
        for (var child : note.elements()) {
            run.text(" ");
            inlines.any(child, run);
        }
        return run.markdown();
    }
}
