package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;
import static io.throughline.review.ReviewFixture.codes;
import static io.throughline.review.ReviewFixture.credentials;
import static io.throughline.review.ReviewFixture.document;
import static io.throughline.review.ReviewFixture.done;
import static io.throughline.review.ReviewFixture.inMonths;
import static io.throughline.review.ReviewFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Contents;
import io.throughline.identity.ElectronicSignatures;
import io.throughline.identity.SigningCredentials;
import io.throughline.identity.SigningSession;
import io.throughline.review.ReviewRefusal.Conflict;
import io.throughline.review.ReviewRefusal.Invalid;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.review.ReviewRefusal.NotFound;
import io.throughline.review.ReviewRefusal.OutOfSequence;
import io.throughline.review.ReviewRefusal.SignatureRefused;
import io.throughline.review.ReviewRefusal.StaleDraft;
import io.throughline.shared.Actor;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({ReviewFixture.class, ReviewDeskTests.Heard.class})
class ReviewDeskTests {

    @TestConfiguration
    static class Heard {
        final List<VersionApproved> approved = new CopyOnWriteArrayList<>();
        final List<ReviewAdvanced> advanced = new CopyOnWriteArrayList<>();

        @EventListener
        void on(VersionApproved event) {
            approved.add(event);
        }

        @EventListener
        void on(ReviewAdvanced event) {
            advanced.add(event);
        }
    }

    @Autowired ReviewDesk desk;
    @Autowired ReviewFixture reviews;
    @Autowired Contents contents;
    @Autowired ElectronicSignatures signatures;
    @Autowired JdbcClient jdbc;
    @Autowired Heard heard;

    @BeforeEach
    void people() {
        reviews.people();
    }

    @Test
    @Tag("UK-7")
    void submittingFreezesTheDraftAndOpensAJobWithTheNextCode() {
        var first = reviews.submitted("First");
        var second = reviews.submitted("Second");

        assertThat(first.code()).matches("GB-" + Year.now(ZoneOffset.UTC) + "-\\d{4}");
        assertThat(number(second)).isEqualTo(number(first) + 1);
        assertThat(first).extracting(ReviewJob::state, ReviewJob::circulation, ReviewJob::versionNumber)
                .containsExactly(JobState.IN_REVIEW, 1, 1);
        assertThat(contents.findDraft(first.itemId(), "en-GB")).isEmpty();
        assertThat(contents.findVersion(first.itemId(), "en-GB", 1).orElseThrow().sha256()).isEqualTo(first.versionSha256());
        assertThat(reviews.auditOf(first.id())).containsKey("review.started");
        assertThat(heard.advanced).contains(new ReviewAdvanced(first.id(), first.itemId()));
    }

    @Test
    @Tag("S12")
    void aRefusedSubmissionLeavesEverythingAsItWas() {
        var item = reviews.written(reviews.mara(), "Refused");
        var rows = reviews.rows();

        assertThat(refused(reviews.submit(reviews.mara(), item, 2, null))).isInstanceOf(StaleDraft.class);
        assertThat(refused(reviews.submit(reviews.amari(), item, 1, null))).isInstanceOf(NotAllowed.class);
        assertThat(refused(desk.submit(reviews.mara(), item, "de-DE", 1, "DE", null, null, null))).isInstanceOf(NotFound.class);
        assertThat(refused(desk.submit(reviews.mara(), "itm_00000000000000000000000000", "en-GB", 1, "GB", null, null, null)))
                .isInstanceOf(NotFound.class);
        assertThat(refused(desk.submit(reviews.mara(), item, "en-GB", 1, "US", null, null, null))).isInstanceOf(NotAllowed.class);
        assertThat(codes(desk.submit(reviews.mara(), item, "en-GB", 1, "DE", null, null, null))).containsExactly("not-allowed-value");
        assertThat(codes(desk.submit(reviews.mara(), item, "en-GB", 1, "GB", inMonths(-1), null, null))).containsExactly("not-allowed-value");

        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(reviews.auditOf(item)).containsKey("submission.refused");
    }

    @Test
    void aDraftThatBreaksTheRulesIsNotSubmitted() {
        var item = reviews.written(reviews.mara(), "Incomplete");
        var incomplete = document("Incomplete", "Start with 5 mg.");
        incomplete.withObject("/classification").putArray("stage");
        reviews.save(reviews.mara(), item, 1, incomplete);

        assertThat(codes(reviews.submit(reviews.mara(), item, 2, null))).contains("missing-classification");
    }

    @Test
    @Tag("RV-1")
    void aDisciplineThatNobodyCanTakeBlocksTheStartWithASentence() {
        jdbc.sql("update person set markets = '{DE}' where username = 'r.novotny'").update();
        try {
            var item = reviews.written(reviews.mara(), "Nobody for regulatory");
            var refusal = (Invalid) refused(reviews.submit(reviews.mara(), item, 1, null));
            assertThat(refusal.findings()).singleElement().satisfies(it -> {
                assertThat(it.rule()).isEqualTo("RV-1");
                assertThat(it.message()).startsWith("Nobody can take the regulatory review for GB");
            });
        } finally {
            jdbc.sql("update person set markets = '{GB,DE}' where username = 'r.novotny'").update();
        }
    }

