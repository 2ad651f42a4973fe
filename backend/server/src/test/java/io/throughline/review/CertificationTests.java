package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.ReviewFixture.codes;
import static io.throughline.review.ReviewFixture.credentials;
import static io.throughline.review.ReviewFixture.document;
import static io.throughline.review.ReviewFixture.done;
import static io.throughline.review.ReviewFixture.inMonths;
import static io.throughline.review.ReviewFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.audit.AuditTrail;
import io.throughline.audit.Verification;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.review.ReviewRefusal.AuthorMayNotCertify;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.review.ReviewRefusal.OutOfSequence;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Certification: what holds it, who may not, and what it makes.
@IntegrationTest
@Import({ReviewFixture.class, ReviewDeskTests.Heard.class})
class CertificationTests {

    @Autowired ReviewDesk desk;
    @Autowired ReviewFixture reviews;
    @Autowired Approvals approvals;
    @Autowired JobList list;
    @Autowired ElectronicSignatures signatures;
    @Autowired AuditTrail audit;
    @Autowired JdbcClient jdbc;
    @Autowired ReviewDeskTests.Heard heard;

    @BeforeEach
    void people() {
        reviews.people();
    }

    @Test
    @Tag("P11-4")
    void nothingIsCertifiedBeforeEveryDisciplineHasApproved() {
        var job = reviews.submitted("Too early");
        done(reviews.verdict(job, MEDICAL, Verdict.APPROVE));
        done(reviews.verdict(job, LEGAL, Verdict.APPROVE));
        var rows = reviews.rows();

        assertThat(refused(reviews.certify(reviews.okonjo(), job))).isInstanceOf(OutOfSequence.class);
        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(reviews.auditOf(job.id())).containsEntry("certification.refused", "Waits for the regulatory verdict of circulation 1.");
    }

    @Test
    @Tag("P11-4")
    void aRequiredAnnotationHoldsTheCertificationUntilItIsResolved() {
        var job = reviews.submitted("Annotated");
        var annotation = done(desk.annotate(reviews.amari(), job.code(), "5 mg", "Start with ", " once daily", "Say for whom.", true));
        for (var discipline : Discipline.values()) {
            done(reviews.verdict(job, discipline, Verdict.APPROVE));
        }
        var waiting = new JobFilter(Set.of(), null, true, Set.of());
        assertThat(refused(reviews.certify(reviews.okonjo(), job))).isInstanceOf(OutOfSequence.class);
        assertThat(list.list(reviews.okonjo(), waiting, 100, null).items()).extracting(JobRow::code).doesNotContain(job.code());

        done(desk.reply(reviews.amari(), job.code(), annotation, "The label says so.", true));
        assertThat(list.list(reviews.okonjo(), waiting, 100, null).items()).extracting(JobRow::code).contains(job.code());
        done(reviews.certify(reviews.okonjo(), job));
    }

    @Test
    @Tag("UK-1")
    @Tag("P11-7")
    void certifyingMakesAnApprovalThatIsBoundToTheVersionsHash() {
        var job = reviews.approvedByAll("Certified");
        var approval = done(reviews.certify(reviews.okonjo(), job));

        assertThat(approvals.find(approval.id())).contains(approval);
        assertThat(approvals.latest(job.itemId(), "en-GB", "GB")).contains(approval);
        assertThat(approvals.latest(job.itemId(), "en-GB", "DE")).isEmpty();
        assertThat(approval).extracting(Approval::jobCode, Approval::renditionSha256, Approval::dateOfPreparation, Approval::certifiedBy)
                .containsExactly(job.code(), job.renditionSha256(), job.dateOfPreparation(), reviews.okonjo().id());
        var signature = signatures.find(approval.signatureId()).orElseThrow();
        assertThat(signature.registrationNumber()).isEqualTo("GMC 7099881");
        assertThat(signatures.isValid(signature, approval.renditionSha256())).isTrue();
        assertThat(heard.approved).contains(new VersionApproved(approval.id(), job.itemId(), "en-GB", "GB"));
        assertThat(refused(reviews.certify(reviews.okonjo(), job))).isInstanceOf(OutOfSequence.class);
        assertThat(audit.verify()).isInstanceOf(Verification.Intact.class);
    }

    @Test
    @Tag("UK-1")
    void aSignatoryWithoutTheNumberThatThePackDemandsDoesNotCertify() {
        var job = reviews.approvedByAll("Unregistered");
        var unregistered = reviews.person("r.unregistered", null, Role.SIGNATORY);
        assertThat(refused(reviews.certify(unregistered, job))).isInstanceOf(NotAllowed.class);
    }

    @Test
    @Tag("UK-2")
    void whoeverWroteInTheTextDoesNotCertifyItWhateverTheirRoles() {
        var author = reviews.person("r.author", "GMC 1", Role.WRITER, Role.SIGNATORY);
        var administrator = reviews.person("r.admin", "GMC 2", Role.WRITER, Role.ADMINISTRATOR, Role.SIGNATORY);
        var item = reviews.written(author, "Many hands");
        reviews.save(administrator, item, 1, document("Many hands", "Start with 5 mg."));
        var job = done(reviews.submit(reviews.mara(), item, 2, null));
        for (var discipline : Discipline.values()) {
            done(reviews.verdict(job, discipline, Verdict.APPROVE));
        }
        var rows = reviews.rows();

        for (var developer : List.of(author, administrator)) {
            assertThat(refused(reviews.certify(developer, job))).isInstanceOf(AuthorMayNotCertify.class);
        }
        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(reviews.auditOf(job.id())).containsKey("certification.refused");
        assertThat(done(reviews.certify(reviews.okonjo(), job)).certifiedBy()).isEqualTo(reviews.okonjo().id());
    }

    @Test
    @Tag("UK-2")
    void whoeverSubmittedTheTextDoesNotCertifyItThoughTheyWroteNothing() {
        var submitter = reviews.person("r.submitter", "GMC 3", Role.WRITER, Role.SIGNATORY);
        var job = done(reviews.submit(submitter, reviews.written(reviews.mara(), "Handed in"), 1, null));
        for (var discipline : Discipline.values()) {
            done(reviews.verdict(job, discipline, Verdict.APPROVE));
        }
        assertThat(refused(reviews.certify(submitter, job))).isInstanceOf(AuthorMayNotCertify.class);
    }

    @Test
    @Tag("UK-2")
    void anActorMadeUpWithMoreRolesThanThePersonHasDoesNotCertify() {
        var job = reviews.approvedByAll("Made up");
        var amari = reviews.amari();
        var madeUp = new Actor(amari.id(), amari.username(), amari.displayName(), Set.of(Role.SIGNATORY), Set.of("*"), Set.of("*"));
        jdbc.sql("update person set registration_number = 'GMC 9' where id = :id").param("id", amari.id()).update();
        try {
            assertThat(refused(reviews.certify(madeUp, job))).isInstanceOf(NotAllowed.class);
        } finally {
            jdbc.sql("update person set registration_number = null where id = :id").param("id", amari.id()).update();
        }
    }

    @Test
    @Tag("UK-4")
    void anApprovalLongerThanThePackAllowsIsRefused() {
        var job = reviews.approvedByAll("Long");
        var okonjo = reviews.okonjo();
        assertThat(codes(desk.certify(okonjo, job.code(), job.renditionSha256(), null, inMonths(25), credentials(okonjo), reviews.session(okonjo))))
                .containsExactly("window-too-long");
    }
}
