package io.throughline.ingest.document;

import io.throughline.shared.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The works that reference managers (Zotero, Mendeley and others that use citeproc) write into a Word document beside each
/// citation, as CSL-JSON: exact where the printed list could only be guessed at. Only fields of CSL are taken over.
final class CslFields {

    private static final String MENDELEY_CONTROL = "MENDELEY_CITATION_v3_";
    private static final List<String> TEXTS = List.of(
            "title", "container-title", "collection-title", "volume", "issue", "page", "number", "publisher", "publisher-place",
            "edition", "event-title", "event-place", "version", "genre", "ISBN", "ISSN", "PMCID", "original-title", "archive", "status", "medium");
    private static final List<String> NAMES = List.of("author", "editor", "translator", "collection-editor", "container-author", "director", "interviewer");
    private static final List<String> NAME_PARTS = List.of("family", "given", "suffix", "dropping-particle", "non-dropping-particle", "literal");
    private static final List<String> DATES = List.of("issued", "accessed", "original-date", "event-date");
    private static final Pattern TAG = Pattern.compile("<[^<>]{1,60}>");
    private static final Pattern SCRIPT = Pattern.compile("<(su[bp])>([^<>]{0,200})</su[bp]>");

    private CslFields() {}

    /// @param instruction of a field: ` ADDIN ZOTERO_ITEM CSL_CITATION {…} `
    /// @return the cited works in their order; empty when the field is no such citation or can't be read
    static List<Map<String, Object>> ofInstruction(String instruction) {
        var at = instruction.indexOf("CSL_CITATION");
        var json = at < 0 ? -1 : instruction.indexOf('{', at);
        return json < 0 ? List.of() : ofJson(instruction.substring(json).strip());
    }

    /// @param tag of a content control
    static List<Map<String, Object>> ofControl(String tag) {
        if (!tag.startsWith(MENDELEY_CONTROL)) {
            return List.of();
        }
        try {
            return ofJson(new String(Base64.getDecoder().decode(tag.substring(MENDELEY_CONTROL.length())), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Not what the name says; the printed citation stays as text.
            return List.of();
        }
    }

    private static List<Map<String, Object>> ofJson(String json) {
        JsonNode citation;
        try {
            citation = Json.parse(json);
        } catch (JacksonException | IllegalArgumentException e) {
            // Cut off or foreign; the printed citation stays as text.
            return List.of();
        }
        var works = new ArrayList<Map<String, Object>>();
        for (var item : citation.path("citationItems")) {
            var work = work(item.path("itemData"));
            if (work == null) {
                return List.of();
            }
            works.add(work);
        }
        return works;
    }

    private static @Nullable Map<String, Object> work(JsonNode data) {
        var title = text(data.path("title"));
        if (title.isEmpty() && !data.has("DOI") && text(data.path("container-title")).isEmpty()) {
            return null;
        }
        var csl = new LinkedHashMap<String, Object>();
        var type = text(data.path("type"));
        csl.put("type", type.matches("[a-z_-]{1,40}") ? type : "document");
        TEXTS.forEach(it -> put(csl, it, text(data.path(it))));
        NAMES.forEach(it -> names(csl, it, data.path(it)));
        DATES.forEach(it -> date(csl, it, data.path(it)));
        var doi = Identifiers.findDoi(text(data.path("DOI")));
        put(csl, "DOI", doi == null ? "" : doi);
        var pmid = Identifiers.findPmid(text(data.path("PMID")));
        put(csl, "PMID", pmid == null ? "" : pmid);
        var address = LinkTarget.of(text(data.path("URL")));
        put(csl, "URL", address == null ? "" : address);
        return csl;
    }

    private static void put(Map<String, Object> csl, String field, String value) {
        if (!value.isEmpty()) {
            csl.put(field, value);
        }
    }

    /// CSL allows a little HTML in its texts.
    private static String text(JsonNode value) {
        if (!value.isString() && !value.isNumber()) {
            return "";
        }
        var scripts = SCRIPT.matcher(value.asString()).replaceAll(it -> java.util.regex.Matcher.quoteReplacement(
                it.group(1).equals("sup") ? ScriptText.superscript(it.group(2)) : ScriptText.subscript(it.group(2))));
        var plain = TAG.matcher(scripts).replaceAll(it -> it.group().matches("</?(?:i|b|span|sc|nocase)\\b[^<>]*>") ? "" : java.util.regex.Matcher.quoteReplacement(it.group()));
        return Whitespace.collapse(Whitespace.printable(plain));
    }

    private static void names(Map<String, Object> csl, String role, JsonNode people) {
        var names = new ArrayList<Map<String, Object>>();
        for (var person : people) {
            var name = new LinkedHashMap<String, Object>();
            NAME_PARTS.forEach(it -> put(name, it, text(person.path(it))));
            if (name.containsKey("family") || name.containsKey("literal")) {
                names.add(name);
            } else if (name.containsKey("given")) {
                names.add(Map.of("literal", name.get("given")));
            }
        }
        if (!names.isEmpty()) {
            csl.put(role, names);
        }
    }

    private static void date(Map<String, Object> csl, String field, JsonNode date) {
        var parts = new ArrayList<Integer>();
        for (var part : date.path("date-parts").path(0)) {
            var number = JatsReferences.number(text(part), parts.isEmpty() ? 2999 : parts.size() == 1 ? 12 : 31);
            if (number == 0) {
                break;
            }
            parts.add(number);
        }
        var said = text(date.path("literal")).isEmpty() ? text(date.path("raw")) : text(date.path("literal"));
        if (!parts.isEmpty()) {
            csl.put(field, Map.of("date-parts", List.of(List.copyOf(parts))));
        } else if (!said.isEmpty()) {
            csl.put(field, Map.of("literal", said));
        }
    }
}
