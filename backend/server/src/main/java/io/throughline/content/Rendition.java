package io.throughline.content;

import io.throughline.shared.Json;
import io.throughline.shared.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// All that a reader sees of a version in a market and that is bound by words: what is reviewed, signed, certified and served.
///
/// @param canonical RFC 8785 text; [RenditionText] says what is in it
/// @param sha256    of `canonical` in UTF-8, hexadecimal: what signatures are bound to (P11-7, UK-1)
/// @param parts     what it holds, in the order of the document
public record Rendition(String itemId, String locale, int versionNumber, String market, String canonical, String sha256, List<BoundPart> parts) {

    public Rendition {
        parts = List.copyOf(parts);
    }

    /// A copy to work with.
    public ObjectNode content() {
        return Json.parseObject(canonical);
    }

    /// Whether its bytes are those that the hash was taken over.
    public boolean isIntact() {
        return Sha256.hex(canonical).equals(sha256);
    }

    /// What it says, with all that it holds, as HTML that is safe to place into a page.
    public String html() {
        return whole("html", "\n");
    }

    /// The same words without mark-up; blocks are separated by an empty line.
    public String plainText() {
        return whole("plainText", "\n\n");
    }

    /// The words of its claims, by item id.
    public Map<String, String> claimTexts() {
        var texts = new LinkedHashMap<String, String>();
        content().path("claims").forEach(claim -> texts.put(claim.path("id").asString(""), claim.path("text").asString("")));
        return texts;
    }

    private String whole(String field, String between) {
        var content = content();
        if (content.path("format").asInt(1) > 1) {
            return content.path(field).asString("");
        }
        // the first renditions had what they hold beside the text only
        var text = new StringBuilder(content.path(field).asString(""));
        content.path("contains").forEach(part -> text.append(between).append(part.path(field).asString("")));
        return text.toString();
    }
}
