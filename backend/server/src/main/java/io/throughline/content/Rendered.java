package io.throughline.content;

import java.util.List;

/// What a Markdown text becomes.
///
/// @param html       sanitised: safe to place into a page as it stands (S21)
/// @param plainText  the same words without any mark-up, blocks separated by an empty line
/// @param references ids of the document's references: the n-th is the one that the text cites as number n; what it cites nowhere
///                   comes last
public record Rendered(String html, String plainText, List<String> references) {

    public Rendered {
        references = List.copyOf(references);
    }
}
