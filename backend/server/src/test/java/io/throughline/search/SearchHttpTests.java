package io.throughline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class SearchHttpTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired CatalogueIndexer catalogue;
    @Autowired Indices indices;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    private Item live(String title) {
        return shelf.live("article", "non-promotional", null, DeliveryFixture.article(title));
    }

    private void awaitIndex() {
        eventually(() -> jdbc.sql("select sequence from search_cursor where index_name = 'catalogue'").query(Long.class).optional().orElse(-1L)
                .equals(jdbc.sql("select value from content_sequence").query(Long.class).single())
                && jdbc.sql("select count(*) from search_dirty").query(Long.class).single() == 0);
    }

    private static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 400; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("it did not happen within 10 seconds");
    }

    @Test
    void channelsFindItemsByTheirWordsWithHighlights() {
        var item = live("Titrating zyloquant in practice");
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var found = web.get("/v1/items?q=zyloquant%20titration&market=GB&fields=title&facets=type,need&count=true");
        assertThat(found.status()).isEqualTo(200);
        var list = found.json();
        assertThat(list.path("total").asInt()).as("one word is enough: titration is not a form of titrating for KStem").isEqualTo(1);
        list = web.get("/v1/items?q=zyloquant%20practices&market=GB&fields=title&facets=type,need&count=true").json();
        assertThat(list.path("total").asInt()).isEqualTo(1);
        var hit = list.path("items").get(0);
        assertThat(hit.path("id").asString()).isEqualTo(item.id());
        assertThat(hit.path("highlights").path("title").get(0).asString()).contains("<mark>zyloquant</mark>");
        assertThat(hit.has("html")).isFalse();
        assertThat(list.path("facets").path("type").get(0).path("value").asString()).isEqualTo("article");
    }

    @Test
    @Tag("RV-7")
    void whatWasWithdrawnIsInNoListThoughTheIndexLags() {
        var item = live("Withdrawn quellomab");
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        assertThat(web.get("/v1/items?q=quellomab").body()).contains(item.id());
        shelf.withdrawn(item);
        assertThat(web.get("/v1/items?q=quellomab").body()).doesNotContain(item.id());
    }

    @Test
    void softHyphensZeroWidthCharactersAndLigaturesHideNoWords() {
        var item = live("Titrating grav\u00adolu\u200bmab e\ufb03ciently");
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        for (var asked : List.of("gravolumab", "efficiently%20gravolumab", "grav%C2%ADolumab", "gravolu%E2%80%8Bmab%20e%EF%AC%83ciently")) {
            assertThat(web.get("/v1/items?q=" + asked).body()).as(asked).contains(item.id());
        }
    }

    @Test
    void theLibraryReadsTheWordsOfClaimsAndNumbersOfCitations() {
        var writer = Api.of(port).signIn(people.writer().username());
        var claim = created(writer, "claim", "{\"title\":\"A claim\",\"text\":\"Pralumosine lowers it\",\"efficacyClaim\":false}");
        var article = created(writer, "article", "{\"title\":\"Using a claim\",\"body\":\"It says: :claim[%s] [@ref_a].\",\"references\":[{\"id\":\"ref_a\",\"csl\":{\"type\":\"book\"}}]}".formatted(claim));
        eventually(() -> writer.get("/manage/v1/items?q=pralumosine").body().contains(article));
        assertThat(writer.get("/manage/v1/items?q=pralumosine").body()).contains("It says: <mark>Pralumosine</mark> lowers it [1].").doesNotContain(":claim[");
    }

    private static String created(Api writer, String type, String document) {
        var answer = writer.post("/manage/v1/items", "{\"type\":\"%s\",\"kind\":\"non-promotional\",\"locale\":\"en-GB\",\"document\":%s}".formatted(type, document));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    @Test
    @Tag("S21")
    void highlightsAreEscaped() {
        var item = shelf.live("article", "non-promotional", null, DeliveryFixture.article("Xssomab <img src=x onerror=alert(1)> trial"));
        awaitIndex();
        var channel = Api.of(port).withKey(people.webKey()).get("/v1/items?q=xssomab").json();
        assertThat(channel.path("items").get(0).path("highlights").path("title").get(0).asString()).contains("<mark>Xssomab</mark>", "&lt;img").doesNotContain("<img");
        var row = Api.of(port).signIn(people.writer().username()).get("/manage/v1/items?q=xssomab").json().path("items").get(0);
        assertThat(row.path("id").asString()).isEqualTo(item.id());
        assertThat(row.path("titleHighlight").asString()).contains("&lt;img").doesNotContain("<img");
    }

    @Test
    void pagesFollowEachOtherWithoutRepeatsOrGaps() {
        for (int i = 0; i < 7; i++) {
            live("Pagomab part " + i);
        }
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var seen = new HashSet<String>();
        var path = "/v1/items?q=pagomab&limit=3&sort=title";
        var next = path;
        int pages = 0;
        while (next != null) {
            var answer = web.get(next);
            answer.json().path("items").forEach(item -> assertThat(seen.add(item.path("id").asString())).isTrue());
            var cursor = answer.json().path("nextCursor").asString("");
            assertThat(answer.header("Link").isPresent()).isEqualTo(!cursor.isEmpty());
            next = cursor.isEmpty() ? null : path + "&after=" + cursor;
            pages++;
        }
        assertThat(seen).hasSize(7);
        assertThat(pages).isEqualTo(3);
        var cursor = web.get(path).json().path("nextCursor").asString();
        assertThat(web.get("/v1/items?q=other&limit=3&sort=title&after=" + cursor).status()).isEqualTo(400);
        assertThat(web.get(path + "&after=" + cursor.substring(0, cursor.length() - 1) + "~").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @Tag("S4")
    @Tag("S14")
    @ValueSource(strings = {"colour=red", "q=", "sort=_score", "sort=title%3Bdrop", "limit=0", "limit=101", "facets=secret", "fields=document", "need=nothing",
            "after=AAAA", "updatedSince=now", "type="})
    void aListParameterThatMeansNothingIsRefused(String query) {
        var answer = Api.of(port).withKey(people.webKey()).get("/v1/items?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("invalid-query");
    }

    @Test
    void theIndexIsComparedMendedAndBuiltAnewWithoutDowntime() throws Exception {
        var item = live("Driftomab");
        awaitIndex();
        assertThat(catalogue.compare().isNone()).isTrue();
        var publication = jdbc.sql("select id from publication where item_id = :id").param("id", item.id()).query(String.class).single();
        indices.send("DELETE", "/" + indices.alias(CatalogueIndexer.NAME) + "/_doc/" + publication, null);
        indices.refresh(indices.alias(CatalogueIndexer.NAME));
        assertThat(catalogue.compare().missing()).containsExactly(publication);
        var before = indices.behind(CatalogueIndexer.NAME);
        catalogue.rebuild();
        assertThat(indices.behind(CatalogueIndexer.NAME)).isNotEqualTo(before);
        assertThat(catalogue.compare().isNone()).isTrue();
    }

    @Test
    void peopleFindDraftsAndSeeTheirStateChange() {
        var item = shelf.written("article", "non-promotional", null, DeliveryFixture.article("Librariomab draft"));
        awaitIndex();
        var wanda = Api.of(port).signIn(people.writer().username());
        var rows = wanda.get("/manage/v1/items?q=librariomab").json();
        assertThat(rows.path("items").get(0).path("state").asString()).isEqualTo("draft");
        assertThat(rows.path("facets").path("state").get(0).path("value").asString()).isEqualTo("draft");
        assertThat(wanda.get("/manage/v1/items?q=libr").json().path("total").asInt()).isEqualTo(1);
        assertThat(wanda.get("/manage/v1/items?q=" + item.key()).json().path("items").get(0).path("id").asString()).isEqualTo(item.id());
        shelf.approved(item, "en-GB", "GB", java.time.Instant.now().minusSeconds(5), java.time.Instant.now().plusSeconds(86_400));
        shelf.published(item, "GB");
        awaitIndex();
        var row = wanda.get("/manage/v1/items?q=librariomab&state=effective&market=GB").json().path("items").get(0);
        assertThat(row.path("markets").get(0).path("state").asString()).isEqualTo("effective");
        var detail = wanda.get("/manage/v1/items/" + item.key()).json();
        assertThat(detail.path("locales").get(0).path("state").asString()).isEqualTo("effective");
        assertThat(detail.path("locales").get(0).path("publications").get(0).path("jobCode").asString()).startsWith("GB-2026-");
    }

    @Test
    @Tag("S7")
    void anotherBrandIsNeitherFoundNorCounted() {
        shelf.brand("hiddenbrand");
        var item = shelf.written("article", "non-promotional", "hiddenbrand", DeliveryFixture.article("Hiddenomab"));
        awaitIndex();
        var other = shelf.with(Set.of(Role.WRITER), Set.of("otherbrand"), Set.of("*"));
        var api = Api.of(port).signIn(other.username());
        var found = api.get("/manage/v1/items?q=hiddenomab").json();
        assertThat(found.path("total").asInt()).isZero();
        assertThat(found.path("facets").path("brand")).isEmpty();
        assertThat(api.get("/manage/v1/items/" + item.key()).status()).isEqualTo(404);
    }

    @Test
    void peopleSeeASetAsTheChannelGetsIt() {
        live("Previewed");
        people.webKey();
        var chris = Api.of(port).signIn(people.channelManager().username());
        var channel = chris.get("/manage/v1/channels").json().path("channels").get(0).path("id").asString();
        var preview = chris.get("/manage/v1/channels/" + channel + "/content-set?audience=hcp&need=dosing&market=GB&locale=en-GB").json();
        assertThat(preview.path("status").asInt()).isEqualTo(200);
        assertThat(preview.path("request").path("path").asString()).isEqualTo("/v1/content-sets?audience=hcp&need=dosing&market=GB&locale=en-GB");
        assertThat(preview.path("headers").path("etag").asString()).startsWith("\"cs-");
        assertThat(preview.path("set").path("slots")).hasSize(5);
        var refused = chris.get("/manage/v1/channels/" + channel + "/content-set?audience=nobody&market=GB&locale=en-GB").json();
        assertThat(refused.path("status").asInt()).isEqualTo(400);
        assertThat(refused.path("problem").path("code").asString()).isEqualTo("invalid-query");
    }

    @Test
    void theContractIsServed() {
        assertThat(Api.of(port).get("/v1/openapi.json").json().path("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void aQuestionInASentenceFindsWhatAnswersItInTheLibraryAndInDelivery() {
        var answer = live("Reflexonia eases pain among ward nurses");
        var other = live("Nurses and reflexonia");
        live("Pain in general practice of zoomab");
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var wanda = Api.of(port).signIn(people.writer().username());
        for (var question : List.of("does%20reflexonia%20reduce%20pain%20in%20nurses", "does%20reflexonia%20reduce%20pain%20in%20nurses%3F")) {
            assertThat(first(web.get("/v1/items?market=GB&q=" + question))).isEqualTo(answer.id());
            assertThat(first(wanda.get("/manage/v1/items?q=" + question))).isEqualTo(answer.id());
        }
        assertThat(first(web.get("/v1/items?market=GB&q=nurses%20reflexonia"))).as("both hold both words; here they are the title").isEqualTo(other.id());
    }

    @Test
    void whatHoldsAllWordsComesBeforeWhatHoldsOneOften() {
        for (int i = 0; i < 12; i++) {
            live("Commonmab in everyday use " + i); // the second word counts for little by itself
        }
        var often = shelf.live("article", "non-promotional", null, DeliveryFixture.article("Quibblomab").put("body", "Quibblomab ".repeat(30)));
        var all = shelf.live("article", "non-promotional", null, DeliveryFixture.article("Long words about many other things")
                .put("body", "A sentence of other words that goes on. ".repeat(40) + "Commonmab was there, and " + "so was much else ".repeat(40) + "besides quibblomab."));
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var wanda = Api.of(port).signIn(people.writer().username());
        for (var found : List.of(web.get("/v1/items?market=GB&q=quibblomab%20commonmab"), wanda.get("/manage/v1/items?q=quibblomab%20commonmab"))) {
            assertThat(found.json().path("items").valueStream().map(it -> it.path("id").asString())).startsWith(all.id(), often.id());
        }
    }

    @Test
    void keysIdsAndIdentifiersFindTheirOneItemFirst() {
        var item = live("Named by its identifiers");
        var article = DeliveryFixture.article("It cites the one from a journal");
        article.putArray("references").addObject().put("id", "ref_a").putObject("csl").put("type", "article-journal").put("title", "x")
                .put("DOI", "10.5555/NAMED-5-5").put("PMID", "17654321");
        var citing = shelf.written("article", "non-promotional", null, article);
        var named = shelf.written("article", "non-promotional", null, withSource("Imported from a journal", "10.5555/Named-5-5", "17654321"));
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var wanda = Api.of(port).signIn(people.writer().username());
        for (var name : List.of(item.id(), item.key(), item.key().toLowerCase(java.util.Locale.ROOT))) {
            assertThat(first(web.get("/v1/items?market=GB&q=" + name))).as(name).isEqualTo(item.id());
            assertThat(first(wanda.get("/manage/v1/items?q=" + name))).as(name).isEqualTo(item.id());
        }
        for (var name : List.of("10.5555/named-5-5", "doi:10.5555/NAMED-5-5", "https://doi.org/10.5555/named-5-5", "17654321", "PMID%2017654321")) {
            assertThat(wanda.get("/manage/v1/items?q=" + name).json().path("items").valueStream().map(it -> it.path("id").asString())).as(name)
                    .startsWith(named.id(), citing.id());
        }
    }

    @Test
    void britishAndAmericanSpellingFindTheSame() {
        shelf.brand("spelling");
        var british = shelf.live("article", "non-promotional", "spelling", DeliveryFixture.article("Haemoglobin in randomised tumour trials"));
        var american = shelf.live("article", "non-promotional", "spelling", DeliveryFixture.article("Hemoglobin in randomized tumor trials"));
        awaitIndex();
        var web = Api.of(port).withKey(people.webKey());
        var wanda = Api.of(port).signIn(people.writer().username());
        for (var word : List.of("haemoglobin", "hemoglobin", "tumour", "tumor", "randomized", "randomised")) {
            for (var found : List.of(web.get("/v1/items?market=GB&brand=spelling&q=" + word), wanda.get("/manage/v1/items?brand=spelling&q=" + word))) {
                assertThat(found.json().path("items").valueStream().map(it -> it.path("id").asString())).as(word)
                        .containsExactlyInAnyOrder(british.id(), american.id());
            }
        }
    }

    private static String first(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").path(0).path("id").asString("");
    }

    private static tools.jackson.databind.node.ObjectNode withSource(String title, String doi, String pmid) {
        var document = DeliveryFixture.article(title);
        document.putObject("source").put("format", "jats").put("doi", doi).put("pmid", pmid);
        return document;
    }
}
