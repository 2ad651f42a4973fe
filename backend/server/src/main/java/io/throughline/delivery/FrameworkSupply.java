package io.throughline.delivery;

import io.throughline.strategy.Supply;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts what exists for the cells of the framework matrix: effective publications, drafts, versions in review.
@Component
class FrameworkSupply implements Supply {

    // One row per item, stage and need. An item that is effective in the market is supply; what else is being
    // written or reviewed for it shows up once that is published, so it isn't counted twice.
    private static final String PLACED = """
            with effective as (
                 select p.item_id, p.facets->'stage' as stages, p.facets->'need' as needs, 'effective' as state
                   from publication p
                  where p.ended_sequence is null and p.effective_from <= :at and p.effective_until > :at
                    and (cast(:brand as text) is null or p.brand = :brand)
                    and (cast(:market as text) is null or p.market = :market)
                    and jsonb_exists_any(p.facets->'audience', :audiences)),
                 reviewed as (
                 select i.id as item_id, v.document->'classification' as classification, 'in-review' as state
                   from review_job j
                   join lateral (select version_number from review_circulation c where c.job_id = j.id order by number desc limit 1) c on true
                   join content_item i on i.id = j.item_id
                   join content_version v on v.item_id = j.item_id and v.locale = j.locale and v.number = c.version_number
                  where j.state = 'in-review'
                    and (cast(:brand as text) is null or i.brand = :brand)
                    and (cast(:market as text) is null or j.market = :market)),
                 drafted as (
                 select i.id as item_id, d.document->'classification' as classification, 'draft' as state
                   from content_draft d
                   join content_item i on i.id = d.item_id
                  where (cast(:brand as text) is null or i.brand = :brand)),
                 unfinished as (
                 select distinct on (item_id) item_id, classification->'stage' as stages, classification->'need' as needs, state
                   from (select * from reviewed union all select * from drafted) u
                  where jsonb_exists_any(classification->'audience', :audiences)
                    and item_id not in (select item_id from effective)
                  order by item_id, state desc),
                 placed as (
                 select distinct u.item_id, u.state, s.stage, n.need
                   from (select * from effective union all select * from unfinished) u
                  cross join lateral jsonb_array_elements_text(u.stages) s(stage)
                  cross join lateral jsonb_array_elements_text(u.needs) n(need))
            """;

    private final JdbcClient jdbc;

    FrameworkSupply(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CellSupply> countByCell(Question question) {
        return asked(PLACED + """
                        select stage, need,
                               count(*) filter (where state = 'effective') as approved,
                               count(*) filter (where state <> 'effective') as in_progress
                          from placed
                         group by stage, need
                         order by stage, need
                        """, question)
                .query((row, _) -> new CellSupply(row.getString("stage"), row.getString("need"), row.getInt("approved"), row.getInt("in_progress")))
                .list();
    }

    @Override
    public List<CellItem> listCell(Question question, String stage, String need, int limit) {
        return asked(PLACED + """
                        select i.id, i.key, i.type, placed.state,
                               coalesce(d.title, v.title, i.key) as title
                          from placed
                          join content_item i on i.id = placed.item_id
                          left join lateral (select document->>'title' as title from content_draft
                                              where item_id = i.id order by locale limit 1) d on placed.state = 'draft'
                          left join lateral (select document->>'title' as title from content_version
                                              where item_id = i.id order by number desc, locale limit 1) v on true
                         where placed.stage = :stage and placed.need = :need
                         order by case placed.state when 'effective' then 0 when 'in-review' then 1 else 2 end, title, i.id
                         limit :limit
                        """, question)
                .param("stage", stage)
                .param("need", need)
                .param("limit", limit)
                .query((row, _) -> new CellItem(row.getString("id"), row.getString("key"), row.getString("title"), row.getString("type"), row.getString("state")))
                .list();
    }

    private JdbcClient.StatementSpec asked(String sql, Question question) {
        return jdbc.sql(sql)
                .param("at", question.at().atOffset(ZoneOffset.UTC))
                .param("brand", question.brand())
                .param("market", question.market())
                .param("audiences", question.audiences().stream().sorted().toArray(String[]::new));
    }
}
