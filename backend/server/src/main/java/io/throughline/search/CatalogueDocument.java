package io.throughline.search;

import io.throughline.shared.Invisible;
import io.throughline.shared.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What the catalogue's index holds of a publication. Of its document, which channels get and which is many times larger, only the
/// words are copied, without making a tree of the rest.
final class CatalogueDocument {

    /// The columns that [#read] wants, of a publication `p`.
    static final String COLUMNS = """
            p.id, p.item_id, p.locale, p.market, p.kind, p.type, p.brand, p.effective_from, p.effective_until, p.published_at,
            p.started_sequence, p.ended_sequence, p.ended_at, p.facets, p.document, p.document_sha256
            """;

    private static final Set<String> LISTS = Set.of("slots", "audience", "stage", "need", "topic", "indication", "channel");
    private static final byte[] NOTHING = {'{', '}'};
    private static final int LONGEST_SORT_KEY = 300;

    private CatalogueDocument() {}

    static BulkFeed.Document read(ResultSet row) throws SQLException {
        return read(row, false);
    }

    /// @param superseded whether it is kept only for lists that began before its end
    static BulkFeed.Document read(ResultSet row, boolean superseded) throws SQLException {
        long started = row.getLong("started_sequence");
        long ended = row.getLong("ended_sequence");
        var endedAt = superseded ? instant(row, "ended_at") : null;
        var id = row.getString("id");
        var itemId = row.getString("item_id");
        var type = row.getString("type");
        var kind = row.getString("kind");
        var brand = row.getString("brand");
        var market = row.getString("market");
        var locale = row.getString("locale");
        var from = instant(row, "effective_from");
        var until = instant(row, "effective_until");
        var publishedAt = instant(row, "published_at");
        var facets = row.getString("facets");
        // words that were altered since are not found, nor highlighted: delivery raises the alarm when it reads them
        var stored = row.getBytes("document");
        var document = Sha256.hex(stored).equals(row.getString("document_sha256")) ? stored : NOTHING;
        return json -> {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            json.writeStringProperty("itemId", itemId);
            json.writeStringProperty("type", type);
            json.writeStringProperty("kind", kind);
            json.writeStringProperty("brand", brand);
            json.writeStringProperty("market", market);
            json.writeStringProperty("locale", locale);
            json.writeStringProperty("effectiveFrom", from);
            json.writeStringProperty("effectiveUntil", until);
            json.writeStringProperty("publishedAt", publishedAt);
            json.writeNumberProperty("startedSequence", started);
            if (endedAt != null) {
                json.writeNumberProperty("endedSequence", ended);
                json.writeStringProperty("endedAt", endedAt);
            }
            var identifiers = new ArrayList<>(List.of(itemId));
            facets(json, facets, identifiers);
            words(json, document);
            strings(json, "identifiers", identifiers);
            json.writeEndObject();
        };
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void facets(JsonGenerator json, String facets, List<String> identifiers) {
        try (var parser = BulkFeed.parser(facets)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (LISTS.contains(name)) {
                    json.writeName(name);
                    json.copyCurrentStructure(parser);
                } else if (name.equals("key") || name.equals("approvedAt")) {
                    json.writeStringProperty(name, parser.getString());
                    if (name.equals("key")) {
                        identifiers.add(parser.getString());
                    }
                } else if (name.equals("title")) {
                    json.writeStringProperty(name, Invisible.removed(parser.getString()));
                    json.writeStringProperty("titleSort", sortable(parser.getString()));
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private static void words(JsonGenerator json, byte[] document) {
        String summary = "";
        String body = "";
        String statement = "";
        String jobCode = "";
        String afterOwnWords = "";
        var cites = new ArrayList<String>();
        try (var parser = BulkFeed.parser(document)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("summary")) {
                    summary = parser.getString();
                } else if (name.equals("plainText")) {
                    body = parser.getString();
                } else if (name.equals("adverseEventStatement")) {
                    statement = parser.getString();
                } else if (name.equals("approval")) {
                    jobCode = jobCode(parser);
                } else if (name.equals("contains") || name.equals("bibliography") && afterOwnWords.isEmpty()) {
                    var first = firstBlock(parser);
                    afterOwnWords = first.isEmpty() ? afterOwnWords : first;
                } else if (name.equals("references")) {
                    cited(parser, cites);
                } else {
                    parser.skipChildren();
                }
            }
        }
        json.writeStringProperty("summary", Invisible.removed(summary));
        json.writeStringProperty("body", Invisible.removed(ownWords(withoutImprint(body, statement, jobCode), afterOwnWords)));
        strings(json, "cites", cites);
    }

    /// How the text goes on where the first contained part or, without one, the first reference begins; empty for an empty list. The parts
    /// come later in a document than the references, and earlier in its text.
    private static String firstBlock(JsonParser list) {
        String title = "";
        String text = "";
        boolean isReference = false;
        if (list.nextToken() == JsonToken.START_OBJECT) {
            while (list.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = list.currentName();
                list.nextToken();
                switch (name) {
                    case "title" -> title = list.getString();
                    case "plainText" -> text = list.getString();
                    case "text" -> {
                        text = list.getString();
                        isReference = true;
                    }
                    default -> list.skipChildren();
                }
            }
            while (list.nextToken() == JsonToken.START_OBJECT) {
                list.skipChildren();
            }
        }
        return isReference ? "1. " + text : title.isBlank() ? text : text.isBlank() ? title : title + "\n\n" + text;
    }

    /// An item is found by its own words and not by the safety information, which many share, nor by the titles of what it cites.
    ///
    /// @param next how the text goes on after them; empty: it ends with them
    static String ownWords(String text, String next) {
        int at = next.isEmpty() ? -1 : text.lastIndexOf(next);
        return at < 0 ? text : text.substring(0, at).strip();
    }

    private static String jobCode(JsonParser approval) {
        String code = "";
        while (approval.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = approval.currentName();
            approval.nextToken();
            if (name.equals("jobCode")) {
                code = approval.getString();
            } else {
                approval.skipChildren();
            }
        }
        return code;
    }

    /// The lines that end every item of a market say nothing about this one.
    static String withoutImprint(String text, String statement, String jobCode) {
        int at = statement.isEmpty() ? text.lastIndexOf("\n\n") : text.lastIndexOf(statement);
        return at < 0 || jobCode.isEmpty() || text.indexOf(jobCode, at) < 0 ? text : text.substring(0, at).strip();
    }

    /// DOI and PMID of each reference, at whatever depth the CSL-JSON has them.
    private static void cited(JsonParser parser, List<String> cites) {
        int depth = 1;
        while (depth > 0) {
            switch (parser.nextToken()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_STRING -> {
                    if ("DOI".equals(parser.currentName())) {
                        cites.add(TextQuery.doi(parser.getString()));
                    } else if ("PMID".equals(parser.currentName())) {
                        cites.add(TextQuery.pmid(parser.getString()));
                    }
                }
                case null -> throw new IllegalArgumentException("a delivered document ends within its references");
                default -> { /* numbers and names */ }
            }
        }
    }

    static String sortable(@Nullable String title) {
        var folded = title == null ? "" : title.strip().toLowerCase(Locale.ROOT);
        return folded.substring(0, Math.min(folded.length(), LONGEST_SORT_KEY));
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }
}
