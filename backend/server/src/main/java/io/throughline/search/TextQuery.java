package io.throughline.search;

import io.throughline.shared.Invisible;
import io.throughline.shared.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Full text as people type it: every word must be there, in any of the fields; the beginning of a title's word and a key
/// count too.
final class TextQuery {

    private static final int EXCERPT = 200;
    private static final int ANALYSED_AT_MOST = 200_000;

    private TextQuery() {}

    static void addTo(ObjectNode bool, String typed, List<String> fields) {
        var text = Invisible.removed(typed);
        var should = bool.putArray("should");
        bool.put("minimum_should_match", 1);
        var words = should.addObject().putObject("multi_match").put("query", text).put("type", "cross_fields").put("operator", "and");
        var list = words.putArray("fields");
        fields.forEach(list::add);
        should.addObject().putObject("match").putObject("title.prefix").put("query", text).put("operator", "and").put("boost", 2);
        should.addObject().putObject("term").putObject("key").put("value", text.strip().toUpperCase(java.util.Locale.ROOT)).put("boost", 50);
    }

    /// Finds what [#addTo] finds, but scores by where the words stand alone: key, title as a phrase, title, summary, text. Such a
    /// score belongs to the document and not to the state of the index, so that pages and nodes agree on it (ADR 14).
    static void addTiersTo(ObjectNode bool, String typed) {
        var text = Invisible.removed(typed);
        var found = Json.object();
        addTo(found.putObject("bool"), text, List.of("title", "summary", "body"));
        bool.withArray("filter").add(found);
        var should = bool.putArray("should");
        should.add(Clauses.worth(64, Clauses.term("key", text.strip().toUpperCase(java.util.Locale.ROOT))));
        should.add(Clauses.worth(32, matching("match_phrase", "title", text)));
        should.add(Clauses.worth(16, all("title", text)));
        should.add(Clauses.worth(8, all("title.prefix", text)));
        should.add(Clauses.worth(4, matching("match_phrase", "summary", text)));
        should.add(Clauses.worth(2, all("summary", text)));
        should.add(Clauses.worth(1, matching("match_phrase", "body", text)));
    }

    private static ObjectNode all(String field, String text) {
        var clause = Json.object();
        clause.putObject("match").putObject(field).put("query", text).put("operator", "and");
        return clause;
    }

    private static ObjectNode matching(String kind, String field, String text) {
        var clause = Json.object();
        clause.putObject(kind).put(field, text);
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
