package io.throughline.content;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How a reference stands at the end of a text, in the manner of the Vancouver style:
/// `Hollis P, Moss B. A trial. Journal. 2025;12(3):341–52. doi:10.5555/x. PMID 123`. What a work does not say is left out. Pure.
///
/// Renditions keep the line that was made when they were frozen, so that changes here change no certified words.
final class ReferenceLine {

    private ReferenceLine() {}

    static String of(JsonNode csl) {
        var parts = new ArrayList<String>();
        var people = csl.path("author").isEmpty() ? csl.path("editor") : csl.path("author");
        parts.add(people.valueStream().map(ReferenceLine::name).filter(it -> !it.isBlank()).collect(Collectors.joining(", ")));
        parts.add(text(csl, "title"));
        parts.add(text(csl, "container-title"));
        parts.add(text(csl, "publisher"));
        parts.add(place(csl));
        parts.add(before("doi:", text(csl, "DOI")));
        parts.add(before("PMID ", text(csl, "PMID")));
        if (text(csl, "DOI").isEmpty()) {
            parts.add(text(csl, "URL"));
        }
        var line = new StringBuilder();
        for (var part : parts) {
            if (!part.isBlank()) {
                line.append(line.isEmpty() ? "" : ends(line) ? " " : ". ").append(part.strip());
            }
        }
        return line.isEmpty() ? text(csl, "id") : line.toString();
    }

    /// `Hollis P`, or a group as it is written.
    private static String name(JsonNode author) {
        var family = List.of(text(author, "non-dropping-particle"), text(author, "family")).stream().filter(it -> !it.isBlank()).collect(Collectors.joining(" "));
        return family.isEmpty() ? text(author, "literal") : (family + " " + initials(text(author, "given"))).strip();
    }

    private static String initials(String given) {
        var initials = new StringBuilder();
        for (var name : given.split("[\\s.‐-]+")) {
            if (!name.isBlank()) {
                initials.appendCodePoint(name.codePointAt(0));
            }
        }
        return initials.toString();
    }

    /// `2025;12(3):341–52`.
    private static String place(JsonNode csl) {
        var year = csl.path("issued").path("date-parts").path(0).path(0).asString("");
        var volume = text(csl, "volume") + (text(csl, "issue").isBlank() ? "" : "(" + text(csl, "issue") + ")");
        var place = new StringBuilder(year);
        place.append(volume.isEmpty() ? "" : (place.isEmpty() ? "" : ";") + volume);
        return place.append(text(csl, "page").isBlank() ? "" : (place.isEmpty() ? "" : ":") + text(csl, "page").replace('-', '–')).toString();
    }

    private static String before(String label, String value) {
        return value.isBlank() ? "" : label + value;
    }

    private static boolean ends(StringBuilder line) {
        return ".?!".indexOf(line.charAt(line.length() - 1)) >= 0;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
