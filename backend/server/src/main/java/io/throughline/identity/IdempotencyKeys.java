package io.throughline.identity;

import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which keys a person has used within a day, and what they were answered.
@Repository
class IdempotencyKeys {

    static final Duration KEPT = Duration.ofHours(24);
    static final int MOST_PER_PERSON = 5_000;

    /// Whoever claimed a key and was not heard of since has died: no request takes so long.
    static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    /// An answer as it was given.
    ///
    /// @param body null: it is not kept
    record Kept(int status, Map<String, String> headers, byte @Nullable [] body) {}

    /// What a key means for a request.
    sealed interface Claim {

        /// Nobody used it for anything yet: do it, then say what was answered.
        record Mine(String claim) implements Claim {}

        record Answered(Kept answer) implements Claim {}

        record StillRunning() implements Claim {}

        record OtherRequest() implements Claim {}

        /// The person has as many keys as are kept.
        record TooMany(Duration until) implements Claim {}
    }

    private record Row(String mac, Instant claimedAt, @Nullable Kept answer) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Each statement is a transaction of its own, so that others see the claim while the request runs.
    Claim claim(String personId, IdempotencyKey key, String mac) {
        var now = clock.instant();
        var there = find(personId, key);
        if (there.isEmpty()) {
            var oldest = oldestOfTooMany(personId, now);
            if (oldest.isPresent()) {
                return new Claim.TooMany(Duration.between(now, oldest.get().plus(KEPT)));
            }
        }
        var claim = Ids.next("idk");
        int claimed = jdbc.sql("""
                        insert into idempotency_key as k (person_id, key_sha256, request_mac, claim, claimed_at)
                        values (:person, :key, :mac, :claim, :now)
                        on conflict (person_id, key_sha256) do update
                          set request_mac = excluded.request_mac, claim = excluded.claim, claimed_at = excluded.claimed_at,
                              status = null, headers = null, body = null
                          -- a day is over, or whoever had it died
                          where k.claimed_at <= :forgotten or k.status is null and k.claimed_at <= :dead and k.request_mac = excluded.request_mac
                        """)
                .param("person", personId).param("key", key.sha256()).param("mac", mac).param("claim", claim).param("now", utc(now))
                .param("forgotten", utc(now.minus(KEPT))).param("dead", utc(now.minus(LONGEST_RUN)))
                .update();
        if (claimed == 1) {
            return new Claim.Mine(claim);
        }
        // gone again: the one who had it failed a moment ago, and the client may try anew
        var other = find(personId, key);
        if (other.isEmpty()) {
            return new Claim.StillRunning();
        }
        if (!other.get().mac().equals(mac)) {
            return new Claim.OtherRequest();
        }
        return other.get().answer() == null ? new Claim.StillRunning() : new Claim.Answered(other.get().answer());
    }

    void keep(String personId, IdempotencyKey key, String claim, Kept answer) {
        jdbc.sql("""
                        update idempotency_key set status = :status, headers = cast(:headers as jsonb), body = :body
                         where person_id = :person and key_sha256 = :key and claim = :claim
                        """)
                .param("status", answer.status()).param("headers", Json.text(answer.headers())).param("body", answer.body(), java.sql.Types.BINARY)
                .param("person", personId).param("key", key.sha256()).param("claim", claim)
                .update();
    }

    /// Nothing came of it: the same key may be used again.
    void release(String personId, IdempotencyKey key, String claim) {
        jdbc.sql("delete from idempotency_key where person_id = :person and key_sha256 = :key and claim = :claim")
                .param("person", personId).param("key", key.sha256()).param("claim", claim).update();
    }

    /// Answers with how many there were, never more than a few thousand at once.
    int forgetOld() {
        return jdbc.sql("""
                        delete from idempotency_key where (person_id, key_sha256) in
                          (select person_id, key_sha256 from idempotency_key where claimed_at <= :forgotten order by claimed_at limit 5000)
                        """)
                .param("forgotten", utc(clock.instant().minus(KEPT))).update();
    }

    private Optional<Instant> oldestOfTooMany(String personId, Instant now) {
        return jdbc.sql("""
                        select min(claimed_at) from idempotency_key where person_id = :person and claimed_at > :forgotten having count(*) >= :most
                        """)
                .param("person", personId).param("forgotten", utc(now.minus(KEPT))).param("most", MOST_PER_PERSON)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant()).optional();
    }

    private Optional<Row> find(String personId, IdempotencyKey key) {
        return jdbc.sql("select request_mac, claimed_at, status, headers, body from idempotency_key where person_id = :person and key_sha256 = :key")
                .param("person", personId).param("key", key.sha256())
                .query((row, _) -> {
                    var status = row.getObject("status", Integer.class);
                    return new Row(row.getString("request_mac"), row.getObject("claimed_at", OffsetDateTime.class).toInstant(),
                            status == null ? null : new Kept(status, headers(row.getString("headers")), row.getBytes("body")));
                }).optional();
    }

    private static Map<String, String> headers(String json) {
        var headers = new LinkedHashMap<String, String>();
        Json.parse(json).properties().forEach(it -> headers.put(it.getKey(), it.getValue().asString()));
        return headers;
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
