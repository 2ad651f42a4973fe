package io.throughline.ingest.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An element of a read XML file: local names only, because publishers bind the same vocabularies to many prefixes.
/// Children are elements and strings in their order. Depth is bounded by [ParseLimits], so recursion over it is safe.
final class XmlElement {

    private final String name;
    private final Map<String, String> attributes;
    private final List<Object> content = new ArrayList<>();

    XmlElement(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    String name() {
        return name;
    }

    boolean is(String... names) {
        for (var candidate : names) {
            if (name.equals(candidate)) {
                return true;
            }
        }
        return false;
    }

    void add(Object child) {
        content.add(child);
    }

    List<Object> content() {
        return content;
    }

    List<XmlElement> elements() {
        var found = new ArrayList<XmlElement>();
        for (var child : content) {
            if (child instanceof XmlElement element) {
                found.add(element);
            }
        }
        return found;
    }

    List<XmlElement> elements(String... names) {
        return elements().stream().filter(it -> it.is(names)).toList();
    }

    @Nullable XmlElement first(String child) {
        for (var it : content) {
            if (it instanceof XmlElement element && element.name.equals(child)) {
                return element;
            }
        }
        return null;
    }

    /// Follows first children: `at("article-meta", "title-group")`.
    @Nullable XmlElement at(String... path) {
        XmlElement here = this;
        for (var step : path) {
            here = here.first(step);
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    /// All descendants of that name in document order, not this element itself.
    List<XmlElement> all(String descendant) {
        var found = new ArrayList<XmlElement>();
        walk(it -> {
            if (it.name.equals(descendant)) {
                found.add(it);
            }
        });
        return found;
    }

    @Nullable XmlElement firstDeep(String descendant) {
        for (var child : content) {
            if (child instanceof XmlElement element) {
                if (element.name.equals(descendant)) {
                    return element;
                }
                var deeper = element.firstDeep(descendant);
                if (deeper != null) {
                    return deeper;
                }
            }
        }
        return null;
    }

    private void walk(Consumer<XmlElement> visitor) {
        for (var child : content) {
            if (child instanceof XmlElement element) {
                visitor.accept(element);
                element.walk(visitor);
            }
        }
    }

    /// By local name, so `xlink:href` is `href` and `xml:lang` is `lang`; null when absent or blank.
    @Nullable String attribute(String attribute) {
        var value = attributes.get(attribute);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// Also when it has no value, as `hidden` in HTML.
    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /// The text of this element and everything in it, white space collapsed.
    String text() {
        var all = new StringBuilder();
        appendText(all);
        return Whitespace.collapse(all);
    }

    /// The text with its white space as it stands.
    String rawText() {
        var all = new StringBuilder();
        appendText(all);
        return all.toString();
    }

    private void appendText(StringBuilder out) {
        for (var child : content) {
            if (child instanceof XmlElement element) {
                element.appendText(out);
            } else {
                out.append(child);
            }
        }
    }
}
