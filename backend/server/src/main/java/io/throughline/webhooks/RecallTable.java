package io.throughline.webhooks;

import static io.throughline.webhooks.ChannelScopes.instant;
import static io.throughline.webhooks.ChannelScopes.instantOrNull;
import static io.throughline.webhooks.DeliveryTable.utc;

import io.throughline.shared.Actor;
import io.throughline.webhooks.Recall.Confirmation;
import io.throughline.webhooks.Recall.InChannel;
import io.throughline.webhooks.Recall.ItemName;
import io.throughline.webhooks.Recall.Part;
import io.throughline.webhooks.Recall.PersonName;
import io.throughline.webhooks.Recall.Served;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Recalls, the channels that they wait for, and the confirmations, which are only ever added.
@Repository
class RecallTable {

    /// A channel that is to be reminded.
    record Due(String recallId, String channelId, List<String> publications, int reminders) {}

    private static final String RECALL = """
            select r.id, r.item_id, i.key, i.brand, title.text as title, w.reason, w.withdrawn_at, w.withdrawn_by, by.display_name as withdrawn_by_name,
                   r.opened_at, r.sequence, r.ended_at, r.ended_by, ender.display_name as ended_by_name, r.end_reason, part.markets,
                   (select count(*) from recall_channel c where c.recall_id = r.id) as channels,
                   (select count(*) from recall_confirmation c where c.recall_id = r.id) as confirmed
              from recall r
              join withdrawal w on w.id = r.withdrawal_id
              join content_item i on i.id = r.item_id
              join person by on by.id = w.withdrawn_by
              left join person ender on ender.id = r.ended_by
              join lateral (select array_agg(distinct p.market order by p.market) as markets
                              from recall_channel c, unnest(c.publications) as it(id), publication p
                             where c.recall_id = r.id and p.id = it.id) part on true
              left join lateral (select p.facets->>'title' as text from publication p
                                  where p.item_id = r.item_id and p.ended_sequence <= r.sequence order by p.ended_sequence desc limit 1) title on true
            """;

    private final JdbcClient jdbc;

    RecallTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> findIdByWithdrawal(String withdrawalId) {
        return jdbc.sql("select id from recall where withdrawal_id = :id").param("id", withdrawalId).query(String.class).optional();
    }

    void insert(String id, Change.Withdrawn withdrawal, Instant now) {
        jdbc.sql("insert into recall (id, withdrawal_id, item_id, opened_at, sequence) values (:id, :withdrawal, :item, :now, :sequence)")
                .param("id", id).param("withdrawal", withdrawal.id()).param("item", withdrawal.itemId()).param("now", utc(now))
                .param("sequence", withdrawal.sequence()).update();
    }

    void insertChannel(String recallId, String channelId, List<String> publications, Instant remindAt) {
        jdbc.sql("insert into recall_channel (recall_id, channel_id, publications, remind_at) values (:recall, :channel, :publications, :remindAt)")
                .param("recall", recallId).param("channel", channelId).param("publications", publications.toArray(String[]::new))
                .param("remindAt", utc(remindAt)).update();
    }

    /// What that withdrawal ended: what an earlier one of the same item had ended is not part of it. Each with every publication
    /// that stood in its place before, back to the last withdrawal: whoever fetched one of them may hold it still. `until` is when
    /// nobody could fetch it any more.
    List<Change.Content> listWithdrawn(Change.Withdrawn withdrawal) {
        return jdbc.sql("""
                        select p.id as publication_id, q.item_id, q.type as content_type, q.brand, q.version_number, q.market, q.locale, q.kind, q.facets, q.effective_from,
                               least(q.effective_until, q.ended_at) as effective_until
                          from publication p
                          join publication q on q.item_id = p.item_id and q.market = p.market and q.locale = p.locale
                               and q.started_sequence <= p.started_sequence
                               and q.started_sequence > coalesce((select max(x.ended_sequence) from publication x
                                     where x.item_id = p.item_id and x.market = p.market and x.locale = p.locale
                                       and x.end_reason = 'withdrawn' and x.ended_sequence < p.ended_sequence), 0)
                         where p.item_id = :item and p.end_reason = 'withdrawn' and p.ended_sequence <= :sequence
                           and p.ended_sequence > coalesce((select max(sequence) from withdrawal w where w.item_id = :item and w.sequence < :sequence), 0)
                         order by p.ended_sequence, q.started_sequence
                        """)
                .param("item", withdrawal.itemId()).param("sequence", withdrawal.sequence())
                .query((row, _) -> ChangeLog.getContent(row)).list();
    }