    @Test
    @Tag("P11-4")
    void aTextThatIsInReviewIsNotSubmittedAgain() {
        var job = reviews.submitted("Twice");
        assertThat(refused(reviews.submit(reviews.mara(), job.itemId(), 1, null))).isInstanceOf(OutOfSequence.class);
    }

    @Test
    @Tag("RV-2")
    void aDemandToReviseEndsTheCirculationAtOnceAndGivesTheWriterADraft() {
        var job = reviews.submitted("Revise");
        done(reviews.verdict(job, LEGAL, Verdict.APPROVE));
        var after = done(reviews.verdict(job, MEDICAL, Verdict.REVISE_AND_RESUBMIT));

        assertThat(after.state()).isEqualTo(JobState.REVISE_AND_RESUBMIT);
        assertThat(refused(reviews.verdict(job, REGULATORY, Verdict.APPROVE))).isInstanceOf(OutOfSequence.class);
        assertThat(contents.findDraft(job.itemId(), "en-GB").orElseThrow().basedOnVersion()).isEqualTo(1);
        assertThat(contents.developers(job.itemId(), "en-GB")).containsExactly(reviews.mara().id());
        assertThat(reviews.auditOf(job.id())).containsEntry("circulation.ended", "sent back by medical");
    }

    @Test
    @Tag("RV-2")
    void theNextCirculationNeedsAReasonAndStartsWithOpenTasks() {
        var job = reviews.submitted("Again");
        done(reviews.verdict(job, MEDICAL, Verdict.REJECT));
        assertThat(codes(reviews.submit(reviews.mara(), job.itemId(), 1, " "))).containsExactly("required");

        var again = done(reviews.submit(reviews.mara(), job.itemId(), 1, "Absolute risks added"));
        assertThat(again).extracting(ReviewJob::code, ReviewJob::circulation, ReviewJob::versionNumber, ReviewJob::state)
                .containsExactly(job.code(), 2, 2, JobState.IN_REVIEW);
        assertThat(refused(reviews.verdict(job, MEDICAL, Verdict.APPROVE))).as("signed for the first version").isInstanceOf(Conflict.class);
        for (var discipline : Discipline.values()) {
            done(reviews.verdict(again, discipline, Verdict.APPROVE));
        }
        assertThat(done(reviews.certify(reviews.okonjo(), again)).circulation()).isEqualTo(2);
        assertThat(reviews.auditOf(job.id())).containsEntry("review.resubmitted", "Absolute risks added");
    }

    @Test
    void approvalWithChangesSendsBackWhenTheLastVerdictIsIn() {
        var job = reviews.submitted("Changes");
        assertThat(done(reviews.verdict(job, MEDICAL, Verdict.APPROVE_WITH_CHANGES)).state()).isEqualTo(JobState.IN_REVIEW);
        assertThat(done(reviews.verdict(job, LEGAL, Verdict.APPROVE)).state()).isEqualTo(JobState.IN_REVIEW);
        assertThat(done(reviews.verdict(job, REGULATORY, Verdict.APPROVE)).state()).isEqualTo(JobState.REVISE_AND_RESUBMIT);
    }

    @Test
    @Tag("P11-5")
    @Tag("S12")
    void aRefusedVerdictChangesNothingAndStaysInTheTrail() {
        var job = reviews.submitted("Refused verdicts");
        var rows = reviews.rows();
        var amari = reviews.amari();

        assertThat(refused(reviews.verdict(amari, job, LEGAL, Verdict.APPROVE))).isInstanceOf(NotAllowed.class);
        assertThat(refused(reviews.verdict(reviews.okonjo(), job, MEDICAL, Verdict.APPROVE))).isInstanceOf(NotAllowed.class);
        assertThat(refused(desk.giveVerdict(amari, job.code(), MEDICAL, Verdict.REJECT, " ", job.renditionSha256(), credentials(amari),
                reviews.session(amari)))).isInstanceOf(Invalid.class);
        assertThat(refused(desk.giveVerdict(amari, "GB-1999-0001", MEDICAL, Verdict.APPROVE, null, job.renditionSha256(), credentials(amari),
                reviews.session(amari)))).isInstanceOf(NotFound.class);

        assertThat(reviews.rows()).isEqualTo(rows);
        assertThat(reviews.auditOf(job.id())).containsKey("verdict.refused");
    }

