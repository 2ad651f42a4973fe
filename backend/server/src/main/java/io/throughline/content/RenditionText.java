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

    /// Of the JSON below; a later shape gets the next number, and old ones stay what they are. Since 2 the HTML and the plain text are whole.
    static final int FORMAT = 2;

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

        var contained = words.stream().filter(it -> !it.item().type().equals("claim")).toList();
        var rendered = render(version, contained, texts);
        var content = ReaderText.of(item, version.locale(), version.document(), rendered.getFirst(), List.copyOf(claims.values()),
                        contained.stream().map(it -> it.version().document()).toList())
                .put("format", FORMAT)
                .put("market", pack.market())
                .put("version", version.number())
                .put("versionSha256", version.sha256());
        // UK-7, UK-6: beside the text as well, for channels that set it by themselves
        content.putObject("approval").put("jobCode", jobCode).put("dateOfPreparation", dateOfPreparation);
        pack.adverseEventStatementFor(version.locale()).ifPresent(it -> content.put("adverseEventStatement", it));
        var html = new StringBuilder(content.path("html").asString(""));
        var plain = new StringBuilder(content.path("plainText").asString(""));
        addContained(content, contained, rendered.subList(1, rendered.size()), html, plain);
        addBibliography(content, html, plain);
        for (var line : imprint(pack, version.locale(), jobCode, dateOfPreparation)) {
            html.append("<p>").append(SafeHtml.escape(line)).append("</p>\n");
            block(plain, line);
        }
        content.put("html", html.toString()).put("plainText", plain.toString());
        var parts = content.putArray("parts");
        for (var part : bound) {
            var one = parts.addObject().put("id", part.itemId()).put("relation", part.relation());
            if (part.version() != null) {
                one.put("version", part.version());
            }
        }
        return CanonicalJson.text(content);
    }

    /// What is bound by words stands in the text itself, and beside it once more for channels that set it by themselves.
    private static void addContained(ObjectNode content, List<Part> contained, List<Rendered> rendered, StringBuilder html, StringBuilder plain) {
        var contains = content.putArray("contains");
        for (int i = 0; i < contained.size(); i++) {
            var part = contained.get(i);
            var title = part.version().document().path("title").asString("");
            contains.addObject().put("id", part.item().id()).put("type", part.item().type()).put("relation", part.relation())
                    .put("version", part.version().number()).put("title", title)
                    .put("html", rendered.get(i).html()).put("plainText", rendered.get(i).plainText());
            html.append("<h3>").append(SafeHtml.escape(title)).append("</h3>\n").append(rendered.get(i).html());
            block(plain, title);
            block(plain, rendered.get(i).plainText());
        }
    }

    /// The references as the text cites them: number n is the n-th.
    private static void addBibliography(ObjectNode content, StringBuilder html, StringBuilder plain) {
        var bibliography = content.putArray("bibliography");
        var lines = new StringBuilder();
        content.path("referenceOrder").forEach(it -> {
            var id = it.asString("");
            var line = ReferenceLine.of(content.path("references").path(id));
            bibliography.addObject().put("id", id).put("text", line);
            html.append(bibliography.size() == 1 ? "<ol class=\"references\">\n" : "")
                    .append("<li id=\"ref-").append(SafeHtml.escape(id)).append("\">").append(SafeHtml.escape(line)).append("</li>\n");
            lines.append(lines.isEmpty() ? "" : "\n").append(bibliography.size()).append(". ").append(line);
        });
        if (!bibliography.isEmpty()) {
            html.append("</ol>\n");
            block(plain, lines.toString());
        }
    }

    private static void block(StringBuilder plain, String text) {
        if (!text.isBlank()) {
            plain.append(plain.isEmpty() ? "" : "\n\n").append(text);
        }
    }

    /// The text, then its parts. Citations count through all of them, but for a part that an older dialect numbers by itself.
    private static List<Rendered> render(Version version, List<Part> contained, Map<String, String> claimTexts) {
        var together = new ArrayList<Version>(List.of(version));
        contained.stream().map(Part::version).filter(it -> it.dialect() == version.dialect() && it.dialect() != Dialect.NUMBERED).forEach(together::add);
        var references = together.stream().flatMap(it -> DocumentLinks.references(it.document()).stream()).distinct().toList();
        var rendered = DocumentRendering.renderAll(together.stream().map(Version::document).toList(), new RenderContext(references, claimTexts), version.dialect())
                .iterator();
        var all = new ArrayList<>(List.of(rendered.next()));
        for (var part : contained) {
            all.add(together.contains(part.version()) ? rendered.next() : DocumentRendering.render(part.version().document(),
                    new RenderContext(DocumentLinks.references(part.version().document()), claimTexts), part.version().dialect()));
        }
        return all;
    }

    /// The lines that every output ends with.
    private static List<String> imprint(MarketPack pack, String locale, String jobCode, String dateOfPreparation) {
        var lines = new ArrayList<String>();
        pack.adverseEventStatementFor(locale).ifPresent(lines::add);
        lines.add(pack.imprintFor(locale, jobCode, dateOfPreparation));
        return lines;
    }

    static Part part(BoundPart bound, Map<String, Item> items, Map<String, Version> versions) {
        return new Part(bound.relation(), Objects.requireNonNull(items.get(bound.itemId())), Objects.requireNonNull(versions.get(bound.itemId())));
    }
}
