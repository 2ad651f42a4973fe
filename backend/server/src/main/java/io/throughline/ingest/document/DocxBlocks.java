package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks the body of a Word document: paragraphs, lists, tables, footnotes. Insertions count, deletions don't.
final class DocxBlocks {

    private final DocxStyles styles;
    private final DocxInlines inlines;
    private final DocxNumbering numbering;
    private final Map<String, XmlElement> notes = new HashMap<>();
    private final List<Flow> flow = new ArrayList<>();
    private final LeftOut left = new LeftOut();
    private final LeftOut accepted = new LeftOut("Accepted");
    private final StringBuilder title = new StringBuilder();

    DocxBlocks(DocxStyles styles, Map<String, String> links, @Nullable XmlElement footnotes, @Nullable XmlElement endnotes) {
        this.styles = styles;
        this.numbering = new DocxNumbering(styles);
        this.inlines = new DocxInlines(styles, links, left, accepted);
        keepNotes("f", footnotes == null ? List.of() : footnotes.elements("footnote"));
        keepNotes("e", endnotes == null ? List.of() : endnotes.elements("endnote"));
    }

    private void keepNotes(String kind, List<XmlElement> found) {
        for (var note : found) {
            var id = note.attribute("id");
            if (id != null && note.attribute("type") == null) {
                notes.putIfAbsent(kind + id, note);
            }
        }
    }

    void read(XmlElement body) {
        container(body, flow);
        var marked = inlines.noteKeys();
        if (!marked.isEmpty()) {
            flow.add(new Flow.Heading(highest(), new InlineRun().text("Notes")));
            for (var i = 0; i < marked.size(); i++) {
                var note = notes.get(marked.get(i));
                flow.add(new Flow.Item(0, Integer.toString(i + 1), note == null ? new InlineRun() : inOneRun(note)));
            }
        }
    }

    private int highest() {
        return flow.stream()
                .mapToInt(it -> it instanceof Flow.Heading(var level, var ignored) ? level : 9)
                .min().orElse(1);
    }

    String title() {
        return title.toString();
    }

    List<Flow> flow() {
        return flow;
    }

    List<String> warnings() {
        var all = new ArrayList<>(accepted.warnings());
        all.addAll(left.warnings());
        return all;
    }

    /// The works of reference managers that the text cites, in the order of their first citation.
    List<Map<String, Object>> cited() {
        return inlines.cited();
    }

    private void container(XmlElement parent, List<Flow> into) {
        for (var child : parent.elements()) {
            switch (child.name()) {
                case "p" -> paragraph(child, into);
                case "tbl" -> table(child, into);
                case "sdt" -> {
                    var content = child.first("sdtContent");
                    if (content != null) {
                        container(content, into);
                    }
                }
                case "customXml", "ins", "moveTo", "smartTag" -> container(child, into);
                case "del", "moveFrom" -> inlines.deleted(child);
                case "altChunk" -> left.count("embedded documents");
                case "oMath", "oMathPara" -> {
                    var formula = new InlineRun();
                    inlines.formula(child, formula);
                    into.add(new Flow.Paragraph(formula));
                }
                default -> {}
            }
        }
    }

    private void paragraph(XmlElement paragraph, List<Flow> into) {
        var properties = paragraph.first("pPr");
        var run = new InlineRun();
        var boxes = new ArrayList<XmlElement>();
        inlines.paragraph(paragraph, run, boxes);
        var style = styles.name(properties);
        if (style.startsWith("toc ") || style.equals("toc heading") || style.startsWith("table of ")) {
            left.count("lines of the table of contents");
            return;
        }
        if (!run.isBlank()) {
            var level = styles.headingLevel(properties);
            var list = styles.list(properties);
            var number = list == null ? "" : numbering.next(list);
            if (style.equals("title") && into == flow) {
                title.append(title.isEmpty() ? "" : " ").append(run.plain());
            } else if (level > 0) {
                into.add(new Flow.Heading(level, number.isEmpty() ? run : new InlineRun().text(number + " ").append(run)));
            } else if (list != null) {
                into.add(new Flow.Item(list.depth(), number, run));
            } else if (style.equals("quote") || style.equals("intense quote")) {
                into.add(new Flow.Quote(run));
            } else {
                into.add(new Flow.Paragraph(run));
            }
        }
        boxes.forEach(it -> container(it, into));
    }

