package io.throughline.webhooks;

import static io.throughline.webhooks.ChannelScopes.instant;
import static io.throughline.webhooks.ChannelScopes.instantOrNull;

import io.throughline.identity.ChannelClient;
import io.throughline.shared.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The recalls of a channel, as far as one of its keys reads what was recalled (S3).
@Repository
class ChannelRecalls {

    record Part(String market, String locale, int version) {}

    /// @param sequence    the content sequence of the withdrawal
    /// @param confirmedAt when the channel confirmed; null while it has not
    record Entry(String id, String itemId, Instant withdrawnAt, long sequence, List<Part> parts, @Nullable Instant confirmedAt) {
        Entry {
            parts = List.copyOf(parts);
        }
    }

    private final JdbcClient jdbc;

    ChannelRecalls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest first; those before `after`, an id. A recall that was closed without the channel's confirmation still waits for it.
    ///
    /// @param state open, confirmed, or null for both
    List<Entry> list(ChannelClient client, @Nullable String state, int limit, @Nullable String after) {
        return jdbc.sql("""
                        select r.id, r.item_id, w.withdrawn_at, r.sequence, k.confirmed_at, part.all_of_them
                          from recall_channel c
                          join recall r on r.id = c.recall_id
                          join withdrawal w on w.id = r.withdrawal_id
                          left join recall_confirmation k on k.recall_id = c.recall_id and k.channel_id = c.channel_id
                          join lateral (select json_agg(json_build_object('market', p.market, 'locale', p.locale, 'version', p.version_number)
                                                        order by p.market, p.locale) as all_of_them
                                          from unnest(c.publications) as it(id) join publication p on p.id = it.id
                                         where (:everyMarket or p.market = any(:markets)) and (:everyLocale or p.locale = any(:locales))
                                           and (:everyKind or p.kind = any(:kinds))
                                           and (:everyBrand or coalesce(p.brand, 'none') = any(:brands))) part on part.all_of_them is not null
                         where c.channel_id = :channel and (cast(:after as text) is null or r.id < :after)
                           and (:any or (k.confirmed_at is not null) = :confirmed)
                         order by r.id desc limit :limit
                        """)
                .param("channel", client.channelId()).param("after", after).param("limit", limit)
                .param("any", state == null).param("confirmed", "confirmed".equals(state))
                .param("everyMarket", client.markets().contains("*")).param("markets", texts(client.markets()))
                .param("everyLocale", client.locales().contains("*")).param("locales", texts(client.locales()))
                .param("everyKind", client.kinds().contains("*")).param("kinds", texts(client.kinds()))
                .param("everyBrand", client.brands().coversEvery()).param("brands", client.brands().array())
                .query((row, _) -> {
                    var parts = new ArrayList<Part>();
                    Json.parse(row.getString("all_of_them")).forEach(it ->
                            parts.add(new Part(it.path("market").asString(), it.path("locale").asString(), it.path("version").asInt())));
                    return new Entry(row.getString("id"), row.getString("item_id"), instant(row, "withdrawn_at"), row.getLong("sequence"), parts,
                            instantOrNull(row, "confirmed_at"));
                })
                .list();
    }

    private static String[] texts(Set<String> values) {
        return values.toArray(String[]::new);
    }
}
