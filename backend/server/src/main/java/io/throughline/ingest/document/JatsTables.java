package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;

/// Tables of an article: XHTML tables, several in one frame, with label, caption and notes.
final class JatsTables {

    private final JatsContext context;
    private final JatsBlocks blocks;
    private final JatsInlines inlines;

    JatsTables(JatsContext context, JatsBlocks blocks, JatsInlines inlines) {
        this.context = context;
        this.blocks = blocks;
        this.inlines = inlines;
    }

    void wrapped(XmlElement wrap, int level, MarkdownBlocks out) {
        context.countTable();
        blocks.caption(wrap, out);
        var tables = wrap.all("table");
        tables.forEach(it -> bare(it, out));
        if (tables.isEmpty() && wrap.firstDeep("graphic") != null) {
            context.leaveOut("tables that are only pictures, their captions are kept");
        }
        for (var child : wrap.elements()) {
            switch (child.name()) {
                case "label", "caption", "table", "alternatives", "graphic", "object-id", "permissions" -> {}
                case "table-wrap-foot" -> foot(child, level, out);
                default -> blocks.block(child, level, out);
            }
        }
    }

    private void foot(XmlElement foot, int level, MarkdownBlocks out) {
        for (var child : foot.elements()) {
            switch (child.name()) {
                case "fn" -> out.paragraph(blocks.note(child));
                case "fn-group" -> child.elements("fn").forEach(it -> out.paragraph(blocks.note(it)));
                case "attrib" -> out.paragraph(inlines.markdown(child));
                default -> blocks.block(child, level, out);
            }
        }
    }

    void bare(XmlElement table, MarkdownBlocks out) {
        var rows = new ArrayList<List<GfmTable.Cell>>();
        var header = 0;
        for (var part : table.elements("thead", "tbody", "tfoot", "tr")) {
            for (var row : part.is("tr") ? List.of(part) : part.elements("tr")) {
                var cells = row.elements("td", "th").stream()
                        .map(it -> new GfmTable.Cell(cell(it), span(it, "colspan"), span(it, "rowspan")))
                        .toList();
                if (!cells.isEmpty()) {
                    rows.add(cells);
                    header += part.is("thead") ? 1 : 0;
                }
            }
        }
        out.raw(GfmTable.write(rows, header));
    }

    private String cell(XmlElement cell) {
        var run = new InlineRun();
        for (var child : cell.content()) {
            inlines.any(child, run);
        }
        return run.markdown();
    }

    private static int span(XmlElement cell, String attribute) {
        var value = cell.attribute(attribute);
        return value != null && value.matches("\\d{1,4}") ? Integer.parseInt(value) : 1;
    }
}
