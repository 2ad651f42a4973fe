package io.throughline.ingest.document;

import io.throughline.ingest.document.ParsedDocument.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns one `ref` into CSL-JSON (citation-style-language schema 1.0). A `ref` is one reference, also when it holds
/// the same work twice (tagged and as printed) or several works; the printed text then stays in `note`.
final class JatsReferences {

    private static final Pattern FOUR_DIGITS = Pattern.compile("(?<!\\d)(1[5-9]\\d{2}|20\\d{2})(?!\\d)");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private int truncated;

    List<Reference> read(List<XmlElement> refs, JatsContext context) {
        var read = new ArrayList<Reference>(refs.size());
        for (var i = 0; i < refs.size(); i++) {
            var id = refs.get(i).attribute("id");
            read.add(new Reference(id == null ? "ref-" + (i + 1) : id, csl(refs.get(i))));
        }
        if (truncated > 0) {
            context.warn("References that name only their first authors (“et al.” in the source): %d.".formatted(truncated));
        }
        return read;
    }

    private Map<String, Object> csl(XmlElement ref) {
        var citations = citations(ref);
        var tagged = citations.stream().filter(it -> it.is("element-citation") && isTagged(it)).findFirst()
                .or(() -> citations.stream().filter(JatsReferences::isTagged).findFirst());
        if (tagged.isEmpty()) {
            return LooseReferences.csl(withoutLabel(ref));
        }
        var csl = tagged(tagged.get());
        var printed = citations.stream()
                .filter(it -> it.content().stream().anyMatch(part -> part instanceof String text && !text.isBlank()))
                .map(JatsText::of)
                .collect(Collectors.joining(" "));
        if (!printed.isEmpty()) {
            csl.put("note", printed);
        }
        if (tagged.get().firstDeep("etal") != null) {
            truncated++;
        }
        return csl;
    }

    private static List<XmlElement> citations(XmlElement ref) {
        var alternatives = ref.first("citation-alternatives");
        return (alternatives == null ? ref : alternatives).elements().stream()
                .filter(it -> it.name().endsWith("citation"))
                .toList();
    }

    private static boolean isTagged(XmlElement citation) {
        return citation.elements().stream()
                .anyMatch(it -> it.is("article-title", "source", "chapter-title", "data-title", "person-group", "name", "string-name", "collab", "year", "part-title"));
    }

    private static String withoutLabel(XmlElement ref) {
        var label = ref.first("label");
        var text = new StringBuilder();
        for (var child : ref.content()) {
            if (child != label) {
                text.append(child instanceof XmlElement element ? JatsText.of(element) : child).append(' ');
            }
        }
        return Whitespace.collapse(text);
    }

    private Map<String, Object> tagged(XmlElement citation) {
        var csl = new LinkedHashMap<String, Object>();
        var articleTitle = text(citation, "article-title");
        var chapter = firstOf(text(citation, "chapter-title"), text(citation, "part-title"));
        var source = text(citation, "source");
        var type = type(citation, articleTitle, chapter, source);
        csl.put("type", type);
        var title = firstOf(articleTitle, chapter, text(citation, "data-title"), text(citation, "issue-title"));
        var standsInSource = title != null || type.equals("article-journal");
        put(csl, "title", title == null && !standsInSource ? source : title);
        put(csl, "container-title", standsInSource ? source : null);
        put(csl, "collection-title", firstOf(text(citation, "series"), text(citation, "series-title")));
        names(csl, citation);
        dates(csl, citation);
        put(csl, "volume", text(citation, "volume"));
        put(csl, "issue", firstOf(text(citation, "issue"), text(citation, "supplement"), text(citation, "issue-part")));
        put(csl, "page", pages(citation));
        put(csl, "publisher", text(citation, "publisher-name"));
        put(csl, "publisher-place", text(citation, "publisher-loc"));
        put(csl, "edition", text(citation, "edition"));
        put(csl, "event-title", text(citation, "conf-name"));
        put(csl, "event-place", text(citation, "conf-loc"));
        put(csl, "version", text(citation, "version"));
        put(csl, "ISBN", text(citation, "isbn"));
        put(csl, "ISSN", text(citation, "issn"));
        put(csl, "genre", type.equals("thesis") ? "Thesis" : null);
        identifiers(csl, citation);
        put(csl, "note", text(citation, "comment"));
        if (!csl.containsKey("title") && !csl.containsKey("container-title") && !csl.containsKey("note")) {
            put(csl, "note", JatsText.of(citation));
        }
        return csl;
    }

