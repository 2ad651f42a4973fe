package io.throughline.delivery.inspection;

import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Tells when what channels get in one market and locale may have changed: the change log, drawn together for people.
@Repository
class CatalogueMoments {

    /// The newest changes that are looked at; one import publishes thousands.
    private static final int MOST_CHANGES = 2_000;

    private static final int MOST_MOMENTS = 30;

    record ItemName(String id, String key, String title) {}

    /// @param ended whether the activation was ended before its window was over
    record StrategyName(String id, String name, int version, boolean ended) {}

    /// Changes of one type within one minute; every change of a strategy stands alone.
    ///
    /// @param at       of the last of them: `at=` this instant gives what channels got right after it
    /// @param sequence of the last of them
    /// @param items    three of them at most, the last first; empty where a strategy changed
    record Moment(Instant at, long sequence, String type, int count, List<ItemName> items, @Nullable StrategyName strategy) {}

    /// @param moments newest first
    /// @param older   whether something older was left out
    record Moments(List<Moment> moments, boolean older) {}

    private final JdbcClient jdbc;

    CatalogueMoments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A supersession is not told: it comes with the publication that took the place.
    ///
    /// @param brand only its content and strategies, and what belongs to no brand; null: every brand that the actor may see
    Moments list(Actor actor, String market, String locale, @Nullable String brand) {
        var moments = new ArrayList<Moment>();
        var cut = new AtomicBoolean();
        jdbc.sql("""
                        with newest as (
                          (select sequence, at, type, publication_id, strategy_id
                             from content_change
                            where market = :market and locale = :locale
                            order by sequence desc
                            limit :changes)
                          union all
                          (select sequence, at, type, publication_id, strategy_id
                             from content_change
                            where strategy_id is not null
                            order by sequence desc
                            limit :changes)
                        ), told as (
                          select n.sequence, n.at, n.type, n.publication_id, n.strategy_id
                            from newest n
                            left join publication p on p.id = n.publication_id
                            left join strategy s on s.id = n.strategy_id
                           where n.type not in ('superseded', 'changed')
                             and (coalesce(p.brand, s.brand) is null
                                  or (:everyBrand or coalesce(p.brand, s.brand) = any(:brands))
                                     and (cast(:brand as text) is null or coalesce(p.brand, s.brand) = :brand))
                        ), moments as (
                          select type, max(strategy_id) as strategy_id, max(sequence) as sequence, max(at) as at, count(*) as changes,
                                 (array_agg(publication_id order by sequence desc))[1\\:3] as publications
                            from told
                           group by type, date_trunc('minute', at), case when strategy_id is null then 0 else sequence end
                           order by max(sequence) desc
                           limit :moments
                        )
                        select m.type, m.sequence, m.at, m.changes,
                               s.id as strategy_id, s.name, coalesce(a.number, ended.number, 0) as number, e.sequence is not null as is_ended,
                               (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'key', i.key, 'title', cast(p.document as jsonb)->>'title')
                                                          order by u.place), '[]')
                                  from unnest(m.publications) with ordinality u (id, place)
                                  join publication p on p.id = u.id
                                  join content_item i on i.id = p.item_id) as items,
                               (select count(*) from newest where strategy_id is null) = :changes as is_cut
                          from moments m
                          left join strategy s on s.id = m.strategy_id
                          left join strategy_activation a on a.sequence = m.sequence
                          left join strategy_ending e on e.sequence = m.sequence
                          left join strategy_activation ended on ended.sequence = e.activation_sequence
                         order by m.sequence desc
                        """)
                .param("market", market).param("locale", locale).param("brand", brand)
                .param("everyBrand", actor.brands().contains("*")).param("brands", actor.brands().toArray(String[]::new))
                .param("changes", MOST_CHANGES).param("moments", MOST_MOMENTS + 1)
                .query(row -> {
                    cut.set(row.getBoolean("is_cut"));
                    moments.add(moment(row));
                });
        return new Moments(List.copyOf(moments.subList(0, Math.min(moments.size(), MOST_MOMENTS))), cut.get() || moments.size() > MOST_MOMENTS);
    }

    private static Moment moment(ResultSet row) throws SQLException {
        var items = new ArrayList<ItemName>(3);
        Json.parse(row.getString("items")).forEach(it -> items.add(new ItemName(it.path("id").asString(""), it.path("key").asString(""),
                it.path("title").asString(""))));
        var strategy = row.getString("strategy_id");
        return new Moment(row.getObject("at", OffsetDateTime.class).toInstant(), row.getLong("sequence"), row.getString("type"), row.getInt("changes"),
                List.copyOf(items), strategy == null ? null
                        : new StrategyName(strategy, row.getString("name"), row.getInt("number"), row.getBoolean("is_ended")));
    }
}
