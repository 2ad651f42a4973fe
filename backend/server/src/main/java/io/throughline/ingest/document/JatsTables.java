package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        var tables = wrap.all("table").stream().filter(it -> !it.elements().isEmpty()).toList();
        tables.forEach(it -> bare(it, out));
        if (tables.isEmpty() && wrap.firstDeep("graphic") != null) {
            context.leaveOut("tables that are only pictures, their captions are kept");
        }
        for (var child : wrap.elements()) {
            switch (child.name()) {
                case "label", "caption", "table", "alternatives", "graphic", "object-id" -> {}
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
        table.elements("caption", "title").forEach(it -> out.paragraph(inlines.markdown(it)));
        var groups = table.elements("tgroup");
        for (var group : groups.isEmpty() ? List.of(table) : groups) {
            grid(group, out);
        }
    }

    /// Rows of an XHTML table or of a group of an OASIS (CALS) one.
    private void grid(XmlElement group, MarkdownBlocks out) {
        var columns = columns(group);
        var rows = new ArrayList<List<GfmTable.Cell>>();
        var header = 0;
        for (var part : group.elements("thead", "tbody", "tfoot", "tr", "row")) {
            for (var row : part.is("tr", "row") ? List.of(part) : part.elements("tr", "row")) {
                var cells = row.elements("td", "th", "entry").stream().map(it -> cell(it, columns)).toList();
                if (!cells.isEmpty()) {
                    rows.add(cells);
                    header += part.is("thead") ? 1 : 0;
                    cells.stream().filter(GfmTable.Cell::isRepeated).forEach(it -> context.countRepeated(GfmTable.REPEATED));
                }
            }
        }
        out.raw(GfmTable.write(rows, header));
    }

    /// Places of an OASIS table's columns, from 1, by their names.
    private static Map<String, Integer> columns(XmlElement group) {
        var columns = new HashMap<String, Integer>();
        var number = 0;
        for (var column : group.elements("colspec")) {
            var said = column.attribute("colnum");
            number = said != null && said.matches("\\d{1,4}") ? Integer.parseInt(said) : number + 1;
            var name = column.attribute("colname");
            if (name != null) {
                columns.put(name, number);
            }
        }
        group.elements("spanspec").forEach(it -> {
            var name = it.attribute("spanname");
            if (name != null) {
                columns.put("span " + name, between(it, columns));
            }
        });
        return columns;
    }

    private static int between(XmlElement element, Map<String, Integer> columns) {
        var first = columns.get(String.valueOf(element.attribute("namest")));
        var last = columns.get(String.valueOf(element.attribute("nameend")));
        return first == null || last == null ? 1 : Math.max(1, last - first + 1);
    }

    private GfmTable.Cell cell(XmlElement cell, Map<String, Integer> columns) {
        if (!cell.is("entry")) {
            return new GfmTable.Cell(cell(cell), span(cell, "colspan"), span(cell, "rowspan"));
        }
        var named = columns.get("span " + cell.attribute("spanname"));
        var more = cell.attribute("morerows");
        return new GfmTable.Cell(cell(cell), named == null ? between(cell, columns) : named,
                more != null && more.matches("\\d{1,4}") ? Integer.parseInt(more) + 1 : 1);
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
