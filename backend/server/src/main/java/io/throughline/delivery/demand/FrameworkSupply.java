package io.throughline.delivery.demand;

import io.throughline.strategy.Supply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts what exists for the cells of the framework matrix: effective publications, drafts, versions in review, and how
/// often the effective ones were served.
@Component
class FrameworkSupply implements Supply {

    // One row per item. What is effective in the market is supply; what else is being written or reviewed for it shows up
    // once that is published, so it isn't counted twice. An item without channels is allowed on each.
    private static final String ITEMS = """
            with effective as (
                 select distinct on (p.item_id) p.item_id, p.brand, p.facets->'audience' as audiences, p.facets->'stage' as stages,
                        p.facets->'need' as needs, 'effective' as state
                   from publication p
                  where p.ended_sequence is null and p.effective_from <= :at and p.effective_until > :at
                    and (cast(:brand as text) is null or p.brand = :brand)
                    and (cast(:market as text) is null or p.market = :market)
                    and (cast(:brands as text[]) is null or p.brand is null or p.brand = any(:brands))
                    and (cast(:markets as text[]) is null or p.market = any(:markets))
                    and (cast(:channel as text) is null or jsonb_array_length(coalesce(p.facets->'channel', '[]')) = 0
                         or jsonb_exists(p.facets->'channel', :channel))
                    and (cast(:audiences as text[]) is null or jsonb_exists_any(p.facets->'audience', :audiences))
                    and (cast(:needs as text[]) is null or jsonb_exists_any(p.facets->'need', :needs))
                  order by p.item_id, p.market, p.locale),
                 reviewed as (
                 select i.id as item_id, i.brand, v.document->'classification' as classification, 'in-review' as state
                   from review_job j
                   join lateral (select version_number from review_circulation c where c.job_id = j.id order by number desc limit 1) c on true
                   join content_item i on i.id = j.item_id
                   join content_version v on v.item_id = j.item_id and v.locale = j.locale and v.number = c.version_number
                  where j.state = 'in-review'
                    and (cast(:brand as text) is null or i.brand = :brand)
                    and (cast(:brands as text[]) is null or i.brand is null or i.brand = any(:brands))
                    and (cast(:markets as text[]) is null or j.market = any(:markets))
                    and (cast(:market as text) is null or j.market = :market)),
                 drafted as (
                 select i.id as item_id, i.brand, d.document->'classification' as classification, 'draft' as state
                   from content_draft d
                   join content_item i on i.id = d.item_id
                  where (cast(:brand as text) is null or i.brand = :brand)
                    and (cast(:brands as text[]) is null or i.brand is null or i.brand = any(:brands))),
                 unfinished as (
                 select distinct on (item_id) item_id, brand, classification->'audience' as audiences, classification->'stage' as stages,
                        classification->'need' as needs, state
                   from (select * from reviewed union all select * from drafted) u
                  where (cast(:audiences as text[]) is null or jsonb_exists_any(classification->'audience', :audiences))
                    and (cast(:needs as text[]) is null or jsonb_exists_any(classification->'need', :needs))
                    and (cast(:channel as text) is null or jsonb_array_length(coalesce(classification->'channel', '[]')) = 0
                         or jsonb_exists(classification->'channel', :channel))
                    and item_id not in (select item_id from effective)
                  order by item_id, state desc),
                 items as (select * from effective union all select * from unfinished),
                 used as (
                 select p.item_id, coalesce(sum(u.served) filter (where u.day >= :since), 0) as served
                   from demand_use_day u
                   join publication p on p.id = u.publication_id
                  where p.item_id in (select item_id from effective)
                    and (cast(:market as text) is null or p.market = :market)
                    and (cast(:markets as text[]) is null or p.market = any(:markets))
                    and (cast(:channel as text) is null or u.channel = :channel)
                  group by p.item_id),
                 seen as (
                 select s.item_id, coalesce(sum(s.shown) filter (where s.day >= :since), 0) as shown
                   from shown_day s
                  where s.item_id in (select item_id from effective)
                    and (cast(:market as text) is null or s.market = :market)
                    and (cast(:markets as text[]) is null or s.market = any(:markets))
                    and (cast(:channel as text) is null or s.channel_key in (select key from channel where kind = :channel))
                  group by s.item_id)
            """;

    private final JdbcClient jdbc;

