package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.identity.PasswordProofs.Proof;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import io.throughline.shared.Kebab;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.shared.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// What administrators do to people, and people to their own password; every act is in the trail.
@Service
class PeopleDesk {

    /// What a person may do, on which brands and in which markets; it counts from their next request on.
    record Access(Set<Role> roles, Set<String> brands, Set<String> markets, @Nullable String registrationNumber) {

        private static final int LONGEST_REGISTRATION = 100;

        Access {
            roles = Set.copyOf(roles);
            brands = Set.copyOf(brands);
            markets = Set.copyOf(markets);
            if (registrationNumber != null && registrationNumber.length() > LONGEST_REGISTRATION) {
                throw Problem.INVALID_BODY.because("A registration number has at most %d characters.".formatted(LONGEST_REGISTRATION));
            }
        }
    }

    private final People people;
    private final Passwords passwords;
    private final PasswordProofs proofs;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PeopleDesk(People people, Passwords passwords, PasswordProofs proofs, AuditTrail audit, JdbcClient jdbc, Clock clock,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.passwords = passwords;
        this.proofs = proofs;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// A password that an administrator chose has to be replaced by its owner before anything else (P11-11).
    ///
    /// Throws `conflict` when the user name was ever taken.
    Person create(Actor actor, NewPerson person) {
        requireAdministrator(actor);
        requireOwn(actor, person.brands(), person.markets());
        PasswordRules.requireAcceptable(person.password(), person.username());
        if (people.findAccount(person.username()).isPresent()) {
            throw taken(person.username());
        }
        var hash = passwords.hash(person.password());
        try {
            return transaction.execute(_ -> insert(actor, person, hash));
        } catch (DuplicateKeyException atTheSameMoment) {
            throw taken(person.username());
        }
    }

    private static ProblemException taken(String username) {
        return Problem.CONFLICT.because("The user name '%s' is taken, now or in the past; choose another.".formatted(username));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Person insert(Actor actor, NewPerson person, String passwordHash) {
        var id = Ids.next("usr");
        var now = now();
        jdbc.sql("""
                        insert into person (id, username, display_name, password_hash, roles, brands, markets, registration_number,
                                            identity_verified_at, password_changed_at, password_reset_by, created_at)
                        values (:id, :username, :displayName, :passwordHash, :roles, :brands, :markets, :registrationNumber,
                                :verifiedAt, :now, :setBy, :now)
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
                .param("setBy", actor.id().equals(Actor.system().id()) ? null : actor.id())
                .param("now", now)
                .update();
        var made = people.get(id);
        audit.record(actor, "person.created", "person", id, null, null, Json.tree(made));
        return made;
    }

    /// Roles, brands and markets as they are from the person's next request on. Nobody changes their own, and nobody gives brands or
    /// markets that are not theirs (S8).
    @Transactional
    People.Credentials changeAccess(Actor actor, String id, Access access, String reason) {
        requireAdministrator(actor);
        // two administrators change one person one after the other, so that the trail's "before" is what was replaced
        jdbc.sql("select 1 from person where id = :id for update").param("id", id).query().listOfRows();
        var before = people.get(id);
        if (before.id().equals(actor.id())) {
            throw Problem.CONFLICT.because("You can't change your own roles, brands and markets; ask another administrator.");
        }
        requireOver(actor, before);
        requireOwn(actor, access.brands(), access.markets());
        jdbc.sql("""
                        update person
                           set roles = :roles, brands = :brands, markets = :markets, registration_number = :registrationNumber
                         where id = :id
                        """)
                .param("roles", access.roles().stream().map(Kebab::of).sorted().toArray(String[]::new))
                .param("brands", array(access.brands()))
                .param("markets", array(access.markets()))
                .param("registrationNumber", access.registrationNumber())
                .param("id", id)
                .update();
        audit.record(actor, "person.access-changed", "person", id, Reasons.require(reason), Json.tree(before), Json.tree(people.get(id)));
        return people.findCredentials(id).orElseThrow();
    }

    /// Whoever resets, confirms, changes or ends an account could get its rights, or end them: so all its brands and markets must be the actor's (S8).
    private static void requireOver(Actor actor, Person person) {
        if (!person.brands().stream().allMatch(actor::mayUseBrand) || !person.markets().stream().allMatch(actor::mayUseMarket)) {
            throw Problem.FORBIDDEN.because(person.displayName() + " works for brands or markets that are not yours. An administrator who has them can do this.");
        }
    }

    /// What is given has to be the giver's own.
    private static void requireOwn(Actor actor, Set<String> brands, Set<String> markets) {
        for (var brand : brands) {
            if (!actor.mayUseBrand(brand)) {
                throw Problem.FORBIDDEN.because("The brand '%s' is not yours to give; an administrator who has it can.".formatted(brand));
            }
        }
        for (var market : markets) {
            if (!actor.mayUseMarket(market)) {
                throw Problem.FORBIDDEN.because("The market '%s' is not yours to give; an administrator who has it can.".formatted(market));
            }
        }
    }

    /// Ends every session of the person with its next request (S25).
    @Transactional
    void suspend(Actor actor, String id, String reason) {
        requireAdministrator(actor);
        var person = people.get(id);
        if (person.id().equals(actor.id())) {
            throw Problem.CONFLICT.because("You can't suspend yourself; ask another administrator.");
        }
        requireOver(actor, person);
        change(actor, "person.suspended", id, reason, now());
    }

    @Transactional
    void resume(Actor actor, String id, String reason) {
        requireAdministrator(actor);
        requireOver(actor, people.get(id));
        change(actor, "person.resumed", id, reason, null);
    }

    private void change(Actor actor, String action, String id, String reason, @Nullable OffsetDateTime suspendedAt) {
        // a person's state, not a fact: the facts are in the trail
        jdbc.sql("update person set suspended_at = :at::timestamptz where id = :id").param("at", suspendedAt).param("id", id).update();
        audit.record(actor, action, "person", id, Reasons.require(reason), null, null);
    }

    /// An administrator's reset. The owner has to choose another password before anything else, and signs nothing until another
    /// administrator has confirmed whose account it is (P11-10).
    void resetPassword(Actor actor, String id, String password, String reason) {
        requireAdministrator(actor);
        var person = people.get(id);
        if (person.id().equals(actor.id())) {
            throw Problem.CONFLICT.because("Change your own password with the old one.");
        }
        requireOver(actor, person);
        Reasons.require(reason);
        PasswordRules.requireAcceptable(password, person.username());
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(_ -> {
            setPassword(id, hash, actor.id());
            // marks of the account's state; the trail keeps the acts
            jdbc.sql("""
                            update person
                               set identity_verified_at = null, identity_open_since_reset_by = :by, unsigned_since_reset = true
                             where id = :id
                            """)
                    .param("by", actor.id())
                    .param("id", id)
                    .update();
            audit.record(actor, "password.reset", "person", id, reason, null, null);
        });
    }

    /// Says that whoever holds the account is the person it names; signing is enabled by it (P11-8). After a reset it takes another
    /// administrator than the one who did it, and never the person in question.
    @Transactional
    void confirmIdentity(Actor actor, String id, String reason) {
        requireAdministrator(actor);
        var known = people.findCredentials(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such person."));
        if (id.equals(actor.id())) {
            throw Problem.CONFLICT.because("Nobody confirms their own identity; ask another administrator.");
        }
        requireOver(actor, known.person());
        if (actor.id().equals(known.identityOpenSince())) {
            throw Problem.CONFLICT.because("You reset this password; another administrator has to confirm whose account it is.");
        }
        if (known.person().identityVerifiedAt() != null) {
            throw Problem.CONFLICT.because("This identity is confirmed already.");
        }
        jdbc.sql("update person set identity_verified_at = :now, identity_open_since_reset_by = null where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
        audit.record(actor, "identity.confirmed", "person", id, Reasons.require(reason), null, null);
    }

    /// The owner's own change, with the old password as proof: limited like a sign-in, and in the trail when it is refused.
    Proof changePassword(Actor actor, String old, String password) {
        PasswordRules.requireAcceptable(password, actor.username());
        var known = people.findCredentials(actor.id()).orElseThrow();
        var proof = proofs.prove(PasswordProofs.accountOf(actor.id()), Origin.SESSION, old, known.passwordHash());
        if (proof != Proof.RIGHT) {
            audit.recordRefusal(actor, "password-change.refused", "person", actor.id(), Kebab.of(proof));
            return proof;
        }
        if (passwords.matchesAny(password, formerAndPresent(known))) {
            throw Problem.INVALID_BODY.because("You had this password before. Choose one that is none of your last %d.".formatted(PasswordRules.KEPT));
        }
        var hash = passwords.hash(password);
        transaction.executeWithoutResult(_ -> {
            setPassword(actor.id(), hash, null);
            audit.record(actor, "password.changed", "person", actor.id(), null, null, null);
        });
        return proof;
    }

    private List<String> formerAndPresent(People.Credentials known) {
        var hashes = new ArrayList<>(List.of(known.passwordHash()));
        hashes.addAll(jdbc.sql("select password_hash from former_password where person_id = :id order by replaced_at desc limit :most")
                .param("id", known.person().id())
                .param("most", PasswordRules.KEPT - 1)
                .query(String.class)
                .list());
        return hashes;
    }

    /// @param hash of a password that meets the [PasswordRules]
    @Transactional(propagation = Propagation.MANDATORY)
    void setPassword(String id, String hash, @Nullable String resetBy) {
        jdbc.sql("insert into former_password (person_id, replaced_at, password_hash) select id, :now, password_hash from person where id = :id for update")
                .param("now", now())
                .param("id", id)
                .update();
        // secrets have no longer history than the rule needs
        jdbc.sql("""
                        delete from former_password
                         where person_id = :id
                           and replaced_at not in (select replaced_at from former_password where person_id = :id order by replaced_at desc limit :most)
                        """)
                .param("id", id)
                .param("most", PasswordRules.KEPT - 1)
                .update();
        jdbc.sql("""
                        update person
                           set password_hash = :hash, password_changed_at = :now, password_reset_by = :resetBy
                         where id = :id
                        """)
                .param("hash", hash)
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
