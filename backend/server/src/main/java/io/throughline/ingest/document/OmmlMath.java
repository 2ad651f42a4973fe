package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Word's formulas (OMML) as MathML, so that one place decides where brackets are needed ([MathText]).
final class OmmlMath {

    private static final Pattern TOKEN = Pattern.compile("\\d+(?:[.,]\\d+)*|\\p{L}[\\p{L}\\p{M}\\d]*|\\s+|.", Pattern.DOTALL);
    /// Word's authors set their own spaces around signs.
    private static final Map<String, String> TIGHT = Map.of("lspace", "0");

    private OmmlMath() {}

    static XmlElement mathMl(XmlElement math) {
        return element("math", row(math));
    }

    private static XmlElement element(String name, List<XmlElement> children) {
        return element(name, Map.of(), children);
    }

    private static XmlElement element(String name, Map<String, String> attributes, List<XmlElement> children) {
        var made = new XmlElement(name, attributes);
        children.forEach(made::add);
        return made;
    }

    private static XmlElement leaf(String name, String text) {
        var made = new XmlElement(name, name.equals("mo") ? TIGHT : Map.of());
        made.add(text);
        return made;
    }

    private static List<XmlElement> row(XmlElement parent) {
        var out = new ArrayList<XmlElement>();
        parent.elements().forEach(it -> convert(it, out));
        return out;
    }

    private static XmlElement part(XmlElement parent, String name) {
        var child = parent.first(name);
        return element("mrow", child == null ? List.of() : row(child));
    }

    private static void convert(XmlElement element, List<XmlElement> out) {
        switch (element.name()) {
            case "r" -> element.elements("t").forEach(it -> tokens(it.rawText(), out));
            case "f" -> {
                var type = property(element, "fPr", "type");
                var attributes = "noBar".equals(type) ? Map.of("linethickness", "0") : Map.<String, String>of();
                out.add(element("mfrac", attributes, List.of(part(element, "num"), part(element, "den"))));
            }
            case "sSup" -> out.add(element("msup", List.of(part(element, "e"), part(element, "sup"))));
            case "sSub" -> out.add(element("msub", List.of(part(element, "e"), part(element, "sub"))));
            case "sSubSup" -> out.add(element("msubsup", List.of(part(element, "e"), part(element, "sub"), part(element, "sup"))));
            case "sPre" -> out.add(element("mmultiscripts", List.of(
                    part(element, "e"), new XmlElement("mprescripts", Map.of()), part(element, "sub"), part(element, "sup"))));
            case "rad" -> {
                var degree = part(element, "deg");
                out.add(degree.text().isEmpty()
                        ? element("msqrt", List.of(part(element, "e")))
                        : element("mroot", List.of(part(element, "e"), degree)));
            }
            case "d" -> delimited(element, out);
            case "nary" -> {
                var sign = property(element, "naryPr", "chr");
                out.add(element("munderover", List.of(leaf("mo", sign == null ? "∫" : sign), part(element, "sub"), part(element, "sup"))));
                out.add(part(element, "e"));
            }
            case "func" -> {
                out.add(part(element, "fName"));
                out.add(leaf("mo", "\u2061"));
                out.add(part(element, "e"));
            }
            case "acc" -> {
                var sign = property(element, "accPr", "chr");
                out.add(element("mover", List.of(part(element, "e"), leaf("mo", sign == null ? "\u0302" : sign))));
            }
            case "bar" -> out.add(element("top".equals(property(element, "barPr", "pos")) ? "mover" : "munder", List.of(part(element, "e"), leaf("mo", "¯"))));
            case "limLow" -> out.add(element("munder", List.of(part(element, "e"), part(element, "lim"))));
            case "limUpp" -> out.add(element("mover", List.of(part(element, "e"), part(element, "lim"))));
            case "m" -> out.add(element("mtable", element.elements("mr").stream()
                    .map(row -> element("mtr", row.elements("e").stream().map(it -> element("mtd", row(it))).toList())).toList()));
            case "eqArr" -> out.add(element("mtable", element.elements("e").stream().map(it -> element("mtr", List.of(element("mtd", row(it))))).toList()));
            case "del", "moveFrom" -> {}
            case "fPr", "sSupPr", "sSubPr", "sSubSupPr", "sPrePr", "radPr", "dPr", "naryPr", "funcPr", "accPr", "barPr", "limLowPr", "limUppPr",
                 "mPr", "eqArrPr", "groupChrPr", "boxPr", "borderBoxPr", "phantPr", "ctrlPr", "rPr", "oMathParaPr" -> {}
            case "phant" -> {}
            default -> out.addAll(row(element));
        }
    }

    private static void delimited(XmlElement element, List<XmlElement> out) {
        var open = property(element, "dPr", "begChr");
        var close = property(element, "dPr", "endChr");
        var between = property(element, "dPr", "sepChr");
        var separator = between == null ? "|" : between;
        var inner = new ArrayList<XmlElement>();
        inner.add(leaf("mo", open == null && !isNamed(element, "begChr") ? "(" : open == null ? "" : open));
        var parts = element.elements("e");
        for (var i = 0; i < parts.size(); i++) {
            if (i > 0) {
                inner.add(leaf("mo", separator));
            }
            inner.addAll(row(parts.get(i)));
        }
        inner.add(leaf("mo", close == null && !isNamed(element, "endChr") ? ")" : close == null ? "" : close));
        out.add(element("mrow", inner));
    }

    /// Named without a value: no bracket on that side.
    private static boolean isNamed(XmlElement element, String property) {
        return element.at("dPr", property) != null;
    }

    private static @Nullable String property(XmlElement element, String properties, String name) {
        var found = element.at(properties, name);
        return found == null ? null : found.attribute("val");
    }

    private static void tokens(String text, List<XmlElement> out) {
        var matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            var token = matcher.group();
            if (Character.isDigit(token.charAt(0))) {
                out.add(leaf("mn", token));
            } else if (Character.isLetter(token.codePointAt(0))) {
                out.add(leaf("mi", token));
            } else if (Whitespace.is(token.charAt(0))) {
                out.add(new XmlElement("mspace", Map.of()));
            } else {
                out.add(leaf("mo", token.equals("-") ? "−" : token));
            }
        }
    }
}
