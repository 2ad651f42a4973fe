package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.audit.AuditFilter;
import io.throughline.audit.AuditTrail;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class ElectronicSignatureTests {

    private static final String RECORD = Sha256.hex("the record as it was signed");

    @Autowired ElectronicSignatures signatures;
    @Autowired PeopleFixture people;
    @Autowired PeopleDesk desk;
    @Autowired IdentitySeed seed;
    @Autowired AuditTrail trail;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;

    @BeforeEach
    void nobodyHasFailedYet() {
        jdbc.sql("delete from sign_in_failure").update();
    }

    @Test
    @Tag("P11-6")
    @Tag("P11-7")
    void aSignatureShowsNameTimeAndMeaningAndBelongsToOneRecord() {
        var signature = sign(people.signatory(), new HttpSigningSession(new MockHttpSession()));
        assertThat(signature.printedName()).isEqualTo("Dr Sam Signa");
        assertThat(signature.meaning()).isEqualTo("certification");
        assertThat(signature.signedAt().toString()).endsWith("Z");
        assertThat(signature.registrationNumber()).isEqualTo("REG-dr.signa");
        assertThat(signatures.find(signature.id())).contains(signature);
        assertThat(signatures.isValid(signature, RECORD)).isTrue();
        assertThat(signatures.isValid(signature, Sha256.hex("the record with one byte changed"))).isFalse();
    }

    @Test
    @Tag("P11-9")
    void theFirstSigningOfASessionNeedsBothComponentsAndALaterOneThePassword() {
        var signatory = people.signatory();
        var session = new HttpSigningSession(new MockHttpSession());
        assertThat(refusal(signatory, null, PeopleFixture.PASSWORD, session)).isEqualTo("user-id-required");
        assertThat(verify(signatory, "DR.SIGNA", PeopleFixture.PASSWORD, session)).isInstanceOf(SignerCheck.Verified.class);
        assertThat(verify(signatory, null, PeopleFixture.PASSWORD, session)).isInstanceOf(SignerCheck.Verified.class);
        assertThat(refusal(signatory, null, "", session)).isEqualTo("credentials-wrong");
        assertThat(refusal(signatory, null, PeopleFixture.PASSWORD, new HttpSigningSession(new MockHttpSession()))).isEqualTo("user-id-required");
    }

    @Test
    @Tag("P11-9")
    void oneVerificationIsGoodForOneSignature() {
        var session = SigningSession.batch();
        var signer = ((SignerCheck.Verified) verify(people.signatory(), "dr.signa", PeopleFixture.PASSWORD, session)).signer();
        signed(signer);
        assertThatThrownBy(() -> signed(signer)).hasMessageContaining("P11-9");
    }

    @Test
    @Tag("P11-9")
    void aBatchAsksForThePasswordEachTimeToo() {
        var session = SigningSession.batch();
        sign(people.signatory(), session);
        assertThat(refusal(people.signatory(), null, "a wrong password", session)).isEqualTo("credentials-wrong");
        assertThat(verify(people.signatory(), null, PeopleFixture.PASSWORD, session)).isInstanceOf(SignerCheck.Verified.class);
    }

    @Test
    @Tag("P11-10")
    void anAdministratorCantSignAsSomebodyElse() {
        people.signatory();
        assertThat(refusal(people.administrator(), "dr.signa", PeopleFixture.PASSWORD, SigningSession.batch())).isEqualTo("credentials-wrong");
    }

    @Test
    @Tag("P11-10")
    void aSignatureAfterAPasswordResetStandsOutInTheTrail() {
        var reset = people.person("reset.person", "Reset Person", Set.of(Role.SIGNATORY), Set.of("*"), Set.of("*"));
        desk.resetPassword(people.administrator(), reset.id(), "a password set by admin", "forgotten");
        assertThat(refusal(reset.asActor(), "reset.person", "a password set by admin", SigningSession.batch())).isEqualTo("password-not-own");
        desk.changePassword(reset.asActor(), "a password set by admin", "a password of my own");
        assertThat(refusal(reset.asActor(), "reset.person", "a password of my own", SigningSession.batch())).isEqualTo("identity-not-verified");
        assertThatThrownBy(() -> desk.confirmIdentity(people.administrator(), reset.id(), "seen")).hasMessageContaining("another administrator");
        var second = people.person("second.admin", "Second Admin", Set.of(Role.ADMINISTRATOR), Set.of("*"), Set.of("*")).asActor();
        desk.confirmIdentity(second, reset.id(), "seen with a passport");
        var check = verify(reset.asActor(), "reset.person", "a password of my own", SigningSession.batch());
        var signature = signed(((SignerCheck.Verified) check).signer());
        assertThat(trail.list(new AuditFilter("signature", signature.id(), null, "signature.followed-password-reset"), 1, null).items()).hasSize(1);

        var own = signed(((SignerCheck.Verified) verify(reset.asActor(), "reset.person", "a password of my own", SigningSession.batch())).signer());
        assertThat(trail.list(new AuditFilter("signature", own.id(), null, "signature.followed-password-reset"), 1, null).items()).isEmpty();
    }

    @Test
    @Tag("P11-8")
    void nobodySignsBeforeTheirIdentityWasVerified() {
        var unverified = seed.person(new NewPerson("un.verified", "Un Verified", PeopleFixture.PASSWORD, Set.of(Role.SIGNATORY),
                Set.of("*"), Set.of("*"), null, false));
        assertThat(refusal(unverified.asActor(), "un.verified", PeopleFixture.PASSWORD, SigningSession.batch())).isEqualTo("identity-not-verified");
    }

    @Test
    @Tag("P11-8")
    void aPersonIsNeverDeletedSoTheIdIsNeverGivenAgain() {
        var person = people.writer();
        assertThatThrownBy(() -> jdbc.sql("delete from person where id = :id").param("id", person.id()).update())
                .hasMessageContaining("person is append-only");
        assertThatThrownBy(() -> desk.create(people.administrator(), new NewPerson("Wanda.Writer", "Another", PeopleFixture.PASSWORD,
                Set.of(), Set.of(), Set.of(), null, false))).hasMessageContaining("taken");
    }

    @Test
    @Tag("P11-5")
    @Tag("P11-11")
    void refusedSigningsAreInTheTrailAndAreThrottled() {
        var guessed = people.person("guessed.at", "Guessed At", Set.of(Role.SIGNATORY), Set.of("*"), Set.of("*")).asActor();
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(guessed, "guessed.at", "guess " + i, SigningSession.batch())).isEqualTo("credentials-wrong");
        }
        assertThat(refusal(guessed, "guessed.at", PeopleFixture.PASSWORD, SigningSession.batch())).isEqualTo("too-many-attempts");
        assertThat(trail.list(new AuditFilter(null, null, guessed.id(), "signature.refused"), 10, null).items()).hasSize(6);
    }

    @Test
    @Tag("P11-11")
    void aPasswordSignsUntilItIsAYearOldAndNotOnThatDay() {
        var old = people.person("old.password", "Old Password", Set.of(Role.SIGNATORY), Set.of("*"), Set.of("*"));
        jdbc.sql("update person set password_changed_at = now() - interval '364 days 23 hours' where id = :id").param("id", old.id()).update();
        assertThat(verify(old.asActor(), "old.password", PeopleFixture.PASSWORD, SigningSession.batch())).isInstanceOf(SignerCheck.Verified.class);
        jdbc.sql("update person set password_changed_at = now() - interval '365 days' where id = :id").param("id", old.id()).update();
        assertThat(refusal(old.asActor(), "old.password", PeopleFixture.PASSWORD, SigningSession.batch())).isEqualTo("password-expired");
    }

    @Test
    @Tag("P11-5")
    @Tag("S25")
    void aSuspendedPersonAndTheSystemSignNothing() {
        var gone = people.person("gone.signer", "Gone Signer", Set.of(Role.SIGNATORY), Set.of("*"), Set.of("*"));
        desk.suspend(people.administrator(), gone.id(), "left");
        assertThat(refusal(gone.asActor(), "gone.signer", PeopleFixture.PASSWORD, SigningSession.batch())).isEqualTo("not-a-person");
        assertThat(refusal(Actor.system(), "system", "", SigningSession.batch())).isEqualTo("not-a-person");
    }

    @Test
    @Tag("P11-1")
    void anAlteredSignatureIsFoundEvenWithAFreshSeal() {
        var signature = sign(people.signatory(), SigningSession.batch());
        assertThat(signatures.listAltered()).isEmpty();
        transactions.executeWithoutResult(status -> {
            jdbc.sql("alter table electronic_signature disable trigger append_only").update();
            jdbc.sql("update electronic_signature set meaning = 'draft only' where id = :id").param("id", signature.id()).update();
            var altered = signatures.find(signature.id()).orElseThrow();
            assertThat(signatures.isValid(altered, RECORD)).isFalse();
            jdbc.sql("update electronic_signature set seal = :seal where id = :id")
                    .param("seal", altered.expectedSeal()).param("id", signature.id()).update();
            assertThat(signatures.isValid(signatures.find(signature.id()).orElseThrow(), RECORD)).isTrue();
            assertThat(signatures.listAltered()).containsExactly(signature.id());
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> jdbc.sql("update electronic_signature set meaning = 'x'").update()).hasMessageContaining("append-only");
    }

    private ElectronicSignature sign(Actor actor, SigningSession session) {
        return signed(((SignerCheck.Verified) verify(actor, actor.username(), PeopleFixture.PASSWORD, session)).signer());
    }

    private ElectronicSignature signed(VerifiedSigner signer) {
        return transactions.execute(_ -> signatures.sign(signer, "certification", "content-version", "itm_1", RECORD));
    }

    private SignerCheck verify(Actor actor, String userId, String password, SigningSession session) {
        return signatures.verify(actor, new SigningCredentials(userId, password), session);
    }

    private String refusal(Actor actor, String userId, String password, SigningSession session) {
        return ((SignerCheck.Refused) verify(actor, userId, password, session)).code();
    }
}
