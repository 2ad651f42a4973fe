package io.throughline.webhooks;

import static io.throughline.webhooks.ChannelScopes.instant;
import static io.throughline.webhooks.ChannelScopes.instantOrNull;

import io.throughline.webhooks.ChannelScopes.Shelf;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The deliveries and their attempts.
@Repository
class DeliveryTable {

    /// What a node has taken upon itself to send.
    ///
    /// @param shelf what must still be readable for it to be sent; null: nothing
    record Claimed(String id, String type, String payload, int attempt, int failures, String claim, @Nullable Shelf shelf) {}

    /// A message to be written.
    record New(String id, String endpointId, String type, @Nullable Long sequence, int reminder, @Nullable String publicationId, @Nullable Shelf shelf,
            String payload, boolean urgent, Instant createdAt, Instant dueAt) {}

    record Filter(Set<String> states, Set<String> types, @Nullable Instant since) {}

    private static final String COLUMNS =
            "id, endpoint_id, type, sequence, reminder, state, state_reason, created_at, due_at, ended_at, failures, attempts";

    private final JdbcClient jdbc;

    DeliveryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Nothing when the endpoint has this message already: a change is told once.
    void insert(New it) {
        var shelf = it.shelf();
        jdbc.sql("""
                        insert into webhook_delivery (id, endpoint_id, type, sequence, reminder, publication_id, market, locale, kind, payload, urgent,
                                                      state, created_at, due_at)
                        values (:id, :endpoint, :type, :sequence, :reminder, :publication, :market, :locale, :kind, :payload, :urgent,
                                'waiting', :created, :due)
                        on conflict (endpoint_id, sequence, reminder) do nothing
                        """)
                .param("id", it.id()).param("endpoint", it.endpointId()).param("type", it.type()).param("sequence", it.sequence())
                .param("reminder", it.reminder()).param("publication", it.publicationId())
                .param("market", shelf == null ? null : shelf.market()).param("locale", shelf == null ? null : shelf.locale())
                .param("kind", shelf == null ? null : shelf.kind())
                .param("payload", it.payload()).param("urgent", it.urgent()).param("created", utc(it.createdAt())).param("due", utc(it.dueAt()))
                .update();
    }

    /// What waits to be told of a publication that never became effective is told to nobody.
    void cancelFor(String publicationId, Instant now) {
        jdbc.sql("""
                        update webhook_delivery set state = 'cancelled', state_reason = 'It was ended before it became effective.', ended_at = :now
                         where publication_id = :publication and state = 'waiting'
                        """)
                .param("publication", publicationId).param("now", utc(now)).update();
    }

    void cancelAllOf(String endpointId, Instant now) {
        jdbc.sql("""
                        update webhook_delivery set state = 'cancelled', state_reason = 'The endpoint was deleted.', ended_at = :now
                         where endpoint_id = :endpoint and state = 'waiting'
                        """)
                .param("endpoint", endpointId).param("now", utc(now)).update();
    }

    /// Endpoints that have something to send now, by their own right to send.
    List<String> listDueEndpoints(Instant now) {
        return jdbc.sql("""
                        select e.id from webhook_endpoint e
                         where e.state in ('active', 'paused')
                           and exists (select 1 from webhook_delivery d
                                        where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= :now
                                          and (d.claimed_until is null or d.claimed_until <= :now)
                                          and (e.state = 'active' or d.type = 'webhook.test'))
                        """)
                .param("now", utc(now)).query((row, _) -> row.getString("id")).list();
    }

    /// Takes up to `limit` due deliveries for this node alone, withdrawals first. What others are taking is skipped.
    List<Claimed> claim(String endpointId, String claim, Instant now, Instant until, int limit) {
        return jdbc.sql("""
                        with due as materialized (
                          select d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
                           where d.endpoint_id = :endpoint and d.state = 'waiting' and d.due_at <= :now
                             and (d.claimed_until is null or d.claimed_until <= :now)
                             and (e.state = 'active' or e.state = 'paused' and d.type = 'webhook.test')
                           order by d.urgent desc, d.due_at, d.id
                           limit :limit
                             for update of d skip locked)
                        update webhook_delivery d
                           set claim = :claim, claimed_until = :until, attempts = d.attempts + 1
                          from due where d.id = due.id
                        returning d.id, d.type, d.payload, d.attempts, d.failures, d.market, d.locale, d.kind,
                                  (select p.brand from publication p where p.id = d.publication_id) as brand
                        """)
                .param("endpoint", endpointId).param("claim", claim).param("now", utc(now)).param("until", utc(until)).param("limit", limit)
                .query((row, _) -> new Claimed(row.getString("id"), row.getString("type"), row.getString("payload"), row.getInt("attempts"),
                        row.getInt("failures"), claim, shelf(row)))
                .list();
    }

    private static @Nullable Shelf shelf(ResultSet row) throws SQLException {
        return row.getString("market") == null ? null : new Shelf(row.getString("market"), row.getString("locale"), row.getString("kind"),
                row.getString("brand"), Set.of());
    }

    /// The attempt happened, whoever holds the delivery by now.
    void record(String deliveryId, Attempt attempt) {
        jdbc.sql("""
                        insert into webhook_attempt (delivery_id, number, started_at, took_ms, outcome, status, detail, response)
                        values (:delivery, :number, :started, :took, :outcome, :status, :detail, :response)
                        """)
                .param("delivery", deliveryId).param("number", attempt.number()).param("started", utc(attempt.startedAt()))
                .param("took", attempt.tookMs()).param("outcome", attempt.outcome()).param("status", attempt.status())
                .param("detail", attempt.detail()).param("response", attempt.response())
                .update();
    }

