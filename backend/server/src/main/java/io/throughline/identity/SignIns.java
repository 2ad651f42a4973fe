package io.throughline.identity;

import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Decides who may sign in. A wrong password, an unknown account and a suspended person get the same answer in the same
/// time (S10); five failures lock the account's door for that address for a while, whether the account exists or not.
@Service
class SignIns {

    sealed interface Outcome {
        record Welcome(Person person, Instant passwordChangedAt, boolean passwordIsOwn) implements Outcome {}

        record Refused() implements Outcome {}

        record TooMany() implements Outcome {}
    }

    private static final Actor STRANGER = new Actor("stranger", "stranger", "Not signed in", Set.of(), Set.of(), Set.of());

    private final People people;
    private final PasswordProofs proofs;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    SignIns(People people, PasswordProofs proofs, AuditTrail audit, PlatformTransactionManager transactions) {
        this.people = people;
        this.proofs = proofs;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    Outcome attempt(String username, String password, Origin origin) {
        var account = Accounts.normalise(username);
        var credentials = people.findAccount(account);
        var usable = credentials.filter(it -> !it.person().suspended()).map(People.Credentials::passwordHash).orElse(null);
        return switch (proofs.prove(account, origin, password, usable)) {
            case RIGHT -> {
                var found = credentials.orElseThrow();
                record(found.person().asActor(), "session.opened", found.person().id());
                yield new Outcome.Welcome(found.person(), found.passwordChangedAt(), found.passwordResetBy() == null);
            }
            case WRONG -> {
                // the typed name stays out of the trail: people type their password there (S29)
                record(STRANGER, "sign-in.refused", credentials.map(it -> it.person().id()).orElse("unknown"));
                yield new Outcome.Refused();
            }
            case TOO_MANY -> new Outcome.TooMany();
        };
    }

    private void record(Actor actor, String action, String personId) {
        transaction.executeWithoutResult(_ -> audit.record(actor, action, "person", personId, null, null, null));
    }

    @Transactional
    void close(Actor actor) {
        audit.record(actor, "session.closed", "person", actor.id(), null, null, null);
    }
}