    /// Those the person may see, the newest first; those before `after`, an id.
    List<Recall> list(Actor actor, boolean openOnly, boolean endedOnly, int limit, @Nullable String after) {
        return jdbc.sql(RECALL + """
                         where (cast(:after as text) is null or r.id < :after)
                           and (not :openOnly or r.ended_at is null) and (not :endedOnly or r.ended_at is not null)
                           and (:everyBrand or i.brand is null or i.brand = any(:brands))
                           and (:everyMarket or part.markets && cast(:markets as text[]))
                         order by r.id desc limit :limit
                        """)
                .param("after", after).param("openOnly", openOnly).param("endedOnly", endedOnly).param("limit", limit)
                .param("everyBrand", actor.brands().contains("*")).param("brands", actor.brands().toArray(String[]::new))
                .param("everyMarket", actor.markets().contains("*")).param("markets", actor.markets().toArray(String[]::new))
                .query((row, _) -> recall(row)).list();
    }

    Optional<Recall> find(Actor actor, String id) {
        return jdbc.sql(RECALL + """
                         where r.id = :id and (:everyBrand or i.brand is null or i.brand = any(:brands)) and (:everyMarket or part.markets && cast(:markets as text[]))
                        """)
                .param("id", id)
                .param("everyBrand", actor.brands().contains("*")).param("brands", actor.brands().toArray(String[]::new))
                .param("everyMarket", actor.markets().contains("*")).param("markets", actor.markets().toArray(String[]::new))
                .query((row, _) -> recall(row)).optional();
    }

    List<Part> listParts(String recallId) {
        return jdbc.sql("""
                        select distinct p.id, p.market, p.locale, p.version_number, a.job_code
                          from recall_channel c, unnest(c.publications) as it(id), publication p join approval a on a.id = p.approval_id
                         where c.recall_id = :id and p.id = it.id
                         order by p.market, p.locale
                        """)
                .param("id", recallId)
                .query((row, _) -> new Part(row.getString("id"), row.getString("market"), row.getString("locale"), row.getInt("version_number"),
                        row.getString("job_code"))).list();
    }

    /// Those that have not confirmed first, by name.
    List<InChannel> listChannels(String recallId) {
        return jdbc.sql("""
                        select c.channel_id, ch.key, ch.name, c.publications, c.reminders, c.reminded_at, c.remind_at, k.confirmed_at, k.removed_at,
                               k.copies_removed, k.note, k.person_id, k.reason, p.display_name,
                               (select min(d.ended_at) from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
                                 where e.channel_id = c.channel_id and d.type = 'content.withdrawn' and d.publication_id = any(c.publications)
                                   and d.state = 'delivered') as told_at,
                               used.sets, seen.shown, greatest(used.last_on, seen.last_on) as used_on
                          from recall_channel c
                          join channel ch on ch.id = c.channel_id
                          join lateral (select coalesce(sum(u.served), 0) as sets, max(u.day) as last_on from demand_use_day u
                                         where u.publication_id = any(c.publications) and u.channel_key = ch.key) used on true
                          join lateral (select coalesce(sum(s.shown), 0) as shown, max(s.day) as last_on from shown_day s
                                         where s.channel_key = ch.key and (s.item_id, s.market, s.item_version) in (
                                               select p.item_id, p.market, p.version_number from publication p where p.id = any(c.publications))) seen on true
                          left join recall_confirmation k on k.recall_id = c.recall_id and k.channel_id = c.channel_id
                          left join person p on p.id = k.person_id
                         where c.recall_id = :id
                         order by k.confirmed_at nulls first, ch.name
                        """)
                .param("id", recallId).query((row, _) -> inChannel(row)).list();
    }

