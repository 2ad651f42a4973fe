package io.throughline.webhooks;

import static io.throughline.webhooks.ChannelScopes.instant;
import static io.throughline.webhooks.ChannelScopes.instantOrNull;

import io.throughline.shared.Json;
import io.throughline.webhooks.ChannelScopes.Shelf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads the change log, which is the outbox (decision 4), behind a cursor of its own.
@Repository
class ChangeLog {

    private final JdbcClient jdbc;

    ChangeLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Up to where changes were turned into deliveries; held until the transaction ends. Empty while another node holds it.
    Optional<Long> lockCursor() {
        return jdbc.sql("select sequence from webhook_cursor for update skip locked").query(Long.class).optional();
    }

    long cursor() {
        return jdbc.sql("select sequence from webhook_cursor").query(Long.class).single();
    }

    void moveCursor(long sequence) {
        jdbc.sql("update webhook_cursor set sequence = :sequence").param("sequence", sequence).update();
    }

    List<Change> listAfter(long sequence, int limit) {
        return jdbc.sql("""
                        select c.sequence, c.at, c.type, p.id as publication_id, p.item_id, p.type as content_type, p.brand, p.version_number, p.market, p.locale, p.kind, p.facets,
                               p.effective_from, p.effective_until, a.strategy_id, s.brand as strategy_brand, a.number, a.active_from, a.active_until,
                               w.id as withdrawal_id, w.sequence as withdrawal_sequence, w.withdrawn_at
                          from content_change c
                          left join publication p on p.id = c.publication_id
                          left join strategy_activation a on a.sequence = c.sequence
                          left join strategy s on s.id = a.strategy_id
                          left join lateral (select id, sequence, withdrawn_at from withdrawal
                                              where item_id = c.item_id and sequence >= c.sequence and c.type = 'withdrawn'
                                              order by sequence limit 1) w on true
                         where c.sequence > :after
                         order by c.sequence
                         limit :limit
                        """)
                .param("after", sequence).param("limit", limit)
                .query((row, _) -> change(row)).list();
    }

    private static Change change(ResultSet row) throws SQLException {
        var strategyId = row.getString("strategy_id");
        var strategy = strategyId == null ? null
                : new Change.Strategy(strategyId, row.getString("strategy_brand"), row.getInt("number"), instant(row, "active_from"), instantOrNull(row, "active_until"));
        var withdrawalId = row.getString("withdrawal_id");
        var withdrawal = withdrawalId == null ? null
                : new Change.Withdrawn(withdrawalId, row.getString("item_id"), row.getLong("withdrawal_sequence"), instant(row, "withdrawn_at"));
        return new Change(row.getLong("sequence"), instant(row, "at"), row.getString("type"), content(row), strategy, withdrawal);
    }

    static Change.@Nullable Content content(ResultSet row) throws SQLException {
        return row.getString("publication_id") == null ? null : getContent(row);
    }

    /// Of a row that has a publication.
    static Change.Content getContent(ResultSet row) throws SQLException {
        return new Change.Content(row.getString("publication_id"), row.getString("item_id"), row.getString("content_type"), row.getString("brand"),
                row.getInt("version_number"),
                new Shelf(row.getString("market"), row.getString("locale"), row.getString("kind"), row.getString("brand"), channels(row.getString("facets"))),
                instant(row, "effective_from"), instant(row, "effective_until"));
    }

    private static Set<String> channels(String facets) {
        var channels = new LinkedHashSet<String>();
        Json.parse(facets).path("channel").forEach(it -> channels.add(it.asString("")));
        return channels;
    }
}
