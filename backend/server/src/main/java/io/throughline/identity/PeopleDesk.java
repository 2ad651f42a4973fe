package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What administrators do to people, and people to their own password; every act is in the trail.
@Service
class PeopleDesk {

    private final People people;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final Clock clock;

    PeopleDesk(People people, Passwords passwords, AuditTrail audit, JdbcClient jdbc, Clock clock) {
        this.people = people;
        this.passwords = passwords;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Throws `conflict` when the user name was ever taken.
    @Transactional
    Person create(Actor actor, NewPerson person) {
        requireAdministrator(actor);
        passwords.requireAcceptable(person.password());
        if (people.findAccount(person.username()).isPresent()) {
            throw Problem.CONFLICT.because("The user name '%s' is taken, now or in the past; choose another.".formatted(person.username()));
        }
        return insert(actor, person, passwords.hash(person.password()));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Person insert(Actor actor, NewPerson person, String passwordHash) {
        var id = Ids.next("usr");
        var now = now();
        jdbc.sql("""
                        insert into person (id, username, display_name, password_hash, roles, brands, markets, registration_number,
                                            identity_verified_at, password_changed_at, created_at)
                        values (:id, :username, :displayName, :passwordHash, :roles, :brands, :markets, :registrationNumber,
                                :verifiedAt, :now, :now)
                        """)
                .param("id", id)
                .param("username", person.username())
                .param("displayName", person.displayName())
                .param("passwordHash", passwordHash)
                .param("roles", person.roles().stream().map(Kebab::of).sorted().toArray(String[]::new))
                .param("brands", array(person.brands()))
                .param("markets", array(person.markets()))
                .param("registrationNumber", person.registrationNumber())
                .param("verifiedAt", person.identityVerified() ? now : null)
                .param("now", now)
                .update();
        var made = people.get(id);
        audit.record(actor, "person.created", "person", id, null, null, Json.tree(made));
        return made;
    }

    /// Ends every session of the person with its next request (S25).
    @Transactional
    void suspend(Actor actor, String id, String reason) {
        requireAdministrator(actor);
        var person = people.get(id);
        if (person.id().equals(actor.id())) {
            throw Problem.CONFLICT.because("You can't suspend yourself; ask another administrator.");
        }
        change(actor, "person.suspended", id, reason, now());
    }

    @Transactional
    void resume(Actor actor, String id, String reason) {
        requireAdministrator(actor);
        people.get(id);
        change(actor, "person.resumed", id, reason, null);
    }

    private void change(Actor actor, String action, String id, String reason, @Nullable OffsetDateTime suspendedAt) {
        // a person's state, not a fact: the facts are in the trail
        jdbc.sql("update person set suspended_at = :at::timestamptz where id = :id").param("at", suspendedAt).param("id", id).update();
        audit.record(actor, action, "person", id, Reasons.require(reason), null, null);
    }

    /// An administrator's reset: it stays visible beside the next signature (P11-10).
    @Transactional
    void resetPassword(Actor actor, String id, String password, String reason) {
        requireAdministrator(actor);
        var person = people.get(id);
        if (person.id().equals(actor.id())) {
            throw Problem.CONFLICT.because("Change your own password with the old one.");
        }
        setPassword(id, password, actor.id());
        audit.record(actor, "password.reset", "person", id, Reasons.require(reason), null, null);
    }

    /// The owner's own change; false when the old password is not right.
    @Transactional
    boolean changePassword(Actor actor, String old, String password) {
        var credentials = people.findCredentials(actor.id()).orElseThrow();
        if (!passwords.matches(old, credentials.passwordHash())) {
            return false;
        }
        setPassword(actor.id(), password, null);
        audit.record(actor, "password.changed", "person", actor.id(), null, null, null);
        return true;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void setPassword(String id, String password, @Nullable String resetBy) {
        passwords.requireAcceptable(password);
        // secrets have no history: the old hash must be gone
        jdbc.sql("""
                        update person
                           set password_hash = :hash, password_changed_at = :now, password_reset_by = :resetBy
                         where id = :id
                        """)
                .param("hash", passwords.hash(password))
                .param("now", now())
                .param("resetBy", resetBy)
                .param("id", id)
                .update();
    }

    /// Roles are only given by administrators, who have every right to give them away but not to sign as others (S8).
    private static void requireAdministrator(Actor actor) {
        if (!actor.has(Role.ADMINISTRATOR) && !actor.id().equals(Actor.system().id())) {
            throw Problem.FORBIDDEN.because("Only administrators manage people.");
        }
    }

    private static String[] array(Set<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }
}
