package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.Catalogue;
import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Role;
import io.throughline.shared.Sha256;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A key of some brands reads their content and nothing else, whichever way it asks.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class KeyBrandsHttpTests {

    private static final String OURS = "cardiva";
    private static final String THEIRS = "pulmera";
    private static final String CONTEXT = "audience=hcp&stage=trying&need=safety-tolerability&market=GB&locale=en-GB&limit=100";
    private static final Set<String> ALL = Set.of("*");

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired Catalogue catalogue;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Map<String, Item> items;

    @BeforeEach
    void oneItemOfEachBrandAndOneOfNone() {
        shelf.brand(OURS);
        shelf.brand(THEIRS);
        items = new LinkedHashMap<>();
        items.put(OURS, published(OURS));
        items.put(THEIRS, published(THEIRS));
        items.put(BrandScope.UNBRANDED, published(null));
    }

    /// Where no other test puts what would take the places in a set.
    private static ObjectNode article(String title) {
        var document = DeliveryFixture.article(title);
        DeliveryFixture.classify(document, "stage", "trying");
        return DeliveryFixture.classify(document, "need", "safety-tolerability");
    }

    private Item published(String brand) {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, brand, article("Zephyrine of " + brand + " " + UUID.randomUUID()));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(30, ChronoUnit.DAYS));
        shelf.published(item, "GB", null, null);
        return item;
    }

    private Api key(String... brands) {
        return Api.of(port).withKey(secret(brands));
    }

    private String secret(String... brands) {
        var secret = "tlk_brands_" + UUID.randomUUID();
        seed.apiKey(seed.channel("brands", "Of brands", "web"), secret, new NewApiKey("of " + String.join(", ", brands), Set.of("GB"), Set.of("en-GB"), ALL,
                new BrandScope(Set.of(brands)), true, true, Instant.now().plusSeconds(3600)));
        return secret;
    }

    @Test
    @Tag("S7")
    @Tag("S3")
    void aKeyReadsItsOwnBrandsOnEveryWayOut() {
        for (var brands : List.of(List.of("*"), List.of(OURS), List.of(OURS, BrandScope.UNBRANDED), List.of(BrandScope.UNBRANDED), List.of(THEIRS, OURS))) {
            var api = key(brands.toArray(String[]::new));
            var expected = new TreeSet<>(brands.contains("*") ? items.keySet() : brands);
            var seen = new LinkedHashMap<String, Set<String>>();
            for (int time = 1; time <= 2; time++) { // the second answers may come from a cache
                ways(api).forEach((way, found) -> seen.put(way, found));
                assertThat(seen).as("a key of %s, asked for the %d. time", brands, time)
                        .allSatisfy((_, found) -> assertThat(found).isEqualTo(expected));
            }
        }
    }

    /// Way out to the brands of those of the three items that came out on it.
    private Map<String, Set<String>> ways(Api api) {
        var ids = String.join(",", items.values().stream().map(Item::id).toList());
        var keys = String.join(",", items.values().stream().map(Item::key).toList());
        var ways = new LinkedHashMap<String, Set<String>>();
        ways.put("item by id", single(api, Item::id));
        ways.put("item by key", single(api, Item::key));
        ways.put("list", brandsIn(list(api, "limit=100&sort=-approvedAt").path("items").toString()));
        ways.put("list by ids", brandsIn(list(api, "ids=" + ids).path("items").toString()));
        ways.put("list by keys", brandsIn(list(api, "keys=" + keys).path("items").toString()));
        ways.put("search", brandsIn(list(api, "limit=100&sort=-approvedAt&q=zephyrine").path("items").toString()));
        var counted = list(api, "ids=" + ids + "&count=true&facets=brand,market");
        ways.put("facets", facets(counted));
        assertThat(counted.path("total").asInt()).isEqualTo(counted.path("items").size());
        assertThat(counted.path("facets").path("market").path(0).path("count").asInt()).isEqualTo(counted.path("items").size());
        ways.put("sync", brandsIn(synced(api)));
        ways.put("content set", brandsIn(api.get("/v1/content-sets?" + CONTEXT).body()));
        ways.put("content set, explained", brandsIn(api.get("/v1/content-sets?" + CONTEXT + "&explain=true").body()));
        ways.put("content set of before", brandsIn(api.get("/v1/content-sets?" + CONTEXT + "&explain=true&at=" + Instant.now()).body()));
        return ways;
    }

    private Set<String> single(Api api, Function<Item, String> name) {
        var found = new TreeSet<String>();
        items.forEach((brand, item) -> {
            var answer = api.get("/v1/items/" + name.apply(item));
            if (answer.status() == 200) {
                found.add(brand);
            } else {
                assertThat(answer.json().path("detail").asString()).isEqualTo(api.get("/v1/items/itm_01ARZ3NDEKTSV4RRFFQ69G5FAV").json().path("detail").asString());
                assertThat(answer.status()).isEqualTo(404);
            }
        });
        return found;
    }

    private Set<String> facets(JsonNode answer) {
        var found = new TreeSet<String>();
        answer.path("facets").path("brand").forEach(value -> found.add(value.path("value").asString()));
        // what has no brand is counted in no value
        if (answer.path("items").toString().contains(items.get(BrandScope.UNBRANDED).id())) {
            found.add(BrandScope.UNBRANDED);
        }
        return found;
    }

    private JsonNode list(Api api, String query) {
        var answer = api.get("/v1/items?" + query, "Min-Sequence", Long.toString(catalogue.head()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String synced(Api api) {
        var all = new StringBuilder();
        var answer = api.get("/v1/sync?initial=true&limit=100").json();
        all.append(answer);
        while (answer.path("hasMore").asBoolean()) {
            answer = api.get("/v1/sync?limit=100&token=" + answer.path("nextToken").asString()).json();
            all.append(answer);
        }
        return all.toString();
    }

    private Set<String> brandsIn(String body) {
        var found = new TreeSet<String>();
        items.forEach((brand, item) -> {
            if (body.contains(item.id()) || body.contains(item.key())) {
                found.add(brand);
            }
        });
        return found;
    }

    @Test
    @Tag("S7")
    void whatWasWithdrawnOfAnotherBrandWasNeverThere() {
        shelf.withdrawn(items.get(THEIRS));
        assertThat(key("*").get("/v1/items/" + items.get(THEIRS).id()).status()).isEqualTo(410);
        assertThat(key(OURS).get("/v1/items/" + items.get(THEIRS).id()).status()).isEqualTo(404);
        assertThat(key("*").get("/v1/content-sets?" + CONTEXT + "&explain=true").body()).contains(items.get(THEIRS).id());
        assertThat(key(OURS, "none").get("/v1/content-sets?" + CONTEXT + "&explain=true").body()).doesNotContain(items.get(THEIRS).id());
    }

    @Test
    @Tag("S10")
    void askingForABrandThatTheKeyDoesNotReadIsAskingForOneThatIsNotThere() {
        var ours = key(OURS);
        for (var path : List.of("/v1/items?brand=", "/v1/content-sets?" + CONTEXT + "&brand=")) {
            var theirs = ours.get(path + THEIRS);
            var unknown = ours.get(path + "nosuchbrand");
            assertThat(theirs.status()).isEqualTo(404);
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(theirs.json().path("detail")).isEqualTo(unknown.json().path("detail"));
            assertThat(ours.get(path + OURS).status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("S8")
    void aCursorOfOneScopeIsNoneOfAnother() {
        published(OURS);
        var wide = secret("*");
        var page = list(Api.of(port).withKey(wide), "limit=1&sort=-approvedAt");
        var cursor = page.path("nextCursor").asString();
        assertThat(key(OURS).get("/v1/items?limit=1&sort=-approvedAt&after=" + cursor).status()).isEqualTo(400);
        setBrands(wide, OURS);
        await(() -> assertThat(Api.of(port).withKey(wide).get("/v1/items?limit=1&sort=-approvedAt&after=" + cursor).status()).isEqualTo(400));
    }

    @Test
    @Tag("S8")
    void aSyncTokenBringsNoMoreThanTheKeyReadsAndTakesAwayWhatItNoLongerReads() {
        var secret = secret("*");
        var api = Api.of(port).withKey(secret);
        var token = lastToken(api, "initial=true");
        setBrands(secret, OURS);
        await(() -> assertThat(api.get("/v1/items/" + items.get(THEIRS).id()).status()).isEqualTo(404));
        var changes = api.get("/v1/sync?limit=100&token=" + token).json();
        assertThat(changes.path("changes").toString()).contains(items.get(THEIRS).id(), items.get("none").id()).doesNotContain(items.get(OURS).id());
        assertThat(changes.path("changes").valueStream().map(it -> it.path("change").asString() + " " + it.path("reason").asString())).containsOnly("delete left-scope");
        // and one made for some brands is not widened by a key of all
        var narrow = lastToken(api, "token=" + token);
        setBrands(secret, "*");
        await(() -> assertThat(api.get("/v1/items/" + items.get(THEIRS).id()).status()).isEqualTo(200));
        published(THEIRS);
        assertThat(api.get("/v1/sync?limit=100&token=" + narrow).json().path("changes")).isEmpty();
        // nor read by one of other brands
        assertThat(key(THEIRS).get("/v1/sync?token=" + narrow).status()).isEqualTo(400);
    }

    private String lastToken(Api api, String query) {
        var answer = api.get("/v1/sync?limit=100&" + query).json();
        while (answer.path("hasMore").asBoolean()) {
            answer = api.get("/v1/sync?limit=100&token=" + answer.path("nextToken").asString()).json();
        }
        return answer.path("nextToken").asString();
    }

    @Test
    @Tag("S25")
    void otherBrandsActWithinASecond() {
        var secret = secret("*");
        var api = Api.of(port).withKey(secret);
        var theirs = "/v1/items/" + items.get(THEIRS).id();
        assertThat(api.get(theirs).status()).isEqualTo(200);
        assertThat(brandsIn(api.get("/v1/content-sets?" + CONTEXT).body())).contains(THEIRS);
        setBrands(secret, OURS);
        await(() -> assertThat(api.get(theirs).status()).isEqualTo(404));
        assertThat(brandsIn(api.get("/v1/content-sets?" + CONTEXT).body())).containsExactly(OURS);
        setBrands(secret, THEIRS);
        await(() -> assertThat(api.get(theirs).status()).isEqualTo(200));
    }

    private void setBrands(String secret, String... brands) {
        var answer = Api.of(port).signIn(people.channelManager().username()).put("/manage/v1/keys/" + idOf(secret) + "/brands",
                "{\"brands\": [\"" + String.join("\", \"", brands) + "\"], \"reason\": \"Another agency.\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("brands").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder(brands);
    }

    private String idOf(String secret) {
        return jdbc.sql("select id from api_key where secret_hash = :hash").param("hash", Sha256.hex(secret)).query(String.class).single();
    }

    private static void await(Runnable check) {
        var end = Instant.now().plus(Duration.ofSeconds(1));
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                if (Instant.now().isAfter(end)) {
                    throw notYet;
                }
            }
        }
    }

    @Test
    @Tag("S8")
    void whoWorksForABrandMakesKeysOfThatBrandOnly() {
        people.person("carla.channels", "Carla Channels", Set.of(Role.CHANNEL_MANAGER), Set.of(OURS), ALL);
        var carla = Api.of(port).signIn("carla.channels");
        var channel = seed.channel("brands", "Of brands", "web").id();
        assertThat(issue(carla, channel, "").status()).isEqualTo(403);
        assertThat(issue(carla, channel, "\"brands\": [\"*\"],").status()).isEqualTo(403);
        assertThat(issue(carla, channel, "\"brands\": [\"" + OURS + "\", \"" + THEIRS + "\"],").status()).isEqualTo(403);
        assertThat(issue(carla, channel, "\"brands\": [],").status()).isEqualTo(400);
        var made = issue(carla, channel, "\"brands\": [\"" + OURS + "\", \"none\"],");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var api = Api.of(port).withKey(made.json().path("secret").asString());
        assertThat(ways(api).get("list")).containsExactlyInAnyOrder(OURS, "none");

        var own = "/manage/v1/keys/" + made.json().path("id").asString() + "/brands";
        assertThat(carla.put(own, "{\"brands\": [\"*\"], \"reason\": \"More.\"}").status()).isEqualTo(403);
        assertThat(carla.put(own, "{\"brands\": [\"" + OURS + "\"], \"reason\": \"Less.\"}").status()).isEqualTo(200);
        var foreign = issue(Api.of(port).signIn(people.channelManager().username()), channel, "\"brands\": [\"" + THEIRS + "\"],");
        // judged on what it reads before, too
        assertThat(carla.put("/manage/v1/keys/" + foreign.json().path("id").asString() + "/brands", "{\"brands\": [\"" + OURS + "\"], \"reason\": \"Mine.\"}").status())
                .isEqualTo(403);
        assertThat(carla.post("/manage/v1/keys/" + foreign.json().path("id").asString() + "/revocation", "{\"reason\": \"Mine.\"}").status()).isEqualTo(403);
        assertThat(carla.post(own.replace("/brands", "/revocation"), "{\"reason\": \"Not needed.\"}").status()).isEqualTo(201);
    }

    private static Api.Answer issue(Api api, String channel, String brands) {
        return api.post("/manage/v1/channels/" + channel + "/keys", """
                {"name": "Of a brand", %s "markets": ["GB"], "locales": ["en-GB"], "kinds": ["*"], "mayExplain": true, "mayTimeTravel": true, "expiresAt": "%s"}
                """.formatted(brands, Instant.now().plus(1, ChronoUnit.DAYS)));
    }

    @Test
    @Tag("S7")
    void whoWorksForABrandSeesThroughAChannelNoMoreThanThat() {
        var maker = people.person("paul.previews", "Paul Previews", Set.of(Role.CHANNEL_MANAGER), Set.of(OURS), ALL);
        var paul = Api.of(port).signIn("paul.previews");
        var channel = seed.channel("brands", "Of brands", "web").id();
        assertThat(brandsIn(paul.get("/manage/v1/channels/" + channel + "/content-set?" + CONTEXT).body())).containsExactlyInAnyOrder(OURS, "none");
        assertThat(paul.get("/manage/v1/channels/" + channel + "/content-set?" + CONTEXT + "&brand=" + THEIRS).json().path("status").asInt()).isEqualTo(404);

        var preview = Api.of(port).withKey(people.previewToken(maker.asActor()));
        assertThat(brandsIn(preview.get("/preview/v1/content-sets?" + CONTEXT + "&explain=true").body())).containsExactlyInAnyOrder(OURS, "none");
        assertThat(brandsIn(preview.get("/preview/v1/items?limit=100&locale=en-GB&q=zephyrine&sort=-changedAt").body())).doesNotContain(THEIRS);
        assertThat(preview.get("/preview/v1/items/" + items.get(THEIRS).id() + "?locale=en-GB").status()).isEqualTo(404);
    }
}
