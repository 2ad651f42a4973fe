package io.throughline.ingest.document;

import io.throughline.ingest.document.ParsedDocument.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// References that are only text, as in Word and PDF files: the text is kept whole as the title,
/// and only what can be told for certain (DOI, PMID, year, address) becomes a field.
final class LooseReferences {

    private static final Pattern HEADING = Pattern.compile(
            "(?iU)(?:(?:\\d{1,2}(?:\\.\\d{1,2}){0,2}|[ivxlc]{1,7}|[a-z])[.):]?\\s+)?(?:references?(?: list| cited| and notes)?|bibliography|works cited|literature(?: cited)?|literatur(?:verzeichnis)?|références|bibliographie|referências|referencias|bibliografía)\\s*:?");
    private static final Pattern NUMBER = Pattern.compile("^(?:\\[(\\d{1,4})]|(\\d{1,4})[.)])\\s*");
    private static final Pattern PMID = Pattern.compile("(?i)\\b(?:pmid|pubmed(?: id)?)\\s*:?\\s*(\\d{1,9})");
    private static final Pattern YEAR = Pattern.compile("(?<![\\d/.])(1[89]\\d{2}|20[0-4]\\d)(?![\\d/])");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]++");

    private LooseReferences() {}

    static boolean isHeading(String title) {
        return HEADING.matcher(Whitespace.collapse(title)).matches();
    }

    static boolean startsEntry(String line) {
        return NUMBER.matcher(line).find();
    }

    /// Number the entry carries in front, or 0.
    static int numberOf(String line) {
        var matcher = NUMBER.matcher(line);
        if (!matcher.find()) {
            return 0;
        }
        return Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    static List<Reference> read(List<String> entries) {
        var references = new ArrayList<Reference>(entries.size());
        for (var entry : entries) {
            references.add(new Reference("ref-" + (references.size() + 1), csl(entry)));
        }
        return references;
    }

    static Map<String, Object> csl(String text) {
        var entry = NUMBER.matcher(Whitespace.collapse(text)).replaceFirst("");
        var csl = new LinkedHashMap<String, Object>();
        csl.put("type", "document");
        csl.put("title", entry.isEmpty() ? "(empty reference)" : entry);
        var year = YEAR.matcher(entry);
        if (year.find()) {
            csl.put("issued", Map.of("date-parts", List.of(List.of(Integer.parseInt(year.group(1))))));
        }
        var doi = Identifiers.findDoi(entry);
        if (doi != null) {
            csl.put("DOI", doi);
        }
        var pmid = PMID.matcher(entry);
        if (pmid.find()) {
            csl.put("PMID", pmid.group(1));
        }
        var address = ADDRESS.matcher(entry);
        if (address.find() && doi == null) {
            var target = LinkTarget.of(address.group().replaceAll("[.,;)\\]]+$", ""));
            if (target != null) {
                csl.put("URL", target);
            }
        }
        return csl;
    }
}
