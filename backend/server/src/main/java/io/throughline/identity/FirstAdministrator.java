package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The way into an installation with nobody in it: one administrator, who sets a password through a link that works once
/// and for 24 hours. While nobody has used it, each start makes a new link and the older ones stop working.
@Service
class FirstAdministrator {

    static final String USERNAME = "administrator";
    static final Duration LINK_LIFE = Duration.ofHours(24);

    private final People people;
    private final PeopleDesk desk;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final boolean demo;
    private final TransactionTemplate transaction;
    private final SecureRandom random = new SecureRandom();

    FirstAdministrator(People people, PeopleDesk desk, Passwords passwords, AuditTrail audit, JdbcClient jdbc, Clock clock,
            Environment environment, PlatformTransactionManager transactions) {
        this.people = people;
        this.desk = desk;
        this.passwords = passwords;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
        this.demo = isDemo(environment);
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Whether the server was started with `--demo`.
    static boolean isDemo(Environment environment) {
        var demo = environment.getProperty("demo");
        return demo != null && !demo.equalsIgnoreCase("false");
    }

    /// A new one-time token, when this installation still waits for its first administrator.
    Optional<String> invite() {
        if (demo) {
            return Optional.empty();
        }
        var unknown = people.isEmpty() ? passwords.hash(token()) : null;
        return transaction.execute(_ -> invite(unknown));
    }

    /// @param unknownPassword hash of a password that nobody knows; null when there were people a moment ago
    private Optional<String> invite(@Nullable String unknownPassword) {
        // two nodes may start together: one makes the administrator, the other finds it
        jdbc.sql("select pg_advisory_xact_lock(7411)").query((row, _) -> "locked").single();
        if (unknownPassword != null && people.isEmpty()) {
            desk.insert(Actor.system(), new NewPerson(USERNAME, "Administrator", "", Set.of(Role.ADMINISTRATOR), Set.of("*"),
                    Set.of("*"), null, false), unknownPassword);
        } else if (!isWaiting()) {
            return Optional.empty();
        }
        var administrator = people.findByUsername(USERNAME).orElseThrow();
        var token = token();
        var now = clock.instant();
        // tokens are secrets, not facts: an older link must stop working
        jdbc.sql("delete from first_administrator_token").update();
        jdbc.sql("""
                        insert into first_administrator_token (token_hash, person_id, created_at, expires_at)
                        values (:hash, :person, :now, :expires)
                        """)
                .param("hash", Sha256.hex(token))
                .param("person", administrator.id())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", now.plus(LINK_LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return Optional.of(token);
    }

    /// Sets the administrator's password; false for a token that is wrong, used or too old, all alike.
    boolean claim(String token, String password) {
        PasswordRules.requireAcceptable(password, USERNAME);
        // asked first, so that nobody has passwords hashed without a link
        if (!jdbc.sql("select exists (select 1 from first_administrator_token where token_hash = :hash and used_at is null)").param("hash", Sha256.hex(token))
                .query(Boolean.class).single()) {
            return false;
        }
        var hash = passwords.hash(password);
        return Boolean.TRUE.equals(transaction.execute(_ -> claimed(token, hash)));
    }

    private boolean claimed(String token, String passwordHash) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        var person = jdbc.sql("""
                        update first_administrator_token
                           set used_at = :now
                         where token_hash = :hash and used_at is null and expires_at > :now
                        returning person_id
                        """)
                .param("now", now)
                .param("hash", Sha256.hex(token))
                .query(String.class)
                .optional();
        if (person.isEmpty()) {
            return false;
        }
        desk.setPassword(person.get(), passwordHash, null);
        audit.record(people.get(person.get()).asActor(), "first-administrator.claimed", "person", person.get(), null, null, null);
        return true;
    }

    private boolean isWaiting() {
        return jdbc.sql("select exists (select 1 from first_administrator_token where used_at is null)")
                .query(Boolean.class)
                .single();
    }

    private String token() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
