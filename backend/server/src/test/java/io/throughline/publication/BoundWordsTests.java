package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.document;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.content.Renditions;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Finding;
import io.throughline.shared.Json;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/// What is served is what was certified, word for word, whatever becomes of the parts since.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class BoundWordsTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PublicationDesk desk;
    @Autowired Renditions renditions;
    @Autowired Rebinding rebinding;
    @Autowired io.throughline.taxonomy.MarketPacks packs;
    @Autowired JdbcClient jdbc;

    @Test
    @Tag("UK-1")
    void aTextGoesOutWithTheWordsThatItsClaimHadWhenItWasCertified() {
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, claim("Risk fell by 18 %."));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        approved(item);
        shelf.published(item, "GB");
        shelf.changed(claim, claim("Risk fell by 81 %."), "GB", days(-1), days(300));
        shelf.published(claim, "GB");

        assertThat(publish(item)).isInstanceOfSatisfying(PublishOutcome.Blocked.class, it -> {
            assertThat(it.findings()).extracting(Finding::code).containsExactly("part-not-effective");
            assertThat(it.findings().getFirst().message()).contains(claim.key(), "version 1", "version 2");
        });
        assertThat(documents(item)).allSatisfy(it -> assertThat(it).contains("18 %").doesNotContain("81 %"));
    }

    @Test
    @Tag("UK-1")
    void whatWasCertifiedBeforeAPartWasPublishedWaitsForExactlyThatVersion() {
        var claim = shelf.written("claim", Kinds.NON_PROMOTIONAL, null, claim("Risk fell by 18 %."));
        approved(claim);
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        approved(item);
        assertThat(publish(item)).isInstanceOfSatisfying(PublishOutcome.Blocked.class,
                it -> assertThat(it.findings().getFirst().message()).contains("Version 1 of " + claim.key()));
        shelf.published(claim, "GB");
        assertThat(publish(item)).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    @Tag("UK-1")
    @Tag("US-2")
    void safetyInformationIsBoundByItsWords() {
        var saf = shelf.live("safety-information", Kinds.NON_PROMOTIONAL, null, safety("Safety"));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Dosing").put("safetyInformation", saf.id()));
        approved(item);
        shelf.published(item, "GB");
        var contained = Json.parseObject(documents(item).getFirst()).path("contains").path(0);
        assertThat(contained.path("id").asString()).isEqualTo(saf.id());
        assertThat(contained.path("version").asInt()).isEqualTo(1);
        assertThat(contained.path("plainText").asString()).contains("Hypotension");
        shelf.changed(saf, safety("Safety").put("body", "Oedema was more frequent."), "GB", days(-1), days(300));
        shelf.published(saf, "GB");
        assertThat(publish(item)).isInstanceOfSatisfying(PublishOutcome.Blocked.class,
                it -> assertThat(it.findings()).extracting(Finding::path).containsExactly("/safetyInformation"));
    }

    @Test
    @Tag("UK-6")
    @Tag("UK-7")
    void jobCodeDateAndAdverseEventStatementStandInTheDocumentItself() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("Dosing"));
        var document = Json.parseObject(documents(item).getFirst());
        var code = document.at("/approval/jobCode").asString();
        assertThat(code).startsWith("GB-2026-");
        for (var field : List.of("html", "plainText")) {
            assertThat(document.path(field).asString()).contains(code).contains("Date of preparation: 2026-11").contains("yellowcard.mhra.gov.uk");
        }
    }

    @Test
    @Tag("UK-1")
    void whatIsPublishedIsTheRenditionAndWhoApprovedIt() {
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, claim("Risk fell by 18 %."));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        approved(item);
        shelf.published(item, "GB");
        var rendition = renditions.get(item.id(), "en-GB", 1, "GB");
        var certified = rendition.content();
        var served = Json.parseObject(documents(item).getFirst());
        assertThat(served.at("/approval/sha256").asString()).isEqualTo(rendition.sha256());
        certified.remove(List.of("format", "versionSha256"));
        ((ObjectNode) served.path("approval")).remove(List.of("approvedAt", "validUntil", "sha256"));
        assertThat(served).isEqualTo(certified);
        assertThat(certified.path("parts").path(0).path("version").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("UK-1")
    void anAlteredRenditionIsNotPublished() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Dosing"));
        approved(item);
        assertThatThrownBy(() -> jdbc.sql("update rendition set canonical = replace(canonical, 'low', 'high') where item_id = :id").param("id", item.id())
                .update()).hasMessageContaining("append-only");
        jdbc.sql("alter table rendition disable trigger append_only").update();
        try {
            jdbc.sql("update rendition set canonical = replace(canonical, 'low', 'high') where item_id = :id").param("id", item.id()).update();
        } finally {
            jdbc.sql("alter table rendition enable trigger append_only").update();
        }
        assertThat(publish(item)).isInstanceOf(PublishOutcome.NotApproved.class);
    }

    @Test
    void anApprovalFromBeforeRenditionsWereKeptIsNotPublishedAnew() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Dosing"));
        approved(item);
        var sha256 = jdbc.sql("select sha256 from content_version where item_id = :id").param("id", item.id()).query(String.class).single();
        var old = shelf.approval(item, "en-GB", "US", 1, sha256, null, "US-2024-" + item.key(), days(-1), days(300));
        assertThat(desk.publish(shelf.writer(), item.id(), "en-GB", "US", old, null, null)).isInstanceOfSatisfying(PublishOutcome.NotApproved.class,
                it -> assertThat(it.detail()).contains("Submit the text for review again"));
    }

    @Test
    @Tag("UK-1")
    void bindingAnewChangesNoWords() {
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, claim("Risk fell by 18 %."));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        approved(item);
        var first = shelf.published(item, "GB");
        var before = documents(item);
        rebinding.bindAnew(first.id(), item.id(), RebindingTests.withRule(packs.get("GB")));
        assertThat(documents(item)).hasSize(2).containsOnly(before.getFirst());
    }

    @Test
    @Tag("UK-5")
    void prescribingInformationIsTheOneInForceAndSaysItsVersion() {
        var pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, null, prescribing("PI"));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Dosing").put("prescribingInformation", pi.id()));
        approved(item);
        shelf.published(item, "GB");
        assertThat(documents(item).getFirst()).doesNotContain("One tablet daily");
        assertThat(renditions.get(item.id(), "en-GB", 1, "GB").parts().getFirst().byWords()).isFalse();
    }

    /// Either the text was first, with the words it was certified with, or it is refused; it never goes out beside newer words unnoticed.
    @RepeatedTest(20)
    @Tag("UK-1")
    void publishingAPartAndWhatHoldsItAtTheSameMomentLeavesOneOrder() throws Exception {
        var claim = shelf.live("claim", Kinds.NON_PROMOTIONAL, null, claim("Risk fell by 18 %."));
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, stating(claim));
        approved(item);
        shelf.changed(claim, claim("Risk fell by 81 %."), "GB", days(-1), days(300));
        var together = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var text = executor.submit(() -> {
                together.await();
                return publish(item);
            });
            var part = executor.submit(() -> {
                together.await();
                return publish(claim);
            });
            var newer = ((PublishOutcome.Published) part.get()).publication();
            switch (text.get()) {
                case PublishOutcome.Published(var publication) -> assertThat(publication.sequence()).isLessThan(newer.sequence());
                case PublishOutcome.Blocked(var findings) -> assertThat(findings).extracting(Finding::code).containsExactly("part-not-effective");
                case PublishOutcome other -> throw new AssertionError(other);
            }
        }
    }

    private PublishOutcome publish(Item item) {
        return desk.publish(shelf.writer(), item.id(), "en-GB", "GB", null, null, null);
    }

    private void approved(Item item) {
        shelf.approved(item, "en-GB", "GB", days(-1), days(300));
    }

    private List<String> documents(Item item) {
        return jdbc.sql("select document from publication where item_id = :id order by started_sequence").param("id", item.id()).query(String.class).list();
    }

    private static ObjectNode claim(String words) {
        return document("A claim").put("text", words).put("efficacyClaim", false);
    }

    private static ObjectNode stating(Item claim) {
        var document = article("With a claim").put("body", "It is said: :claim[%s]".formatted(claim.id()));
        document.putArray("claims").add(claim.id());
        return document;
    }

    private static Instant days(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }
}
