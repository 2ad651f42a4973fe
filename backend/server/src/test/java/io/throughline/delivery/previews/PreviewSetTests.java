package io.throughline.delivery.previews;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.delivery.choice.Slot;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/// Content sets for preview tokens. In a database of its own: what other tests write for no brand suits every set.
@IntegrationTest
@TestPropertySource(properties = "tests=content sets of previews")
@Import({DeliveryFixture.class, PeopleFixture.class})
class PreviewSetTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api web;
    Api preview;
    String brand;
    String path;

    /// Each test has a brand of its own, so that the sets of others do not come into its way.
    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        preview = Api.of(port).withKey(people.previewToken(people.channelManager()));
        brand = "pbrand" + BRAND.incrementAndGet();
        shelf.brand(brand);
        path = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand;
    }

    private JsonNode previewed() {
        var answer = preview.get("/preview" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> standing(JsonNode set, String slot) {
        var ids = new ArrayList<String>();
        set.path("slots").forEach(it -> {
            if (it.path("name").asString().equals(slot)) {
                it.path("items").forEach(item -> ids.add(item.path("id").asString()));
            }
        });
        return ids;
    }

    private static List<String> all(JsonNode set) {
        return set.path("slots").valueStream().flatMap(slot -> slot.path("items").valueStream()).map(item -> item.path("id").asString()).toList();
    }

    @Test
    @Tag("S30")
    void aDraftStandsWhereItWouldWithItsMarkAndWithoutAnApproval() {
        var live = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Published dosing"), "need", "treatment-decision"));
        var draft = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Unpublished dosing"));
        var answer = preview.get("/preview" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.header("Surrogate-Key")).isEmpty();
        var set = answer.json();
        assertThat(set.path("notice").asString()).contains("Not approved");
        assertThat(set.path("complete").asBoolean()).isTrue();
        assertThat(set.has("receipt")).isFalse();
        assertThat(standing(set, "lead")).containsExactly(draft.id());
        var slotItem = set.path("slots").get(0).path("items").get(0);
        assertThat(slotItem.at("/preview/state").asString()).isEqualTo("draft");
        assertThat(slotItem.at("/preview/revision").asInt()).isEqualTo(1);
        assertThat(slotItem.has("version")).isFalse();
        var item = set.path("items").path(draft.id());
        assertThat(item.path("preview")).isEqualTo(slotItem.path("preview"));
        assertThat(item.has("approval")).isFalse();
        assertThat(item.path("html").asString()).contains("<strong>slow</strong>");
        assertThat(item.path("adverseEventStatement").asString()).isNotEmpty();
        var published = set.path("items").path(live.id());
        assertThat(published.has("preview")).isFalse();
        assertThat(published.path("approval").path("jobCode").asString()).startsWith("GB-");
        assertThat(all(web.get(path).json())).containsExactly(live.id());
    }

    @Test
    void theNewestWordsTakeThePlaceOfThePublishedOnesAndOfNothingElse() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("First words"));
        assertThat(previewed().path("items").path(item.id()).has("preview")).as("nothing newer").isFalse();
        shelf.redrafted(item);
        var drafted = previewed();
        assertThat(all(drafted)).containsExactly(item.id());
        assertThat(drafted.at("/items/" + item.id() + "/preview/state").asString()).isEqualTo("draft");
        assertThat(web.get(path).json().at("/items/" + item.id() + "/version").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsCertifiedOrScheduledIsShownAsTheVersionThatItIs() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Out already"));
        shelf.changed(item, article("Certified for later"), "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        var certified = previewed().path("items").path(item.id());
        assertThat(certified.at("/preview/state").asString()).isEqualTo("version");
        assertThat(certified.at("/preview/version").asInt()).isEqualTo(2);
        assertThat(certified.path("title").asString()).isEqualTo("Certified for later");
        var later = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Scheduled"));
        shelf.approved(later, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        shelf.published(later, "GB", Instant.now().plus(30, ChronoUnit.DAYS), null);
        assertThat(all(previewed())).contains(later.id());
        assertThat(all(web.get(path).json())).doesNotContain(later.id());
        shelf.published(item, "GB");
        assertThat(previewed().path("items").path(item.id()).has("preview")).as("published since").isFalse();
    }

    @Test
    @Tag("RV-7")
    void whatWasWithdrawnStaysOutUntilSomethingNewerIsWritten() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Withdrawn words"));
        shelf.withdrawn(item);
        assertThat(all(previewed())).isEmpty();
        shelf.redrafted(item);
        assertThat(all(previewed())).containsExactly(item.id());
    }

    @Test
    @Tag("US-2")
    @Tag("UK-5")
    void promotionIsPreviewedWithItsSafetyAndPrescribingInformationOrNotAtAll() {
        var safety = shelf.written("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety in writing"));
        var label = shelf.written("prescribing-information", Kinds.PROMOTIONAL, brand, prescribing("Label in writing"));
        var promotion = shelf.written("article", Kinds.PROMOTIONAL, brand,
                article("Promotion").put("safetyInformation", safety.id()).put("prescribingInformation", label.id()));
        var set = previewed();
        assertThat(standing(set, "lead")).containsExactly(promotion.id());
        assertThat(standing(set, "safety")).containsExactly(safety.id());
        assertThat(set.path("slots").get(3).path("mandatory").asBoolean()).isTrue();
        assertThat(set.at("/items/" + safety.id() + "/preview/state").asString()).isEqualTo("draft");
        assertThat(set.at("/items/" + promotion.id() + "/prescribingInformation/html").asString()).contains("One tablet daily");
        assertThat(set.at("/items/" + promotion.id() + "/prescribingInformation/url").asString()).isEqualTo("https://label.example/pi");

        brand = "pbrand" + BRAND.incrementAndGet();
        shelf.brand(brand);
        var elsewhere = shelf.written("safety-information", Kinds.PROMOTIONAL, null, "de-DE", safety("Sicherheit"));
        shelf.written("article", Kinds.PROMOTIONAL, brand, article("Alone").put("safetyInformation", elsewhere.id()).put("prescribingInformation", label.id()));
        var refused = preview.get("/preview" + path.replaceAll("brand=.*", "brand=" + brand));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("mandatory-slot-empty");
    }

    @Test
    void theSetThatIsPreviewedIsTheSetThatIsServedOncePublished() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Served before"), "need", "treatment-decision"));
        var items = new ArrayList<io.throughline.content.Item>();
        for (var stage : List.of("considering", "trying", "aware", "considering", "considering")) {
            items.add(shelf.written("article", Kinds.NON_PROMOTIONAL, brand, classify(article("Coming " + items.size()), "stage", stage)));
        }
        var before = previewed();
        for (var item : items) {
            shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
            shelf.published(item, "GB");
        }
        var served = web.get(path).json();
        for (var slot : List.of("lead", "proof", "support", "next")) {
            assertThat(Set.copyOf(standing(before, slot)).size()).as(slot).isEqualTo(standing(served, slot).size());
        }
        assertThat(before.path("relaxed")).isEqualTo(served.path("relaxed"));
        assertThat(previewed().path("slots").valueStream().flatMap(slot -> slot.path("items").valueStream()).noneMatch(item -> item.has("preview"))).isTrue();
        assertThat(previewed().path("slots")).isEqualTo(served.path("slots"));
        assertThat(previewed().path("items")).isEqualTo(served.path("items"));
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void nothingBeyondTheTokenIsInASet() {
        var hidden = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Hidden"));
        var tablet = classify(article("For the tablet"), "channel", "rep-tablet");
        shelf.written("article", Kinds.NON_PROMOTIONAL, brand, tablet);
        var german = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, "de-DE", article("Deutsch"));
        assertThat(all(previewed())).containsExactly(hidden.id());
        assertThat(all(previewed())).doesNotContain(german.id());
        var other = Api.of(port).withKey(people.previewToken(shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("elsewhere"), Set.of("GB"))));
        assertThat(all(other.get("/preview" + path).json())).isEmpty();
        assertThat(other.get("/preview" + path + "&explain=true").body()).doesNotContain(hidden.id());
        assertThat(other.get("/preview" + path.replace("market=GB", "market=US").replace("en-GB", "en-US")).status()).isEqualTo(404);
        assertThat(other.get("/preview" + path.replace("market=GB", "market=XX")).status()).isEqualTo(404);
    }

    @Test
    void anExplanationTellsWhyADraftIsNotThere() {
        var patient = shelf.written("plain-language-summary", Kinds.NON_PROMOTIONAL, brand,
                classify(classify(DeliveryFixture.document("For patients"), "audience", "patient"), "need", "dosing").put("body", "Short."));
        var tooMany = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            tooMany.add(shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Many " + i)).id());
        }
        var set = preview.get("/preview" + path + "&explain=true").json();
        tooMany.removeAll(all(set));
        assertThat(set.path("excluded").valueStream().map(it -> it.path("id").asString()).toList()).containsAll(tooMany).doesNotContain(patient.id());
        assertThat(set.path("excluded").valueStream().map(it -> it.path("rule").asString())).contains("rank");
        assertThat(set.at("/slots/0/items/0/scoreParts").isObject()).isTrue();
    }

    @Test
    @Tag("S30")
    void aPreviewChangesNothingThatChannelsGetAndCountsAsNoDemand() {
        shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Served"));
        var before = web.get(path);
        shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Secret novelty"));
        for (int i = 0; i < 3; i++) {
            assertThat(previewed().toString()).contains("Secret novelty");
        }
        var after = web.get(path);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(jdbc.sql("select coalesce(sum(requests), 0) from demand_day where brand = :brand").param("brand", brand).query(Long.class).single())
                .isLessThanOrEqualTo(2);
    }

    @Test
    @Tag("S4")
    void whatDeliveryAloneAnswersIsRefused() {
        for (var wrong : List.of("&at=2026-01-01T00:00:00Z", "&seenBy=hcp-8f2c51d09e", "&colour=blue", "&limit=0", "&stage=nosuch")) {
            assertThat(preview.get("/preview" + path.replace("&stage=considering", wrong.startsWith("&stage") ? "" : "&stage=considering") + wrong).status())
                    .as(wrong).isEqualTo(400);
        }
        assertThat(preview.get("/preview/v1/content-sets?market=GB&locale=en-GB").status()).isEqualTo(400);
    }

    @Test
    @Tag("S31")
    void aThousandDraftsDoNotMakeASetSlowAndTheAnswerSaysThatNotAllWereLookedAt() {
        jdbc.sql("""
                        insert into content_item (id, key, type, kind, brand, created_by, created_at)
                        select 'itm_many' || :brand || n, 'MANY-' || :brand || n, 'article', 'non-promotional', :brand, :by, now() from generate_series(1, 1000) n
                        """).param("brand", brand).param("by", people.writer().id()).update();
        jdbc.sql("""
                        insert into content_draft (item_id, locale, revision, document, updated_by, updated_at)
                        select 'itm_many' || :brand || n, 'en-GB', 1, jsonb_build_object('title', 'Many ' || n, 'body', repeat('Words. ', 1000),
                               'classification', '{"audience": ["hcp"], "stage": ["considering"], "need": ["dosing"]}'::jsonb), :by, now()
                          from generate_series(1, 1000) n
                        """).param("brand", brand).param("by", people.writer().id()).update();
        try {
            previewed();
            long started = System.nanoTime();
            var set = previewed();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
            assertThat(set.path("complete").asBoolean()).isFalse();
            assertThat(all(set)).hasSize(Slot.LEAD.capacity() + Slot.SUPPORT.capacity());
        } finally {
            jdbc.sql("delete from content_draft where item_id like 'itm_many' || :brand || '%'").param("brand", brand).update();
        }
    }
}
