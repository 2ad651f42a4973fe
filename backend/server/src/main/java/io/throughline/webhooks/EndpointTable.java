package io.throughline.webhooks;

import static io.throughline.webhooks.ChannelScopes.instant;
import static io.throughline.webhooks.ChannelScopes.instantOrNull;
import static io.throughline.webhooks.ChannelScopes.texts;
import static io.throughline.webhooks.DeliveryTable.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Endpoints and their sealed secrets.
@Repository
class EndpointTable {

    /// A valid secret, sealed.
    ///
    /// @param endsAt exclusive; null: until it is replaced
    record Sealed(String id, String sealed, Instant createdAt, @Nullable Instant endsAt) {}

    /// How an endpoint does.
    ///
    /// @param waiting how many messages wait to be sent, those of the future not counted
    record Health(String endpointId, @Nullable Instant lastAttemptAt, @Nullable String lastOutcome, @Nullable Integer lastStatus,
            @Nullable Instant lastDeliveredAt, long waiting, long failed) {}

    private static final String COLUMNS =
            "id, channel_id, name, url, events, only_types, only_markets, only_brands, state, state_reason, state_at, failing_since, created_at";

    private final JdbcClient jdbc;

    EndpointTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// All that are not deleted, by channel and name.
    List<Endpoint> list() {
        return jdbc.sql("select " + COLUMNS + " from webhook_endpoint where state <> 'deleted' order by channel_id, name, id")
                .query((row, _) -> endpoint(row)).list();
    }

    Optional<Endpoint> find(String id) {
        return jdbc.sql("select " + COLUMNS + " from webhook_endpoint where id = :id and state <> 'deleted'").param("id", id)
                .query((row, _) -> endpoint(row)).optional();
    }

    /// As [#find]; nobody else changes it before the transaction ends.
    Optional<Endpoint> lock(String id) {
        return jdbc.sql("select " + COLUMNS + " from webhook_endpoint where id = :id and state <> 'deleted' for update").param("id", id)
                .query((row, _) -> endpoint(row)).optional();
    }

    /// Waits for others who add to the same channel.
    int countOf(String channelId) {
        jdbc.sql("select id from channel where id = :id for no key update").param("id", channelId).query(String.class).single();
        return jdbc.sql("select count(*) from webhook_endpoint where channel_id = :channel and state <> 'deleted'").param("channel", channelId)
                .query(Integer.class).single();
    }

    void insert(Endpoint it, String createdBy) {
        jdbc.sql("""
                        insert into webhook_endpoint (id, channel_id, name, url, events, only_types, only_markets, only_brands, state, state_reason, state_at, created_by, created_at)
                        values (:id, :channel, :name, :url, :events, :types, :markets, :brands, :state, :reason, :at, :by, :created)
                        """)
                .param("id", it.id()).param("channel", it.channelId()).param("name", it.name()).param("url", it.url())
                .param("events", it.events().toArray(String[]::new)).param("types", sorted(it.only().types()))
                .param("markets", sorted(it.only().markets())).param("brands", sorted(it.only().brands())).param("state", it.state()).param("reason", it.stateReason())
                .param("at", utc(it.stateAt())).param("by", createdBy).param("created", utc(it.createdAt())).update();
    }

    void change(String id, EndpointDesk.Wanted wanted) {
        // a setting; the trail keeps what it was
        jdbc.sql("""
                        update webhook_endpoint set name = :name, url = :url, events = :events, only_types = :types, only_markets = :markets,
                               only_brands = :brands
                         where id = :id
                        """)
                .param("id", id).param("name", wanted.name()).param("url", wanted.url()).param("events", wanted.events().toArray(String[]::new))
                .param("types", sorted(wanted.only().types())).param("markets", sorted(wanted.only().markets()))
                .param("brands", sorted(wanted.only().brands())).update();
    }