    @Test
    @Tag("P11-7")
    void aSignatureForOtherBytesThanThoseUnderReviewIsRefused() {
        var job = reviews.submitted("Bytes");
        var amari = reviews.amari();
        assertThat(refused(desk.giveVerdict(amari, job.code(), MEDICAL, Verdict.APPROVE, null, "0".repeat(64), credentials(amari),
                reviews.session(amari)))).isInstanceOf(Conflict.class);

        done(reviews.verdict(job, MEDICAL, Verdict.APPROVE));
        var signature = signatures.listFor("content-version", job.itemId() + "/en-GB/1").getFirst();
        assertThat(signature.sha256()).isEqualTo(job.renditionSha256());
        assertThat(signature.meaning()).isEqualTo("medical examination: approved");
        assertThat(signatures.isValid(signature, job.renditionSha256())).isTrue();
        assertThat(signatures.isValid(signature, "0".repeat(64))).isFalse();
    }

    @Test
    @Tag("P11-9")
    void theFirstSigningOfASessionNeedsBothComponentsAndLaterOnesThePassword() {
        var amari = reviews.amari();
        var session = SigningSession.batch();
        var first = reviews.submitted("First signing");
        var second = reviews.submitted("Second signing");
        var passwordOnly = new SigningCredentials(null, ReviewFixture.PASSWORD);
        var rows = reviews.rows();

        assertThat(refused(give(amari, first, passwordOnly, session))).isInstanceOf(SignatureRefused.class);
        assertThat(refused(give(amari, first, new SigningCredentials(amari.username(), "wrong"), session))).isInstanceOf(SignatureRefused.class);
        assertThat(refused(give(amari, first, new SigningCredentials("r.okonjo", ReviewFixture.PASSWORD), session)))
                .isInstanceOf(SignatureRefused.class);
        assertThat(reviews.rows()).isEqualTo(rows);

        done(give(amari, first, credentials(amari), session));
        done(give(amari, second, passwordOnly, session));
        var third = reviews.submitted("Another session");
        assertThat(refused(give(amari, third, passwordOnly, SigningSession.batch()))).isInstanceOf(SignatureRefused.class);
    }

    @Test
    void whoeverWroteInTheTextDoesNotReviewIt() {
        var both = reviews.person("r.both", null, Role.WRITER, Role.MEDICAL_REVIEWER);
        var job = done(reviews.submit(reviews.mara(), reviews.written(both, "Own text"), 1, null));
        assertThat(refused(reviews.verdict(both, job, MEDICAL, Verdict.APPROVE))).isInstanceOf(NotAllowed.class);
    }

    @Test
    void whatOneMayNotSeeReadsLikeWhatIsNotThere() {
        var job = reviews.submitted("Elsewhere");
        var amari = reviews.amari();
        var elsewhere = new Actor(amari.id(), amari.username(), amari.displayName(), amari.roles(), amari.brands(), Set.of("DE"));
        var forbidden = refused(desk.annotate(elsewhere, job.code(), "5 mg", "", "", "Why?", false));
        var missing = refused(desk.annotate(elsewhere, "GB-1999-0001", "5 mg", "", "", "Why?", false));
        assertThat(forbidden).isEqualTo(missing).isInstanceOf(NotFound.class);
    }

    @Test
    void cancellingGivesTheWriterADraftAndClosesTheJob() {
        var job = reviews.submitted("Cancelled");
        assertThat(refused(desk.cancel(reviews.amari(), job.code(), "No."))).isInstanceOf(NotAllowed.class);
        assertThat(done(desk.cancel(reviews.mara(), job.code(), "Wrong item")).state()).isEqualTo(JobState.CANCELLED);
        assertThat(refused(reviews.verdict(job, MEDICAL, Verdict.APPROVE))).isInstanceOf(OutOfSequence.class);
        var next = done(reviews.submit(reviews.mara(), job.itemId(), 1, null));
        assertThat(next.code()).as("a cancelled job's code is never used again").isNotEqualTo(job.code());
    }

    @Test
    @Tag("UK-7")
    void theDatabaseItselfKeepsVerdictsApprovalsAndJobCodes() {
        done(reviews.certify(reviews.okonjo(), reviews.approvedByAll("Kept")));
        for (var table : List.of("review_verdict", "approval", "review_task", "review_annotation", "review_annotation_reply")) {
            assertThatThrownBy(() -> jdbc.sql("delete from " + table).update()).hasMessageContaining("append-only");
        }
        assertThatThrownBy(() -> jdbc.sql("update review_job set code = 'GB-1999-0001' where code like 'GB-%'").update())
                .hasMessageContaining("keeps its code");
        assertThatThrownBy(() -> jdbc.sql("update review_circulation set outcome = 'rejected' where outcome = 'certified'").update())
                .hasMessageContaining("ends once");
    }

    private ReviewOutcome<ReviewJob> give(Actor actor, ReviewJob job, SigningCredentials credentials, SigningSession session) {
        return desk.giveVerdict(actor, job.code(), MEDICAL, Verdict.APPROVE, null, job.renditionSha256(), credentials, session);
    }

    private static int number(ReviewJob job) {
        return Integer.parseInt(job.code().substring(job.code().lastIndexOf('-') + 1));
    }
}