    /// Received is received: also when the claim had run out meanwhile.
    void delivered(String id, Instant now) {
        jdbc.sql("""
                        update webhook_delivery set state = 'delivered', state_reason = null, ended_at = :now, claim = null, claimed_until = null
                         where id = :id and state = 'waiting'
                        """)
                .param("id", id).param("now", utc(now)).update();
    }

    void failed(Claimed it, Instant next) {
        jdbc.sql("""
                        update webhook_delivery set failures = failures + 1, due_at = :next, claim = null, claimed_until = null
                         where id = :id and claim = :claim and state = 'waiting'
                        """)
                .param("id", it.id()).param("claim", it.claim()).param("next", utc(next)).update();
    }

    void end(Claimed it, String state, String why, Instant now) {
        jdbc.sql("""
                        update webhook_delivery set failures = failures + 1, state = :state, state_reason = :why, ended_at = :now, claim = null,
                               claimed_until = null
                         where id = :id and claim = :claim and state = 'waiting'
                        """)
                .param("id", it.id()).param("claim", it.claim()).param("state", state).param("why", why).param("now", utc(now)).update();
    }

    /// What this node took but did not send goes back.
    void release(Collection<Claimed> unsent) {
        jdbc.sql("update webhook_delivery set claim = null, claimed_until = null, attempts = attempts - 1 where id = any(:ids) and claim = any(:claims)")
                .param("ids", unsent.stream().map(Claimed::id).toArray(String[]::new))
                .param("claims", unsent.stream().map(Claimed::claim).distinct().toArray(String[]::new)).update();
    }

    /// The newest first; those before `after`, an id.
    List<Delivery> list(String endpointId, Filter filter, int limit, @Nullable String after) {
        return jdbc.sql("select " + COLUMNS + """
                          from webhook_delivery
                         where endpoint_id = :endpoint and (cast(:after as text) is null or id < :after)
                           and (:anyState or state = any(:states)) and (:anyType or type = any(:types))
                           and (cast(:since as timestamptz) is null or created_at >= :since)
                         order by id desc limit :limit
                        """)
                .param("endpoint", endpointId).param("after", after).param("limit", limit)
                .param("anyState", filter.states().isEmpty()).param("states", filter.states().toArray(String[]::new))
                .param("anyType", filter.types().isEmpty()).param("types", filter.types().toArray(String[]::new))
                .param("since", filter.since() == null ? null : utc(filter.since()))
                .query((row, _) -> delivery(row)).list();
    }

    Optional<Delivery> find(String endpointId, String id) {
        return jdbc.sql("select " + COLUMNS + " from webhook_delivery where endpoint_id = :endpoint and id = :id")
                .param("endpoint", endpointId).param("id", id).query((row, _) -> delivery(row)).optional();
    }

    String payload(String id) {
        return jdbc.sql("select payload from webhook_delivery where id = :id").param("id", id).query(String.class).single();
    }

    List<Attempt> listAttempts(String id) {
        return jdbc.sql("select number, started_at, took_ms, outcome, status, detail, response from webhook_attempt where delivery_id = :id order by number desc limit 100")
                .param("id", id)
                .query((row, _) -> new Attempt(row.getInt("number"), instant(row, "started_at"), row.getInt("took_ms"), row.getString("outcome"),
                        row.getObject("status", Integer.class), row.getString("detail"), row.getString("response")))
                .list();
    }

    /// From the beginning of the schedule again; false when it waits anyhow.
    boolean replay(String id, Instant now) {
        return jdbc.sql("""
                        update webhook_delivery set state = 'waiting', state_reason = null, due_at = :now, ended_at = null, failures = 0,
                               claim = null, claimed_until = null
                         where id = :id and state <> 'waiting'
                        """)
                .param("id", id).param("now", utc(now)).update() == 1;
    }

    /// What failed and waits for its next try since then is due now, with its place in the schedule; how many.
    int hurry(String endpointId, Instant since, Instant now) {
        return jdbc.sql("""
                        update webhook_delivery set due_at = least(due_at, :now)
                         where endpoint_id = :endpoint and state = 'waiting' and failures > 0 and created_at >= :since
                        """)
                .param("endpoint", endpointId).param("since", utc(since)).param("now", utc(now)).update();
    }

    /// How many of an endpoint's were set to be sent again; at most `limit`, the oldest first.
    int replaySince(String endpointId, Instant since, Instant now, int limit) {
        return jdbc.sql("""
                        update webhook_delivery set state = 'waiting', state_reason = null, due_at = :now, ended_at = null, failures = 0,
                               claim = null, claimed_until = null
                         where id in (select id from webhook_delivery
                                       where endpoint_id = :endpoint and created_at >= :since and state in ('delivered', 'failed')
                                         and type <> 'webhook.test'
                                       order by id limit :limit)
                        """)
                .param("endpoint", endpointId).param("since", utc(since)).param("now", utc(now)).param("limit", limit).update();
    }

    /// What ended before the moment is forgotten, with its attempts.
    int forgetBefore(Instant moment, int limit) {
        return jdbc.sql("""
                        delete from webhook_delivery
                         where id in (select id from webhook_delivery where created_at < :moment and state <> 'waiting' limit :limit)
                        """)
                .param("moment", utc(moment)).param("limit", limit).update();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        boolean waiting = row.getString("state").equals("waiting");
        return new Delivery(row.getString("id"), row.getString("endpoint_id"), row.getString("type"), row.getObject("sequence", Long.class),
                row.getInt("reminder"), row.getString("state"), row.getString("state_reason"), instant(row, "created_at"),
                waiting ? instant(row, "due_at") : null, instantOrNull(row, "ended_at"), row.getInt("failures"), row.getInt("attempts"));
    }

    static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
