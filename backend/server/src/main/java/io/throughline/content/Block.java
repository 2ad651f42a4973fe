package io.throughline.content;

import org.jspecify.annotations.Nullable;

/// A piece of a document that people read and judge as one: a field, a paragraph, a list entry, a table, a reference.
///
/// @param field   the document's field it stands in: `title`, `body`, `references` …; of what it holds by words, the relation
/// @param heading where it stands: headings above it from the outermost, joined by ` › `; null at the top
/// @param text    its words, without mark-up
/// @param source  its Markdown; equal to `text` outside Markdown fields. Two blocks are equal when field and source are
/// @param span    where it stands in the Markdown of the document's body; null outside it
public record Block(String field, @Nullable String heading, String text, String source, @Nullable Span span) {

    /// In UTF-16 units; from inclusive, until exclusive.
    public record Span(int from, int until) {}

    public Block(String field, @Nullable String heading, String text, String source) {
        this(field, heading, text, source, null);
    }

    /// Whether it is part of the text that readers get; what else people judge (references, concepts, links) stands beside it.
    public boolean isText() {
        return switch (field) {
            case "title", "question", "text", "qualifier", "variations", "summary", "boxedWarning", "body", "steps", "adverseEventStatement",
                    "safety-information", "step" -> true;
            default -> false;
        };
    }
}
