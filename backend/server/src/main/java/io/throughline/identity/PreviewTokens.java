package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Tokens that show a channel's app what is not approved (ADR 18). Each belongs to a channel and to the manager who made it; it reads
/// what both its own scope and that person allow at the moment of looking, and ends with that person's right to make it.
@Service
class PreviewTokens {

    static final Duration LONGEST_LIFE = Duration.ofDays(30);
    private static final Role[] MAKERS = {Role.CHANNEL_MANAGER, Role.ADMINISTRATOR};
    private static final String PREFIX = "tlp_";
    private static final int PREFIX_LENGTH = 12;
    private static final Duration LISTED_AFTER_END = Duration.ofDays(90);
    private static final int MOST_LISTED = 500;

    /// Asked for; `*` is all, an empty set none.
    ///
    /// @param expiresAt exclusive
    record NewToken(String name, Set<String> markets, Set<String> locales, Set<String> kinds, Instant expiresAt) {}

    /// @param secret shown this once
    record Issued(PreviewToken token, String secret) {
        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    private final JdbcClient jdbc;
    private final ApiClients clients;
    private final People people;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PreviewTokens(JdbcClient jdbc, ApiClients clients, People people, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.clients = clients;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /// Throws `not-found` for an unknown channel, `forbidden` for markets that the maker may not use, `invalid-body` for an end beyond 30 days.
    @Transactional
    Issued issue(Actor actor, String channelId, NewToken wanted) {
        requireMaker(actor);
        ChannelScope.requireMarkets(actor, wanted.markets(), "You can't give a token markets that you may not use yourself.");
        if (clients.findChannelById(channelId).isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such channel.");
        }
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Issued(insert(actor, channelId, secret, wanted), secret);
    }

    /// Puts a known token there, unless it is there; for the demo and for tests.
    @Transactional
    void seed(Actor maker, String channelId, String secret, NewToken wanted) {
        if (!jdbc.sql("select exists (select 1 from preview_token where secret_hash = :hash)").param("hash", Sha256.hex(secret)).query(Boolean.class).single()) {
            insert(maker, channelId, secret, wanted);
        }
    }

    private PreviewToken insert(Actor actor, String channelId, String secret, NewToken wanted) {
        var now = clock.instant();
        if (!wanted.expiresAt().isAfter(now) || wanted.expiresAt().isAfter(now.plus(LONGEST_LIFE))) {
            throw Problem.INVALID_BODY.because("expiresAt lies in the future, at most %d days ahead.".formatted(LONGEST_LIFE.toDays()));
        }
        var token = new PreviewToken(Ids.next("pvt"), channelId, wanted.name(), secret.substring(0, PREFIX_LENGTH), wanted.markets(), wanted.locales(),
                wanted.kinds(), actor.displayName(), wanted.expiresAt(), null);
        jdbc.sql("""
                        insert into preview_token (id, channel_id, person_id, name, prefix, secret_hash, markets, locales, kinds, created_at, expires_at)
                        values (:id, :channel, :person, :name, :prefix, :hash, :markets, :locales, :kinds, :now, :expires)
                        """)
                .param("id", token.id()).param("channel", channelId).param("person", actor.id()).param("name", token.name())
                .param("prefix", token.prefix()).param("hash", Sha256.hex(secret)).param("markets", array(token.markets()))
                .param("locales", array(token.locales())).param("kinds", array(token.kinds()))
                .param("now", now.atOffset(ZoneOffset.UTC)).param("expires", token.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        audit.record(actor, "preview-token.issued", "preview-token", token.id(), null, null, Json.tree(token));
        return token;
    }

    /// Those in force and those that ended in the last 90 days, the newest first.
    List<PreviewToken> list() {
        return jdbc.sql("""
                        select t.*, p.display_name from preview_token t join person p on p.id = t.person_id
                         where least(t.expires_at, t.revoked_at) > :since
                         order by t.created_at desc, t.id limit :most
                        """)
                .param("since", clock.instant().minus(LISTED_AFTER_END).atOffset(ZoneOffset.UTC)).param("most", MOST_LISTED)
                .query((row, _) -> token(row)).list();
    }

    /// Ends a token at once: one's own, or anybody's for whoever has every brand and the token's markets. Throws `forbidden`, and `not-found`
    /// also for one that has been revoked already.
    @Transactional
    PreviewToken revoke(Actor actor, String id, String reason) {
        requireMaker(actor);
        Reasons.require(reason);
        requireOwnOrWithin(actor, id);
        // set once: the where clause keeps the first revocation's time
        int revoked = jdbc.sql("update preview_token set revoked_at = :now where id = :id and revoked_at is null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("id", id)
                .update();
        if (revoked == 0) {
            throw Problem.NOT_FOUND.because("There is no such preview token, or it is revoked already.");
        }
        audit.record(actor, "preview-token.revoked", "preview-token", id, reason, null, null);
        return jdbc.sql("select t.*, p.display_name from preview_token t join person p on p.id = t.person_id where t.id = :id").param("id", id)
                .query((row, _) -> token(row)).single();
    }

    /// Asked with every request: previews are few, and an end, a suspension or a role taken away holds from the next look on (S25).
    Optional<PreviewViewer> authenticate(String bearerToken) {
        if (!bearerToken.startsWith(PREFIX) || bearerToken.length() > 200) {
            return Optional.empty();
        }
        record Held(String personId, ChannelClient scope) {}
        return jdbc.sql("""
                        select t.*, c.key as channel_key, c.kind as channel_kind
                          from preview_token t join channel c on c.id = t.channel_id
                         where t.secret_hash = :hash and t.revoked_at is null and t.expires_at > :now
                        """)
                .param("hash", Sha256.hex(bearerToken)).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Held(row.getString("person_id"),
                        new ChannelClient(row.getString("id"), row.getString("channel_id"), row.getString("channel_key"), row.getString("channel_kind"),
                                People.texts(row, "markets"), People.texts(row, "locales"), People.texts(row, "kinds"), BrandScope.EVERY, true, false, false)))
                .optional()
                .flatMap(held -> people.find(held.personId()).filter(person -> !person.suspended()).map(Person::asActor)
                        .filter(maker -> maker.hasAny(MAKERS))
                        .map(maker -> PreviewViewer.of(held.scope().keyId(), maker, held.scope())));
    }

    private static PreviewToken token(ResultSet row) throws SQLException {
        var revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new PreviewToken(row.getString("id"), row.getString("channel_id"), row.getString("name"), row.getString("prefix"),
                People.texts(row, "markets"), People.texts(row, "locales"), People.texts(row, "kinds"), row.getString("display_name"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(), revoked == null ? null : revoked.toInstant());
    }

    private static String[] array(Set<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    /// A token shows what its maker may see; ending somebody else's takes that from brands that may not be the actor's.
    private void requireOwnOrWithin(Actor actor, String id) {
        record Made(String personId, Set<String> markets) {}
        jdbc.sql("select person_id, markets from preview_token where id = :id").param("id", id)
                .query((row, _) -> new Made(row.getString("person_id"), People.texts(row, "markets"))).optional()
                .filter(it -> !it.personId().equals(actor.id()))
                .ifPresent(it -> {
                    var refusal = "Somebody else made this token. They revoke it, or a channel manager or an administrator who has every brand and its markets.";
                    if (!actor.mayUseEveryBrand()) {
                        throw Problem.FORBIDDEN.because(refusal);
                    }
                    ChannelScope.requireMarkets(actor, it.markets(), refusal);
                });
    }

    private static void requireMaker(Actor actor) {
        if (!actor.hasAny(MAKERS)) {
            throw Problem.FORBIDDEN.because("Only channel managers and administrators manage preview tokens.");
        }
    }
}
