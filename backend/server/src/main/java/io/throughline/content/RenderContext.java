package io.throughline.content;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a Markdown text may point at.
///
/// @param references ids of the document's references in their order: `[1]` is the first of them
/// @param claims     id of a claim item -> its text, shown where `:claim[itm_…]` stands
public record RenderContext(List<String> references, Map<String, String> claims) {

    public static final RenderContext NOTHING = new RenderContext(List.of(), Map.of());

    public RenderContext {
        references = List.copyOf(references);
        claims = Map.copyOf(new LinkedHashMap<>(claims));
    }
}
