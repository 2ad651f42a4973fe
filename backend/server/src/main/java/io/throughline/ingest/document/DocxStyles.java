package io.throughline.ingest.document;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What paragraph styles and list definitions say, inheritance followed.
final class DocxStyles {

    /// @param ordered or with bullets
    record ListLevel(int depth, boolean ordered) {}

    private static final int LONGEST_CHAIN = 20;

    private final Map<String, XmlElement> styles = new HashMap<>();
    private final Map<String, XmlElement> abstractLists = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();

    static DocxStyles of(@Nullable XmlElement styles, @Nullable XmlElement numbering) {
        var read = new DocxStyles();
        if (styles != null) {
            for (var style : styles.elements("style")) {
                var id = style.attribute("styleId");
                if (id != null) {
                    read.styles.putIfAbsent(id, style);
                }
            }
        }
        if (numbering != null) {
            for (var list : numbering.elements("abstractNum")) {
                var id = list.attribute("abstractNumId");
                if (id != null) {
                    read.abstractLists.putIfAbsent(id, list);
                }
            }
            for (var list : numbering.elements("num")) {
                var id = list.attribute("numId");
                var definition = value(list, "abstractNumId");
                if (id != null && definition != null) {
                    read.lists.putIfAbsent(id, definition);
                }
            }
        }
        return read;
    }

    static @Nullable String value(@Nullable XmlElement parent, String child) {
        var element = parent == null ? null : parent.first(child);
        return element == null ? null : element.attribute("val");
    }

    /// Lower case, as `heading 1`; the id itself when the style is not defined.
    String name(@Nullable XmlElement paragraphProperties) {
        var id = value(paragraphProperties, "pStyle");
        if (id == null) {
            return "";
        }
        var style = styles.get(id);
        var name = value(style, "name");
        return (name == null ? id : name).toLowerCase(Locale.ROOT);
    }

    /// 1 to 9, or 0 when the paragraph is no heading.
    int headingLevel(@Nullable XmlElement properties) {
        var own = outline(properties);
        if (own >= 0) {
            return own == 9 ? 0 : own + 1;
        }
        var id = value(properties, "pStyle");
        for (var step = 0; id != null && step < LONGEST_CHAIN; step++) {
            var style = styles.get(id);
            var level = outline(style == null ? null : style.first("pPr"));
            if (level >= 0) {
                return level == 9 ? 0 : level + 1;
            }
            var name = style == null ? id : value(style, "name");
            var number = name == null ? 0 : headingNumber(name);
            if (number > 0) {
                return number;
            }
            id = value(style, "basedOn");
        }
        return 0;
    }

    private static int outline(@Nullable XmlElement properties) {
        var level = value(properties, "outlineLvl");
        return level != null && level.matches("\\d") ? Integer.parseInt(level) : -1;
    }

    private static int headingNumber(String name) {
        var bare = name.toLowerCase(Locale.ROOT).replace(" ", "");
        return bare.matches("(?:heading|überschrift|titre|título)[1-9]") ? bare.charAt(bare.length() - 1) - '0' : 0;
    }

    /// The list the paragraph stands in, by itself or by its style; null when it stands in none.
    @Nullable ListLevel list(@Nullable XmlElement properties) {
        var numbering = properties == null ? null : properties.first("numPr");
        var id = value(properties, "pStyle");
        for (var step = 0; numbering == null && id != null && step < LONGEST_CHAIN; step++) {
            var style = styles.get(id);
            numbering = style == null ? null : style.at("pPr", "numPr");
            id = value(style, "basedOn");
        }
        var list = value(numbering, "numId");
        if (list == null || list.equals("0")) {
            return null;
        }
        var level = value(numbering, "ilvl");
        var depth = level != null && level.matches("\\d") ? Integer.parseInt(level) : 0;
        return new ListLevel(depth, isOrdered(list, depth));
    }

    private boolean isOrdered(String list, int depth) {
        var definition = abstractLists.get(lists.getOrDefault(list, ""));
        if (definition == null) {
            return false;
        }
        return definition.elements("lvl").stream()
                .filter(it -> Integer.toString(depth).equals(it.attribute("ilvl")))
                .map(it -> value(it, "numFmt"))
                .anyMatch(it -> it != null && !it.equals("bullet") && !it.equals("none"));
    }
}
