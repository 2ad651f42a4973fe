package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.List;
import java.util.Map;

/// MathML as one line of readable text: `x^2^`, `(a + b)/c`, `√(n)`. Layout is lost, meaning is kept: brackets stand
/// wherever the layout alone said what belongs together, and no two numbers or names run into one.
final class MathText {

    /// Accents over a letter and the combining characters that are the same in text.
    private static final Map<String, String> ACCENTS = Map.ofEntries(
            Map.entry("¯", "\u0304"), Map.entry("‾", "\u0304"), Map.entry("ˉ", "\u0304"), Map.entry("\u0304", "\u0304"), Map.entry("\u0305", "\u0304"),
            Map.entry("_", "\u0304"), Map.entry("―", "\u0304"), Map.entry("^", "\u0302"), Map.entry("ˆ", "\u0302"), Map.entry("\u0302", "\u0302"),
            Map.entry("~", "\u0303"), Map.entry("˜", "\u0303"), Map.entry("\u0303", "\u0303"), Map.entry("→", "\u20D7"), Map.entry("\u20D7", "\u20D7"),
            Map.entry("˙", "\u0307"), Map.entry("\u0307", "\u0307"), Map.entry("¨", "\u0308"), Map.entry("\u0308", "\u0308"));
    private static final String SPACED = "=<>≤≥≈≠+−-±×·→∼≡∝⋅≪≫∈";
    private static final String LARGE = "∑∏∫∬∭∮⋃⋂∐";

    private final InlineRun run;
    private int scripts;

    private MathText(InlineRun run) {
        this.run = run;
    }

    static void write(XmlElement element, InlineRun run) {
        new MathText(run).node(element);
    }

    private void node(XmlElement element) {
        var parts = element.elements();
        switch (element.name()) {
            case "mi", "mn", "mtext", "ms" -> run.text(element.rawText().replace('\n', ' '));
            case "mo" -> operator(element, false);
            case "mspace" -> run.text(" ");
            case "annotation", "annotation-xml", "mprescripts", "none", "mphantom" -> {}
            case "semantics", "maction" -> parts.stream().limit(1).forEach(this::node);
            case "mfrac" -> fraction(element, parts);
            case "msqrt" -> root(() -> row(parts));
            case "mroot" -> {
                script(Style.SUPERSCRIPT, parts, 1);
                root(() -> at(parts, 0));
            }
            case "msup" -> {
                base(parts);
                script(Style.SUPERSCRIPT, parts, 1);
            }
            case "msub" -> {
                base(parts);
                script(Style.SUBSCRIPT, parts, 1);
            }
            case "mover" -> over(parts);
            case "munder" -> under(parts);
            case "msubsup", "munderover" -> {
                base(parts);
                script(Style.SUBSCRIPT, parts, 1);
                script(Style.SUPERSCRIPT, parts, 2);
            }
            case "mmultiscripts" -> multiscripts(parts);
            case "mfenced" -> fenced(element, parts);
            case "menclose" -> enclosed(element, parts);
            case "mtr", "mlabeledtr" -> joined(parts, ", ");
            case "mtable" -> joined(parts, "; ");
            default -> {
                if (parts.isEmpty()) {
                    run.text(element.rawText());
                } else {
                    row(parts);
                }
            }
        }
    }

    /// Neighbours in a row: what only a gap or a fraction's line kept apart is kept apart in the text too.
    private void row(List<XmlElement> parts) {
        for (var i = 0; i < parts.size(); i++) {
            var part = core(parts.get(i));
            var before = i == 0 ? null : core(parts.get(i - 1));
            var after = i + 1 == parts.size() ? null : core(parts.get(i + 1));
            if (before != null && runTogether(before, part)) {
                run.text(" ");
            }
            if (part.is("mo")) {
                var unary = before == null || before.is("mo") && !closes(before.text()) && !opensIsPostfix(before.text());
                if ("\u2061".equals(part.text())) {
                    run.text(after != null && (after.is("mfenced") || after.is("mo") && opens(after.text())) ? "" : " ");
                } else {
                    operator(part, unary);
                }
            } else if (part.is("mfrac") && !isChoice(part)
                    && (before != null && isOperand(before) && !before.is("mn") || after != null && isOperand(after))) {
                run.text("(");
                node(part);
                run.text(")");
            } else {
                node(part);
            }
        }
    }

