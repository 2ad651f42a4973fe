package io.throughline.review;

import static io.throughline.review.Discipline.LEGAL;
import static io.throughline.review.Discipline.MEDICAL;
import static io.throughline.review.Discipline.REGULATORY;
import static io.throughline.review.ReviewFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Contents;
import io.throughline.review.ReviewOutcome.Done;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What two people may do at the same moment.
@IntegrationTest
@Import({ReviewFixture.class, ReviewDeskTests.Heard.class})
class ReviewRaceTests {

    @Autowired ReviewDesk desk;
    @Autowired ReviewFixture reviews;
    @Autowired Contents contents;
    @Autowired JdbcClient jdbc;

    @BeforeEach
    void people() {
        reviews.people();
    }

    @RepeatedTest(20)
    void whenTheLastTwoAnswerTogetherTheCirculationEndsOnce() throws Exception {
        var job = reviews.submitted("Last two");
        done(reviews.verdict(job, MEDICAL, Verdict.APPROVE));

        var outcomes = together(
                () -> reviews.verdict(job, LEGAL, Verdict.APPROVE_WITH_CHANGES),
                () -> reviews.verdict(job, REGULATORY, Verdict.APPROVE));

        assertThat(outcomes).allMatch(Done.class::isInstance);
        assertThat(count("select count(*) from audit_entry where action = 'circulation.ended' and subject_id = :id", job.id())).isEqualTo(1);
        assertThat(contents.findDraft(job.itemId(), "en-GB")).isPresent();
        assertThat(count("select count(*) from review_job where id = :id and state = 'revise-and-resubmit'", job.id())).isEqualTo(1);
    }

    @RepeatedTest(20)
    @Tag("UK-2")
    void ofTwoVerdictsThatOnePersonGivesTogetherOneCounts() throws Exception {
        var job = reviews.submitted("Two hats");
        var both = reviews.person("r.twohats", null, Role.MEDICAL_REVIEWER, Role.LEGAL_REVIEWER);

        var outcomes = together(() -> reviews.verdict(both, job, MEDICAL, Verdict.APPROVE), () -> reviews.verdict(both, job, LEGAL, Verdict.APPROVE));

        assertThat(outcomes).filteredOn(Done.class::isInstance).hasSize(1);
        assertThat(count("select count(*) from review_verdict v join review_task t on t.id = v.task_id where t.job_id = :id", job.id())).isEqualTo(1);
    }

    @RepeatedTest(20)
    void ofTwoSignatoriesWhoCertifyTogetherOneDoes() throws Exception {
        var job = reviews.approvedByAll("Certified twice");
        var second = reviews.person("r.okafor", "GMC 7099882", Role.SIGNATORY);

        var outcomes = together(() -> reviews.certify(reviews.okonjo(), job), () -> reviews.certify(second, job));

        assertThat(outcomes).filteredOn(Done.class::isInstance).hasSize(1);
        assertThat(count("select count(*) from approval where job_id = :id", job.id())).isEqualTo(1);
        assertThat(count("select count(*) from electronic_signature where meaning like 'certification%' and subject_id = :id",
                Signed.idOf(job))).isEqualTo(1);
    }

    @RepeatedTest(20)
    void aVerdictAndACancellationTogetherLeaveOneOfTwoWholeStories() throws Exception {
        var job = reviews.submitted("Verdict against cancel");

        var outcomes = together(
                () -> reviews.verdict(job, MEDICAL, Verdict.REJECT),
                () -> desk.cancel(reviews.mara(), job.code(), "Wrong item"));

        assertThat(outcomes.get(1)).isInstanceOf(Done.class);
        assertThat(count("select count(*) from review_job where id = :id and state = 'cancelled'", job.id())).isEqualTo(1);
        var verdicts = count("select count(*) from review_verdict v join review_task t on t.id = v.task_id where t.job_id = :id", job.id());
        assertThat(verdicts).isEqualTo(outcomes.get(0) instanceof Done ? 1 : 0);
        assertThat(count("select count(*) from review_circulation where job_id = :id and outcome = 'rejected'", job.id())).isEqualTo(verdicts);
    }

    @RepeatedTest(20)
    @Tag("UK-7")
    void jobsThatOpenTogetherGetDifferentCodes() throws Exception {
        var first = reviews.written(reviews.mara(), "One");
        var second = reviews.written(reviews.mara(), "Two");

        var outcomes = together(() -> reviews.submit(reviews.mara(), first, 1, null), () -> reviews.submit(reviews.mara(), second, 1, null));

        assertThat(outcomes).map(it -> done(it).code()).doesNotHaveDuplicates().hasSize(2);
    }

    @RepeatedTest(20)
    void ofTwoSubmissionsOfOneDraftOneOpensAJob() throws Exception {
        var item = reviews.written(reviews.mara(), "Submitted twice");

        var outcomes = together(() -> reviews.submit(reviews.mara(), item, 1, null), () -> reviews.submit(reviews.mara(), item, 1, null));

        assertThat(outcomes).filteredOn(Done.class::isInstance).hasSize(1);
        assertThat(count("select count(*) from review_job where item_id = :id", item)).isEqualTo(1);
        assertThat(contents.listVersions(item)).hasSize(1);
    }

    @SafeVarargs
    private static <T> List<ReviewOutcome<T>> together(Callable<? extends ReviewOutcome<T>>... acts) throws Exception {
        var start = new CyclicBarrier(acts.length);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = java.util.Arrays.stream(acts).map(act -> executor.submit(() -> {
                start.await();
                return (ReviewOutcome<T>) act.call();
            })).toList();
            var outcomes = new java.util.ArrayList<ReviewOutcome<T>>();
            for (var it : running) {
                outcomes.add(it.get());
            }
            return outcomes;
        }
    }

    private long count(String sql, String id) {
        return jdbc.sql(sql).param("id", id).query(Long.class).single();
    }
}
