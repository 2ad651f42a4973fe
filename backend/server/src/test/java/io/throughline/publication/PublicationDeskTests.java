package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.classify;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.content.Contents;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PublicationDeskTests {

    @Autowired PublicationDesk desk;
    @Autowired DeliveryFixture shelf;
    @Autowired Contents contents;
    @Autowired CatalogueClock catalogueClock;
    @Autowired JdbcClient jdbc;

    /// For an audience that no other test asks for: the tests share one database.
    private static tools.jackson.databind.node.ObjectNode article(String title) {
        return classify(classify(DeliveryFixture.article(title), "audience", "payer"), "stage", "payer.assessing");
    }

    private static Instant inDays(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }

    @Test
    void pointsToTheApprovedVersionUntilTheApprovalEnds() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var until = inDays(30);
        var approval = shelf.approved(item, "en-GB", "GB", inDays(-1), until);
        var publication = shelf.published(item, "GB");
        assertThat(publication.approvalId()).isEqualTo(approval);
        assertThat(publication.effectiveUntil()).isEqualTo(until);
        assertThat(publication.state()).isEqualTo("effective");
        assertThat(catalogueClock.sequence()).isGreaterThanOrEqualTo(publication.sequence());
    }

    @Test
    void nothingIsPublishedWithoutAnApproval() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        assertThat(publish(item.id(), "GB")).isInstanceOf(PublishOutcome.NotApproved.class);
        shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        assertThat(publish(item.id(), "DE")).isInstanceOf(PublishOutcome.NotApproved.class);
    }

    @Test
    @Tag("UK-4")
    void anApprovalThatHasEndedPublishesNothing() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var approval = shelf.approved(item, "en-GB", "GB", inDays(-9), inDays(-1));
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", approval, null, null)).isInstanceOf(PublishOutcome.NotApproved.class);
        assertThat(publish(item.id(), "GB")).isInstanceOf(PublishOutcome.NotApproved.class);
    }

    @Test
    void theWindowStaysWithinTheApproval() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var until = inDays(30);
        shelf.approved(item, "en-GB", "GB", inDays(-1), until);
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, null, until.plusMillis(1))).isInstanceOf(PublishOutcome.OutsideApproval.class);
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, inDays(-2), null)).isInstanceOf(PublishOutcome.OutsideApproval.class);
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, inDays(1), until)).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    @Tag("UK-1")
    void anApprovalOfOtherBytesPublishesNothing() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        var forged = shelf.approval(item, "en-GB", "GB", 1, "0".repeat(64), "0".repeat(64), "GB-2026-FORGED", inDays(-1), inDays(30));
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", forged, null, null)).isInstanceOf(PublishOutcome.NotApproved.class);
    }

    @Test
    @Tag("UK-1")
    void whatWasWithdrawnIsNotPublishedAgainByAnybodyWithoutANewReview() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var published = shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        shelf.published(item, "GB");
        var unused = shelf.approvedToo(item, "en-GB", "GB", inDays(-1), inDays(60));
        shelf.withdrawn(item);

        assertThat(publish(item.id(), "GB")).isInstanceOfSatisfying(PublishOutcome.NotApproved.class,
                refused -> assertThat(refused.detail()).contains("withdrawn", "A new safety signal.", "Submit the text for review again"));
        for (var approval : List.of(published, unused)) {
            assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", approval, null, null)).isInstanceOf(PublishOutcome.NotApproved.class);
            assertThat(desk.publish(shelf.signatory(), item.id(), "en-GB", "GB", approval, null, null)).isInstanceOf(PublishOutcome.NotApproved.class);
        }

        shelf.changed(item, article("Two"), "GB", inDays(-1), inDays(30));
        assertThat(publish(item.id(), "GB")).as("a new review leads to a new approval").isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    @Tag("RV-7")
    void aWithdrawalFromOneMarketLeavesTheApprovalsOfTheOthers() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        var version = contents.findVersion(item.id(), "en-GB", 1).orElseThrow();
        shelf.approvedToo(item, "en-GB", "DE", inDays(-1), inDays(30));
        shelf.published(item, "GB");
        assertThat(desk.withdraw(shelf.signatory(), item.id(), null, "GB", "Local decision")).isInstanceOf(WithdrawOutcome.Withdrawn.class);
        assertThat(publish(item.id(), "GB")).isInstanceOf(PublishOutcome.NotApproved.class);
        assertThat(jdbc.sql("select a.market from approval a join approval_end e on e.approval_id = a.id where a.item_id = :id").param("id", item.id())
                .query(String.class).list()).containsExactly("GB");
    }

    @Test
    @Tag("UK-1")
    void anApprovalThatANewerOneTookThePlaceOfIsNotPublishedAgain() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var older = shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        shelf.published(item, "GB");
        shelf.changed(item, article("Two"), "GB", inDays(-1), inDays(30));
        assertThat(publish(item.id(), "GB")).isInstanceOf(PublishOutcome.Published.class);
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "GB", older, null, null)).isInstanceOfSatisfying(PublishOutcome.NotApproved.class,
                refused -> assertThat(refused.detail()).contains("newer approval"));
    }

    @Test
    @Tag("EU-2")
    void promotionForPatientsIsNotPublishedWhereTheMarketForbidsIt() {
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, null, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, null, prescribing("PI"));
        var item = shelf.written("article", Kinds.PROMOTIONAL, null,
                classify(article("One"), "audience", "patient").put("safetyInformation", saf.id()).put("prescribingInformation", pi.id()));
        shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        assertThat(publish(item.id(), "GB")).isInstanceOfSatisfying(PublishOutcome.Blocked.class,
                blocked -> assertThat(blocked.findings()).extracting(Finding::rule).contains("EU-2"));
    }

    @Test
    void publishingForAnotherTimeSupersedes() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var second = shelf.publishedAnew(item, "GB");
        assertThat(shelf.current(item)).containsExactly(second.id());
        assertThat(desk.listFor(item.id())).extracting(Publication::state).containsExactly("effective", "superseded");
    }

    @Test
    @Tag("UK-7")
    void theDocumentCarriesJobCodeAndDateOfPreparation() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var document = Json.parseObject(jdbc.sql("select document from publication where item_id = :id").param("id", item.id()).query(String.class).single());
        assertThat(document.path("approval").path("jobCode").asString()).startsWith("GB-2026-");
        assertThat(document.path("approval").path("dateOfPreparation").asString()).isEqualTo("2026-11");
        assertThat(document.path("html").asString()).contains("<strong>slow</strong>");
        assertThat(document.path("adverseEventStatement").asString()).contains("Adverse events");
    }

    @Test
    @Tag("RV-7")
    void aWithdrawalEndsEveryLocaleAndMarketWithOneSequenceEach() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        shelf.approvedToo(item, "en-GB", "US", inDays(-1), inDays(30));
        shelf.published(item, "US");
        var withdrawal = shelf.withdrawn(item);
        assertThat(withdrawal.publications()).hasSize(2);
        assertThat(shelf.current(item)).isEmpty();
        assertThat(jdbc.sql("select count(distinct sequence) from content_change where item_id = :id and type = 'withdrawn'").param("id", item.id())
                .query(Long.class).single()).isEqualTo(2);
        assertThat(desk.withdraw(shelf.signatory(), item.id(), null, null, "Again")).isInstanceOf(WithdrawOutcome.NothingPublished.class);
    }

    @Test
    void whoMayNotPublishOrWithdrawIsRefused() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var strategist = shelf.with(Set.of(Role.STRATEGIST), Set.of("*"), Set.of("*"));
        assertThat(desk.publish(strategist, item.id(), "en-GB", "GB", null, null, null)).isInstanceOf(PublishOutcome.NotAllowed.class);
        assertThat(desk.withdraw(strategist, item.id(), null, null, "No")).isInstanceOf(WithdrawOutcome.NotAllowed.class);
        assertThatThrownBy(() -> desk.publish(null, item.id(), "en-GB", "GB", null, null, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Tag("S7")
    void anotherBrandOrMarketIsNotThere() {
        shelf.brand("testabrand");
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, "testabrand", article("One"));
        var other = shelf.with(Set.of(Role.WRITER, Role.SIGNATORY), Set.of("otherbrand"), Set.of("*"));
        var german = shelf.with(Set.of(Role.WRITER, Role.SIGNATORY), Set.of("*"), Set.of("DE"));
        assertThat(desk.publish(other, item.id(), "en-GB", "GB", null, null, null)).isInstanceOf(PublishOutcome.NotFound.class);
        assertThat(desk.withdraw(other, item.id(), null, null, "No")).isInstanceOf(WithdrawOutcome.NotFound.class);
        assertThat(desk.publish(german, item.id(), "en-GB", "GB", null, null, null)).isInstanceOf(PublishOutcome.NotFound.class);
        assertThat(desk.withdraw(german, item.id(), null, null, "No")).isInstanceOf(WithdrawOutcome.NotAllowed.class);
    }

    @Test
    @Tag("RV-7")
    void aPassedWindowIsWrittenDownOnce() throws Exception {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Short"));
        shelf.approved(item, "en-GB", "GB", inDays(-1), inDays(30));
        var publication = shelf.published(item, "GB", null, Instant.now().truncatedTo(ChronoUnit.MICROS).plusMillis(300));
        assertThat(desk.expire(publication.id(), item.id())).isFalse();
        Thread.sleep(350);
        assertThat(desk.expire(publication.id(), item.id()) || desk.listFor(item.id()).getFirst().endReason() != null).isTrue();
        assertThat(desk.expire(publication.id(), item.id())).isFalse();
        assertThat(jdbc.sql("select count(*) from content_change where item_id = :id and type = 'expired'").param("id", item.id()).query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void aPublicationIsEndedOnceAndNeverRewritten() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var id = shelf.current(item).getFirst();
        assertThatThrownBy(() -> jdbc.sql("update publication set version_number = 2 where id = :id").param("id", id).update()).hasMessageContaining("can only be ended");
        assertThatThrownBy(() -> jdbc.sql("delete from publication where id = :id").param("id", id).update()).hasMessageContaining("append-only");
        shelf.withdrawn(item);
        assertThatThrownBy(() -> jdbc.sql("update publication set end_reason = 'expired' where id = :id").param("id", id).update()).hasMessageContaining("can only be ended");
    }

    @RepeatedTest(20)
    @Tag("RV-7")
    void publishingAndWithdrawingAtTheSameMomentLeaveOneClearState() throws Exception {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("One"));
        var together = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var publishing = executor.submit(() -> {
                together.await();
                return desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, null, inDays(30));
            });
            var withdrawing = executor.submit(() -> {
                together.await();
                return desk.withdraw(shelf.signatory(), item.id(), null, null, "Race");
            });
            assertThat(publishing.get()).as("it came first, or found its approval ended")
                    .isInstanceOfAny(PublishOutcome.Published.class, PublishOutcome.NotApproved.class);
            assertThat(withdrawing.get()).isInstanceOf(WithdrawOutcome.Withdrawn.class);
            assertThat(shelf.current(item)).as("nothing is served of what was withdrawn").isEmpty();
        }
    }

    private PublishOutcome publish(String itemId, String market) {
        return desk.publish(shelf.writer(), itemId, "en-GB", market, null, null, null);
    }
}