    private static String[] sorted(Set<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    void setState(String id, String state, @Nullable String reason, Instant now) {
        jdbc.sql("update webhook_endpoint set state = :state, state_reason = :reason, state_at = :now, failing_since = null where id = :id")
                .param("id", id).param("state", state).param("reason", reason).param("now", utc(now)).update();
    }

    void succeeded(String id) {
        jdbc.sql("update webhook_endpoint set failing_since = null where id = :id and failing_since is not null").param("id", id).update();
    }

    /// Since when it fails, this failure included.
    Instant failed(String id, Instant now) {
        jdbc.sql("update webhook_endpoint set failing_since = :now where id = :id and failing_since is null")
                .param("id", id).param("now", utc(now)).update();
        return jdbc.sql("select coalesce(failing_since, :now) from webhook_endpoint where id = :id").param("id", id).param("now", utc(now))
                .query((row, _) -> instant(row, "coalesce")).single();
    }

    /// False when it was not active any more.
    boolean disable(String id, String reason, Instant now) {
        return jdbc.sql("update webhook_endpoint set state = 'disabled', state_reason = :reason, state_at = :now where id = :id and state = 'active'")
                .param("id", id).param("reason", reason).param("now", utc(now)).update() == 1;
    }

    void insertSecret(String id, String endpointId, String sealed, Instant now) {
        jdbc.sql("insert into webhook_secret (id, endpoint_id, sealed, created_at) values (:id, :endpoint, :sealed, :now)")
                .param("id", id).param("endpoint", endpointId).param("sealed", sealed).param("now", utc(now)).update();
    }

    /// The newest lives on until `end`; every older one ends now, so that two are valid at most.
    void endSecrets(String endpointId, Instant end, Instant now) {
        jdbc.sql("""
                        update webhook_secret set ends_at = case when ends_at is null then :end else :now end
                         where endpoint_id = :endpoint and (ends_at is null or ends_at > :now)
                        """)
                .param("endpoint", endpointId).param("end", utc(end)).param("now", utc(now)).update();
    }

    /// Those valid at the instant, the newest first.
    List<Sealed> listSecrets(String endpointId, Instant now) {
        return jdbc.sql("""
                        select id, sealed, created_at, ends_at from webhook_secret
                         where endpoint_id = :endpoint and (ends_at is null or ends_at > :now) order by created_at desc, id desc
                        """)
                .param("endpoint", endpointId).param("now", utc(now))
                .query((row, _) -> new Sealed(row.getString("id"), row.getString("sealed"), instant(row, "created_at"), instantOrNull(row, "ends_at")))
                .list();
    }

    /// Those valid at the instant of every endpoint, by its id, the newest first.
    Map<String, List<Sealed>> listAllSecrets(Instant now) {
        var all = new HashMap<String, List<Sealed>>();
        jdbc.sql("""
                        select endpoint_id, id, sealed, created_at, ends_at from webhook_secret
                         where ends_at is null or ends_at > :now order by created_at desc, id desc
                        """)
                .param("now", utc(now))
                .query((row, _) -> all.computeIfAbsent(row.getString("endpoint_id"), _ -> new ArrayList<>()).add(
                        new Sealed(row.getString("id"), row.getString("sealed"), instant(row, "created_at"), instantOrNull(row, "ends_at"))))
                .list();
        return all;
    }

    List<Health> listHealth(Instant now) {
        return jdbc.sql("""
                        select e.id, last.started_at, last.outcome, last.status, done.ended_at as delivered_at,
                               (select count(*) from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= :now or d.endpoint_id = e.id and d.state = 'waiting' and d.failures > 0) as waiting,
                               (select count(*) from webhook_delivery d where d.endpoint_id = e.id and d.state = 'failed') as failed
                          from webhook_endpoint e
                          left join lateral (select a.started_at, a.outcome, a.status
                                               from (select id from webhook_delivery d where d.endpoint_id = e.id and d.attempts > 0 order by d.id desc limit 50) d
                                               join webhook_attempt a on a.delivery_id = d.id
                                              order by a.started_at desc limit 1) last on true
                          left join lateral (select d.ended_at from webhook_delivery d where d.endpoint_id = e.id and d.state = 'delivered'
                                              order by d.id desc limit 1) done on true
                         where e.state <> 'deleted'
                        """)
                .param("now", utc(now))
                .query((row, _) -> new Health(row.getString("id"), instantOrNull(row, "started_at"), row.getString("outcome"),
                        row.getObject("status", Integer.class), instantOrNull(row, "delivered_at"), row.getLong("waiting"), row.getLong("failed")))
                .list();
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(row.getString("id"), row.getString("channel_id"), row.getString("name"), row.getString("url"),
                List.of((String[]) row.getArray("events").getArray()), new Endpoint.Only(texts(row, "only_types"), texts(row, "only_markets"), texts(row, "only_brands")),
                row.getString("state"), row.getString("state_reason"),
                instant(row, "state_at"), instantOrNull(row, "failing_since"), instant(row, "created_at"));
    }
}
