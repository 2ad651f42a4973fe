package io.throughline.ingest.document;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What paragraph styles and list definitions say, inheritance followed.
final class DocxStyles {

    /// @param list id of the list, `definition` that of what it shares with others
    /// @param ordered or with bullets
    /// @param format Word's name of the number's script
    /// @param text what stands before a paragraph, `%1` for the number of level 1
    record ListLevel(String list, String definition, int depth, boolean ordered, String format, String text) {}

    private static final int LONGEST_CHAIN = 20;

    private final Map<String, XmlElement> styles = new HashMap<>();
    private final Map<String, XmlElement> abstractLists = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();
    private final Map<String, XmlElement> numbers = new HashMap<>();

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
                    read.numbers.putIfAbsent(id, list);
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
        var definition = lists.getOrDefault(list, "");
        var format = format(definition, depth);
        var ordered = !format.isEmpty() && !format.equals("bullet") && !format.equals("none");
        var text = value(level(definition, depth), "lvlText");
        return new ListLevel(list, definition, depth, ordered, format, text == null ? "%" + (depth + 1) + "." : text);
    }

    private @Nullable XmlElement level(String definition, int depth) {
        var list = abstractLists.get(definition);
        return list == null ? null : list.elements("lvl").stream().filter(it -> Integer.toString(depth).equals(it.attribute("ilvl"))).findFirst().orElse(null);
    }

    private String format(String definition, int depth) {
        var format = value(level(definition, depth), "numFmt");
        return format == null ? "" : format;
    }

    String format(ListLevel list, int depth) {
        return format(list.definition(), depth);
    }

    /// Number of the first paragraph on that level.
    int start(ListLevel list) {
        var override = override(list.list(), list.depth());
        var start = override == null ? value(level(list.definition(), list.depth()), "start") : override;
        return start != null && start.matches("\\d{1,4}") ? Math.max(1, Integer.parseInt(start)) : 1;
    }

    boolean restarts(String list) {
        return override(list, 0) != null;
    }

    private @Nullable String override(String list, int depth) {
        var number = numbers.get(list);
        return number == null ? null : number.elements("lvlOverride").stream()
                .filter(it -> Integer.toString(depth).equals(it.attribute("ilvl")))
                .map(it -> value(it, "startOverride"))
                .filter(java.util.Objects::nonNull)
                .findFirst().orElse(null);
    }

    /// What the run's character style says; null when it says nothing.
    @Nullable String characterValue(@Nullable XmlElement runProperties, String name) {
        var found = inStyle(value(runProperties, "rStyle"), name);
        return found == null ? null : found.attribute("val");
    }

    /// A toggle of the run's character style or of its paragraph's style.
    boolean isOn(@Nullable XmlElement runProperties, @Nullable XmlElement paragraphProperties, String toggle) {
        var found = inStyle(value(runProperties, "rStyle"), toggle);
        if (found == null) {
            found = inStyle(value(paragraphProperties, "pStyle"), toggle);
        }
        return found != null && DocxInlines.isOn(found);
    }

    private @Nullable XmlElement inStyle(@Nullable String first, String name) {
        var id = first;
        for (var step = 0; id != null && step < LONGEST_CHAIN; step++) {
            var style = styles.get(id);
            var found = style == null ? null : style.at("rPr", name);
            if (found != null) {
                return found;
            }
            id = value(style, "basedOn");
        }
        return null;
    }
}
