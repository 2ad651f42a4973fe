package io.throughline.delivery.lists;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublishOutcome;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// What the parameters of `GET /v1/items` mean.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class ListParametersTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired PublicationDesk desk;
    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    Api web;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        var secret = "tlk_list_parameters_0123456789";
        seed.apiKey(seed.channel("list-parameters", "List parameters", "web"), secret,
                new NewApiKey(secret, Set.of("*"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plus(300, ChronoUnit.DAYS)));
        web = Api.of(port).withKey(secret);
        brand = "lists" + System.nanoTime();
        shelf.brand(brand);
    }

    @Test
    void aFacetCountsWhatItsFilterFindsNarrowerConceptsIncluded() throws Exception {
        live(classify(article("Wide"), "audience", "hcp"));
        live(classify(article("Narrow"), "audience", "hcp.cardiology"));
        live(classify(article("Two at once"), "audience", "hcp.cardiology", "hcp.nurse"));
        shelf.awaitIndex();
        var counts = web.get("/v1/items?market=GB&facets=audience&brand=" + brand).json().path("facets").path("audience");
        assertThat(counts).hasSize(3);
        for (var count : counts) {
            var found = web.get("/v1/items?market=GB&count=true&brand=" + brand + "&audience=" + count.path("value").asString()).json().path("total").asInt();
            assertThat(count.path("count").asInt()).as(count.toString()).isEqualTo(found);
        }
        assertThat(counts.get(0).path("value").asString()).isEqualTo("hcp");
        assertThat(counts.get(0).path("count").asInt()).isEqualTo(3);
    }

    @Test
    void anItemIsListedOnceInTheNearestLocaleOfTheChain() throws Exception {
        var both = swiss("In both", "de-CH", "de-DE");
        var stand = swiss("Stands in", "de-DE");
        shelf.awaitIndex();
        var chain = "/v1/items?market=CH&locale=de-CH&brand=" + brand;
        assertThat(places(chain)).containsExactlyInAnyOrder(both.id() + " de-CH", stand.id() + " de-DE");
        assertThat(places(chain + "&fallback=none")).containsExactly(both.id() + " de-CH");
        assertThat(places("/v1/items?market=CH&locale=de-DE&brand=" + brand)).containsExactlyInAnyOrder(both.id() + " de-DE", stand.id() + " de-DE");
        for (var item : List.of(both, stand)) {
            var one = web.get("/v1/items/" + item.id() + "?market=CH&locale=de-CH").json();
            assertThat(places(chain)).contains(item.id() + " " + one.path("locale").asString());
        }
        assertThat(web.get(chain + "&fallback=nearest").json().path("code").asString()).isEqualTo("invalid-query");
    }

    @Test
    void upToAHundredItemsAreFetchedByIdOrKey() throws Exception {
        var items = IntStream.range(0, 25).mapToObj(i -> live(article("Fetched " + i))).toList();
        shelf.awaitIndex();
        var ids = items.stream().map(Item::id).toList();
        assertThat(places("/v1/items?market=GB&ids=" + String.join(",", ids))).hasSize(25);
        assertThat(places("/v1/items?market=GB&keys=" + String.join(",", items.stream().map(Item::key).limit(3).toList()))).hasSize(3);
        assertThat(places("/v1/items?market=GB&ids=" + ids.getFirst() + "&keys=" + items.getLast().key())).isEmpty();
        assertThat(places("/v1/items?market=GB&ids=" + ids.getFirst() + ",itm_nobody")).hasSize(1);
        var many = String.join(",", java.util.Collections.nCopies(101, ids.getFirst()));
        assertThat(web.get("/v1/items?market=GB&ids=" + many).json().path("errors").get(0).path("path").asString()).isEqualTo("ids");
        assertThat(web.get("/v1/items?market=GB&ids=").status()).isEqualTo(400);
    }

    @Test
    @Tag("S10")
    void aMarketOrLocaleThatCanNotBeOneSaysSoAndAnUnreadableOneIsNotThere() {
        var item = live(article("Asked wrongly"));
        var narrow = Api.of(port).withKey(people.webKey());
        for (var way : List.of("/v1/items?", "/v1/items/" + item.id() + "?", "/v1/content-sets?audience=hcp&", "/v1/sync?initial=true&")) {
            for (var wrong : List.of("market=gb&locale=en-GB", "market=Britain&locale=en-GB", "market=GB&locale=english", "market=GB&locale=en_GB")) {
                var answer = narrow.get(way + wrong);
                assertThat(answer.status()).as(way + wrong).isEqualTo(400);
                assertThat(answer.json().path("code").asString()).isEqualTo("invalid-query");
                assertThat(answer.json().path("errors").get(0).path("path").asString()).isEqualTo(wrong.startsWith("market=GB") ? "locale" : "market");
            }
            assertThat(narrow.get(way + "market=ZZ&locale=en-GB").status()).as(way).isEqualTo(404);
            assertThat(narrow.get(way + "market=GB&locale=zz-ZZ").status()).as(way).isEqualTo(404);
        }
    }

    /// What a channel holds and asks for by name never just stays out: it has to know whether its copy may stay.
    @Test
    @Tag("RV-7")
    void whatIsAskedForByNameAndIsNotThereIsSaidToBeMissing() {
        var there = live(article("There"));
        var gone = live(article("Gone"));
        var scheduled = shelf.written("article", Kinds.NON_PROMOTIONAL, null, article("Only approved"));
        shelf.withdrawn(gone);
        shelf.awaitIndex();
        var page = web.get("/v1/items?market=GB&locale=en-GB&ids=" + String.join(",", there.id(), gone.id(), scheduled.id(), "itm_nobody")).json();
        assertThat(page.path("items").valueStream().map(it -> it.path("id").asString())).containsExactly(there.id());
        assertThat(missing(page)).containsExactlyInAnyOrderEntriesOf(Map.of(gone.id(), "content-withdrawn", scheduled.id(), "not-found", "itm_nobody", "not-found"));
        var byKey = web.get("/v1/items?market=GB&locale=en-GB&keys=" + there.key() + "," + gone.key()).json();
        assertThat(missing(byKey)).containsExactlyEntriesOf(Map.of(gone.key(), "content-withdrawn"));
        assertThat(missing(web.get("/v1/items?market=DE&ids=" + gone.id()).json())).as("it never was there").containsExactlyEntriesOf(Map.of(gone.id(), "not-found"));
        assertThat(web.get("/v1/items?market=GB&locale=en-GB").json().has("missing")).isFalse();

        var narrow = Api.of(port).withKey(narrowKey());
        assertThat(missing(narrow.get("/v1/items?market=GB&locale=en-GB&ids=" + gone.id()).json())).as("what a key may not read")
                .containsExactlyEntriesOf(Map.of(gone.id(), "not-found"));

        shelf.published(gone, "GB");
        shelf.awaitIndex();
        assertThat(missing(web.get("/v1/items?market=GB&locale=en-GB&ids=" + gone.id()).json())).isEmpty();
    }

    private static Map<String, String> missing(JsonNode page) {
        return page.path("missing").valueStream().collect(Collectors.toMap(it -> it.path("name").asString(), it -> it.path("reason").asString()));
    }

    private String narrowKey() {
        var secret = "tlk_narrow_" + System.nanoTime();
        seed.apiKey(seed.channel("narrow", "Narrow", "web"), secret,
                new NewApiKey(secret, Set.of("GB"), Set.of("*"), Set.of(Kinds.PROMOTIONAL), BrandScope.EVERY, false, false, Instant.now().plus(300, ChronoUnit.DAYS)));
        return secret;
    }

    private Item live(tools.jackson.databind.node.ObjectNode document) {
        return shelf.live("article", Kinds.NON_PROMOTIONAL, brand, document);
    }

    private Item swiss(String title, String... locales) {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, locales[0], article(title));
        for (var locale : locales) {
            if (!locale.equals(locales[0])) {
                shelf.writtenIn(item, locale, article(title));
            }
            shelf.approved(item, locale, "CH", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
            assertThat(desk.publish(people.writer(), item.id(), locale, "CH", null, null, null)).isInstanceOf(PublishOutcome.Published.class);
        }
        return item;
    }

    private List<String> places(String path) {
        var answer = web.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().map((JsonNode item) -> item.path("id").asString() + " " + item.path("locale").asString()).toList();
    }

}
