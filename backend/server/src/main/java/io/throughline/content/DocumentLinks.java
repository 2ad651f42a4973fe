package io.throughline.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a document points at, read from its fields alone.
final class DocumentLinks {

    private static final Pattern CLAIM_DIRECTIVE = Pattern.compile(":claim\\[(itm_[0-9A-Za-z_-]{1,64})]");
    private static final Map<String, String> SINGLE = Map.of(
            "safetyInformation", "safety-information",
            "prescribingInformation", "prescribing-information",
            "plainLanguageTwin", "counterpart",
            "hcpCounterpart", "counterpart");

    /// @param relation as in table content_link
    /// @param path     JSON pointer of the value, for findings
    /// @param field    the document's own field that the value stands in
    record Link(String relation, String targetId, int position, String path, String field) {}

    private DocumentLinks() {}

    /// In document order, each target once per relation. A claim named in the text counts like one in `claims`.
    static List<Link> of(JsonNode document) {
        var links = new ArrayList<Link>();
        var seen = new HashSet<String>();
        int position = 0;
        for (var claim : document.path("claims")) {
            add(links, seen, "claim", claim.asString(""), position, "/claims/" + position, "claims");
            position++;
        }
        var body = CLAIM_DIRECTIVE.matcher(document.path("body").asString(""));
        while (body.find()) {
            add(links, seen, "claim", body.group(1), position++, "/body", "body");
        }
        SINGLE.keySet().stream().sorted().forEach(field -> {
            if (document.has(field)) {
                add(links, seen, SINGLE.getOrDefault(field, ""), document.path(field).asString(""), 0, "/" + field, field);
            }
        });
        int step = 0;
        for (var it : document.path("steps")) {
            if (it.has("item")) {
                add(links, seen, "step", it.path("item").asString(""), step, "/steps/" + step + "/item", "steps");
            }
            step++;
        }
        return links;
    }

    /// The claims that the text names, in its order, repeats included.
    static List<String> claimsInText(JsonNode document) {
        return CLAIM_DIRECTIVE.matcher(document.path("body").asString("")).results().map(it -> it.group(1)).toList();
    }

    /// Ids of the claims that the document makes, in its list or in its text, each once.
    static List<String> claims(JsonNode document) {
        return of(document).stream().filter(it -> "claim".equals(it.relation())).map(Link::targetId).toList();
    }

    /// Markdown with the words of its claims where they are named.
    static String withClaims(String markdown, Map<String, String> claims) {
        return CLAIM_DIRECTIVE.matcher(markdown).replaceAll(it -> Matcher.quoteReplacement(claims.getOrDefault(it.group(1), it.group())));
    }

    /// The document's Markdown in reading order.
    static List<String> texts(JsonNode document) {
        var texts = new ArrayList<String>();
        texts.add(document.path("body").asString(""));
        document.path("steps").forEach(step -> texts.add(step.path("body").asString("")));
        texts.removeIf(String::isBlank);
        return texts;
    }

    /// Ids of the document's references in their order.
    static List<String> references(JsonNode document) {
        var ids = new ArrayList<String>();
        document.path("references").forEach(it -> ids.add(it.path("id").asString("")));
        return ids;
    }

    /// JSON pointer -> (scheme, notation) of every concept that the document names.
    static Map<String, Map.Entry<String, String>> concepts(JsonNode document) {
        var concepts = new LinkedHashMap<String, Map.Entry<String, String>>();
        SCHEMES.forEach((field, scheme) -> {
            int i = 0;
            for (var notation : document.path("classification").path(field)) {
                concepts.put("/classification/" + field + "/" + i++, Map.entry(scheme, notation.asString("")));
            }
        });
        int rule = 0;
        for (var it : document.path("rules")) {
            for (var scheme : List.of("channels", "audiences", "markets")) {
                int i = 0;
                for (var notation : it.path(scheme)) {
                    concepts.put("/rules/" + rule + "/" + scheme + "/" + i++, Map.entry(scheme, notation.asString("")));
                }
            }
            rule++;
        }
        int step = 0;
        for (var it : document.path("steps")) {
            if (it.has("channel")) {
                concepts.put("/steps/" + step + "/channel", Map.entry("channels", it.path("channel").asString("")));
            }
            step++;
        }
        return concepts;
    }

    static Set<String> strings(JsonNode array) {
        var texts = new java.util.LinkedHashSet<String>();
        array.forEach(it -> texts.add(it.asString("")));
        return texts;
    }

    private static final Map<String, String> SCHEMES = schemes();

    private static Map<String, String> schemes() {
        var schemes = new LinkedHashMap<String, String>();
        schemes.put("audience", "audiences");
        schemes.put("stage", "stages");
        schemes.put("need", "needs");
        schemes.put("topic", "topics");
        schemes.put("indication", "indications");
        schemes.put("channel", "channels");
        return schemes;
    }

    private static void add(List<Link> links, Set<String> seen, String relation, String target, int position, String path, String field) {
        if (!target.isEmpty() && seen.add(relation + ' ' + target)) {
            links.add(new Link(relation, target, position, path, field));
        }
    }
}
