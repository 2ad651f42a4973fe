package io.throughline.identity;

import io.throughline.audit.AuditFilter;
import io.throughline.audit.AuditTrail;
import io.throughline.identity.SignerCheck.Refused;
import io.throughline.identity.SignerCheck.Verified;
import io.throughline.shared.Actor;
import io.throughline.shared.Ids;
import io.throughline.shared.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Electronic signatures after 21 CFR Part 11, subpart C.
@Service
public class ElectronicSignatures {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final People people;
    private final PasswordProofs proofs;
    private final AuditTrail audit;
    private final SigningPolicy policy;
    private final JdbcClient jdbc;
    private final Clock clock;

    ElectronicSignatures(People people, PasswordProofs proofs, AuditTrail audit, SigningPolicy policy,
            JdbcClient jdbc, Clock clock) {
        this.people = people;
        this.proofs = proofs;
        this.audit = audit;
        this.policy = policy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Checks that it is the actor in person who signs: each time the password, with the first signing of a session the
    /// user id too (P11-9). A refusal is counted and stays in the trail, whatever becomes of the caller's transaction
    /// (P11-5, P11-11). Nobody signs as somebody else, administrators included (P11-10). Not to be called in a transaction: a
    /// password is hashed here.
    ///
    /// @throws io.throughline.shared.ProblemException `busy` when too many passwords wait to be checked
    public SignerCheck verify(Actor actor, SigningCredentials credentials, SigningSession session) {
        var known = people.findCredentials(actor.id()).filter(it -> !it.person().suspended());
        if (known.isEmpty()) {
            return refuse(actor, "not-a-person", "Only people sign.");
        }
        var person = known.get().person();
        boolean first = session.isFirstSigningOf(person.id());
        if (first && credentials.userId() == null) {
            return refuse(actor, "user-id-required", "The first signing of a session needs your user id and your password.");
        }
        boolean sameUser = credentials.userId() == null || Accounts.normalise(credentials.userId()).equals(person.username());
        switch (prove(person.id(), credentials.password(), sameUser ? known.get().passwordHash() : null, session)) {
            case RIGHT -> { }
            case WRONG -> {
                return refuse(actor, "credentials-wrong", "User id or password are not right; sign with your own.");
            }
            case TOO_MANY -> {
                return refuse(actor, "too-many-attempts", "There were too many wrong passwords; wait 15 minutes.");
            }
        }
        if (known.get().passwordResetBy() != null) {
            return refuse(actor, "password-not-own", "Somebody else set your password; choose one of your own first.");
        }
        if (known.get().identityOpenSince() != null) {
            return refuse(actor, "identity-not-verified",
                    "Your password was reset. Another administrator than the one who did it has to confirm your identity before you sign.");
        }
        if (person.identityVerifiedAt() == null) {
            return refuse(actor, "identity-not-verified", "Your identity was not verified yet; ask your administrator.");
        }
        var now = clock.instant();
        if (!now.isBefore(known.get().passwordChangedAt().plus(policy.passwordMaxAge()))) {
            return refuse(actor, "password-expired", "Your password is too old to sign with; change it first.");
        }
        if (credentials.userId() != null) {
            session.bothGivenBy(person.id());
        }
        if (session instanceof SigningSession.Batch batch) {
            batch.proved(person.id(), credentials.password());
        }
        return new Verified(new VerifiedSigner(person.asActor(), person.registrationNumber(),
                credentials.userId() == null ? "password" : "user-id-and-password", now, known.get().unsignedSinceReset()));
    }

    /// Signs, in the caller's transaction. `sha256` is of the canonical JSON of what the signer saw (P11-7).
    @Transactional(propagation = Propagation.MANDATORY)
    public ElectronicSignature sign(VerifiedSigner signer, String meaning, String subjectType, String subjectId, String sha256) {
        var now = clock.instant();
        if (now.isAfter(signer.verifiedAt().plus(FRESH))) {
            throw new IllegalStateException("credentials verified at %s are too old to sign with".formatted(signer.verifiedAt()));
        }
        signer.use();
        var signature = new ElectronicSignature(Ids.next("sig"), signer.actor().id(), signer.actor().displayName(),
                signer.registrationNumber(), meaning, now, subjectType, subjectId, sha256, signer.components(), "").sealed();
        insert(signature);
        audit.record(signer.actor(), "signature.made", "signature", signature.id(), null, null, Json.tree(signature));
        if (signer.afterPasswordReset()) {
            audit.record(signer.actor(), "signature.followed-password-reset", "signature", signature.id(),
                    "an administrator reset the password before; check that its owner signed", null, null);
            // a mark until the next signature; the trail keeps the reset and this
            jdbc.sql("update person set unsigned_since_reset = false where id = :id").param("id", signer.actor().id()).update();
        }
        return signature;
    }

    public Optional<ElectronicSignature> find(String id) {
        return jdbc.sql("select * from electronic_signature where id = :id").param("id", id).query(ElectronicSignatures::signature).optional();
    }

    /// In the order they were made.
    public List<ElectronicSignature> listFor(String subjectType, String subjectId) {
        return jdbc.sql("""
                        select *
                          from electronic_signature
                         where subject_type = :subjectType and subject_id = :subjectId
                         order by signed_at, id
                        """)
                .param("subjectType", subjectType)
                .param("subjectId", subjectId)
                .query(ElectronicSignatures::signature)
                .list();
    }

    /// Whether the signature is unaltered and belongs to the record as it is now (P11-1, P11-7).
    public boolean isValid(ElectronicSignature signature, String sha256OfRecordNow) {
        return signature.sha256().equals(sha256OfRecordNow) && signature.expectedSeal().equals(signature.seal());
    }

    /// Ids of signatures that are not as the trail saw them made: altered, even with a fresh seal, or never made here.
    @Transactional(readOnly = true)
    public List<String> listAltered() {
        var altered = new ArrayList<String>();
        var all = jdbc.sql("select * from electronic_signature order by id").query(ElectronicSignatures::signature).list();
        for (var signature : all) {
            var made = audit.list(new AuditFilter("signature", signature.id(), null, "signature.made"), 1, null).items();
            if (made.isEmpty() || !Json.tree(signature).equals(made.getFirst().after())
                    || !signature.expectedSeal().equals(signature.seal())) {
                altered.add(signature.id());
            }
        }
        return altered;
    }

    private PasswordProofs.Proof prove(String personId, String password, @Nullable String hash, SigningSession session) {
        return hash != null && session instanceof SigningSession.Batch batch && batch.alreadyProved(personId, password)
                ? PasswordProofs.Proof.RIGHT
                : proofs.prove(PasswordProofs.accountOf(personId), Origin.SESSION, password, hash);
    }

    private Refused refuse(Actor actor, String code, String detail) {
        audit.recordRefusal(actor, "signature.refused", "person", actor.id(), code);
        return new Refused(code, detail);
    }

    private void insert(ElectronicSignature signature) {
        jdbc.sql("""
                        insert into electronic_signature (id, person_id, printed_name, registration_number, meaning, signed_at,
                                                          subject_type, subject_id, sha256, components, seal)
                        values (:id, :personId, :printedName, :registrationNumber, :meaning, :signedAt,
                                :subjectType, :subjectId, :sha256, :components, :seal)
                        """)
                .param("id", signature.id())
                .param("personId", signature.personId())
                .param("printedName", signature.printedName())
                .param("registrationNumber", signature.registrationNumber())
                .param("meaning", signature.meaning())
                .param("signedAt", signature.signedAt().atOffset(ZoneOffset.UTC))
                .param("subjectType", signature.subjectType())
                .param("subjectId", signature.subjectId())
                .param("sha256", signature.sha256())
                .param("components", signature.components())
                .param("seal", signature.seal())
                .update();
    }

    private static ElectronicSignature signature(ResultSet row, int number) throws SQLException {
        return new ElectronicSignature(row.getString("id"), row.getString("person_id"), row.getString("printed_name"),
                row.getString("registration_number"), row.getString("meaning"),
                row.getObject("signed_at", OffsetDateTime.class).toInstant(), row.getString("subject_type"),
                row.getString("subject_id"), row.getString("sha256"), row.getString("components"), row.getString("seal"));
    }
}