    /// Held until the transaction ends; false when there is no such recall.
    Instant getWithdrawnAt(String recallId) {
        return jdbc.sql("select w.withdrawn_at from recall r join withdrawal w on w.id = r.withdrawal_id where r.id = :id").param("id", recallId)
                .query((row, _) -> instant(row, "withdrawn_at")).single();
    }

    boolean lock(String recallId) {
        return jdbc.sql("select id from recall where id = :id for update").param("id", recallId).query(String.class).optional().isPresent();
    }

    Optional<InChannel> findChannel(String recallId, String channelId) {
        return listChannels(recallId).stream().filter(it -> it.channelId().equals(channelId)).findFirst();
    }

    void confirm(String recallId, String channelId, Confirmation it, @Nullable String keyId, @Nullable String personId) {
        jdbc.sql("""
                        insert into recall_confirmation (recall_id, channel_id, confirmed_at, removed_at, copies_removed, note, key_id, person_id, reason)
                        values (:recall, :channel, :confirmed, :removed, :copies, :note, :key, :person, :reason)
                        """)
                .param("recall", recallId).param("channel", channelId).param("confirmed", utc(it.confirmedAt())).param("removed", utc(it.removedAt()))
                .param("copies", it.copiesRemoved()).param("note", it.note()).param("key", keyId).param("person", personId).param("reason", it.reason())
                .update();
        jdbc.sql("update recall_channel set remind_at = null where recall_id = :recall and channel_id = :channel")
                .param("recall", recallId).param("channel", channelId).update();
    }

    /// Ends it when nobody is missing; false while somebody is, or when it had ended.
    boolean completeIfConfirmed(String recallId, Instant now) {
        return jdbc.sql("""
                        update recall set ended_at = :now
                         where id = :id and ended_at is null
                           and not exists (select 1 from recall_channel c where c.recall_id = :id and not exists (
                                 select 1 from recall_confirmation k where k.recall_id = c.recall_id and k.channel_id = c.channel_id))
                        """)
                .param("id", recallId).param("now", utc(now)).update() == 1;
    }

    /// False when it had ended.
    boolean close(String recallId, String personId, String reason, Instant now) {
        boolean closed = jdbc.sql("update recall set ended_at = :now, ended_by = :by, end_reason = :reason where id = :id and ended_at is null")
                .param("id", recallId).param("now", utc(now)).param("by", personId).param("reason", reason).update() == 1;
        jdbc.sql("update recall_channel set remind_at = null where recall_id = :id").param("id", recallId).update();
        return closed;
    }

    /// Taken by this node until the transaction ends.
    List<Due> lockDue(Instant now, int limit) {
        return jdbc.sql("""
                        select c.recall_id, c.channel_id, c.publications, c.reminders from recall_channel c
                         where c.remind_at <= :now
                         order by c.remind_at limit :limit
                           for update of c skip locked
                        """)
                .param("now", utc(now)).param("limit", limit)
                .query((row, _) -> new Due(row.getString("recall_id"), row.getString("channel_id"), texts(row, "publications"), row.getInt("reminders")))
                .list();
    }

    /// The channel, taken until the transaction ends; empty when it was reminded after `since`. Whoever asks at the same moment waits
    /// and then sees the other's reminder.
    Optional<Due> lockUnless(String recallId, String channelId, Instant since) {
        return jdbc.sql("""
                        select recall_id, channel_id, publications, reminders from recall_channel
                         where recall_id = :recall and channel_id = :channel and (reminded_at is null or reminded_at <= :since)
                           for update
                        """)
                .param("recall", recallId).param("channel", channelId).param("since", utc(since))
                .query((row, _) -> new Due(row.getString("recall_id"), row.getString("channel_id"), texts(row, "publications"), row.getInt("reminders")))
                .optional();
    }

