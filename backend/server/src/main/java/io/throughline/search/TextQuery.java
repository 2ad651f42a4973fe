package io.throughline.search;

import io.throughline.shared.Invisible;
import io.throughline.shared.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Full text as people type it. Words are OR and ranked by BM25 over text, title and summary; what holds all of them comes first,
/// and before that what is named: by key, id, DOI or PMID. Neither the beginning of a title's last word nor the spelling matters.
final class TextQuery {

    private static final int EXCERPT = 200;
    private static final int ANALYSED_AT_MOST = 200_000;
    /// Titles are short, so that each of their words already counts for much.
    private static final double TITLE = 0.3;
    /// Steps that no sum of BM25 scores reaches, so that each stands before everything below it.
    private static final int NAMED = 100_000;
    private static final int CITES = 10_000;
    private static final int ALL_WORDS = 1_000;
    private static final int TITLE_BEGINS = 500;
    private static final int PHRASE = 200;

    private static final Pattern DOI = Pattern.compile("(?i)(?:https?://(?:dx\\.)?doi\\.org/|doi:\\s*)?(10\\.\\d{4,9}(?:\\.\\d+)*/\\S+)");
    private static final Pattern PMID = Pattern.compile("(?i)(?:pmid:?\\s*)?(\\d{5,9})");

    private TextQuery() {}

    /// @param texts fields beside the title, the one with the whole text first
    static void addTo(ObjectNode bool, String typed, List<String> texts) {
        var text = Invisible.removed(typed);
        var should = bool.putArray("should");
        bool.put("minimum_should_match", 1);
        texts.forEach(field -> should.add(match(field, text, "or", field.equals(texts.getFirst()) ? 1 : TITLE)));
        should.add(match("title", text, "or", TITLE));
        should.add(Clauses.worth(ALL_WORDS, everyWord(text, texts)));
        should.add(Clauses.worth(TITLE_BEGINS, match("title.prefix", text, "and", 1)));
        should.add(Clauses.worth(PHRASE, phrase("title", text)));
        var names = names(text);
        should.add(Clauses.worth(NAMED, Clauses.terms("identifiers", names)));
        should.add(Clauses.worth(CITES, Clauses.terms("cites", names)));
    }

    /// What the whole text may name, in the form that [#identifiers] indexes: a key, an id, a DOI in any spelling, a PMID.
    static Set<String> names(String text) {
        var names = new LinkedHashSet<String>();
        var bare = text.strip();
        names.add(bare.toUpperCase(Locale.ROOT));
        names.add(bare);
        var doi = DOI.matcher(bare);
        if (doi.matches()) {
            names.add(doi(doi.group(1)));
        }
        var pmid = PMID.matcher(bare);
        if (pmid.matches()) {
            names.add(pmid(pmid.group(1)));
        }
        return names;
    }

    static String doi(String doi) {
        return "doi:" + doi.toLowerCase(Locale.ROOT);
    }

    static String pmid(String pmid) {
        return "pmid:" + pmid;
    }

    private static ObjectNode everyWord(String text, List<String> texts) {
        var clause = Json.object();
        var words = clause.putObject("multi_match").put("query", text).put("type", "cross_fields").put("operator", "and");
        var fields = words.putArray("fields").add("title");
        texts.forEach(fields::add);
        return clause;
    }

    private static ObjectNode match(String field, String text, String operator, double boost) {
        var clause = Json.object();
        clause.putObject("match").putObject(field).put("query", text).put("operator", operator).put("boost", boost);
        return clause;
    }

    private static ObjectNode phrase(String field, String text) {
        var clause = Json.object();
        clause.putObject("match_phrase").put(field, text);
        return clause;
    }

    /// Escaped text with `<mark>` around what was found; nothing else in it is mark-up (S21).
    static void highlight(ObjectNode search, String... fragments) {
        var highlight = search.putObject("highlight").put("type", "unified").put("encoder", "html")
                .put("max_analyzed_offset", ANALYSED_AT_MOST).put("require_field_match", false);
        highlight.putArray("pre_tags").add("<mark>");
        highlight.putArray("post_tags").add("</mark>");
        var fields = highlight.putObject("fields");
        fields.set("title", Json.object().put("number_of_fragments", 0));
        for (var field : fragments) {
            fields.set(field, Json.object().put("number_of_fragments", 1).put("fragment_size", EXCERPT));
        }
    }
}
