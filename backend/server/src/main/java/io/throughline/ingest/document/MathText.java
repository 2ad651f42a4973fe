package io.throughline.ingest.document;

import io.throughline.ingest.document.InlineRun.Style;
import java.util.List;

/// MathML as one line of readable text: `x^2^`, `(a + b)/c`, `√(n)`. Layout is lost, meaning is kept.
final class MathText {

    private MathText() {}

    static void write(XmlElement element, InlineRun run) {
        var parts = element.elements();
        switch (element.name()) {
            case "mi", "mn", "mtext", "ms" -> run.text(element.rawText());
            case "mo" -> operator(element.text(), run);
            case "mspace" -> run.text(" ");
            case "annotation", "annotation-xml", "mprescripts", "none", "mphantom" -> {}
            case "semantics" -> parts.stream().limit(1).forEach(it -> write(it, run));
            case "mfrac" -> {
                grouped(parts, 0, run);
                run.text("/");
                grouped(parts, 1, run);
            }
            case "msqrt" -> {
                run.text("√(");
                parts.forEach(it -> write(it, run));
                run.text(")");
            }
            case "mroot" -> {
                run.styled(Style.SUPERSCRIPT, () -> at(parts, 1, run)).text("√(");
                at(parts, 0, run);
                run.text(")");
            }
            case "msup", "mover" -> {
                at(parts, 0, run);
                run.styled(Style.SUPERSCRIPT, () -> at(parts, 1, run));
            }
            case "msub", "munder" -> {
                at(parts, 0, run);
                run.styled(Style.SUBSCRIPT, () -> at(parts, 1, run));
            }
            case "msubsup", "munderover" -> {
                at(parts, 0, run);
                run.styled(Style.SUBSCRIPT, () -> at(parts, 1, run));
                run.styled(Style.SUPERSCRIPT, () -> at(parts, 2, run));
            }
            case "mfenced" -> fenced(element, parts, run);
            case "mtr", "mlabeledtr" -> joined(parts, ", ", run);
            case "mtable" -> joined(parts, "; ", run);
            default -> {
                if (parts.isEmpty()) {
                    run.text(element.rawText());
                } else {
                    parts.forEach(it -> write(it, run));
                }
            }
        }
    }

    private static void operator(String sign, InlineRun run) {
        var spaced = sign.length() <= 2 && "=<>≤≥≈≠+−±×·→∼≡∝⋅≪≫∈".contains(sign) && !sign.isEmpty();
        // U+2061 to U+2064 are invisible operators.
        var shown = sign.length() == 1 && sign.charAt(0) >= '\u2061' && sign.charAt(0) <= '\u2064' ? "" : sign;
        run.text(spaced ? " " + shown + " " : shown);
    }

    private static void at(List<XmlElement> parts, int index, InlineRun run) {
        if (index < parts.size()) {
            write(parts.get(index), run);
        }
    }

    private static void grouped(List<XmlElement> parts, int index, InlineRun run) {
        if (index >= parts.size()) {
            return;
        }
        var part = parts.get(index);
        var simple = part.is("mi", "mn", "mtext") || part.elements().size() == 1 && part.elements().getFirst().is("mi", "mn", "mtext");
        run.text(simple ? "" : "(");
        write(part, run);
        run.text(simple ? "" : ")");
    }

    private static void fenced(XmlElement element, List<XmlElement> parts, InlineRun run) {
        var open = element.attribute("open");
        var close = element.attribute("close");
        run.text(open == null ? "(" : open);
        joined(parts, ", ", run);
        run.text(close == null ? ")" : close);
    }

    private static void joined(List<XmlElement> parts, String separator, InlineRun run) {
        for (var i = 0; i < parts.size(); i++) {
            run.text(i > 0 ? separator : "");
            write(parts.get(i), run);
        }
    }
}
