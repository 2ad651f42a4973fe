package io.throughline.ingest.document;

import io.throughline.ingest.document.ParseRefusal.Code;
import io.throughline.ingest.document.ParsedDocument.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads a JATS (or NLM) article, also one wrapped in a `pmc-articleset`.
final class JatsReader {

    private static final Set<String> TEASERS = Set.of("toc", "short", "teaser", "graphical");
    private static final int TOP = 2;

    private JatsReader() {}

    static ParsedDocument read(XmlElement root) {
        var articles = root.is("article") ? List.of(root) : root.all("article");
        if (articles.isEmpty()) {
            throw Refused.unsupported(
                    "The file is XML, but not a JATS article (its first element is “%s”).".formatted(shortened(root.name())),
                    "Send the article's JATS XML, or a DOCX, PDF or HTML file.");
        }
        if (articles.size() > 1) {
            throw new Refused(Code.TOO_COMPLEX, "The file holds %d articles. Send one file for each article.".formatted(articles.size()));
        }
        var article = articles.getFirst();
        var meta = article.at("front", "article-meta");
        if (meta == null) {
            throw Refused.broken("The article has no front matter (article-meta), so not even its title is known.");
        }
        return new JatsReader().read(article, new JatsFront(article, meta));
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    private ParsedDocument read(XmlElement article, JatsFront front) {
        var refs = article.all("ref");
        var context = new JatsContext(refs);
        article.all("strike").forEach(it -> context.leaveOutWords("struck-out passages", it.text()));
        article.all("overline").stream().map(XmlElement::text).filter(it -> it.length() > Overline.MOST_LETTERS)
                .forEach(it -> context.leaveOutWords("lines above words, the words are kept", it));
        var references = new JatsReferences().read(refs, context);
        var sections = new SectionTree();
        var blocks = new JatsBlocks(context, sections);

        var summary = new MarkdownBlocks();
        var abstractText = mainAbstract(front.meta());
        if (abstractText != null) {
            abstractBlocks(abstractText, new JatsBlocks(context, new SectionTree()), summary);
        }
        var body = new MarkdownBlocks();
        var notes = new JatsNotes(article, front.meta(), blocks, context, TOP);
        notes.first(front.articleType(), body);
        body(article, blocks, TOP, body);
        otherAbstracts(front.meta(), abstractText, blocks, body);
        notes.last(body);
        var authors = new JatsAuthors(front.meta(), front.language(), context).read();

        var parts = new ArrayList<Part>();
        for (var part : article.elements("sub-article", "response")) {
            parts.add(part(part, blocks, sections, context));
        }
        warnings(article, front, parts, context);
        if (body.isEmpty() && summary.isEmpty() && front.title().isEmpty()) {
            throw new Refused(Code.DOCUMENT_HAS_NO_TEXT, "The article has no title, no abstract and no body. Ask the publisher for the full-text XML.");
        }
        return new ParsedDocument(
                DocumentFormat.JATS, JatsNotes.titled(front.title(), JatsNotes.notice(front.articleType())), summary.toString(), body.toString(), sections.tree(),
                context.tables(), context.figures(), authors, front.id("doi"), front.id("pmid"), front.journal(),
                front.published(), front.licence(), front.language(), front.articleType(), front.keywords(), parts,
                references, JatsNotes.related(front.meta()), context.warnings());
    }

    private static void warnings(XmlElement article, JatsFront front, List<Part> parts, JatsContext context) {
        if (!front.titleMarks().isEmpty()) {
            context.warn("The title carries a footnote mark of the source (%s); it was left out.".formatted(String.join(", ", front.titleMarks())));
        }
        if (article.first("body") == null) {
            context.warn("The file has no body; only title, abstract and references were read.");
        }
        for (var part : parts) {
            if (part.kind().equals("translation")) {
                context.warn("The file also holds a translation (%s); it stands after the text under its own heading."
                        .formatted(part.language() == null ? "language not given" : part.language()));
            }
        }
    }

    private static @org.jspecify.annotations.Nullable XmlElement mainAbstract(XmlElement meta) {
        var abstracts = meta.elements("abstract");
        return abstracts.stream()
                .filter(it -> it.attribute("abstract-type") == null || "normal".equals(it.attribute("abstract-type")))
                .findFirst()
                .or(() -> abstracts.stream().filter(it -> !TEASERS.contains(type(it))).findFirst())
                .orElse(null);
    }

    private static String type(XmlElement element) {
        var type = element.attribute("abstract-type");
        return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    /// Headings of a structured abstract become bold, because a summary has no headings.
    private static void abstractBlocks(XmlElement element, JatsBlocks blocks, MarkdownBlocks out) {
        for (var child : element.elements()) {
            if (child.is("sec")) {
                var title = child.first("title");
                if (title != null) {
                    out.labelled(MarkdownText.escape(JatsText.of(title)), "");
                }
                abstractBlocks(child, blocks, out);
            } else if (!child.is("title")) {
                blocks.block(child, 6, out);
            }
        }
    }

    private static void body(XmlElement article, JatsBlocks blocks, int level, MarkdownBlocks out) {
        article.elements("body").forEach(it -> blocks.children(it, level, out));
        for (var back : article.elements("back")) {
            for (var child : back.elements()) {
                switch (child.name()) {
                    case "ack" -> blocks.section(child, level, "Acknowledgements", out);
                    case "glossary" -> blocks.section(child, level, "Glossary", out);
                    case "app-group" -> child.elements("app").forEach(it -> blocks.section(it, level, "Appendix", out));
                    case "fn-group" -> {
                        if (child.first("title") == null) {
                            out.heading(level, child.elements().isEmpty() ? "" : "Notes");
                        }
                        blocks.block(child, level, out);
                    }
                    default -> blocks.block(child, level, out);
                }
            }
        }
        article.elements("floats-group", "floats-wrap").forEach(it -> blocks.children(it, level, out));
    }

    private static void otherAbstracts(XmlElement meta, @org.jspecify.annotations.Nullable XmlElement main, JatsBlocks blocks, MarkdownBlocks out) {
        for (var other : meta.elements("abstract", "trans-abstract")) {
            if (other == main || TEASERS.contains(type(other))) {
                continue;
            }
            var language = other.attribute("lang");
            blocks.section(other, TOP, language != null && other.is("trans-abstract") ? "Abstract (" + language + ")" : "Summary", out);
        }
    }

    private static Part part(XmlElement part, JatsBlocks blocks, SectionTree sections, JatsContext context) {
        var stub = part.first("front-stub");
        var front = part.at("front", "article-meta");
        var meta = stub != null ? stub : front != null ? front : new XmlElement("front-stub", java.util.Map.of());
        var about = new JatsFront(part, meta);
        var kind = about.articleType() == null ? "sub-article" : about.articleType();
        var title = about.title().isEmpty() ? kind : about.title();
        var out = new MarkdownBlocks();
        sections.open(title, TOP);
        var titleElement = meta.at("title-group", "article-title");
        out.heading(TOP, titleElement == null ? MarkdownText.escape(title) : blocks.inlines().markdown(titleElement));
        var summary = mainAbstract(meta);
        if (summary != null) {
            blocks.section(summary, TOP + 1, "Abstract", out);
        }
        body(part, blocks, TOP + 1, out);
        new JatsNotes(part, meta, blocks, context, TOP + 1).last(out);
        for (var inner : part.elements("sub-article", "response")) {
            out.raw(part(inner, blocks, sections, context).markdown());
        }
        return new Part(kind, about.language(), title, out.toString());
    }
}
