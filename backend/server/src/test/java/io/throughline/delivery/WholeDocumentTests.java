package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.document;
import static io.throughline.delivery.DeliveryFixture.safety;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.content.Kinds;
import io.throughline.content.Renditions;
import io.throughline.evidence.References;
import io.throughline.publication.PublicationDesk;
import io.throughline.publication.PublishOutcome;
import io.throughline.shared.Json;
import io.throughline.taxonomy.MarketPacks;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What must be in the material stands in the material itself, in HTML and in plain text: a channel that copies one of them has all of it.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class WholeDocumentTests {

    private static final String LINE = "Hollis PM, Sample Group. A trial of 5~10 mg in CYP2C19*2. Journal. 2025;12(3):341–352. doi:10.5555/x. PMID 12345";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired PublicationDesk desk;
    @Autowired References references;
    @Autowired Renditions renditions;
    @Autowired MarketPacks packs;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    @ParameterizedTest
    @CsvSource({"GB, en-GB", "US, en-US", "DE, de-DE", "FR, fr-FR", "CH, de-CH", "CH, fr-CH"})
    @Tag("UK-6")
    @Tag("UK-7")
    @Tag("US-2")
    void whatEveryMarketAsksForStandsInTheHtmlAndInThePlainText(String market, String locale) {
        var saf = live("safety-information", locale, market, safety("Safety of it").put("body", "Hypotension at 5~10 mg, platelets under 10^9/L."));
        var module = module(locale, market, document("How it works").put("body", "It binds CYP2C19*2."));
        var playbook = document("A plan").put("body", "What to do.").put("safetyInformation", saf.id());
        playbook.putArray("steps").addObject().put("title", "First").put("body", "Begin.").put("item", module.id());
        var item = live("playbook", locale, market, playbook);

        var served = served(item, market, locale);
        var pack = packs.get(market);
        var statement = pack.adverseEventStatementFor(locale).orElseThrow();
        var imprint = pack.imprintFor(locale, served.at("/approval/jobCode").asString(), served.at("/approval/dateOfPreparation").asString());
        assertThat(imprint).contains(served.at("/approval/jobCode").asString(), "2026-11");
        assertThat(served.path("plainText").asString()).contains("Hypotension at 5~10 mg, platelets under 10^9/L.", "It binds CYP2C19*2.", statement, imprint)
                .endsWith(statement + "\n\n" + imprint);
        assertThat(served.path("html").asString()).contains("<h3>Safety of it</h3>", "Hypotension at 5~10 mg, platelets under 10^9/L.", "It binds CYP2C19*2.",
                statement, imprint);
    }

    @Test
    @Tag("UK-1")
    void referencesAreServedInTheWordsInWhichTheyWereCertified() {
        var id = registered("A trial of 5~10 mg in CYP2C19*2");
        var item = live("article", "en-GB", "GB", citing(article("Dosing").put("body", "Start low [@%s].".formatted(id)), id));
        var served = served(item, "GB", "en-GB");
        assertThat(served.at("/bibliography/0/text").asString()).isEqualTo(LINE);
        assertThat(served.path("plainText").asString()).contains("Start low [1].\n\n1. " + LINE + "\n\n");
        assertThat(served.path("html").asString()).contains("<li id=\"ref-%s\">%s</li>".formatted(id, LINE), "href=\"#ref-" + id + "\"");
        var rendition = renditions.get(item.id(), "en-GB", 1, "GB");
        assertThat(rendition.canonical()).as("it is what was signed").contains(LINE);
        assertThat(served.at("/approval/sha256").asString()).isEqualTo(rendition.sha256());

        jdbc.sql("alter table reference disable trigger user").update();
        try {
            jdbc.sql("update reference set csl = csl || '{\"title\": \"Another title\"}' where id = :id").param("id", id).update();
        } finally {
            jdbc.sql("alter table reference enable trigger user").update();
        }
        shelf.withdrawn(item);
        DeliveryFixture.reviewedAgain(jdbc, item.id(), "GB");
        shelf.published(item, "GB");
        assertThat(served(item, "GB", "en-GB").path("bibliography")).as("published again under the same certified words").isEqualTo(served.path("bibliography"));
    }

    /// Two numbers 1 in one text would lead a reader to the wrong work.
    @Test
    @Tag("UK-1")
    void citationsCountThroughTheTextAndWhatItHolds() {
        var first = registered("First");
        var second = registered("Second");
        var one = module("en-GB", "GB", citing(document("One").put("body", "It binds [@%s].".formatted(second)), second));
        var other = module("en-GB", "GB", citing(document("Other").put("body", "It lasts [@%s; @%s].".formatted(first, second)), first, second));
        var playbook = document("A plan").put("body", "What to do.");
        playbook.putArray("steps").addObject().put("title", "First").put("body", "Begin.").put("item", one.id());
        ((ArrayNode) playbook.path("steps")).addObject().put("title", "Then").put("body", "Go on.").put("item", other.id());
        var served = served(live("playbook", "en-GB", "GB", playbook), "GB", "en-GB");
        assertThat(served.path("plainText").asString()).contains("It binds [1].", "It lasts [1,2].", "1. Hollis PM, Sample Group. Second.", "2. Hollis PM, Sample Group. First.");
        assertThat(served.at("/contains/1/plainText").asString()).contains("[1,2]");
        assertThat(served.path("referenceOrder")).extracting(JsonNode::asString).containsExactly(second, first);
        assertThat(served.path("bibliography")).extracting(it -> it.path("id").asString()).containsExactly(second, first);
        assertThat(served.path("references").propertyNames()).containsExactlyInAnyOrder(first, second);
    }

    private Item module(String locale, String market, ObjectNode document) {
        var claim = live("claim", locale, market, document("A claim").put("text", "Risk fell by 18 %.").put("efficacyClaim", false));
        document.putArray("claims").add(claim.id());
        return live("module", locale, market, document);
    }

    private String registered(String title) {
        var csl = Json.parseObject("""
                {"type": "article-journal", "author": [{"family": "Hollis", "given": "Pia Maria"}, {"literal": "Sample Group"}],
                 "container-title": "Journal", "issued": {"date-parts": [[2025]]}, "volume": "12", "issue": "3", "page": "341-352", "DOI": "10.5555/x",
                 "PMID": "12345"}""").put("title", title);
        return references.register(people.writer(), List.of(csl)).getFirst().id();
    }

    private ObjectNode citing(ObjectNode document, String... ids) {
        var list = document.putArray("references");
        Stream.of(ids).forEach(id -> list.addObject().put("id", id).set("csl", references.find(id).orElseThrow().csl()));
        return document;
    }

    private Item live(String type, String locale, String market, ObjectNode document) {
        var item = shelf.written(type, Kinds.NON_PROMOTIONAL, null, locale, document);
        shelf.approved(item, locale, market, days(-1), days(300));
        assertThat(desk.publish(shelf.writer(), item.id(), locale, market, null, null, null)).isInstanceOf(PublishOutcome.Published.class);
        return item;
    }

    private JsonNode served(Item item, String market, String locale) {
        var answer = Api.of(port).withKey(people.webKey()).get("/v1/items/" + item.id() + "?market=" + market + "&locale=" + locale);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Instant days(int days) {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(days, ChronoUnit.DAYS);
    }
}
