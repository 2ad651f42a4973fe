package io.throughline.content;

import io.throughline.shared.CanonicalJson;
import io.throughline.taxonomy.MarketPack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Writes what a [Rendition] says. Pure: the same version, parts and market give the same bytes.
final class RenditionText {

    /// Of the JSON below; a later shape gets the next number, and old ones stay what they are.
    private static final int FORMAT = 1;

    /// @param version as it is bound
    record Part(String relation, Item item, Version version) {}

    private RenditionText() {}

    /// @param bound what the version holds, in the order of its document
    /// @param words of those that are bound by words; claims that are only held by another part stand at the end
    static String of(Item item, Version version, MarketPack pack, String jobCode, String dateOfPreparation, List<BoundPart> bound, List<Part> words) {
        var claims = new LinkedHashMap<String, ReaderText.Claim>();
        words.stream().filter(it -> it.item().type().equals("claim")).forEach(it ->
                claims.put(it.item().id(), ReaderText.Claim.of(it.item().id(), it.version().number(), it.version().document())));
        var texts = new HashMap<String, String>();
        claims.forEach((id, claim) -> texts.put(id, claim.text()));

        var rendered = render(version, texts);
        var imprint = imprint(pack, version.locale(), jobCode, dateOfPreparation);
        var content = ReaderText.of(item, version.locale(), version.document(), with(rendered, imprint), List.copyOf(claims.values()))
                .put("format", FORMAT)
                .put("market", pack.market())
                .put("version", version.number())
                .put("versionSha256", version.sha256());
        // UK-7, UK-6: beside the text as well, for channels that set it by themselves
        content.putObject("approval").put("jobCode", jobCode).put("dateOfPreparation", dateOfPreparation);
        pack.adverseEventStatementFor(version.locale()).ifPresent(it -> content.put("adverseEventStatement", it));
        addContained(content, words, texts);
        var parts = content.putArray("parts");
        for (var part : bound) {
            var one = parts.addObject().put("id", part.itemId()).put("relation", part.relation());
            if (part.version() != null) {
                one.put("version", part.version());
            }
        }
        return CanonicalJson.text(content);
    }

    private static void addContained(ObjectNode content, List<Part> words, Map<String, String> texts) {
        var contains = content.putArray("contains");
        for (var part : words) {
            if (!part.item().type().equals("claim")) {
                var rendered = render(part.version(), texts);
                contains.addObject().put("id", part.item().id()).put("type", part.item().type()).put("relation", part.relation())
                        .put("version", part.version().number()).put("title", part.version().document().path("title").asString(""))
                        .put("html", rendered.html()).put("plainText", rendered.plainText());
            }
        }
    }

    private static Rendered render(Version version, Map<String, String> claimTexts) {
        return DocumentRendering.render(version.document(), new RenderContext(DocumentLinks.references(version.document()), claimTexts), version.dialect());
    }

    /// The lines that every output ends with.
    private static List<String> imprint(MarketPack pack, String locale, String jobCode, String dateOfPreparation) {
        var lines = new ArrayList<String>();
        pack.adverseEventStatementFor(locale).ifPresent(lines::add);
        lines.add(pack.imprintFor(locale, jobCode, dateOfPreparation));
        return lines;
    }

    private static Rendered with(Rendered text, List<String> lines) {
        var html = new StringBuilder(text.html());
        var plain = new StringBuilder(text.plainText());
        for (var line : lines) {
            html.append("<p>").append(SafeHtml.escape(line)).append("</p>\n");
            plain.append(plain.isEmpty() ? "" : "\n\n").append(line);
        }
        return new Rendered(html.toString(), plain.toString(), text.references());
    }

    static Part part(BoundPart bound, Map<String, Item> items, Map<String, Version> versions) {
        return new Part(bound.relation(), Objects.requireNonNull(items.get(bound.itemId())), Objects.requireNonNull(versions.get(bound.itemId())));
    }
}
