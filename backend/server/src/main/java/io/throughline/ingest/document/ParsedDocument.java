package io.throughline.ingest.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document as it can become a draft.
///
/// All Markdown is escaped: what was text in the source is the same text when rendered, also where it
/// looks like HTML, Markdown or a template (S17, S21). An unescaped `[1,3-5]` cites references
/// by their place in `references`, counted from 1; literal brackets of the source are escaped, so the two can't be confused.
///
/// @param title plain text, empty when the source has none
/// @param abstractMarkdown empty when there is none
/// @param bodyMarkdown headings begin at level 2, the title is level 1
/// @param sections headings of the body and of the parts, as a tree
/// @param published the most exact date the source gives: year, or year-month, or year-month-day; empty when unknown
/// @param parts sub-articles: translations, decision letters, replies; their citations point into `references`
/// @param references in the order of the source, those of the parts after those of the article
/// @param related other articles that the source names, in its order: the one it retracts, its companion
/// @param warnings plain sentences about what was left out or needs a look
public record ParsedDocument(
        DocumentFormat format,
        String title,
        String abstractMarkdown,
        String bodyMarkdown,
        List<Section> sections,
        int tables,
        int figures,
        List<Author> authors,
        @Nullable String doi,
        @Nullable String pmid,
        @Nullable String journal,
        List<Integer> published,
        @Nullable String licence,
        @Nullable String language,
        @Nullable String articleType,
        List<String> keywords,
        List<Part> parts,
        List<Reference> references,
        List<Related> related,
        List<String> warnings)
        implements ParseOutcome {

    public ParsedDocument {
        sections = List.copyOf(sections);
        authors = List.copyOf(authors);
        published = List.copyOf(published);
        keywords = List.copyOf(keywords);
        parts = List.copyOf(parts);
        references = List.copyOf(references);
        related = List.copyOf(related);
        warnings = List.copyOf(warnings);
        if (published.size() > 3) {
            throw new IllegalArgumentException("a date has at most year, month and day");
        }
    }

    /// Body and parts as one Markdown text, each part under its own heading.
    public String fullMarkdown() {
        var all = new StringBuilder(bodyMarkdown);
        for (var part : parts) {
            all.append(all.isEmpty() ? "" : "\n\n").append(part.markdown());
        }
        return all.toString();
    }

    ParsedDocument withWarnings(List<String> sentences) {
        return new ParsedDocument(
                format, title, abstractMarkdown, bodyMarkdown, sections, tables, figures, authors, doi, pmid, journal,
                published, licence, language, articleType, keywords, parts, references, related, sentences);
    }

    /// `2015`, `2015-03` or `2015-03-09`.
    public @Nullable String publishedIso() {
        return switch (published.size()) {
            case 0 -> null;
            case 1 -> "%04d".formatted(published.get(0));
            case 2 -> "%04d-%02d".formatted(published.get(0), published.get(1));
            default -> "%04d-%02d-%02d".formatted(published.get(0), published.get(1), published.get(2));
        };
    }

    /// @param level of the heading, 2 to 6
    public record Section(String title, int level, List<Section> children) {
        public Section {
            children = List.copyOf(children);
        }

        /// This heading and all below it.
        public int count() {
            return 1 + children.stream().mapToInt(Section::count).sum();
        }
    }

    /// A person (`family`, `given`) or a group (`collab`).
    ///
    /// @param orcid the bare identifier, `0000-0002-1825-0097`
    public record Author(
            @Nullable String family, @Nullable String given, @Nullable String orcid, @Nullable String collab) {
        public Author {
            if (family == null && collab == null) {
                throw new IllegalArgumentException("an author has a family name or is a group");
            }
        }
    }

    /// @param relation as the source says it: `retracted-article`, `companion`
    /// @param target a DOI, or an address
    public record Related(String relation, String target) {}

    /// A sub-article.
    ///
    /// @param kind as the source says it: `translation`, `reply`, `decision-letter`
    /// @param markdown begins with its own heading of level 2
    public record Part(String kind, @Nullable String language, String title, String markdown) {}

    /// @param idInDocument the source's own id (`B12`, `pone.0046041-Chiappini1`) or `ref-12`
    /// @param csl CSL-JSON; `type` is always there
    public record Reference(String idInDocument, Map<String, Object> csl) {
        public Reference {
            csl = Collections.unmodifiableMap(new LinkedHashMap<>(csl));
            if (!csl.containsKey("type")) {
                throw new IllegalArgumentException("CSL-JSON without a type can't be formatted");
            }
        }
    }
}
