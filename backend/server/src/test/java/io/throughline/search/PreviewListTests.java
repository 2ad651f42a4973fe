package io.throughline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// Lists for preview tokens.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PreviewListTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    private Api previewer() {
        return Api.of(port).withKey(people.previewToken(people.channelManager()));
    }

    private Item draft(String title) {
        return shelf.written("article", "non-promotional", null, DeliveryFixture.article(title));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").valueStream().map(item -> item.path("id").asString()).toList();
    }

    @Test
    @Tag("S30")
    void whatWasJustWrittenIsFoundByItsWordsInItsNewestStateAndNobodyMayKeepIt() {
        var draft = draft("Titrating prevalomab at home");
        var answer = previewer().get("/preview/v1/items?q=prevalomab&market=GB&locale=en-GB");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.json().path("notice").asString()).contains("Not approved");
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
        assertThat(ids(answer.json())).contains(draft.id());
        var item = answer.json().path("items").get(ids(answer.json()).indexOf(draft.id()));
        assertThat(item.at("/preview/state").asString()).isEqualTo("draft");
        assertThat(item.path("html").asString()).contains("Start low");
        assertThat(item.at("/highlights/title/0").asString()).contains("<mark>prevalomab</mark>");
    }

    @Test
    void whatIsSavedOverAndOverIsStillWaitedFor() {
        var draft = draft("Edited quintolimab");
        for (int revision = 1; revision <= 5; revision++) {
            shelf.saved(draft, revision, DeliveryFixture.article("Edited quintolimab, take " + revision));
            var page = previewer().get("/preview/v1/items?q=quintolimab").json();
            assertThat(page.path("complete").asBoolean()).isTrue();
            assertThat(page.at("/items/0/title").asString()).isEqualTo("Edited quintolimab, take " + revision);
        }
    }

    @Test
    void aPublishedItemComesAsItsNewestVersionAndItsDraftInsteadOnceThereIsOne() {
        var live = shelf.live("article", "non-promotional", null, DeliveryFixture.article("Published quovadil"));
        var preview = previewer();
        var version = preview.get("/preview/v1/items?q=quovadil").json().path("items").get(0);
        assertThat(version.at("/preview/state").asString()).isEqualTo("version");
        assertThat(version.at("/preview/version").asInt()).isEqualTo(1);
        shelf.redrafted(live);
        var draft = preview.get("/preview/v1/items?q=quovadil").json().path("items");
        assertThat(draft).hasSize(1);
        assertThat(draft.get(0).at("/preview/state").asString()).isEqualTo("draft");
    }

    @Test
    void filtersAreAndTheirValuesOrAndAConceptIncludesItsNarrowerOnes() {
        var nurses = DeliveryFixture.classify(DeliveryFixture.article("Filtered brantinib for nurses"), "audience", "hcp.nurse");
        var nurse = shelf.written("article", "non-promotional", null, nurses);
        var patients = DeliveryFixture.classify(DeliveryFixture.document("Filtered brantinib for patients"), "audience", "patient");
        var patient = shelf.written("plain-language-summary", "non-promotional", null, patients.put("body", "Short."));
        var preview = previewer();
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&sort=title").json())).containsExactly(nurse.id(), patient.id());
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&audience=hcp").json())).containsExactly(nurse.id());
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&audience=hcp,patient").json())).containsExactlyInAnyOrder(nurse.id(), patient.id());
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&audience=hcp&type=plain-language-summary").json())).isEmpty();
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&stage=considering&need=dosing&kind=non-promotional&type=article").json())).containsExactly(nurse.id());
        assertThat(ids(preview.get("/preview/v1/items?q=brantinib&market=DE").json())).isEmpty();
    }

    @Test
    @Tag("S2")
    @Tag("S7")
    @Tag("S10")
    void whatIsBeyondTheTokenIsInNoListUnderNoFilterAndNoWord() {
        shelf.brand("listbrand");
        shelf.written("article", "non-promotional", "listbrand", DeliveryFixture.article("Hidden cloxaparib"));
        var other = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("otherbrand"), Set.of("GB"));
        var preview = Api.of(port).withKey(people.previewToken(other));
        for (var probe : List.of("q=cloxaparib", "q=cloxaparib&sort=title")) {
            var answer = preview.get("/preview/v1/items?" + probe);
            assertThat(answer.status()).as(probe).isEqualTo(200);
            assertThat(answer.json().path("items")).as(probe).isEmpty();
        }
        var unreadable = preview.get("/preview/v1/items?market=US");
        assertThat(unreadable.status()).isEqualTo(404);
        assertThat(preview.get("/preview/v1/items?market=XX").json().path("detail")).isEqualTo(unreadable.json().path("detail"));
        assertThat(preview.get("/preview/v1/items?locale=de-DE").status()).isEqualTo(404);
        for (var probe : List.of("brand=listbrand", "q=cloxaparib&brand=listbrand", "brand=nosuchbrand")) {
            assertThat(preview.get("/preview/v1/items?" + probe).json().path("detail")).as(probe).isEqualTo(unreadable.json().path("detail"));
        }
    }

    @Test
    void pagesShowEverythingOnceAndACursorHoldsForItsTokenAndItsQuestionOnly() {
        var all = new HashSet<String>();
        for (int i = 0; i < 7; i++) {
            all.add(draft("Paged dravitinib " + i).id());
        }
        for (var sort : List.of("title", "-changedAt", "relevance")) {
            var preview = previewer();
            var question = "/preview/v1/items?q=dravitinib&limit=3&sort=" + sort;
            var seen = new ArrayList<String>();
            var page = preview.get(question).json();
            var first = page.path("nextCursor").asString();
            seen.addAll(ids(page));
            while (page.has("nextCursor")) {
                page = preview.get(question + "&after=" + URLEncoder.encode(page.path("nextCursor").asString(), StandardCharsets.UTF_8)).json();
                seen.addAll(ids(page));
            }
            assertThat(seen).as(sort).containsExactlyInAnyOrderElementsOf(all);
            assertThat(preview.get(question.replace("limit=3", "limit=3&type=article") + "&after=" + first).status()).isEqualTo(400);
            assertThat(preview.get(question + "&after=" + first.substring(1)).status()).isEqualTo(400);
            assertThat(previewer().get(question + "&after=" + first).status()).as("another token").isEqualTo(400);
        }
    }

    @Test
    @Tag("S4")
    void whatIsNotAskedProperlyIsRefused() {
        var preview = previewer();
        for (var wrong : List.of("colour=blue", "limit=0", "limit=101", "sort=-approvedAt", "q=", "audience=", "audience=nosuch", "type=nosuch",
                "facets=type", "after=x", "at=2026-01-01T00:00:00Z")) {
            assertThat(preview.get("/preview/v1/items?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    @Tag("S30")
    @Tag("RV-7")
    void noWordOfAPreviewIsInDelivery() {
        var live = shelf.live("article", "non-promotional", null, DeliveryFixture.article("Served ervalumab"));
        var web = Api.of(port).withKey(people.webKey());
        var path = "/v1/items/" + live.id() + "?market=GB&locale=en-GB";
        var before = web.get(path);
        shelf.changed(live, DeliveryFixture.article("Unserved fexolumab"), "GB", Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400));
        var preview = previewer();
        assertThat(preview.get("/preview/v1/items/" + live.id() + "?locale=en-GB").body()).contains("fexolumab");
        assertThat(ids(preview.get("/preview/v1/items?q=fexolumab").json())).containsExactly(live.id());
        var after = web.get(path);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(web.get("/v1/items?q=fexolumab&market=GB").json().path("items")).isEmpty();
        assertThat(web.get("/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB").body()).doesNotContain("fexolumab");
    }
}