    private static String type(XmlElement citation, @Nullable String article, @Nullable String chapter, @Nullable String source) {
        var declared = firstOf(citation.attribute("publication-type"), citation.attribute("citation-type"));
        var publisher = citation.first("publisher-name") != null;
        return switch (declared == null ? "" : declared.toLowerCase(Locale.ROOT)) {
            case "journal", "periodical" -> "article-journal";
            case "book", "edited-book", "book-chapter", "chapter" -> chapter != null || article != null && source != null ? "chapter" : "book";
            case "confproc", "conference", "conf-proc", "conference-paper", "conf" -> "paper-conference";
            case "thesis", "dissertation" -> "thesis";
            case "report", "gov", "working-paper", "techreport" -> "report";
            case "webpage", "web", "website", "online", "web-page" -> "webpage";
            case "software", "computer-program" -> "software";
            case "legal-doc", "legal", "legislation" -> "legislation";
            case "preprint", "eprint" -> "article";
            case "data", "database", "dataset" -> "dataset";
            case "tweet", "social-media" -> "post";
            case "newspaper" -> "article-newspaper";
            case "magazine" -> "article-magazine";
            case "patent" -> "patent";
            case "standard" -> "standard";
            case "interview" -> "interview";
            case "letter" -> "personal_communication";
            default -> {
                if (chapter != null) {
                    yield "chapter";
                }
                if (article != null && source != null && (citation.first("volume") != null || citation.first("fpage") != null)) {
                    yield "article-journal";
                }
                if (publisher && source != null) {
                    yield article != null ? "chapter" : "book";
                }
                yield citation.firstDeep("ext-link") != null || citation.firstDeep("uri") != null ? "webpage" : "document";
            }
        };
    }

    private static void names(Map<String, Object> csl, XmlElement citation) {
        var byRole = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (var child : citation.elements()) {
            if (child.is("person-group")) {
                var role = child.attribute("person-group-type");
                child.elements().forEach(it -> name(it, role == null ? "author" : role, byRole));
            } else {
                name(child, "author", byRole);
            }
        }
        byRole.forEach((role, people) -> csl.put(role, people));
    }

    private static void name(XmlElement element, String group, Map<String, List<Map<String, Object>>> byRole) {
        var role = switch (group) {
            case "editor", "editors" -> "editor";
            case "translator" -> "translator";
            case "compiler" -> "compiler";
            case "director" -> "director";
            case "inventor", "author", "allauthors", "lead" -> "author";
            default -> "author";
        };
        var name = switch (element.name()) {
            case "name", "string-name" -> person(element);
            case "name-alternatives" -> JatsAuthors.alternative(element, null) == null ? Map.<String, Object>of() : person(java.util.Objects.requireNonNull(JatsAuthors.alternative(element, null)));
            case "collab", "institution", "on-behalf-of" -> literal(JatsText.of(element));
            default -> Map.<String, Object>of();
        };
        if (!name.isEmpty()) {
            byRole.computeIfAbsent(role, ignored -> new ArrayList<>()).add(name);
        }
    }

    private static Map<String, Object> person(XmlElement element) {
        var surname = text(element, "surname");
        if (surname == null) {
            return literal(JatsText.of(element));
        }
        var name = new LinkedHashMap<String, Object>();
        name.put("family", surname);
        put(name, "given", text(element, "given-names"));
        put(name, "suffix", text(element, "suffix"));
        put(name, "dropping-particle", text(element, "prefix"));
        return name;
    }

