package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Tokens that show what is not approved, for looking at it in an app. Each belongs to the person who made it, sees what that person
/// may see at the moment of looking, and lives for at most a day.
@Service
class PreviewTokens {

    static final int LONGEST_HOURS = 24;
    private static final String PREFIX = "tlp_";

    /// @param secret shown this once
    record Issued(String id, String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    private final JdbcClient jdbc;
    private final People people;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PreviewTokens(JdbcClient jdbc, People people, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param purpose what for; it stands in the trail
    @Transactional
    Issued issue(Actor actor, int hours, String purpose) {
        Reasons.require(purpose);
        if (hours < 1 || hours > LONGEST_HOURS) {
            throw Problem.INVALID_BODY.because("A preview token lives for 1 to %d hours.".formatted(LONGEST_HOURS));
        }
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var issued = new Issued(Ids.next("pvt"), secret, now.plus(Duration.ofHours(hours)));
        jdbc.sql("""
                        insert into preview_token (id, person_id, secret_hash, created_at, expires_at)
                        values (:id, :person, :hash, :now, :expires)
                        """)
                .param("id", issued.id()).param("person", actor.id()).param("hash", Sha256.hex(secret))
                .param("now", now.atOffset(ZoneOffset.UTC)).param("expires", issued.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(actor, "preview-token.issued", "preview-token", issued.id(), purpose, null, Json.object().put("expiresAt", issued.expiresAt().toString()));
        return issued;
    }

    /// Ends a token at once; one's own, or anybody's as administrator. Throws `not-found` for every other.
    @Transactional
    void revoke(Actor actor, String id, String reason) {
        Reasons.require(reason);
        // set once: the where clause keeps the first end's time
        int ended = jdbc.sql("""
                        update preview_token set revoked_at = :now
                         where id = :id and revoked_at is null and (person_id = :person or :administrator)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("id", id).param("person", actor.id())
                .param("administrator", actor.has(Role.ADMINISTRATOR))
                .update();
        if (ended == 0) {
            throw Problem.NOT_FOUND.because("There is no such preview token, or it has ended already.");
        }
        audit.record(actor, "preview-token.revoked", "preview-token", id, reason, null, null);
    }

    /// Asked with every request: previews are few, and an end or a suspension holds from the next look on.
    Optional<PreviewViewer> authenticate(String bearerToken) {
        if (!bearerToken.startsWith(PREFIX) || bearerToken.length() > 200) {
            return Optional.empty();
        }
        record Held(String id, String personId) {}
        return jdbc.sql("select id, person_id from preview_token where secret_hash = :hash and revoked_at is null and expires_at > :now")
                .param("hash", Sha256.hex(bearerToken)).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Held(row.getString("id"), row.getString("person_id"))).optional()
                .flatMap(held -> people.find(held.personId()).filter(person -> !person.suspended())
                        .map(person -> new PreviewViewer(held.id(), person.asActor())));
    }
}
