package io.throughline.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.DatabasePool;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/// Budgets of credentials, and of addresses for requests without one. They are kept in this node's memory: behind n nodes a
/// credential may ask up to n times as much, and a restart forgets what was used. That bounds the load of each node, which is
/// what it is for.
@Service
public class RateLimits {

    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

    static final String CHEAP = "throughline.cheap";
    private static final int ADDRESS_WINDOW_SECONDS = 10;
    private static final long POLICY_TRUSTED_NANOS = Duration.ofSeconds(5).toNanos();
    /// From then on a policy in use is read anew beside the requests, so that none of them waits for it.
    private static final long POLICY_RENEWED_NANOS = Duration.ofSeconds(3).toNanos();

    /// @param renewing whether somebody reads it anew already
    private record Kept(RateBudget budget, long readAt, AtomicBoolean renewing) {

        Kept(RateBudget budget, long readAt) {
            this(budget, readAt, new AtomicBoolean());
        }
    }

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;
    private final RatePolicy usual;
    private final RatePolicy perAddress;
    private final Cache<String, Kept> credentials = Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofHours(1)).build();
    private final Cache<String, RateBudget> addresses = Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofMinutes(10)).build();

    RateLimits(JdbcClient jdbc, AuditTrail audit, Clock clock,
            @Value("${throughline.rate-limit.requests:10000}") int requests,
            @Value("${throughline.rate-limit.address-requests:1000}") int addressRequests) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.usual = new RatePolicy(requests, ADDRESS_WINDOW_SECONDS);
        this.perAddress = new RatePolicy(addressRequests, ADDRESS_WINDOW_SECONDS);
    }

    /// Says of the request at hand that its answer was at hand too: it costs a tenth.
    public static void cheap() {
        var request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(CHEAP, true, RequestAttributes.SCOPE_REQUEST);
        }
    }

    /// Policies of channels that have one of their own, by channel id.
    Map<String, RatePolicy> listPolicies() {
        var policies = new HashMap<String, RatePolicy>();
        jdbc.sql("select channel_id, requests, window_seconds from channel_rate_policy")
                .query((row, _) -> Map.entry(row.getString("channel_id"), new RatePolicy(row.getInt("requests"), row.getInt("window_seconds")))).list()
                .forEach(entry -> policies.put(entry.getKey(), entry.getValue()));
        return policies;
    }

    RatePolicy usual() {
        return usual;
    }

    /// Gives a channel a policy of its own; felt within 5 seconds on every node.
    @Transactional
    public RatePolicy setPolicy(Actor actor, String channelId, RatePolicy policy, String reason) {
        if (!actor.hasAny(Role.CHANNEL_MANAGER, Role.ADMINISTRATOR)) {
            throw Problem.FORBIDDEN.because("Only channel managers and administrators set limits.");
        }
        ChannelScope.requireEveryBrand(actor);
        Reasons.require(reason);
        if (!jdbc.sql("select exists (select 1 from channel where id = :id)").param("id", channelId).query(Boolean.class).single()) {
            throw Problem.NOT_FOUND.because("There is no such channel.");
        }
        var before = findPolicy(channelId);
        // one row a channel: the trail keeps what it was
        jdbc.sql("""
                        insert into channel_rate_policy (channel_id, requests, window_seconds, changed_by, changed_at)
                        values (:channel, :requests, :window, :by, :at)
                            on conflict (channel_id) do update set requests = :requests, window_seconds = :window, changed_by = :by, changed_at = :at
                        """)
                .param("channel", channelId).param("requests", policy.requests()).param("window", policy.windowSeconds())
                .param("by", actor.id()).param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(actor, "channel.limit-changed", "channel", channelId, reason, before == null ? null : Json.tree(before), Json.tree(policy));
        return policy;
    }

    RateBudget ofCredential(ChannelClient client, long now) {
        var kept = credentials.getIfPresent(client.keyId());
        if (kept == null || now - kept.readAt() > POLICY_TRUSTED_NANOS) {
            kept = renewed(client, kept, now);
            credentials.put(client.keyId(), kept);
        } else if (now - kept.readAt() > POLICY_RENEWED_NANOS && kept.renewing().compareAndSet(false, true)) {
            var known = kept;
            Thread.startVirtualThread(() -> DatabasePool.DELIVERY.run(() -> credentials.put(client.keyId(), renewed(client, known, now))));
        }
        return kept.budget();
    }

    RateBudget ofAddress(String address) {
        return addresses.get(address, _ -> new RateBudget(perAddress));
    }

    /// A preview token has as much as an address: people look, apps don't serve from it.
    RateBudget ofPreview(PreviewViewer viewer) {
        return addresses.get(viewer.tokenId(), _ -> new RateBudget(perAddress));
    }

    private Kept renewed(ChannelClient client, @Nullable Kept kept, long now) {
        try {
            var own = findPolicy(client.channelId());
            var policy = own == null ? usual : own;
            return new Kept(kept != null && kept.budget().policy().equals(policy) ? kept.budget() : new RateBudget(policy), now);
        } catch (DataAccessException away) {
            log.debug("the limit of channel {} can't be read; the last one holds", client.channelId(), away);
            return new Kept(kept == null ? new RateBudget(usual) : kept.budget(), now);
        }
    }

    private @Nullable RatePolicy findPolicy(String channelId) {
        return jdbc.sql("select requests, window_seconds from channel_rate_policy where channel_id = :channel").param("channel", channelId)
                .query((row, _) -> new RatePolicy(row.getInt("requests"), row.getInt("window_seconds"))).optional().orElse(null);
    }
}
