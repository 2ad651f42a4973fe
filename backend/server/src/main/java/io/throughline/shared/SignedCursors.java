package io.throughline.shared;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Cursors that only we can write and that hold for one query only: where a page ended, with an HMAC over it and the query.
@Component
public class SignedCursors {

    private static final String NAME = "cursor";
    private static final int MAC_LENGTH = 16;
    private static final int LONGEST = 4_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile byte @Nullable [] known;

    SignedCursors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @param query everything that the page depends on but the cursor itself, in one fixed form
    public String seal(String query, JsonNode position) {
        var body = Json.text(position).getBytes(StandardCharsets.UTF_8);
        var mac = mac(query, body);
        var all = new byte[MAC_LENGTH + body.length];
        System.arraycopy(mac, 0, all, 0, MAC_LENGTH);
        System.arraycopy(body, 0, all, MAC_LENGTH, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// @throws io.throughline.shared.ProblemException `invalid-query` for a cursor that is not ours or belongs to another query
    public JsonNode open(String query, String cursor) {
        return open(query, cursor, "after",
                "This cursor does not belong to this query. Take 'nextCursor' as it is, with the same parameters, or start without 'after'.");
    }

    /// @param parameter that the cursor came in
    /// @param advice    what to do when it is not ours
    public JsonNode open(String query, String cursor, String parameter, String advice) {
        var notOurs = Problem.INVALID_QUERY.because(advice, List.of(new FieldError("invalid-parameter", parameter, advice)));
        try {
            if (cursor.length() > LONGEST) {
                throw notOurs;
            }
            var all = Base64.getUrlDecoder().decode(cursor);
            if (all.length <= MAC_LENGTH) {
                throw notOurs;
            }
            var body = Arrays.copyOfRange(all, MAC_LENGTH, all.length);
            if (!MessageDigest.isEqual(mac(query, body), Arrays.copyOf(all, MAC_LENGTH))) {
                throw notOurs;
            }
            return Json.mapper().readTree(body);
        } catch (IllegalArgumentException | JacksonException malformed) {
            throw notOurs;
        }
    }

    private byte[] mac(String query, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            mac.update(Sha256.hex(query.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(body), MAC_LENGTH);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    /// One for all nodes: the first that needs it makes it.
    private byte[] secret() {
        var secret = known;
        if (secret == null) {
            var fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            jdbc.sql("insert into delivery_secret (name, value, created_at) values (:name, :value, :at) on conflict do nothing")
                    .param("name", NAME)
                    .param("value", Base64.getEncoder().encodeToString(fresh))
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            secret = Base64.getDecoder().decode(jdbc.sql("select value from delivery_secret where name = :name").param("name", NAME)
                    .query(String.class).single());
            known = secret;
        }
        return secret;
    }
}