    private static Map<String, Object> literal(String text) {
        return text.isEmpty() ? Map.of() : Map.of("literal", text);
    }

    private static void dates(Map<String, Object> csl, XmlElement citation) {
        var year = firstOf(text(citation, "year"), citation.first("date") == null ? null : text(citation.firstDeep("date"), "year"));
        if (year != null) {
            var digits = FOUR_DIGITS.matcher(year);
            if (digits.find()) {
                var parts = new ArrayList<Integer>(List.of(Integer.parseInt(digits.group(1))));
                var month = month(text(citation, "month"));
                var day = number(text(citation, "day"), 31);
                if (month > 0) {
                    parts.add(month);
                    if (day > 0) {
                        parts.add(day);
                    }
                }
                csl.put("issued", Map.of("date-parts", List.of(parts)));
            } else {
                csl.put("issued", Map.of("literal", year));
            }
        }
        var accessed = firstOf(text(citation, "date-in-citation"), text(citation, "access-date"));
        if (accessed != null) {
            csl.put("accessed", Map.of("literal", accessed));
        }
    }

    static int month(@Nullable String text) {
        var number = number(text, 12);
        if (number > 0 || text == null || text.length() < 3) {
            return number;
        }
        return MONTHS.indexOf(text.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    /// 0 when it is not a whole number from 1 to `most`.
    static int number(@Nullable String text, int most) {
        if (text == null || !text.matches("\\d{1,4}")) {
            return 0;
        }
        var number = Integer.parseInt(text);
        return number <= most ? number : 0;
    }

    private static @Nullable String pages(XmlElement citation) {
        var first = text(citation, "fpage");
        var last = text(citation, "lpage");
        var range = text(citation, "page-range");
        if (range != null) {
            return range;
        }
        if (first == null) {
            return text(citation, "elocation-id");
        }
        return last == null || last.equals(first) ? first : first + "-" + last;
    }

    private static void identifiers(Map<String, Object> csl, XmlElement citation) {
        for (var id : List.of("pub-id", "object-id")) {
            for (var element : citation.all(id)) {
                var kind = element.attribute("pub-id-type");
                var value = element.text();
                switch (kind == null ? "" : kind) {
                    case "doi" -> putAbsent(csl, "DOI", Identifiers.findDoi(value));
                    case "pmid" -> putAbsent(csl, "PMID", Identifiers.findPmid(value));
                    case "pmcid" -> putAbsent(csl, "PMCID", value);
                    default -> {}
                }
            }
        }
        for (var link : citation.all("ext-link")) {
            address(csl, firstOf(link.attribute("href"), link.text()));
        }
        for (var link : citation.all("uri")) {
            address(csl, firstOf(link.attribute("href"), link.text()));
        }
        if (!csl.containsKey("DOI")) {
            putAbsent(csl, "DOI", Identifiers.findDoi(citation.text()));
        }
    }

    private static void address(Map<String, Object> csl, @Nullable String address) {
        if (address == null) {
            return;
        }
        var doi = Identifiers.findDoi(address);
        if (doi != null) {
            putAbsent(csl, "DOI", doi);
        } else if (LinkTarget.of(address) != null) {
            putAbsent(csl, "URL", LinkTarget.of(address));
        }
    }

    static @Nullable String text(@Nullable XmlElement parent, String child) {
        var element = parent == null ? null : parent.first(child);
        var text = JatsText.of(element);
        return text.isEmpty() ? null : text;
    }

    @SafeVarargs
    static <T> @Nullable T firstOf(@Nullable T... candidates) {
        for (var candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private static void put(Map<String, Object> csl, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            csl.put(key, value);
        }
    }

    private static void putAbsent(Map<String, Object> csl, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            csl.putIfAbsent(key, value);
        }
    }
}
