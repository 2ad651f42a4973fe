package io.throughline.strategy;

import io.throughline.shared.Actor;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Rows of briefs.
@Repository
class BriefStore {

    /// @param audiences null: any; likewise the other sets. Brands and markets are those of the reader's scope where none are asked for
    record Filter(@Nullable Set<String> states, @Nullable String writer, @Nullable Set<String> brands, @Nullable Set<String> markets,
            @Nullable Set<String> audiences, @Nullable String stage, @Nullable Set<String> needs) {}

    record Cursor(LocalDate dueOn, String id) {}

    private final JdbcClient jdbc;

    BriefStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Brief brief) {
        written("""
                        insert into brief (id, title, strategy_id, strategy_number, objective_id, objective_name, audience, stage, need, brand, market,
                                           key_messages, due_on, writer, state, revision, item_id, cancellation_reason, created_by, created_at, updated_at)
                        values (:id, :title, :strategy, :number, :objective, :objectiveName, :audience, :stage, :need, :brand, :market,
                                cast(:messages as jsonb), :dueOn, :writer, :state, :revision, :itemId, :cancelled, :createdBy, :createdAt, :updatedAt)
                        """, brief)
                .param("strategy", brief.strategyId())
                .param("number", brief.strategyNumber())
                .param("objective", brief.objectiveId())
                .param("objectiveName", brief.objectiveName())
                .param("audience", brief.audience())
                .param("stage", brief.stage())
                .param("need", brief.need())
                .param("brand", brief.brand())
                .param("market", brief.market())
                .param("createdBy", brief.createdBy())
                .param("createdAt", brief.createdAt().atOffset(ZoneOffset.UTC))
                .update();
        insertItems(brief);
    }

    /// The row is locked by [#lock]; cell, objective and origin never change.
    void update(Brief brief) {
        written("""
                        update brief
                           set title = :title, key_messages = cast(:messages as jsonb), due_on = :dueOn, writer = :writer, state = :state,
                               revision = :revision, item_id = :itemId, cancellation_reason = :cancelled, updated_at = :updatedAt
                         where id = :id
                        """, brief).update();
        jdbc.sql("delete from brief_item where brief_id = :id").param("id", brief.id()).update();
        insertItems(brief);
    }

    private JdbcClient.StatementSpec written(String sql, Brief brief) {
        return jdbc.sql(sql)
                .param("id", brief.id())
                .param("title", brief.title())
                .param("messages", Json.text(brief.keyMessages()))
                .param("dueOn", brief.dueOn())
                .param("writer", brief.writer())
                .param("state", Kebab.of(brief.state()))
                .param("revision", brief.revision())
                .param("itemId", brief.itemId())
                .param("cancelled", brief.cancellationReason())
                .param("updatedAt", brief.updatedAt().atOffset(ZoneOffset.UTC));
    }

    private void insertItems(Brief brief) {
        insertItems(brief.id(), "claim", brief.claims());
        insertItems(brief.id(), "module", brief.modules());
    }

    private void insertItems(String briefId, String relation, List<String> itemIds) {
        jdbc.sql("""
                        insert into brief_item (brief_id, relation, item_id, position)
                        select :brief, :relation, it.id, it.position from unnest(cast(:ids as text[])) with ordinality it(id, position)
                        """)
                .param("brief", briefId)
                .param("relation", relation)
                .param("ids", itemIds.toArray(String[]::new))
                .update();
    }

    Optional<Brief> find(Actor actor, String id) {
        return one(actor, "select * from brief where id = :id", id);
    }

    /// Keeps others from changing it until the transaction ends.
    Optional<Brief> lock(Actor actor, String id) {
        return one(actor, "select * from brief where id = :id for update", id);
    }

    Optional<Brief> lockByItem(String itemId) {
        return jdbc.sql("select * from brief where item_id = :id for update").param("id", itemId).query((row, _) -> brief(row)).optional();
    }

    Optional<Brief> findByItem(Actor actor, String itemId) {
        return one(actor, "select * from brief where item_id = :id", itemId);
    }

    private Optional<Brief> one(Actor actor, String sql, String id) {
        return jdbc.sql(sql).param("id", id).query((row, _) -> brief(row)).optional()
                .filter(it -> actor.mayUseContentOf(it.brand()) && actor.mayUseMarket(it.market()));
    }

    /// By due date; at most `limit` after the cursor.
    List<Brief> list(Actor actor, Filter filter, int limit, @Nullable Cursor after) {
        return jdbc.sql("""
                        select *
                          from brief
                         where (:everyBrand or brand is null or brand = any(:ownBrands))
                           and (:everyMarket or market = any(:ownMarkets))
                           and (cast(:states as text[]) is null or state = any(:states))
                           and (cast(:writer as text) is null or writer = :writer)
                           and (cast(:brands as text[]) is null or brand = any(:brands))
                           and (cast(:markets as text[]) is null or market = any(:markets))
                           and (cast(:audiences as text[]) is null or audience = any(:audiences))
                           and (cast(:stage as text) is null or stage = :stage)
                           and (cast(:needs as text[]) is null or need = any(:needs))
                           and (cast(:afterId as text) is null or (due_on, id) > (cast(:afterDay as date), :afterId))
                         order by due_on, id
                         limit :limit
                        """)
                .param("everyBrand", actor.brands().contains("*"))
                .param("ownBrands", array(actor.brands()))
                .param("everyMarket", actor.markets().contains("*"))
                .param("ownMarkets", array(actor.markets()))
                .param("states", array(filter.states()))
                .param("writer", filter.writer())
                .param("brands", array(filter.brands()))
                .param("markets", array(filter.markets()))
                .param("audiences", array(filter.audiences()))
                .param("stage", filter.stage())
                .param("needs", array(filter.needs()))
                .param("afterId", after == null ? null : after.id())
                .param("afterDay", after == null ? null : after.dueOn())
                .param("limit", limit)
                .query((row, _) -> brief(row))
                .list();
    }

    private Brief brief(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var messages = new ArrayList<String>();
        Json.parse(row.getString("key_messages")).forEach(it -> messages.add(it.asString("")));
        return new Brief(id, row.getString("title"), row.getString("strategy_id"), row.getInt("strategy_number"), row.getString("objective_id"),
                row.getString("objective_name"), row.getString("audience"), row.getString("stage"), row.getString("need"), row.getString("brand"),
                row.getString("market"), messages, List.of(), List.of(), row.getObject("due_on", LocalDate.class), row.getString("writer"),
                Kebab.parse(BriefState.class, row.getString("state")), row.getInt("revision"), row.getString("item_id"),
                row.getString("cancellation_reason"), row.getString("created_by"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    /// The same with its claims and modules, which lists leave out.
    Brief whole(Brief brief) {
        record Chosen(String relation, String itemId) {}
        var chosen = jdbc.sql("select relation, item_id from brief_item where brief_id = :id order by relation, position")
                .param("id", brief.id())
                .query((row, _) -> new Chosen(row.getString("relation"), row.getString("item_id")))
                .list();
        return new Brief(brief.id(), brief.title(), brief.strategyId(), brief.strategyNumber(), brief.objectiveId(), brief.objectiveName(), brief.audience(),
                brief.stage(), brief.need(), brief.brand(), brief.market(), brief.keyMessages(),
                chosen.stream().filter(it -> it.relation().equals("claim")).map(Chosen::itemId).toList(),
                chosen.stream().filter(it -> it.relation().equals("module")).map(Chosen::itemId).toList(),
                brief.dueOn(), brief.writer(), brief.state(), brief.revision(), brief.itemId(), brief.cancellationReason(), brief.createdBy(),
                brief.createdAt(), brief.updatedAt());
    }

    private static String @Nullable [] array(@Nullable Set<String> values) {
        return values == null ? null : values.stream().sorted().toArray(String[]::new);
    }
}
