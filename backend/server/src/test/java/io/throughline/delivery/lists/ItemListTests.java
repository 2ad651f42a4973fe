package io.throughline.delivery.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Catalogue;
import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.ActiveStrategyFixture;
import io.throughline.delivery.CachingHttpTests;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.delivery.sync.SyncedCopy;
import io.throughline.identity.ApiClients;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// `GET /v1/items`: pages while content changes, what filters mean, what stays hidden.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class, ActiveStrategyFixture.class})
class ItemListTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired ActiveStrategyFixture strategies;
    @Autowired IdentitySeed seed;
    @Autowired Catalogue catalogue;
    @Autowired ApiClients clients;
    @LocalServerPort int port;

    Api web;

    @BeforeEach
    void key() {
        web = Api.of(port).withKey(people.webKey());
    }

    private Item live(String title) {
        return shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article(title));
    }

    @Test
    @Tag("RV-7")
    void whatStaysComesExactlyOnceAndWhatIsGoneNeverWhileOthersPublishSupersedeAndWithdraw() throws Exception {
        var staying = new ArrayList<Item>();
        var doomed = new ArrayList<Item>();
        for (int i = 0; i < 40; i++) {
            (i % 4 == 3 ? doomed : staying).add(live("Stablomab part " + i));
        }
        shelf.awaitIndex();
        var stays = staying.stream().map(Item::id).collect(java.util.stream.Collectors.toSet());
        Map<String, Integer> withdrawn = new ConcurrentHashMap<>();
        var goesOn = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                var random = new Random(11);
                while (goesOn.get()) {
                    switch (random.nextInt(4)) {
                        case 0 -> live("Stablomab newcomer " + random.nextInt(1_000_000));
                        case 1 -> {
                            var item = staying.get(random.nextInt(staying.size()));
                            // other words, another approval: it moves in every order
                            shelf.changed(item, DeliveryFixture.article(random.nextBoolean() ? "Aaa stablomab" : "Zzz changed, in the text: stablomab"), "GB",
                                    Instant.now().minusSeconds(5), Instant.now().plus(300, ChronoUnit.DAYS));
                            shelf.published(item, "GB");
                        }
                        case 2 -> shelf.publishedAnew(staying.get(random.nextInt(staying.size())), "GB");
                        default -> {
                            if (!doomed.isEmpty() && random.nextInt(3) == 0) {
                                var gone = doomed.removeFirst();
                                shelf.withdrawn(gone);
                                withdrawn.put(gone.id(), 1);
                            }
                        }
                    }
                }
            });
            try {
                for (int walk = 0; walk < 12; walk++) {
                    var order = List.of("sort=title", "sort=-approvedAt", "q=stablomab").get(walk % 3);
                    walk("/v1/items?market=GB&limit=" + (4 + walk % 4) + "&" + order, stays, withdrawn.keySet());
                }
            } finally {
                goesOn.set(false);
            }
            writer.get();
        }
    }

    private void walk(String path, Set<String> stays, Set<String> withdrawn) {
        var seen = new HashMap<String, Integer>();
        String next = path;
        while (next != null) {
            var goneBefore = Set.copyOf(withdrawn);
            var page = SyncedCopy.patiently(web, next);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            for (var item : page.json().path("items")) {
                seen.merge(item.path("id").asString(), 1, Integer::sum);
                assertThat(goneBefore).doesNotContain(item.path("id").asString());
            }
            next = page.header("Link").map(link -> link.substring(1, link.indexOf('>'))).orElse(null);
        }
        assertThat(seen.values()).as(path).containsOnly(1);
        assertThat(seen.keySet()).as(path).containsAll(stays);
    }

    @Test
    @Tag("S24")
    void aCursorIsGoodForItsQueryAndItsCredentialOnly() throws Exception {
        for (int i = 0; i < 3; i++) {
            live("Cursomab " + i);
        }
        shelf.awaitIndex();
        var cursor = web.get("/v1/items?q=cursomab&limit=1").json().path("nextCursor").asString();
        assertThat(web.get("/v1/items?q=cursomab&limit=2&after=" + cursor).json().path("items")).hasSize(2);
        var other = Api.of(port).withKey(people.tabletKey());
        for (var wrong : List.of("q=other", "q=cursomab&sort=title", "q=cursomab&market=GB", "")) {
            assertThat(web.get("/v1/items?" + wrong + "&after=" + cursor).status()).as(wrong).isEqualTo(400);
        }
        assertThat(other.get("/v1/items?q=cursomab&after=" + cursor).status()).isEqualTo(400);
    }

    @Test
    void aCommaIsOrParametersAreAndAndConceptsIncludeNarrowerOnes() throws Exception {
        var narrow = shelf.live("article", Kinds.NON_PROMOTIONAL, null,
                DeliveryFixture.classify(DeliveryFixture.article("Filtomab one"), "audience", "hcp.cardiology"));
        var broad = live("Filtomab two");
        var trying = shelf.live("article", Kinds.NON_PROMOTIONAL, null,
                DeliveryFixture.classify(DeliveryFixture.article("Filtomab three"), "stage", "trying"));
        shelf.awaitIndex();
        assertThat(ids("q=filtomab&audience=hcp")).containsExactlyInAnyOrder(narrow.id(), broad.id(), trying.id());
        assertThat(ids("q=filtomab&audience=hcp.cardiology")).containsExactly(narrow.id());
        assertThat(ids("q=filtomab&stage=considering,trying")).hasSize(3);
        assertThat(ids("q=filtomab&stage=trying&audience=hcp.cardiology")).isEmpty();
        var page = web.get("/v1/items?q=filtomab&fields=title&facets=stage,audience&count=true&sort=title").json();
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.at("/items/0").propertyNames()).containsExactlyInAnyOrder("id", "key", "type", "version", "title", "highlights");
        assertThat(page.at("/facets/stage").toString()).contains("considering", "trying");
        assertThat(ids("q=filtomab&updatedSince=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(ids("q=filtomab&updatedSince=" + Instant.now().minusSeconds(600))).hasSize(3);
    }

    @Test
    void anItemIsFoundByItsOwnWordsAndNotByWhatStandsWithIt() {
        var saf = shelf.live("safety-information", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.safety("Xerostomab and the kidney"));
        var document = DeliveryFixture.article("Zolpitab by itself").put("body", "Zolpitab is taken alone [@ref_0000000000000000000000007].").put("safetyInformation", saf.id());
        document.putArray("references").addObject().put("id", "ref_0000000000000000000000007")
                .putObject("csl").put("type", "article-journal").put("title", "Quizartemid in a foreign trial");
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, document);
        shelf.awaitIndex();
        var text = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").json().path("plainText").asString();
        assertThat(text).contains("Xerostomab", "Quizartemid");
        assertThat(ids("q=zolpitab%20alone")).containsExactly(item.id());
        assertThat(ids("q=xerostomab")).doesNotContain(item.id());
        assertThat(ids("q=quizartemid")).isEmpty();
    }

    private List<String> ids(String query) {
        var answer = web.get("/v1/items?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().map(item -> item.path("id").asString()).toList();
    }

    @Test
    @Tag("S1")
    @Tag("S2")
    @Tag("S10")
    void whatAKeyMayNotReadLooksLikeWhatIsNotThereInEveryParameter() throws Exception {
        seed.apiKey(seed.channel("web", "Portal", "web"), "tlk_list_narrow_0123456789", new NewApiKey("narrow", Set.of("GB"), Set.of("en-GB"),
                Set.of(Kinds.NON_PROMOTIONAL), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        var narrow = Api.of(port).withKey("tlk_list_narrow_0123456789");
        shelf.brand("secretbrand");
        var secret = shelf.live("article", Kinds.SCIENTIFIC_EXCHANGE, "secretbrand", DeliveryFixture.article("Secretomab exchange"));
        shelf.awaitIndex();
        same(narrow, "market=US", "market=ZZ");
        same(narrow, "locale=de-DE", "locale=xx-XX");
        same(narrow, "kind=scientific-exchange", "kind=nothing");
        same(narrow, "q=secretomab&facets=brand,type&count=true", "q=nothingofthekind&facets=brand,type&count=true");
        same(narrow, "brand=secretbrand&facets=brand&count=true", "brand=nobrand&facets=brand&count=true");
        same(narrow, "fields=document", "fields=nofield");
        same(narrow, "facets=document", "facets=nofield");
        same(narrow, "sort=document", "sort=nofield");
        assertThat(narrow.get("/v1/items?q=secretomab").body()).doesNotContain(secret.id());
        assertThat(web.get("/v1/items?q=secretomab").body()).contains(secret.id());
    }

    private static void same(Api api, String unreadable, String missing) {
        var one = api.get("/v1/items?" + unreadable);
        var other = api.get("/v1/items?" + missing);
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(withoutTrace(one)).as("%s and %s", unreadable, missing).isEqualTo(withoutTrace(other));
    }

    private static String withoutTrace(Api.Answer answer) {
        return answer.body().replaceAll("\"traceId\":\"[0-9a-f]*\"", "");
    }

    @Test
    void aListWaitsForTheSequenceThatWasAskedForAndSaysWhenItDoesNotCome() throws Exception {
        for (int i = 0; i < 5; i++) {
            var item = live("Promptomab " + i);
            var answer = web.get("/v1/items?q=promptomab&sort=title", "Min-Sequence", Long.toString(catalogue.head()));
            assertThat(answer.body()).contains(item.id());
        }
        var ahead = web.get("/v1/items", "Min-Sequence", Long.toString(catalogue.head() + 1_000));
        assertThat(ahead.status()).isEqualTo(503);
        assertThat(ahead.json().path("code").asString()).isEqualTo("not-yet-visible");
    }

    @Test
    void aListIsNotKeptBeyondTheNextChangeOfItsShelf() throws Exception {
        var soon = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Soonomab"));
        shelf.approved(soon, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(soon, "GB", Instant.now().plusSeconds(20), null);
        shelf.awaitIndex();
        clients.setPurgesByKey(people.administrator(), clients.findChannel("web").orElseThrow().id(), true, "A CDN stands before it");
        var control = CachingHttpTests.eventually(() -> web.get("/v1/items?market=GB&type=claim").header("CDN-Cache-Control"));
        assertThat(Integer.parseInt(control.replaceAll("\\D", ""))).isLessThanOrEqualTo(20);
        clients.setPurgesByKey(people.administrator(), clients.findChannel("web").orElseThrow().id(), false, "It is gone again");
        var listed = live("Purgomab");
        shelf.awaitIndex();
        assertThat(web.get("/v1/items?market=GB&q=purgomab").header("Surrogate-Key"))
                .hasValueSatisfying(keys -> assertThat(keys.split(" ")).contains("items", "item-" + listed.id(), "market-GB", "type-article"));
        var etag = web.get("/v1/items?market=GB&type=claim").header("ETag").orElseThrow();
        assertThat(web.get("/v1/items?market=GB&type=claim", "If-None-Match", etag).status()).isEqualTo(304);
    }

    @Test
    void whatAListAndAnItemArePurgedByNamesTheStrategiesThatWantSomethingOfThem() throws Exception {
        var purged = "purged" + Long.toString(System.nanoTime(), 36);
        var another = "another" + Long.toString(System.nanoTime(), 36);
        shelf.brand(purged);
        shelf.brand(another);
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, purged, DeliveryFixture.article("Strategomab"));
        var other = shelf.live("article", Kinds.NON_PROMOTIONAL, another, DeliveryFixture.article("Othermab"));
        shelf.awaitIndex();
        var single = "/v1/items/" + item.id() + "?market=GB&locale=en-GB";
        assertThat(keys(single)).contains("item-" + item.id(), "market-GB", "type-article").noneMatch(it -> it.startsWith("strategy-"));
        var strategy = "strategy-" + strategies.activate(purged, "obj_purge", 0.5, "null");
        assertThat(keys(single)).contains(strategy);
        assertThat(keys("/v1/items/" + other.id() + "?market=GB&locale=en-GB")).doesNotContain(strategy);
        assertThat(keys("/v1/items?market=GB&brand=" + purged)).contains("items", "item-" + item.id(), "type-article", "market-GB", strategy);
        assertThat(keys("/v1/items?market=GB")).contains(strategy);
        assertThat(keys("/v1/items?market=GB&brand=" + another)).contains("item-" + other.id()).doesNotContain(strategy);
        assertThat(keys("/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + purged))
                .contains("sets", "item-" + item.id(), "type-article", "market-GB", strategy);
    }

    private List<String> keys(String path) {
        return List.of(web.get(path).header("Surrogate-Key").orElseThrow().split(" "));
    }
}
