package io.throughline.content;

import com.vladsch.flexmark.ast.ImageRef;
import com.vladsch.flexmark.ast.LinkRef;
import com.vladsch.flexmark.ast.Reference;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// A line such as `[1]: see` or `[95% CI]: 2` defines a link in Markdown and is not shown. Where no link uses it, it is a line of text.
final class LinkDefinitions {

    private LinkDefinitions() {}

    /// @param plain reads such a line as text
    static void showUnused(Document document, Parser plain) {
        var definitions = new ArrayList<Reference>();
        Set<Node> used = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(document, document, definitions, used);
        for (var definition : definitions) {
            if (!used.contains(definition)) {
                for (var block : List.copyOf(children(plain.parse(definition.getChars().toString())))) {
                    block.unlink();
                    definition.insertBefore(block);
                }
                definition.unlink();
            }
        }
    }

    private static List<Node> children(Document document) {
        var children = new ArrayList<Node>();
        document.getChildren().forEach(children::add);
        return children;
    }

    private static void collect(Document document, Node node, List<Reference> definitions, Set<Node> used) {
        switch (node) {
            case Reference definition -> definitions.add(definition);
            case LinkRef link when link.isDefined() -> used.add(link.getReferenceNode(document));
            case ImageRef image when image.isDefined() -> used.add(image.getReferenceNode(document));
            default -> { /* points at nothing */ }
        }
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(document, child, definitions, used);
        }
    }
}
