package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;
import static io.throughline.review.Reviews.ADMIN;
import static io.throughline.review.Reviews.AMARI;
import static io.throughline.review.Reviews.GB;
import static io.throughline.review.Reviews.MARA;
import static io.throughline.review.Reviews.OKONJO;
import static io.throughline.review.Reviews.allApprove;
import static io.throughline.review.Reviews.inReview;
import static io.throughline.review.Reviews.job;
import static io.throughline.review.Reviews.person;
import static io.throughline.review.Reviews.tasks;
import static io.throughline.review.Verdict.APPROVE;
import static io.throughline.review.Verdict.APPROVE_WITH_CHANGES;
import static io.throughline.review.Verdict.REJECT;
import static io.throughline.review.Verdict.REVISE_AND_RESUBMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.review.ReviewRefusal.AuthorMayNotCertify;
import io.throughline.review.ReviewRefusal.Conflict;
import io.throughline.review.ReviewRefusal.NotAllowed;
import io.throughline.review.ReviewRefusal.OutOfSequence;
import io.throughline.review.Standing.Awaiting;
import io.throughline.review.Standing.ReadyToCertify;
import io.throughline.review.Standing.SentBack;
import io.throughline.shared.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewPolicyTests {

    @Test
    void awaitsExactlyTheDisciplinesThatHaveNotAnswered() {
        assertThat(ReviewPolicy.standing(tasks(Map.of(MEDICAL, APPROVE)))).isEqualTo(new Awaiting(Set.of(LEGAL, REGULATORY)));
    }

    @Test
    void isReadyToCertifyOnlyWhenEveryDisciplineApproves() {
        assertThat(ReviewPolicy.standing(tasks(allApprove()))).isEqualTo(new ReadyToCertify());
    }

    @Test
    @Tag("RV-2")
    void oneRejectionEndsTheCirculationThoughOthersHaveNotAnswered() {
        assertThat(ReviewPolicy.standing(tasks(Map.of(LEGAL, REJECT))))
                .isEqualTo(new SentBack(CirculationOutcome.REJECTED, Set.of(LEGAL)));
    }

    @Test
    @Tag("RV-2")
    void oneDemandToReviseEndsTheCirculationThoughOthersHaveNotAnswered() {
        assertThat(ReviewPolicy.standing(tasks(Map.of(LEGAL, REVISE_AND_RESUBMIT, MEDICAL, APPROVE))))
                .isEqualTo(new SentBack(CirculationOutcome.REVISE, Set.of(LEGAL)));
    }

    @Test
    void anApprovalWithChangesLetsTheOthersAnswerFirst() {
        assertThat(ReviewPolicy.standing(tasks(Map.of(LEGAL, APPROVE_WITH_CHANGES, MEDICAL, APPROVE))))
                .isEqualTo(new Awaiting(Set.of(REGULATORY)));
    }

    @Test
    void anApprovalWithChangesSendsBackWhenTheLastVerdictIsIn() {
        assertThat(ReviewPolicy.standing(tasks(Map.of(LEGAL, APPROVE_WITH_CHANGES, MEDICAL, APPROVE, REGULATORY, APPROVE))))
                .isEqualTo(new SentBack(CirculationOutcome.REVISE, Set.of(LEGAL)));
    }

    @Test
    @Tag("RV-1")
    void aCirculationWithoutTasksIsNoApproval() {
        assertThatThrownBy(() -> ReviewPolicy.standing(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MarketRules("GB", "{year}{number}", List.of(), true, "GMC number", Set.of(), 24))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReviewerGivesTheVerdictOfTheirOwnDisciplineOnly() {
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of()), AMARI, MEDICAL, GB)).isEmpty();
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of()), AMARI, LEGAL, GB)).containsInstanceOf(NotAllowed.class);
    }

    @Test
    void aVerdictIsGivenOnce() {
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of(MEDICAL, APPROVE)), AMARI, MEDICAL, GB))
                .containsInstanceOf(OutOfSequence.class);
    }

    @Test
    void whoeverWroteInTheTextDoesNotReviewIt() {
        var writesAndReviews = person(MARA.id(), Role.WRITER, Role.MEDICAL_REVIEWER);
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of()), writesAndReviews, MEDICAL, GB)).containsInstanceOf(NotAllowed.class);
    }

    @Test
    void aDisciplineThatThePackDoesNotNameHasNothingToJudge() {
        var medicalOnly = new ReviewFacts("GB-2026-0001", JobState.IN_REVIEW, 1, 3, Reviews.HASH,
                List.of(new ReviewFacts.Task("tsk_1", MEDICAL, null, null)), Set.of(), Set.of(), 0);
        assertThat(ReviewPolicy.verdictRefusal(medicalOnly, person("usr_lex", Role.LEGAL_REVIEWER), LEGAL, GB))
                .containsInstanceOf(OutOfSequence.class);
    }

    @ParameterizedTest
    @Tag("P11-4")
    @EnumSource(value = JobState.class, names = "IN_REVIEW", mode = EnumSource.Mode.EXCLUDE)
    void nobodyJudgesOrCertifiesAJobThatIsNotInReview(JobState state) {
        assertThat(ReviewPolicy.verdictRefusal(job(state, Map.of()), AMARI, MEDICAL, GB)).containsInstanceOf(OutOfSequence.class);
        assertThat(ReviewPolicy.certificationRefusal(job(state, allApprove()), OKONJO, "GMC 1", GB))
                .containsInstanceOf(OutOfSequence.class);
    }

    @Test
    @Tag("P11-4")
    void certificationWaitsForEveryVerdict() {
        assertThat(ReviewPolicy.certificationRefusal(inReview(Map.of(MEDICAL, APPROVE, LEGAL, APPROVE)), OKONJO, "GMC 1", GB))
                .contains(new OutOfSequence("Waits for the regulatory verdict of circulation 1."));
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), OKONJO, "GMC 1", GB)).isEmpty();
    }

    @Test
    @Tag("P11-4")
    void certificationWaitsForRequiredAnnotationsToBeResolved() {
        var facts = new ReviewFacts("GB-2026-0001", JobState.IN_REVIEW, 1, 3, Reviews.HASH, tasks(allApprove()), Set.of(), Set.of(), 1);
        assertThat(ReviewPolicy.certificationRefusal(facts, OKONJO, "GMC 1", GB)).contains(new OutOfSequence(
                "There is 1 annotation that must be resolved before certification. Answer it and mark it as resolved."));
    }

    @Test
    @Tag("UK-1")
    void certificationNeedsTheRegistrationNumberThatThePackDemands() {
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), OKONJO, null, GB)).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), OKONJO, " ", GB)).containsInstanceOf(NotAllowed.class);
        var without = new MarketRules("US", "US-{year}-{number}", GB.disciplines(), false, "", Set.of(), 12);
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), OKONJO, null, without)).isEmpty();
    }

    @Test
    @Tag("UK-1")
    void onlyASignatoryCertifies() {
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), AMARI, "GMC 1", GB)).containsInstanceOf(NotAllowed.class);
    }

    @Test
    @Tag("UK-2")
    void whoeverWroteInTheTextNeverCertifiesIt() {
        var author = person(MARA.id(), Role.WRITER, Role.SIGNATORY);
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), author, "GMC 1", GB))
                .containsInstanceOf(AuthorMayNotCertify.class);
    }

    @Test
    @Tag("UK-2")
    void whoeverSubmittedTheTextNeverCertifiesItThoughTheyWroteNothing() {
        var facts = new ReviewFacts("GB-2026-0001", JobState.IN_REVIEW, 1, 3, Reviews.HASH, tasks(allApprove()),
                Set.of(MARA.id(), ADMIN.id()), Set.of(), 0);
        assertThat(ReviewPolicy.certificationRefusal(facts, ADMIN, "GMC 1", GB)).containsInstanceOf(AuthorMayNotCertify.class);
        assertThat(ReviewPolicy.certificationRefusal(inReview(allApprove()), ADMIN, "GMC 1", GB)).isEmpty();
    }

    @Test
    @Tag("UK-2")
    void onePersonGivesOneVerdictOfACirculationUnlessThePackJoinsThem() {
        var two = person("usr_medical", Role.MEDICAL_REVIEWER, Role.LEGAL_REVIEWER);
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of(MEDICAL, APPROVE)), two, LEGAL, GB)).contains(new NotAllowed(
                "You gave the medical verdict of circulation 1, and for GB each discipline has a person of its own. Ask another legal reviewer."));
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of(MEDICAL, APPROVE)), two, LEGAL, joining(JoinedDuty.SEVERAL_DISCIPLINES))).isEmpty();
        assertThat(ReviewPolicy.verdictRefusal(inReview(Map.of(MEDICAL, APPROVE)), two, LEGAL, joining(JoinedDuty.REVIEW_AND_CERTIFY))).isPresent();
    }

    @Test
    @Tag("UK-2")
    void whoeverReviewedDoesNotCertifyUnlessThePackJoinsThem() {
        var earlier = new ReviewFacts("GB-2026-0001", JobState.IN_REVIEW, 2, 3, Reviews.HASH, tasks(allApprove()), Set.of(), Set.of(OKONJO.id()), 0);
        assertThat(ReviewPolicy.certificationRefusal(earlier, OKONJO, "GMC 1", GB)).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.certificationRefusal(earlier, OKONJO, "GMC 1", joining(JoinedDuty.REVIEW_AND_CERTIFY))).isEmpty();
    }

    @Test
    @Tag("RV-1")
    void eachDisciplineNeedsAPersonOfItsOwn() {
        var able = Map.of(MEDICAL, List.of("a", "b"), LEGAL, List.of("a"), REGULATORY, List.of("a", "b", "c"));
        assertThat(ReviewPolicy.withoutReviewer(able, Set.of())).isEmpty();
        var two = Map.of(MEDICAL, List.of("a", "b"), LEGAL, List.of("a"), REGULATORY, List.of("a", "b"));
        assertThat(ReviewPolicy.withoutReviewer(two, Set.of())).containsExactly(REGULATORY);
        assertThat(ReviewPolicy.withoutReviewer(two, Set.of(JoinedDuty.SEVERAL_DISCIPLINES))).isEmpty();
        assertThat(ReviewPolicy.withoutReviewer(Map.of(MEDICAL, List.of(), LEGAL, List.of("a")), Set.of(JoinedDuty.SEVERAL_DISCIPLINES))).containsExactly(MEDICAL);
    }

    private static MarketRules joining(JoinedDuty duty) {
        return new MarketRules("GB", "GB-{year}-{number:04}", GB.disciplines(), true, "GMC number", Set.of(duty), 24);
    }

    @Test
    @Tag("P11-7")
    void aSignatureForOtherBytesIsRefused() {
        assertThat(ReviewPolicy.hashRefusal(inReview(Map.of()), Reviews.HASH)).isEmpty();
        assertThat(ReviewPolicy.hashRefusal(inReview(Map.of()), "b".repeat(64))).containsInstanceOf(Conflict.class);
    }

    @Test
    @Tag("RV-5")
    void whatAReviewerDemandedIsResolvedByThemOrTheirDiscipline() {
        var demand = new AnnotationLedger.Annotation("ann_1", 1, new QuoteAnchor("5 mg", "", ""), "Why?", true, AMARI.id(), java.time.Instant.EPOCH);
        var remark = new AnnotationLedger.Annotation("ann_2", 1, new QuoteAnchor("5 mg", "", ""), "Why?", false, AMARI.id(), java.time.Instant.EPOCH);
        var job = inReview(Map.of());
        var colleague = person("usr_colleague", Role.MEDICAL_REVIEWER);
        assertThat(ReviewPolicy.resolutionRefusal(job, AMARI, demand, false, Set.of())).isEmpty();
        assertThat(ReviewPolicy.resolutionRefusal(job, colleague, demand, false, AMARI.roles())).isEmpty();
        assertThat(ReviewPolicy.resolutionRefusal(job, person("usr_lex", Role.LEGAL_REVIEWER), demand, false, AMARI.roles())).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.resolutionRefusal(job, MARA, demand, false, AMARI.roles())).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.resolutionRefusal(job, MARA, remark, false, AMARI.roles())).isEmpty();
        var writerToo = person(MARA.id(), Role.WRITER, Role.MEDICAL_REVIEWER);
        assertThat(ReviewPolicy.resolutionRefusal(job, writerToo, demand, false, AMARI.roles())).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.resolutionRefusal(job, colleague, demand, true, AMARI.roles())).containsInstanceOf(OutOfSequence.class);
        assertThat(ReviewPolicy.resolutionRefusal(job(JobState.CERTIFIED, allApprove()), AMARI, demand, false, AMARI.roles()))
                .containsInstanceOf(OutOfSequence.class);
    }

    @Test
    void writersReplyToAnnotationsButDoNotMakeThem() {
        assertThat(ReviewPolicy.annotationRefusal(inReview(Map.of()), MARA)).containsInstanceOf(NotAllowed.class);
        assertThat(ReviewPolicy.replyRefusal(job(JobState.REVISE_AND_RESUBMIT, Map.of()), MARA)).isEmpty();
        assertThat(ReviewPolicy.replyRefusal(job(JobState.CERTIFIED, allApprove()), MARA)).containsInstanceOf(OutOfSequence.class);
    }

    @Test
    @Tag("P11-4")
    void aCertifiedJobIsNotCancelled() {
        assertThat(ReviewPolicy.cancellationRefusal(inReview(allApprove()), MARA)).isEmpty();
        assertThat(ReviewPolicy.cancellationRefusal(job(JobState.CERTIFIED, allApprove()), MARA)).containsInstanceOf(OutOfSequence.class);
        assertThat(ReviewPolicy.cancellationRefusal(inReview(Map.of()), AMARI)).containsInstanceOf(NotAllowed.class);
    }
}
