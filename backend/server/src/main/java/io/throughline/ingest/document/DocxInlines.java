package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The runs of a Word document's paragraphs: emphasis, links, notes, formulas, citations of reference managers. What is
/// hidden, struck out or deleted is no text; it is counted.
final class DocxInlines {

    private static final String DELETED = "deletions of tracked changes";
    private static final String INSERTED = "insertions of tracked changes";
    /// Half points from which text that is moved off its line is a script.
    private static final int RAISED = 4;

    private final DocxStyles styles;
    private final Map<String, String> links;
    private final LeftOut left;
    private final LeftOut accepted;
    private final DocxFields fields = new DocxFields();
    private final Map<String, Integer> noteNumbers = new LinkedHashMap<>();
    private @Nullable XmlElement paragraphProperties;

    DocxInlines(DocxStyles styles, Map<String, String> links, LeftOut left, LeftOut accepted) {
        this.styles = styles;
        this.links = links;
        this.left = left;
        this.accepted = accepted;
    }

    /// Keys of the notes the text has pointed at so far, in the order of their numbers.
    List<String> noteKeys() {
        return List.copyOf(noteNumbers.keySet());
    }

    List<Map<String, Object>> cited() {
        return fields.works();
    }

    /// @param boxes gets the contents of text boxes, which belong behind the paragraph
    void paragraph(XmlElement paragraph, InlineRun run, List<XmlElement> boxes) {
        paragraphProperties = paragraph.first("pPr");
        inline(paragraph, run, boxes);
    }

    void formula(XmlElement math, InlineRun run) {
        if (!math.all("del").isEmpty()) {
            math.all("del").forEach(this::deleted);
        }
        MathText.write(OmmlMath.mathMl(math), run);
    }

    void deleted(XmlElement element) {
        if (element.is("moveFrom")) {
            return;
        }
        var words = allText(element);
        if (words.isEmpty()) {
            left.count(DELETED);
        } else {
            left.words(DELETED, words);
        }
    }