    private static boolean opensIsPostfix(String sign) {
        return sign.equals("!") || sign.equals("%") || sign.equals("′");
    }

    /// Whether a gap is needed that the layout shows without one: behind `∑` with its limits, between a whole number and its
    /// fraction, between names such as `log` and `x`. Numbers side by side are shown as one (0.0 and 33 are 0.033).
    private static boolean runTogether(XmlElement before, XmlElement after) {
        return isLarge(before)
                || before.is("mn") && after.is("mfrac")
                || before.is("mi") && after.is("mi") && (before.text().length() > 1 || after.text().length() > 1);
    }

    private static boolean isLarge(XmlElement element) {
        return element.is("munder", "mover", "munderover", "msub", "msup", "msubsup")
                && !element.elements().isEmpty() && !element.elements().getFirst().text().isEmpty()
                && LARGE.contains(element.elements().getFirst().text());
    }

    private static boolean isOperand(XmlElement element) {
        return !element.is("mo", "mspace", "mphantom", "none");
    }

    private static boolean opens(String sign) {
        return !sign.isEmpty() && "([{⟨⌊⌈".contains(sign);
    }

    private static boolean closes(String sign) {
        return !sign.isEmpty() && ")]}⟩⌋⌉".contains(sign);
    }

    /// Without wrappers that hold one thing only.
    private static XmlElement core(XmlElement element) {
        var here = element;
        while (here.is("mrow", "mstyle", "mpadded", "math", "semantics") && here.elements().size() == 1) {
            here = here.elements().getFirst();
        }
        return here;
    }

    /// One thing to the eye, so that a power or a fraction's line after it can only mean all of it.
    private static boolean isOne(XmlElement given) {
        var part = core(given);
        return switch (part.name()) {
            case "mi", "mn", "ms", "mo" -> true;
            case "mtext" -> part.text().chars().noneMatch(Whitespace::is) && part.text().chars().allMatch(Character::isLetterOrDigit);
            case "msqrt", "mfenced", "mroot" -> true;
            case "mover", "munder" -> part.elements().isEmpty() || isOne(part.elements().getFirst());
            case "mrow", "mstyle", "mpadded", "math" -> isBracketed(part.elements());
            default -> false;
        };
    }

    /// The first bracket closes with the last.
    private static boolean isBracketed(List<XmlElement> parts) {
        if (parts.size() < 2 || !parts.getFirst().is("mo") || !opens(parts.getFirst().text()) || !parts.getLast().is("mo") || !closes(parts.getLast().text())) {
            return parts.isEmpty();
        }
        var depth = 0;
        for (var i = 0; i < parts.size(); i++) {
            var sign = parts.get(i).is("mo") ? parts.get(i).text() : "";
            depth += opens(sign) ? 1 : closes(sign) ? -1 : 0;
            if (depth == 0 && i + 1 < parts.size()) {
                return false;
            }
        }
        return depth == 0;
    }

    private static boolean isChoice(XmlElement fraction) {
        var thickness = fraction.attribute("linethickness");
        return thickness != null && thickness.matches("0+(\\.0+)?\\s*[a-z%]*");
    }

    private void fraction(XmlElement fraction, List<XmlElement> parts) {
        if (isChoice(fraction)) {
            run.text("(");
            term(parts, 0);
            run.text(" choose ");
            term(parts, 1);
            run.text(")");
            return;
        }
        term(parts, 0);
        run.text("/");
        term(parts, 1);
    }

    private void term(List<XmlElement> parts, int index) {
        if (index < parts.size()) {
            var part = core(parts.get(index));
            bracketed(part, !isOne(part) && !(part.is("msup", "msub", "msubsup") && !isLarge(part)));
        }
    }

    /// @param parts the first is what the script stands at
    private void base(List<XmlElement> parts) {
        if (!parts.isEmpty()) {
            var part = core(parts.getFirst());
            var negative = part.is("mn") && part.text().matches("[-−+].*");
            bracketed(part, negative || !isOne(part) && !(part.is("msub")));
        }
    }

    private void bracketed(XmlElement part, boolean brackets) {
        run.text(brackets ? "(" : "");
        node(part);
        run.text(brackets ? ")" : "");
    }

