package io.throughline.publication;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.delivery.Receipt;
import io.throughline.delivery.Receipts;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.shared.SharedSecrets;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Whoever asks later can tell which prescribing information a reader was shown: the answer, its receipt and the trail name the version.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class PrescribingInformationTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    String brand;
    Item pi;
    Item item;

    @BeforeEach
    void anArticleWithItsPrescribingInformation() {
        brand = "label" + BRAND.incrementAndGet();
        shelf.brand(brand);
        pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, brand, prescribing("PI"));
        item = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Dosing").put("prescribingInformation", pi.id()));
    }

    @Test
    @Tag("UK-5")
    @Tag("GD-5")
    void theAnswerAndItsReceiptNameTheVersionInForceAndAnOlderReceiptStillNamesTheOlderOne() {
        var before = set();
        assertThat(before.at("/items/" + item.id() + "/prescribingInformation/version").asInt()).isEqualTo(1);
        assertThat(inReceipt(before)).isEqualTo(Json.tree(Map.of("id", pi.id(), "version", 1)));
        anotherVersion("GB");

        var after = set();
        var shown = after.at("/items/" + item.id() + "/prescribingInformation");
        assertThat(shown.path("version").asInt()).isEqualTo(2);
        assertThat(shown.path("html").asString()).contains("Two tablets daily.");
        assertThat(after.at("/items/" + item.id() + "/version").asInt()).as("the text itself is the same").isEqualTo(1);
        assertThat(inReceipt(after)).isEqualTo(Json.tree(Map.of("id", pi.id(), "version", 2)));
        assertThat(after.path("receipt")).isNotEqualTo(before.path("receipt"));
        assertThat(inReceipt(before)).isEqualTo(Json.tree(Map.of("id", pi.id(), "version", 1)));
        assertThat(Api.of(port).withKey(people.webKey()).get("/v1/items/" + item.id() + "?market=GB&locale=en-GB").json()
                .at("/prescribingInformation/version").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("UK-5")
    @Tag("P11-3")
    void theTrailOfTheTextTellsThatItShowsAnotherVersion() {
        assertThat(trail("publication.published").path(0).at("/after/prescribingInformation")).isEqualTo(Json.tree(Map.of("id", pi.id(), "version", 1)));
        anotherVersion("GB");
        var entry = trail("publication.current-version-changed").path(0);
        assertThat(entry.at("/before/version").asInt()).isEqualTo(1);
        assertThat(entry.at("/after/version").asInt()).isEqualTo(2);
        assertThat(entry.at("/after/partId").asString()).isEqualTo(pi.id());
        assertThat(entry.at("/after/publicationId").asString()).isEqualTo(shelf.current(item).getFirst());
        assertThat(entry.at("/after/market").asString()).isEqualTo("GB");
    }

    @Test
    @Tag("UK-5")
    @Tag("P11-3")
    void theTrailTellsWhichVersionWasWithdrawnAndThatThereIsOneAgain() {
        shelf.withdrawn(pi);
        var gone = trail("item.impacted").path(0).path("after");
        assertThat(gone.path("replacedVersion").asInt()).isEqualTo(1);
        assertThat(gone.has("currentVersion")).isFalse();
        shelf.published(pi, "GB");
        var again = trail("publication.current-version-changed").path(0);
        assertThat(again.has("before")).isFalse();
        assertThat(again.at("/after/version").asInt()).isEqualTo(1);
    }

    /// A market that asks for new certificates serves the old text for a while: with every version that comes in that time.
    @Test
    @Tag("UK-5")
    @Tag("RV-6")
    void aTextThatWaitsForItsNewCertificateTellsOfEveryVersionThatItShowsMeanwhile() {
        shelf.approvedToo(pi, "en-GB", "US", days(-1), days(300));
        shelf.published(pi, "US");
        shelf.approvedToo(item, "en-GB", "US", days(-1), days(300));
        shelf.published(item, "US");
        anotherVersion("US");
        anotherVersion("US");
        assertThat(trail("publication.current-version-changed").valueStream().map(it -> it.at("/after/version").asInt())).containsExactly(3, 2);
        assertThat(trail("item.impacted")).as("marked once").hasSize(1);
        assertThat(jdbc.sql("select type from content_change where item_id = :id and market = 'US' order by sequence").param("id", item.id())
                .query(String.class).list()).as("channels hear of each").containsExactly("published", "changed", "changed");
    }

    @Test
    @Tag("S3")
    void aReceiptShowsNothingOfOtherMarketsAndOtherBrands() {
        var receipt = Json.object().put("receipt", set().path("receipt").asString()).toString();
        var german = Api.of(port).signIn(people.person("label.german", "Gerda German", Set.of(Role.WRITER), Set.of("*"), Set.of("DE")).username());
        assertThat(german.post("/manage/v1/receipts/reading", receipt).status()).isEqualTo(404);
        var stranger = Api.of(port).signIn(people.person("label.stranger", "Sid Stranger", Set.of(Role.WRITER), Set.of("otherol"), Set.of("*")).username());
        var answer = stranger.post("/manage/v1/receipts/reading", receipt);
        assertThat(answer.body()).doesNotContain(item.id()).doesNotContain(pi.id());
        assertThat(answer.json().path("otherItems").asInt()).isPositive();
        var wanda = Api.of(port).signIn(people.writer().username());
        assertThat(wanda.post("/manage/v1/receipts/reading", receipt.replace("rcp_", "rcp_A")).status()).isEqualTo(404);
        assertThat(wanda.post("/manage/v1/receipts/reading", "{}").status()).isEqualTo(400);
    }

    /// Channels send events with receipts that they keep; those from before stay good.
    @Test
    void aReceiptThatNamesNoPrescribingInformationIsReadAsBefore() {
        var keys = new byte[SharedSecrets.MAC_LENGTH];
        var content = "[1,\"web\",\"GB\",\"en-GB\",\"hcp\",null,null,\"non-promotional\",null,0,[],[\"lead:itm_1:7\"]]".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var all = new byte[keys.length + content.length];
        System.arraycopy(content, 0, all, keys.length, content.length);
        var old = "rcp_" + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        assertThat(new Receipts(_ -> keys).open(old).orElseThrow().items()).containsExactly(new Receipt.Item("lead", "itm_1", 7, null));
    }

    private void anotherVersion(String market) {
        shelf.changed(pi, prescribing("PI").put("body", "Two tablets daily. " + Instant.now()), market, days(-1), days(300));
        shelf.published(pi, market);
    }

    private JsonNode set() {
        var answer = Api.of(port).withKey(people.webKey()).get("/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode inReceipt(JsonNode set) {
        var answer = Api.of(port).signIn(people.writer().username())
                .post("/manage/v1/receipts/reading", Json.object().put("receipt", set.path("receipt").asString()).toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").valueStream().filter(it -> it.path("id").asString().equals(item.id())).findFirst().orElseThrow()
                .path("prescribingInformation");
    }

    /// Entries of the article's history, the newest first.
    private JsonNode trail(String action) {
        var entries = Json.mapper().createArrayNode();
        List.copyOf(Api.of(port).signIn(people.writer().username()).get("/manage/v1/items/" + item.key() + "/history").json().path("entries").valueStream()
                .filter(it -> it.path("action").asString().equals(action)).toList()).forEach(entries::add);
        return entries;
    }

    private static Instant days(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }
}