    /// Deleted and inserted text alike.
    static String allText(XmlElement element) {
        var text = new StringBuilder();
        for (var child : element.elements()) {
            if (child.is("t", "delText")) {
                text.append(child.rawText());
            } else if (child.is("p", "tc", "tab", "br")) {
                text.append(' ').append(allText(child));
            } else if (!child.is("instrText", "delInstrText")) {
                text.append(allText(child));
            }
        }
        return text.toString();
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
                case "ins" -> {
                    accepted.words(INSERTED, allText(child));
                    inline(child, run, boxes);
                }
                case "moveTo" -> {
                    accepted.words("moves of tracked changes", allText(child));
                    inline(child, run, boxes);
                }
                case "fldSimple" -> {
                    fields.begin();
                    fields.instruction(child.attribute("instr") == null ? "" : String.valueOf(child.attribute("instr")));
                    fields.separate();
                    inline(child, run, boxes);
                    fields.end(run);
                }
                case "sdt" -> contentControl(child, run, boxes);
                case "smartTag", "customXml", "sdtContent", "dir", "bdo" -> inline(child, run, boxes);
                case "del", "moveFrom" -> deleted(child);
                case "oMath", "oMathPara" -> formula(child, run);
                default -> {}
            }
        }
    }

    private void contentControl(XmlElement control, InlineRun run, List<XmlElement> boxes) {
        var tag = DocxStyles.value(control.first("sdtPr"), "tag");
        var works = tag == null ? List.<Map<String, Object>>of() : CslFields.ofControl(tag);
        if (works.isEmpty()) {
            inline(control, run, boxes);
            return;
        }
        fields.beginCited(works);
        inline(control, run, boxes);
        fields.end(run);
    }

    private void textRun(XmlElement element, InlineRun run, List<XmlElement> boxes) {
        var properties = element.first("rPr");
        if (isShownAs(properties, "vanish")) {
            left.words("hidden passages", allText(element));
            fieldMarks(element, run);
            return;
        }
        if (isShownAs(properties, "strike") || isShownAs(properties, "dstrike")) {
            left.words("struck-out passages", allText(element));
            fieldMarks(element, run);
            return;
        }
        var symbols = SymbolFont.is(font(properties));
        Runnable text = () -> content(element, symbols, run, boxes);
        var script = script(properties);
        if (script != null) {
            text = styled(run, script, text);
        }
        if (isOn(properties, "i")) {
            text = styled(run, Style.EMPHASIS, text);
        }
        if (isOn(properties, "b")) {
            text = styled(run, Style.STRONG, text);
        }
        text.run();
    }

    private @Nullable Style script(@Nullable XmlElement properties) {
        var own = DocxStyles.value(properties, "vertAlign");
        var vertical = own == null ? styles.characterValue(properties, "vertAlign") : own;
        if (vertical != null && (vertical.equals("superscript") || vertical.equals("subscript"))) {
            return vertical.equals("superscript") ? Style.SUPERSCRIPT : Style.SUBSCRIPT;
        }
        var position = DocxStyles.value(properties, "position");
        if (position == null || !position.matches("-?\\d{1,3}") || Math.abs(Integer.parseInt(position)) < RAISED) {
            return null;
        }
        return position.startsWith("-") ? Style.SUBSCRIPT : Style.SUPERSCRIPT;
    }

    private static @Nullable String font(@Nullable XmlElement properties) {
        var fonts = properties == null ? null : properties.first("rFonts");
        return fonts == null ? null : fonts.attribute("ascii") == null ? fonts.attribute("hAnsi") : fonts.attribute("ascii");
    }

    private static Runnable styled(InlineRun run, Style style, Runnable inner) {
        return () -> run.styled(style, inner);
    }

    /// By itself, by its character style or by its paragraph's style.
    private boolean isShownAs(@Nullable XmlElement properties, String toggle) {
        var own = properties == null ? null : properties.first(toggle);
        return own != null ? isOn(own) : styles.isOn(properties, paragraphProperties, toggle);
    }

    private static boolean isOn(@Nullable XmlElement properties, String toggle) {
        var element = properties == null ? null : properties.first(toggle);
        return element != null && isOn(element);
    }

    static boolean isOn(XmlElement toggle) {
        var value = toggle.attribute("val");
        return value == null || !value.equals("0") && !value.equals("false") && !value.equals("off");
    }

    /// A field goes on although a part of it is hidden.
    private void fieldMarks(XmlElement element, InlineRun run) {
        element.elements("fldChar", "instrText").forEach(it -> field(it, run));
    }

    private void field(XmlElement mark, InlineRun run) {
        if (mark.is("instrText")) {
            fields.instruction(mark.rawText());
            return;
        }
        switch (String.valueOf(mark.attribute("fldCharType"))) {
            case "begin" -> fields.begin();
            case "separate" -> fields.separate();
            case "end" -> fields.end(run);
            default -> {}
        }
    }

    private void content(XmlElement element, boolean symbols, InlineRun run, List<XmlElement> boxes) {
        for (var child : element.elements()) {
            switch (child.name()) {
                case "t" -> text(symbols ? SymbolFont.shown(child.rawText()) : child.rawText(), run);
                case "tab", "br", "cr", "ptab" -> text(" ", run);
                case "noBreakHyphen" -> text("-", run);
                case "fldChar", "instrText" -> field(child, run);
                case "footnoteReference" -> noteMark("f", child, run);
                case "endnoteReference" -> noteMark("e", child, run);
                case "sym" -> symbol(child, run);
                case "object" -> left.count("embedded objects");
                case "drawing", "pict" -> picture(child, boxes);
                case "AlternateContent" -> {
                    var chosen = child.first("Choice") == null ? child.first("Fallback") : child.first("Choice");
                    if (chosen != null) {
                        content(chosen, symbols, run, boxes);
                    }
                }
                default -> {}
            }
        }
    }

    private void text(String text, InlineRun run) {
        if (!fields.takes(text)) {
            run.text(text);
        }
    }

    private void symbol(XmlElement symbol, InlineRun run) {
        var font = symbol.attribute("font");
        var code = symbol.attribute("char");
        var character = code != null && code.matches("[0-9A-Fa-f]{1,4}") ? Character.toString(Integer.parseInt(code, 16)) : "";
        if (SymbolFont.is(font)) {
            text(SymbolFont.shown(character), run);
        } else if (!character.isEmpty() && !(character.charAt(0) >= 0xE000 && character.charAt(0) <= 0xF8FF)
                && !String.valueOf(font).matches("(?i).*(?:dings|symbol|mt extra).*")) {
            text(character, run);
        } else {
            text("□", run);
            left.words("symbols of a special font, “□” stands in their place", "%s of %s".formatted(String.valueOf(code), String.valueOf(font)));
        }
    }

    private void picture(XmlElement drawing, List<XmlElement> boxes) {
        var texts = drawing.all("txbxContent");
        boxes.addAll(texts);
        if (texts.isEmpty()) {
            left.count("pictures and charts");
        }
    }

    private void noteMark(String kind, XmlElement reference, InlineRun run) {
        var key = kind + reference.attribute("id");
        var number = noteNumbers.computeIfAbsent(key, ignored -> noteNumbers.size() + 1);
        run.styled(Style.SUPERSCRIPT, () -> run.text(Integer.toString(number)));
    }
}
