package io.throughline.content;

import io.throughline.shared.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Turns what drafts cite by place (`[1,3-5]`) into citations by id; versions stay as they are ([Dialect#NUMBERED]). A draft that
/// changes gets its next revision, so that a copy that is open in somebody's editor does not bring the old form back.
@Component
class V52__CiteById extends BaseJavaMigration {

    private static final int BATCH = 200;

    private record Rewritten(String itemId, String locale, ObjectNode document) {}

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        var last = new String[] {"", ""};
        for (var page = page(connection, last); !page.isEmpty(); page = page(connection, last)) {
            var rewritten = new ArrayList<Rewritten>();
            for (var draft : page) {
                var changed = CitationsByPlace.toIds(draft.document());
                if (!changed.equals(draft.document())) {
                    rewritten.add(new Rewritten(draft.itemId(), draft.locale(), changed));
                }
            }
            write(connection, rewritten);
            last = new String[] {page.getLast().itemId(), page.getLast().locale()};
        }
    }

    private static List<Rewritten> page(Connection connection, String[] after) throws SQLException {
        var page = new ArrayList<Rewritten>();
        try (var select = connection.prepareStatement("""
                select item_id, locale, document from content_draft
                 where (item_id, locale) > (?, ?) and document -> 'references' <> '[]' and document::text ~ '\\[[0-9]'
                 order by item_id, locale limit ?
                """)) {
            select.setString(1, after[0]);
            select.setString(2, after[1]);
            select.setInt(3, BATCH);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(new Rewritten(rows.getString("item_id"), rows.getString("locale"), Json.parseObject(rows.getString("document"))));
                }
            }
        }
        return page;
    }

    private static void write(Connection connection, List<Rewritten> drafts) throws SQLException {
        try (var update = connection.prepareStatement(
                "update content_draft set document = cast(? as jsonb), revision = revision + 1 where item_id = ? and locale = ?")) {
            for (var draft : drafts) {
                update.setString(1, Json.text(draft.document()));
                update.setString(2, draft.itemId());
                update.setString(3, draft.locale());
                update.addBatch();
            }
            update.executeBatch();
        }
    }
}