    private void root(Runnable inner) {
        run.text("√(");
        inner.run();
        run.text(")");
    }

    private void script(Style style, List<XmlElement> parts, int index) {
        if (index < parts.size() && !core(parts.get(index)).is("none") && !parts.get(index).text().isBlank()) {
            scripts++;
            run.styled(style, () -> node(core(parts.get(index))));
            scripts--;
        }
    }

    private void over(List<XmlElement> parts) {
        var mark = parts.size() < 2 ? "" : ACCENTS.getOrDefault(parts.get(1).text(), "");
        var text = parts.isEmpty() ? "" : parts.getFirst().text();
        if (mark.isEmpty() || text.isEmpty() || !text.codePoints().allMatch(Character::isLetterOrDigit)) {
            base(parts);
            script(Style.SUPERSCRIPT, parts, 1);
        } else if (mark.equals("\u0304")) {
            Overline.write(text, run);
        } else if (text.codePointCount(0, text.length()) == 1) {
            run.text(text + mark);
        } else {
            run.text("(" + text + ")" + mark);
        }
    }

    private void under(List<XmlElement> parts) {
        if (parts.size() > 1 && List.of("_", "¯", "‾", "\u0332").contains(parts.get(1).text())) {
            parts.getFirst().text().codePoints().forEach(it -> run.text(Character.toString(it) + "\u0332"));
        } else {
            base(parts);
            script(Style.SUBSCRIPT, parts, 1);
        }
    }

    /// Base, pairs of sub and super, then after `mprescripts` the pairs that stand in front, as the 14 of ¹⁴C.
    private void multiscripts(List<XmlElement> parts) {
        if (parts.isEmpty()) {
            return;
        }
        var split = parts.size();
        for (var i = 0; i < parts.size(); i++) {
            split = parts.get(i).is("mprescripts") ? Math.min(split, i) : split;
        }
        for (var i = split + 1; i < parts.size(); i += 2) {
            script(Style.SUPERSCRIPT, parts, i + 1);
            script(Style.SUBSCRIPT, parts, i);
        }
        base(parts);
        for (var i = 1; i < split; i += 2) {
            script(Style.SUBSCRIPT, parts, i);
            if (i + 1 < split) {
                script(Style.SUPERSCRIPT, parts, i + 1);
            }
        }
    }

    /// @param unary a sign in front of its number has no space behind it
    private void operator(XmlElement element, boolean unary) {
        var sign = element.text();
        // Invisible: function application, times, comma, plus.
        var shown = switch (sign) {
            case "\u2061" -> "";
            case "\u2062", "\u2064" -> " ";
            case "\u2063" -> ",";
            default -> sign;
        };
        var tight = scripts > 0 || element.attribute("lspace") != null && !"thinmathspace mediummathspace thickmathspace".contains(element.attribute("lspace"));
        var spaced = !tight && !sign.isEmpty() && sign.length() <= 2 && SPACED.contains(sign);
        run.text(!spaced ? shown : unary && "+−-±".contains(sign) ? " " + shown : " " + shown + " ");
    }

    private void at(List<XmlElement> parts, int index) {
        if (index < parts.size()) {
            node(parts.get(index));
        }
    }

    private void fenced(XmlElement element, List<XmlElement> parts) {
        var open = element.attribute("open");
        var close = element.attribute("close");
        var separators = element.attribute("separators");
        run.text(open == null ? "(" : open);
        for (var i = 0; i < parts.size(); i++) {
            var separator = separators == null ? ", " : separators.charAt(Math.min(i, separators.length()) - (i == 0 ? 0 : 1)) + " ";
            run.text(i > 0 ? separator : "");
            node(parts.get(i));
        }
        run.text(close == null ? ")" : close);
    }

    private void enclosed(XmlElement element, List<XmlElement> parts) {
        var notation = element.attribute("notation") == null ? "" : String.valueOf(element.attribute("notation"));
        if (notation.contains("radical")) {
            root(() -> row(parts));
        } else if (notation.contains("strike")) {
            run.text("cancel(");
            row(parts);
            run.text(")");
        } else {
            row(parts);
        }
    }

    private void joined(List<XmlElement> parts, String separator) {
        for (var i = 0; i < parts.size(); i++) {
            run.text(i > 0 ? separator : "");
            node(parts.get(i));
        }
    }
}
