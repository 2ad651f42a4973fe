package io.throughline.ingest.document;

import static io.throughline.ingest.document.JatsReferences.firstOf;
import static io.throughline.ingest.document.JatsReferences.text;

import io.throughline.ingest.document.ParsedDocument.Author;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an article says about itself. `meta` is `article-meta`, or the `front-stub` of a sub-article.
record JatsFront(XmlElement article, XmlElement meta) {

    private static final Pattern LICENCE_ADDRESS =
            Pattern.compile("creativecommons\\.org/(licenses|publicdomain)/([a-z-]+)(?:/(\\d\\.\\d))?");
    /// Older articles name the licence in words only; the version is not known then.
    private static final Pattern ATTRIBUTION =
            Pattern.compile("(?i)creative commons attribution licen[cs]e(?!\\s*[,-]?\\s*(?:non|share|no))");
    private static final Pattern NUMBER_PREFIX = Pattern.compile("^(?:10\\.\\d{4,9}/|https?://\\S*doi\\.org/).*");

    /// With its subtitles; without marks of footnotes, which belong to no title ([#titleMarks]).
    String title() {
        var group = meta.first("title-group");
        var titleElement = group == null ? null : group.first("article-title");
        if (group == null || titleElement == null) {
            return "";
        }
        return JatsNotes.withSubtitles(JatsText.of(withoutMarks(titleElement)), group.elements("subtitle"));
    }

    private static XmlElement withoutMarks(XmlElement element) {
        var copy = new XmlElement(element.name(), java.util.Map.of());
        for (var child : element.content()) {
            if (!(child instanceof XmlElement inner)) {
                copy.add(child);
            } else if (!isMark(inner)) {
                copy.add(withoutMarks(inner));
            }
        }
        return copy;
    }

    private static boolean isMark(XmlElement element) {
        return element.is("fn") || element.is("xref") && !"bibr".equals(element.attribute("ref-type"));
    }

    /// The marks of footnotes in the title as printed.
    List<String> titleMarks() {
        var title = meta.at("title-group", "article-title");
        if (title == null) {
            return List.of();
        }
        return java.util.stream.Stream.concat(title.all("xref").stream(), title.all("fn").stream()).filter(JatsFront::isMark)
                .map(it -> it.is("fn") ? JatsText.of(it.first("label")) : JatsText.of(it)).toList();
    }

    @Nullable String id(String type) {
        return meta.elements("article-id").stream()
                .filter(it -> type.equals(it.attribute("pub-id-type")))
                .map(XmlElement::text)
                .filter(it -> !it.isEmpty())
                .findFirst()
                .map(it -> type.equals("doi") && NUMBER_PREFIX.matcher(it).matches() ? firstOf(Identifiers.findDoi(it), it) : it)
                .orElse(null);
    }

    @Nullable String journal() {
        var journal = article.at("front", "journal-meta");
        if (journal == null) {
            return null;
        }
        var abbreviated = journal.elements("journal-id").stream().map(XmlElement::text).findFirst().orElse(null);
        return firstOf(text(journal.first("journal-title-group"), "journal-title"), text(journal, "journal-title"), abbreviated);
    }

    @Nullable String language() {
        return article.attribute("lang");
    }

    @Nullable String articleType() {
        return article.attribute("article-type");
    }

    /// The day it came out: the electronic date where there is one, because it is the first and the most exact.
    List<Integer> published() {
        var dates = meta.elements("pub-date");
        return dates.stream().filter(it -> is(it, "epub") || is(it, "pub") || "electronic".equals(it.attribute("publication-format")))
                .findFirst()
                .or(() -> dates.stream().filter(it -> is(it, "ppub") || is(it, "epub-ppub")).findFirst())
                .or(() -> dates.stream().findFirst())
                .map(JatsFront::dateParts)
                .orElse(List.of());
    }

    private static boolean is(XmlElement date, String type) {
        return type.equals(date.attribute("pub-type")) || type.equals(date.attribute("date-type"));
    }

    private static List<Integer> dateParts(XmlElement date) {
        var year = JatsReferences.number(text(date, "year"), 2999);
        var month = JatsReferences.month(text(date, "month"));
        var day = JatsReferences.number(text(date, "day"), 31);
        if (year == 0) {
            return List.of();
        }
        return month == 0 ? List.of(year) : day == 0 ? List.of(year, month) : List.of(year, month, day);
    }

    /// `CC BY 4.0` where the article points at a Creative Commons licence, else the beginning of what it says.
    @Nullable String licence() {
        var permissions = meta.first("permissions");
        var holder = permissions == null ? meta : permissions;
        for (var licence : holder.elements("license")) {
            var known = creativeCommons(licence);
            if (known != null) {
                return known;
            }
            var says = licence.text();
            if (ATTRIBUTION.matcher(says).find()) {
                return "CC BY";
            }
            if (!says.isEmpty()) {
                return says.length() > 200 ? says.substring(0, 200) + "…" : says;
            }
        }
        return firstOf(text(holder, "copyright-statement"), text(meta, "copyright-statement"));
    }

    private static @Nullable String creativeCommons(XmlElement licence) {
        var places = new ArrayList<String>();
        var own = licence.attribute("href");
        if (own != null) {
            places.add(own);
        }
        for (var kind : List.of("license_ref", "ext-link", "uri")) {
            for (var element : licence.all(kind)) {
                var href = element.attribute("href");
                places.add(href == null ? element.text() : href);
            }
        }
        places.add(licence.text());
        for (var place : places) {
            var matcher = LICENCE_ADDRESS.matcher(place.toLowerCase(java.util.Locale.ROOT));
            if (matcher.find()) {
                var version = matcher.group(3) == null ? "" : " " + matcher.group(3);
                if (matcher.group(1).equals("publicdomain")) {
                    return (matcher.group(2).equals("zero") ? "CC0" : "Public domain") + version;
                }
                return "CC " + matcher.group(2).toUpperCase(java.util.Locale.ROOT) + version;
            }
        }
        return null;
    }

    List<String> keywords() {
        var language = language();
        var keywords = new LinkedHashSet<String>();
        for (var group : meta.elements("kwd-group")) {
            var groupLanguage = group.attribute("lang");
            if (groupLanguage == null || language == null || groupLanguage.equalsIgnoreCase(language)) {
                group.all("kwd").stream().map(XmlElement::text).filter(it -> !it.isEmpty()).forEach(keywords::add);
            }
        }
        return List.copyOf(keywords);
    }
}
