package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Decides who may sign in. A wrong password, an unknown account and a suspended person get the same answer in the same
/// time (S10); five failures lock the account's door for a while, whether it exists or not.
@Service
class SignIns {

    sealed interface Outcome {
        record Welcome(Person person, Instant passwordChangedAt) implements Outcome {}

        record Refused() implements Outcome {}

        record TooMany() implements Outcome {}
    }

    private static final Actor STRANGER = new Actor("stranger", "stranger", "Not signed in", Set.of(), Set.of(), Set.of());

    private final People people;
    private final Passwords passwords;
    private final FailedAttempts failures;
    private final AuditTrail audit;

    SignIns(People people, Passwords passwords, FailedAttempts failures, AuditTrail audit) {
        this.people = people;
        this.passwords = passwords;
        this.failures = failures;
        this.audit = audit;
    }

    @Transactional
    Outcome attempt(String username, String password) {
        var account = Accounts.normalise(username);
        failures.lock(account);
        if (failures.areTooMany(account)) {
            return new Outcome.TooMany();
        }
        var credentials = people.findAccount(account);
        boolean right = passwords.matches(password, credentials.map(People.Credentials::passwordHash).orElse(null));
        if (right && !credentials.orElseThrow().person().suspended()) {
            failures.forget(account);
            var person = credentials.orElseThrow().person();
            audit.record(person.asActor(), "session.opened", "person", person.id(), null, null, null);
            return new Outcome.Welcome(person, credentials.orElseThrow().passwordChangedAt());
        }
        failures.add(account);
        // the typed name stays out of the trail: people type their password there (S29)
        audit.record(STRANGER, "sign-in.refused", "person", credentials.map(it -> it.person().id()).orElse("unknown"), null, null, null);
        return new Outcome.Refused();
    }

    @Transactional
    void close(Actor actor) {
        audit.record(actor, "session.closed", "person", actor.id(), null, null, null);
    }
}
