package io.throughline.delivery.items;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.prescribing;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.AlteredDocuments;
import io.throughline.catalogue.CatalogueHealth;
import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What somebody altered in the database itself is served on no way; what is whole still is.
@IntegrationTest
@TestPropertySource(properties = "throughline.db.delivery-connections=6") // and so a database of its own
@Import({DeliveryFixture.class, PeopleFixture.class})
class AlteredDocumentTests {

    private static final String SHELF = "market=GB&locale=en-GB";
    private static final String FORGED = "never certified";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired AlteredDocuments altered;
    @Autowired CatalogueHealth health;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;
    @LocalServerPort int port;

    Api web;
    String brand;

    @BeforeEach
    void aBrandOfItsOwn() {
        web = Api.of(port).withKey(people.webKey());
        brand = "altered" + System.nanoTime();
        shelf.brand(brand);
    }

    @Test
    @Tag("P11-1")
    @Tag("UK-1")
    void aDocumentThatWasAlteredIsServedOnNoWayAndRaisesAnAlarm() throws Exception {
        var whole = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Whole alteromab"));
        var forged = shelf.live("article", Kinds.NON_PROMOTIONAL, brand, article("Forged alteromab"));
        shelf.awaitIndex();
        alter(forged);
        assertOnlyServed(whole, forged);
        assertThat(altered.ids()).containsAll(shelf.current(forged)).doesNotContainAnyElementsOf(shelf.current(whole));
        assertThat(health.health().getDetails().get("alteredDocuments")).isEqualTo(altered.ids().size());

        shelf.published(forged, "GB"); // anew, from the version that was certified
        shelf.awaitIndex();
        assertThat(web.get("/v1/items/" + forged.id() + "?" + SHELF).status()).isEqualTo(200);
        assertThat(list("")).contains(forged.id()).doesNotContain(FORGED);
    }

    @Test
    @Tag("UK-5")
    void whatIsShownWithAnAlteredLabelIsServedOnNoWayEither() throws Exception {
        var saf = shelf.live("safety-information", Kinds.PROMOTIONAL, brand, safety("Safety"));
        var pi = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, brand, prescribing("PI"));
        var other = shelf.live("prescribing-information", Kinds.NON_PROMOTIONAL, brand, prescribing("Other PI"));
        var whole = promotion("Whole alteromab", saf, pi);
        var forged = promotion("Its label is forged, alteromab", saf, other);
        shelf.awaitIndex();
        alter(other);
        assertOnlyServed(whole, forged);
    }

    private void assertOnlyServed(Item whole, Item forged) {
        var softly = new SoftAssertions();
        for (int again = 0; again < 2; again++) { // found out, and known
            softly.assertThat(web.get("/v1/items/" + forged.id() + "?" + SHELF).status()).as("by its id").isBetween(404, 409);
            var ways = new String[] {list(""), list("&q=alteromab"), sync(),
                    web.get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&" + SHELF + "&brand=" + brand).json().path("items").toString()};
            for (int i = 0; i < ways.length; i++) {
                softly.assertThat(ways[i]).as("way " + i).contains(whole.id()).doesNotContain(forged.id()).doesNotContain(FORGED);
            }
        }
        softly.assertAll();
    }

    private String list(String more) {
        return web.get("/v1/items?limit=100&" + SHELF + "&brand=" + brand + more).json().path("items").toString();
    }

    private String sync() {
        var all = new StringBuilder();
        JsonNode page = web.get("/v1/sync?initial=true&limit=100&" + SHELF).json();
        while (true) {
            all.append(page.path("changes"));
            if (!page.path("hasMore").asBoolean()) {
                return all.toString();
            }
            page = web.get("/v1/sync?token=" + page.path("nextToken").asString()).json();
        }
    }

    private Item promotion(String title, Item safety, Item prescribing) {
        return shelf.live("article", Kinds.PROMOTIONAL, brand, article(title).put("safetyInformation", safety.id()).put("prescribingInformation", prescribing.id()));
    }

    /// As a superuser would.
    private void alter(Item item) {
        new TransactionTemplate(transactions).executeWithoutResult(_ -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("update publication set document = replace(document, '\"html\":\"', '\"html\":\"" + FORGED + " ') where item_id = :id and ended_sequence is null")
                    .param("id", item.id()).update();
        });
    }

}