    private InlineRun inOneRun(XmlElement parent) {
        var run = new InlineRun();
        for (var child : parent.elements()) {
            switch (child.name()) {
                case "p" -> {
                    run.text(" ");
                    inParagraph(child, run);
                }
                case "oMath", "oMathPara" -> inlines.formula(child, run);
                case "del", "moveFrom" -> inlines.deleted(child);
                case "tbl" -> child.elements("tr").forEach(row -> row.elements("tc").forEach(it -> run.text(" ").append(inOneRun(it))));
                case "sdt", "sdtContent", "ins", "customXml" -> run.text(" ").append(inOneRun(child));
                default -> {}
            }
        }
        return run;
    }

    /// In a cell or note: the number of its list in front, texts of boxes behind.
    private void inParagraph(XmlElement paragraph, InlineRun run) {
        var list = styles.list(paragraph.first("pPr"));
        var boxes = new ArrayList<XmlElement>();
        var text = new InlineRun();
        inlines.paragraph(paragraph, text, boxes);
        if (list != null && !text.isBlank()) {
            var number = numbering.next(list);
            run.text(number.isEmpty() ? "" : number + " ");
        }
        run.append(text);
        boxes.forEach(it -> run.text(" ").append(inOneRun(it)));
    }

    private void table(XmlElement table, List<Flow> into) {
        var rows = new ArrayList<List<GfmTable.Cell>>();
        var above = new HashMap<Integer, String>();
        var header = 0;
        var onlyCell = onlyCell(table);
        if (onlyCell != null) {
            // A frame around text, not a table.
            container(onlyCell, into);
            return;
        }
        for (var row : rows(table)) {
            if (row.at("trPr", "del") != null) {
                inlines.deleted(row);
                continue;
            }
            if (row.at("trPr", "ins") != null) {
                accepted.words("insertions of tracked changes", DocxInlines.allText(row));
            }
            var cells = new ArrayList<GfmTable.Cell>();
            var column = 0;
            for (var cell : cells(row)) {
                var properties = cell.first("tcPr");
                var span = DocxStyles.value(properties, "gridSpan");
                var width = span != null && span.matches("\\d{1,3}") ? Math.max(1, Integer.parseInt(span)) : 1;
                var merge = properties == null ? null : properties.first("vMerge");
                var continues = merge != null && !"restart".equals(merge.attribute("val"));
                var text = continues ? above.getOrDefault(column, "") : inOneRun(cell).markdown();
                above.put(column, text);
                cells.add(new GfmTable.Cell(text, width, 1));
                column += width;
            }
            if (!cells.isEmpty()) {
                var repeats = row.at("trPr", "tblHeader") != null;
                header += repeats && header == rows.size() ? 1 : 0;
                rows.add(cells);
            }
        }
        into.add(new Flow.Table(rows, Math.max(header, rows.size() > 1 ? 1 : 0)));
    }

    private @Nullable XmlElement onlyCell(XmlElement table) {
        var rows = rows(table);
        return rows.size() == 1 && cells(rows.getFirst()).size() == 1 ? cells(rows.getFirst()).getFirst() : null;
    }

    /// Content controls may stand around rows and cells.
    private static List<XmlElement> rows(XmlElement table) {
        return unwrapped(table, "tr");
    }

    private static List<XmlElement> cells(XmlElement row) {
        return unwrapped(row, "tc");
    }

    private static List<XmlElement> unwrapped(XmlElement parent, String wanted) {
        var found = new ArrayList<XmlElement>();
        for (var child : parent.elements()) {
            if (child.is(wanted)) {
                found.add(child);
            } else if (child.is("sdt", "sdtContent", "customXml", "ins")) {
                found.addAll(unwrapped(child, wanted));
            }
        }
        return found;
    }
}