    FrameworkSupply(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CellSupply> countByCell(Question question) {
        return asked(ITEMS + """
                        select s.stage, n.need,
                               count(distinct i.item_id) filter (where i.state = 'effective') as approved,
                               count(distinct i.item_id) filter (where i.state <> 'effective') as in_progress,
                               coalesce(sum(used.served), 0) as served,
                               count(distinct used.item_id) as used,
                               coalesce(sum(seen.shown), 0) as shown,
                               count(distinct seen.item_id) as shown_items
                          from items i
                         cross join lateral jsonb_array_elements_text(i.stages) s(stage)
                         cross join lateral jsonb_array_elements_text(i.needs) n(need)
                          left join used on used.item_id = i.item_id
                          left join seen on seen.item_id = i.item_id
                         group by s.stage, n.need
                         order by s.stage, n.need
                        """, question, null)
                .query((row, _) -> new CellSupply(row.getString("stage"), row.getString("need"), row.getInt("approved"), row.getInt("in_progress"),
                        row.getLong("served"), row.getInt("used"), row.getLong("shown"), row.getInt("shown_items")))
                .list();
    }

    @Override
    public List<CellItem> listCell(Question question, String stage, String need, int limit) {
        return asked(ITEMS + """
                        select i.id, i.key, i.type, items.state, coalesce(d.title, v.title, i.key) as title, coalesce(used.served, 0) as served, coalesce(seen.shown, 0) as shown
                          from items
                          join content_item i on i.id = items.item_id
                          left join used on used.item_id = items.item_id
                          left join seen on seen.item_id = items.item_id
                          left join lateral (select document->>'title' as title from content_draft
                                              where item_id = i.id order by locale limit 1) d on items.state = 'draft'
                          left join lateral (select document->>'title' as title from content_version
                                              where item_id = i.id order by number desc, locale limit 1) v on true
                         where jsonb_exists(items.stages, :stage) and jsonb_exists(items.needs, :need)
                         order by case items.state when 'effective' then 0 when 'in-review' then 1 else 2 end, title, i.id
                         limit :limit
                        """, question, null)
                .param("stage", stage)
                .param("need", need)
                .param("limit", limit)
                .query((row, _) -> new CellItem(row.getString("id"), row.getString("key"), row.getString("title"), row.getString("type"),
                        row.getString("state"), row.getLong("served"), row.getLong("shown")))
                .list();
    }

    @Override
    public List<NeedSupply> countByNeed(Set<String> needs, Map<String, Set<String>> targets, Question question) {
        var target = new ArrayList<String>();
        var member = new ArrayList<String>();
        targets.forEach((audience, members) -> members.forEach(it -> {
            target.add(audience);
            member.add(it);
        }));
        return asked(ITEMS + """
                        select brand, target, stage,
                               count(*) filter (where state = 'effective') as approved,
                               count(*) filter (where state <> 'effective') as in_progress,
                               coalesce(sum(served), 0) as served
                          from (select distinct i.item_id, coalesce(i.brand, '') as brand, t.target, s.stage, i.state, used.served
                                  from items i
                                 cross join lateral jsonb_array_elements_text(i.audiences) a(audience)
                                  join unnest(cast(:targets as text[]), cast(:members as text[])) t(target, member) on t.member = a.audience
                                 cross join lateral jsonb_array_elements_text(i.stages) s(stage)
                                  left join used on used.item_id = i.item_id) placed
                         group by brand, target, stage
                         order by brand, target, stage
                        """, question, needs)
                .param("targets", target.toArray(String[]::new))
                .param("members", member.toArray(String[]::new))
                .query((row, _) -> new NeedSupply(row.getString("brand"), row.getString("target"), row.getString("stage"), row.getInt("approved"),
                        row.getInt("in_progress"), row.getLong("served")))
                .list();
    }

    @Override
    public NeedTotals totalsOfNeed(Set<String> needs, Question question) {
        return asked(ITEMS + """
                        select count(*) filter (where state = 'effective') as approved, count(*) filter (where state <> 'effective') as in_progress
                          from items
                        """, question, needs)
                .query((row, _) -> new NeedTotals(row.getInt("approved"), row.getInt("in_progress")))
                .single();
    }

    @Override
    public List<Fitting> listFitting(Question question, String type, String stage, Set<String> needs, int limit) {
        return asked(ITEMS + """
                        select i.id, i.key, i.type, coalesce(v.document->>'title', i.key) as title, v.document->>'text' as text
                          from effective
                          join content_item i on i.id = effective.item_id and i.type = :type
                          left join lateral (select document from content_version where item_id = i.id order by number desc, locale limit 1) v on true
                         where jsonb_exists(effective.stages, :stage) or jsonb_exists_any(effective.needs, :wanted)
                         order by (case when jsonb_exists_any(effective.needs, :wanted) then 2 else 0 end
                                   + case when jsonb_exists(effective.stages, :stage) then 1 else 0 end) desc, title, i.id
                         limit :limit
                        """, question, null)
                .param("type", type)
                .param("stage", stage)
                .param("wanted", needs.toArray(String[]::new))
                .param("limit", limit)
                .query((row, _) -> new Fitting(row.getString("id"), row.getString("key"), row.getString("title"), row.getString("type"), row.getString("text")))
                .list();
    }

    @Override
    public List<Fitting> listEffective(Set<String> itemIds, String type, @Nullable String brand, String market, Instant at) {
        return jdbc.sql("""
                        select distinct on (i.id) i.id, i.key, i.type, coalesce(v.document->>'title', i.key) as title, v.document->>'text' as text
                          from publication p
                          join content_item i on i.id = p.item_id
                          join content_version v on v.item_id = p.item_id and v.locale = p.locale and v.number = p.version_number
                         where p.item_id = any(:ids) and p.type = :type and p.market = :market and (p.brand is null or p.brand = :brand)
                           and p.ended_sequence is null and p.effective_from <= :at and p.effective_until > :at
                         order by i.id, p.locale
                        """)
                .param("ids", itemIds.toArray(String[]::new))
                .param("type", type)
                .param("brand", brand)
                .param("market", market)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Fitting(row.getString("id"), row.getString("key"), row.getString("title"), row.getString("type"), row.getString("text")))
                .list();
    }

    private JdbcClient.StatementSpec asked(String sql, Question question, @Nullable Set<String> needs) {
        return jdbc.sql(sql)
                .param("at", question.at().atOffset(ZoneOffset.UTC))
                .param("since", question.since())
                .param("brand", question.brand())
                .param("market", question.market())
                .param("channel", question.channel())
                .param("brands", array(question.brands()))
                .param("markets", array(question.markets()))
                .param("audiences", question.audiences().isEmpty() ? null : array(question.audiences()))
                .param("needs", array(needs));
    }

    static String @Nullable [] array(@Nullable Set<String> values) {
        return values == null ? null : values.stream().sorted().toArray(String[]::new);
    }
}
