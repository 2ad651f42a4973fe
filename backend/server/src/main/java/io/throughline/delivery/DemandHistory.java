package io.throughline.delivery;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Adds demand and use of past days, so that a new installation's demo has something to show. What channels really ask for is
/// counted elsewhere.
@Component
public class DemandHistory {

    private final JdbcClient jdbc;

    DemandHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param stage empty where none was asked for; `need` and `brand` likewise
    @Transactional
    public void addRequests(LocalDate day, String channel, String audience, String stage, String need, String market, String brand, long requests,
            long relaxed, long empty) {
        jdbc.sql("""
                        insert into demand_day (day, channel, audience, stage, need, market, brand, requests, relaxed, empty)
                        values (:day, :channel, :audience, :stage, :need, :market, :brand, :requests, :relaxed, :empty)
                            on conflict (day, market, audience, stage, need, channel, brand) do update
                           set requests = demand_day.requests + excluded.requests,
                               relaxed = demand_day.relaxed + excluded.relaxed,
                               empty = demand_day.empty + excluded.empty
                        """)
                .param("day", day)
                .param("channel", channel)
                .param("audience", audience)
                .param("stage", stage)
                .param("need", need)
                .param("market", market)
                .param("brand", brand)
                .param("requests", requests)
                .param("relaxed", relaxed)
                .param("empty", empty)
                .update();
    }

    /// Lets most of what is published now have been served on a day, some of it never; which and how often follows from the
    /// items' keys, so that it is the same each time.
    @Transactional
    public void addUse(LocalDate day, String channel) {
        jdbc.sql("""
                        insert into demand_use_day (day, publication_id, channel, channel_key, served)
                        select :day, p.id, :channel, coalesce((select min(key) from channel where kind = :channel), ''), 3 + ('x' || substr(md5(i.key), 1, 4))::bit(16)::int % 90
                          from publication p
                          join content_item i on i.id = p.item_id
                         where p.ended_sequence is null and ('x' || substr(md5(i.key), 5, 4))::bit(16)::int % 3 <> 0
                            on conflict (publication_id, channel_key, channel, day) do nothing
                        """)
                .param("day", day)
                .param("channel", channel)
                .update();
    }
}
