package io.throughline.content;

import java.util.List;

/// A piece of a document that is translated as one: a field, a paragraph, a list entry.
///
/// @param path  JSON pointer of the field it stands in
/// @param start of the piece in the field's text, in UTF-16 units, inclusive
/// @param end   exclusive
/// @param words in their order; numbers, citations, claims, code and addresses are none
record TextBlock(String path, int start, int end, List<String> words) {

    TextBlock {
        words = List.copyOf(words);
    }

    boolean isTitle() {
        return "/title".equals(path);
    }
}