    /// @param told whether a reminder went out; without an endpoint only the schedule goes on
    void reminded(Due it, boolean told, Instant now, @Nullable Instant next) {
        jdbc.sql("""
                        update recall_channel set remind_at = :next, reminders = reminders + case when :told then 1 else 0 end,
                               reminded_at = case when :told then :now else reminded_at end
                         where recall_id = :recall and channel_id = :channel
                        """)
                .param("told", told).param("now", utc(now)).param("next", next == null ? null : utc(next))
                .param("recall", it.recallId()).param("channel", it.channelId()).update();
    }

    /// What of a recall one channel could have.
    List<Change.Content> listPublications(String recallId, String channelId) {
        return jdbc.sql("""
                        select p.id as publication_id, p.item_id, p.type as content_type, p.brand, p.version_number, p.market, p.locale, p.kind, p.facets, p.effective_from, p.effective_until
                          from recall_channel c, unnest(c.publications) as it(id), publication p
                         where c.recall_id = :recall and c.channel_id = :channel and p.id = it.id
                         order by p.market, p.locale
                        """)
                .param("recall", recallId).param("channel", channelId).query((row, _) -> ChangeLog.getContent(row)).list();
    }

    /// The withdrawn changes behind publications, to tell of them again.
    List<Change> listChanges(List<String> publicationIds) {
        return jdbc.sql("""
                        select c.sequence, c.at, p.id as publication_id, p.item_id, p.type as content_type, p.brand, p.version_number, p.market, p.locale, p.kind, p.facets,
                               p.effective_from, p.effective_until
                          from publication p join content_change c on c.sequence = p.ended_sequence
                         where p.id = any(:ids) order by c.sequence
                        """)
                .param("ids", publicationIds.toArray(String[]::new))
                .query((row, _) -> new Change(row.getLong("sequence"), instant(row, "at"), "withdrawn", ChangeLog.content(row), null, null)).list();
    }

    private static Recall recall(ResultSet row) throws SQLException {
        var ended = instantOrNull(row, "ended_at");
        var endedBy = row.getString("ended_by");
        var title = row.getString("title");
        return new Recall(row.getString("id"), new ItemName(row.getString("item_id"), row.getString("key"), title == null ? row.getString("key") : title),
                row.getString("reason"), instant(row, "withdrawn_at"), new PersonName(row.getString("withdrawn_by"), row.getString("withdrawn_by_name")),
                instant(row, "opened_at"), row.getLong("sequence"), texts(row, "markets"),
                ended == null ? "open" : endedBy == null ? "complete" : "closed", row.getInt("channels"), row.getInt("confirmed"), ended,
                endedBy == null ? null : new PersonName(endedBy, row.getString("ended_by_name")), row.getString("end_reason"));
    }

    private static InChannel inChannel(ResultSet row) throws SQLException {
        var person = row.getString("person_id");
        var confirmed = instantOrNull(row, "confirmed_at");
        var confirmation = confirmed == null ? null : new Confirmation(confirmed, instant(row, "removed_at"),
                row.getObject("copies_removed", Integer.class), row.getString("note"),
                person == null ? null : new PersonName(person, row.getString("display_name")), row.getString("reason"));
        return new InChannel(row.getString("channel_id"), row.getString("key"), row.getString("name"), texts(row, "publications"),
                instantOrNull(row, "told_at"), row.getInt("reminders"), instantOrNull(row, "reminded_at"), instantOrNull(row, "remind_at"),
                new Served(row.getLong("sets"), row.getLong("shown"), row.getObject("used_on", LocalDate.class)), confirmation);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
