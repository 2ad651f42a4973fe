package io.throughline.ingest;

import io.throughline.content.CitationsByPlace;
import io.throughline.content.Markdown;
import io.throughline.content.RenderContext;
import io.throughline.evidence.RegisteredReference;
import io.throughline.ingest.document.ParsedDocument;
import io.throughline.ingest.document.ParsedDocument.Section;
import io.throughline.shared.Json;
import io.throughline.shared.TypedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Turns what was read of a file into the document of an `article` draft. Pure; what does not fit the type's schema is
/// shortened or left out with a warning, so that one odd field never costs the whole article.
final class SourceDocument {

    static final int LONGEST_TITLE = 300;
    static final int LONGEST_SUMMARY = 2000;

    private static final Pattern DOI = Pattern.compile("10\\.[0-9]{4,9}(\\.[0-9]+)*/\\S+");
    private static final Pattern PMID = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern PUBLISHED = Pattern.compile("[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?");

    private final ParsedDocument parsed;
    private final String fileName;
    private final List<String> warnings;

    /// @param path name of the file as it was handed in, folders in front allowed
    SourceDocument(ParsedDocument parsed, String path, String locale) {
        this.parsed = parsed;
        this.fileName = baseName(path);
        this.warnings = new ArrayList<>(parsed.warnings());
        var language = parsed.language();
        if (language != null && !sameLanguage(language, locale)) {
            warnings.add("The source is in “%s”, the draft in %s; check the locale.".formatted(cut(language, 35), locale));
        }
    }

    /// Without folders and control characters; never empty.
    static String baseName(String path) {
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replaceAll("\\p{Cntrl}", "").strip();
        return name.isEmpty() ? "file" : name.substring(Math.max(0, name.length() - 255));
    }

    private static boolean sameLanguage(String one, String other) {
        return one.split("[-_]", 2)[0].equalsIgnoreCase(other.split("-", 2)[0]);
    }

    List<String> warnings() {
        return warnings;
    }

    int sections() {
        return parsed.sections().stream().mapToInt(Section::count).sum();
    }

    /// One CSL item for each reference of the source, in its order.
    List<ObjectNode> csl() {
        return parsed.references().stream().map(it -> (ObjectNode) Json.tree(it.csl())).toList();
    }

    /// @param references registered from [#csl], in the same order
    ObjectNode document(List<RegisteredReference> references, String fileSha256) {
        var document = Json.object();
        document.put("title", title());
        var ids = references.stream().map(RegisteredReference::id).toList();
        var summary = summary(ids);
        if (!summary.isEmpty()) {
            document.put("summary", summary);
        }
        var body = body();
        if (!body.isEmpty()) {
            document.put("body", CitationsByPlace.toIds(body, ids));
        }
        var list = document.putArray("references");
        distinct(references).forEach(it -> list.addObject().put("id", it.id()).set("csl", it.csl()));
        document.set("source", source(fileSha256));
        return document;
    }

    /// A work that the source lists twice stands once; whatever cited one of its places cites it.
    private List<RegisteredReference> distinct(List<RegisteredReference> references) {
        var first = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < references.size(); i++) {
            var before = first.putIfAbsent(references.get(i).id(), i);
            if (before != null) {
                warnings.add("References %s and %s of the source are the same work; it is listed once.".formatted(
                        parsed.references().get(before).idInDocument(), parsed.references().get(i).idInDocument()));
            }
        }
        return first.values().stream().map(references::get).toList();
    }

    String title() {
        var title = TypedText.cleaned(parsed.title().isBlank() ? fileName : parsed.title()).strip();
        if (title.length() > LONGEST_TITLE) {
            warnings.add("The title was longer than %d characters and was cut.".formatted(LONGEST_TITLE));
        }
        return cut(title, LONGEST_TITLE);
    }

    /// The abstract in plain text, cut at a word; it stands whole in the body.
    private String summary(List<String> references) {
        var text = Markdown.render(CitationsByPlace.toIds(parsed.abstractMarkdown(), references), new RenderContext(references, Map.of())).plainText().replaceAll("\\s+", " ").strip();
        if (text.length() <= LONGEST_SUMMARY) {
            return text;
        }
        var space = text.lastIndexOf(' ', LONGEST_SUMMARY - 2);
        return text.substring(0, space > 0 ? space : LONGEST_SUMMARY - 1) + "…";
    }

    private String body() {
        var text = parsed.fullMarkdown();
        if (parsed.abstractMarkdown().isEmpty()) {
            return text;
        }
        return ("## Abstract\n\n" + parsed.abstractMarkdown() + "\n\n" + text).strip();
    }

    private ObjectNode source(String fileSha256) {
        var source = Json.object().put("format", parsed.format().slug()).put("fileSha256", fileSha256).put("fileName", fileName);
        put(source, "doi", parsed.doi(), DOI, 300);
        put(source, "pmid", parsed.pmid(), PMID, 9);
        put(source, "journal", parsed.journal(), null, 500);
        put(source, "published", parsed.publishedIso(), PUBLISHED, 10);
        put(source, "licence", parsed.licence(), null, 2000);
        put(source, "language", parsed.language(), LANGUAGE, 35);
        put(source, "articleType", parsed.articleType(), null, 100);
        if (!parsed.related().isEmpty()) {
            var related = source.putArray("relatedArticles");
            parsed.related().stream().limit(100).forEach(it ->
                    related.addObject().put("relation", cut(it.relation(), 100)).put("target", cut(it.target(), 1000)));
        }
        var authors = source.putArray("authors");
        parsed.authors().stream().limit(10_000).forEach(it -> {
            var author = authors.addObject();
            if (it.collab() != null) {
                author.put("literal", cut(it.collab(), 1000));
            } else {
                put(author, "family", it.family(), null, 300);
                put(author, "given", it.given(), null, 300);
                put(author, "orcid", it.orcid(), null, 19);
            }
        });
        var keywords = source.putArray("keywords");
        parsed.keywords().stream().filter(it -> !it.isBlank()).limit(500).forEach(it -> keywords.add(cut(it, 500)));
        return source;
    }

    private void put(ObjectNode into, String field, @Nullable String value, @Nullable Pattern form, int longest) {
        if (value == null || value.isBlank()) {
            return;
        }
        if (form != null && (value.length() > longest || !form.matcher(value).matches())) {
            warnings.add("The %s of the source, “%s”, is not well-formed and was left out.".formatted(label(field), cut(value, 60)));
            return;
        }
        into.put(field, cut(value, longest));
    }

    private static String label(String field) {
        return Map.of("doi", "DOI", "pmid", "PMID", "published", "date").getOrDefault(field, field.toLowerCase(Locale.ROOT));
    }

    /// At most so many characters, never half of a surrogate pair.
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
