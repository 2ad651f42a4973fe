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
    private final Map<String, String> links;
    private final Map<String, XmlElement> notes = new HashMap<>();
    private final Map<String, Integer> noteNumbers = new LinkedHashMap<>();
    private final List<Flow> flow = new ArrayList<>();
    private final Map<String, Integer> left = new LinkedHashMap<>();
    private final StringBuilder title = new StringBuilder();

    DocxBlocks(DocxStyles styles, Map<String, String> links, @Nullable XmlElement footnotes, @Nullable XmlElement endnotes) {
        this.styles = styles;
        this.links = links;
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
        if (!noteNumbers.isEmpty()) {
            flow.add(new Flow.Heading(highest(), new InlineRun().text("Notes")));
            for (var key : List.copyOf(noteNumbers.keySet())) {
                var note = notes.get(key);
                flow.add(new Flow.Item(0, true, note == null ? new InlineRun() : inOneRun(note)));
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
        return left.entrySet().stream().map(it -> "Left out: %s (%d).".formatted(it.getKey(), it.getValue())).toList();
    }

    private void leaveOut(String what) {
        left.merge(what, 1, Integer::sum);
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
                case "del", "moveFrom" -> leaveOut("deleted paragraphs of tracked changes");
                case "altChunk" -> leaveOut("embedded documents");
                default -> {}
            }
        }
    }

    private void paragraph(XmlElement paragraph, List<Flow> into) {
        var properties = paragraph.first("pPr");
        var run = new InlineRun();
        var boxes = new ArrayList<XmlElement>();
        inline(paragraph, run, boxes);
        var style = styles.name(properties);
        if (style.startsWith("toc ") || style.equals("toc heading") || style.startsWith("table of ")) {
            return;
        }
        if (!run.isBlank()) {
            var level = styles.headingLevel(properties);
            var list = styles.list(properties);
            if (style.equals("title") && into == flow) {
                title.append(title.isEmpty() ? "" : " ").append(run.plain());
            } else if (level > 0) {
                into.add(new Flow.Heading(level, run));
            } else if (list != null) {
                into.add(new Flow.Item(list.depth(), list.ordered(), run));
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
                    inline(child, run, new ArrayList<>());
                }
                case "tbl" -> child.elements("tr").forEach(row -> row.elements("tc").forEach(it -> run.text(" ").append(inOneRun(it))));
                case "sdt", "sdtContent", "ins", "customXml" -> run.text(" ").append(inOneRun(child));
                default -> {}
            }
        }
        return run;
    }

    private void inline(XmlElement parent, InlineRun run, List<XmlElement> boxes) {
        for (var child : parent.elements()) {
            switch (child.name()) {
                case "r" -> textRun(child, run, boxes);
                case "hyperlink" -> {
                    var id = child.attribute("id");
                    var target = id == null || !links.containsKey(id) ? null : LinkTarget.of(links.get(id));
                    if (target == null) {
                        inline(child, run, boxes);
                    } else {
                        run.link(target, () -> inline(child, run, boxes));
                    }
                }
                case "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo" -> inline(child, run, boxes);
                case "del", "moveFrom" -> leaveOut("deletions of tracked changes");
                case "oMath", "oMathPara" -> run.text(child.text());
                default -> {}
            }
        }
    }

    private void textRun(XmlElement element, InlineRun run, List<XmlElement> boxes) {
        var properties = element.first("rPr");
        if (isOn(properties, "vanish")) {
            leaveOut("hidden passages");
            return;
        }
        var vertical = DocxStyles.value(properties, "vertAlign");
        Runnable text = () -> content(element, run, boxes);
        if ("superscript".equals(vertical)) {
            text = styled(run, Style.SUPERSCRIPT, text);
        } else if ("subscript".equals(vertical)) {
            text = styled(run, Style.SUBSCRIPT, text);
        }
        if (isOn(properties, "i")) {
            text = styled(run, Style.EMPHASIS, text);
        }
        if (isOn(properties, "b")) {
            text = styled(run, Style.STRONG, text);
        }
        text.run();
    }

    private static Runnable styled(InlineRun run, Style style, Runnable inner) {
        return () -> run.styled(style, inner);
    }

    private static boolean isOn(@Nullable XmlElement properties, String toggle) {
        var element = properties == null ? null : properties.first(toggle);
        if (element == null) {
            return false;
        }
        var value = element.attribute("val");
        return value == null || !value.equals("0") && !value.equals("false") && !value.equals("off");
    }

    private void content(XmlElement element, InlineRun run, List<XmlElement> boxes) {
        for (var child : element.elements()) {
            switch (child.name()) {
                case "t" -> run.text(child.rawText());
                case "tab", "br", "cr", "ptab" -> run.text(" ");
                case "noBreakHyphen" -> run.text("-");
                case "footnoteReference" -> noteMark("f", child, run);
                case "endnoteReference" -> noteMark("e", child, run);
                case "sym" -> leaveOut("symbols of a special font");
                case "object" -> leaveOut("embedded objects");
                case "drawing", "pict" -> picture(child, boxes);
                case "AlternateContent" -> {
                    var chosen = child.first("Choice") == null ? child.first("Fallback") : child.first("Choice");
                    if (chosen != null) {
                        content(chosen, run, boxes);
                    }
                }
                default -> {}
            }
        }
    }

    private void picture(XmlElement drawing, List<XmlElement> boxes) {
        var texts = drawing.all("txbxContent");
        boxes.addAll(texts);
        if (texts.isEmpty()) {
            leaveOut("pictures and charts");
        }
    }

    private void noteMark(String kind, XmlElement reference, InlineRun run) {
        var key = kind + reference.attribute("id");
        var number = noteNumbers.computeIfAbsent(key, ignored -> noteNumbers.size() + 1);
        run.styled(Style.SUPERSCRIPT, () -> run.text(Integer.toString(number)));
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
