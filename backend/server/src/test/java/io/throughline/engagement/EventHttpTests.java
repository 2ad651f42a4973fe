package io.throughline.engagement;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class EventHttpTests {

    private static final AtomicInteger BRAND = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api web;
    String path;
    Item item;
    String receipt;
    String slot;
    String reader;

    @BeforeEach
    void aSetThatWasServed() {
        web = Api.of(port).withKey(people.webKey());
        var brand = "event" + BRAND.incrementAndGet();
        shelf.brand(brand);
        path = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand;
        item = shelf.live("article", "non-promotional", brand, article("Starting low"));
        var set = web.get(path).json();
        receipt = set.path("receipt").asString();
        // an item without a brand may lead the set of any brand, and other tests leave some
        slot = set.path("slots").valueStream().filter(it -> it.path("items").valueStream().anyMatch(shown -> shown.path("id").asString().equals(item.id())))
                .findFirst().orElseThrow().path("name").asString();
        reader = "hcp-" + UUID.randomUUID();
    }

    private ObjectNode shown() {
        return event("shown", Json.object().put("receipt", receipt).put("item", item.id()));
    }

    private ObjectNode event(String type, ObjectNode data) {
        var event = Json.object().put("specversion", "1.0").put("id", UUID.randomUUID().toString()).put("source", "/apps/portal").put("type", type)
                .put("time", Instant.now().toString()).put("subject", reader);
        event.set("data", data);
        return event;
    }

    private JsonNode send(JsonNode... events) {
        var answer = web.post("/v1/events", Json.text(List.of(events)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json();
    }

    private long stored() {
        return jdbc.sql("select count(*) from engagement_event where subject = :reader").param("reader", reader).query(Long.class).single();
    }

    @Test
    void anEventIsTakenWithTheSetAndVersionThatItRefersTo() {
        assertThat(send(shown()).path("accepted").asInt()).isEqualTo(1);
        var row = jdbc.sql("select item_id, item_version, slot, market, kind, channel_key from engagement_event where subject = :reader").param("reader", reader)
                .query().singleRow();
        assertThat(row).containsEntry("item_id", item.id()).containsEntry("item_version", 1).containsEntry("slot", slot)
                .containsEntry("market", "GB").containsEntry("kind", "non-promotional").containsEntry("channel_key", "web");
    }

    @Test
    void aCloudEventsBatchIsTakenAsSuchAndOtherKindsOfBodiesAreNot() {
        var body = Json.text(List.of(shown()));
        assertThat(web.exchange(post(body), "Content-Type", "application/cloudevents-batch+json").status()).isEqualTo(202);
        assertThat(web.exchange(post(body), "Content-Type", "text/plain").status()).isEqualTo(415);
        assertThat(web.exchange(post("specversion=1.0"), "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(415);
        assertThat(stored()).isEqualTo(1);
    }

    private HttpRequest.Builder post(String body) {
        return web.request("/v1/events").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void theSameIdTwiceCountsOnceInOneBatchAndInTwo() {
        var event = shown();
        var first = send(event, event);
        assertThat(first.path("accepted").asInt()).isEqualTo(1);
        assertThat(first.path("events").get(0).has("duplicate")).isFalse();
        assertThat(first.path("events").get(1).path("duplicate").asBoolean()).isTrue();
        assertThat(send(event.put("time", Instant.now().minusSeconds(90).toString())).path("duplicates").asInt()).isEqualTo(1);
        assertThat(stored()).isEqualTo(1);
        assertThat(send(event.put("source", "/apps/tablet")).path("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void aRaceOfEqualBatchesCountsEachEventOnce() throws Exception {
        var events = new ArrayList<ObjectNode>();
        for (int i = 0; i < 20; i++) {
            events.add(shown());
        }
        var body = Json.text(events);
        var turned = Json.text(events.reversed());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                var mine = i % 2 == 0 ? body : turned;
                answers.add(() -> Api.of(port).withKey(people.webKey()).post("/v1/events", mine).json().path("accepted").asInt());
            }
            int accepted = 0;
            for (var answer : threads.invokeAll(answers)) {
                accepted += answer.get();
            }
            assertThat(accepted).isEqualTo(20);
        }
        assertThat(stored()).isEqualTo(20);
    }

    @Test
    void oneBadEventNeverLosesTheOthers() {
        var answer = send(shown(), Json.object().put("type", "shown"), shown().put("type", "bought"), Json.object(), shown());
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("events").valueStream().map(it -> it.path("status").asInt())).containsExactly(202, 422, 422, 422, 202);
        assertThat(stored()).isEqualTo(2);
    }

    @ParameterizedTest
    @Tag("GD-1")
    @ValueSource(strings = {"jane.smith@example.org", "Jane Smith", "+44 20 7946 0958", "020 7946 0958", "tel:+442079460958",
            "mailto:jane@example.org", "x", "a b c d e f g h", "línea-1234567", "<script>1234567", "1234567\n8"})
    void whatNamesAPersonIsRefused(String subject) {
        var refused = send(shown().put("subject", subject)).path("events").get(0);
        assertThat(refused.path("status").asInt()).isEqualTo(422);
        assertThat(refused.path("code").asString()).isEqualTo("personal-data");
        if (subject.length() > 8) {
            assertThat(refused.toString()).doesNotContain(subject);
        }
        assertThat(web.get(path + "&seenBy=" + java.net.URLEncoder.encode(subject, java.nio.charset.StandardCharsets.UTF_8)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hcp-8f2c51d0-9e1a-4f7e-8b0a-0a4f6b1c2d3e", "01JD8Z7Q4T0000000000000001", "p1234567", "AbCdEfGhIjKlMnOpQrStU", "_V1StGXR8-Z5jdHi6B-my", "f3c2b1a09e8d7c6b", "4711081547110815", "aGNwLTQ3MTE=", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c"})
    void aPseudonymIsTaken(String subject) {
        assertThat(send(shown().put("subject", subject)).path("accepted").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @Tag("GD-1")
    @CsvSource({"id, jane@example.org", "source, mailto:jane@example.org", "source, tel:+442079460958", "id, +442079460958"})
    void noAttributeNamesAPersonEither(String attribute, String value) {
        var refused = send(shown().put(attribute, value)).path("events").get(0);
        assertThat(refused.path("code").asString()).isEqualTo("personal-data");
        assertThat(refused.toString()).doesNotContain(value);
    }

    @Test
    @Tag("PV-1")
    void freeTextIsNotTaken() {
        var refused = send(event("feedback", Json.object().put("receipt", receipt).put("comment", "I felt dizzy.")));
        assertThat(refused.path("events").get(0).path("code").asString()).isEqualTo("malformed-event");
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @Tag("S4")
    @CsvSource(delimiter = '|', value = {
            "shown|{}", "shown|{\"receipt\": \"$R\"}", "shown|{\"item\": \"$I\"}", "shown|{\"receipt\": \"$R\", \"item\": \"$I\", \"more\": 1}",
            "rated|{\"receipt\": \"$R\", \"item\": \"$I\"}", "rated|{\"receipt\": \"$R\", \"item\": \"$I\", \"rating\": 6}",
            "rated|{\"receipt\": \"$R\", \"item\": \"$I\", \"rating\": \"5\"}", "completed|{\"receipt\": \"$R\", \"item\": \"$I\", \"share\": 1.1}",
            "interaction|{\"minutes\": -1}", "interaction|{\"channel\": \"pigeon\"}", "interaction|{\"item\": \"$I\"}",
            "stage-changed|{}", "stage-changed|{\"to\": \"heaven\"}", "handed-off|{\"to\": \"Jane Smith\"}", "feedback|{\"receipt\": \"$R\", \"helpful\": \"yes\"}",
            "shown|[]", "shown|null"})
    void dataThatMeansNothingIsRefused(String type, String data) {
        var event = shown().put("type", type);
        event.set("data", Json.parse(data.replace("$R", receipt).replace("$I", item.id())));
        assertThat(send(event).path("events").get(0).path("code").asString()).isEqualTo("malformed-event");
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "interaction|{\"channel\": \"rep-tablet\", \"minutes\": 20}", "interaction|{}", "stage-changed|{\"from\": \"considering\", \"to\": \"trying\"}",
            "handed-off|{\"to\": \"medical\"}", "feedback|{\"receipt\": \"$R\", \"helpful\": true}", "rated|{\"receipt\": \"$R\", \"item\": \"$I\", \"rating\": 4}",
            "opened|{\"receipt\": \"$R\", \"item\": \"$I\"}", "completed|{\"receipt\": \"$R\", \"item\": \"$I\", \"share\": 0.5}"})
    void everyTypeIsTakenWithItsData(String type, String data) {
        var event = event(type, (ObjectNode) Json.parse(data.replace("$R", receipt).replace("$I", item.id())));
        assertThat(send(event).path("accepted").asInt()).isEqualTo(1);
    }

    @Test
    @Tag("S24")
    @Tag("S10")
    void aReceiptThatWasAlteredOrBelongsToAnotherChannelIsUnknown() {
        var altered = receipt.substring(0, receipt.length() - 4) + (receipt.endsWith("AAAA") ? "BBBB" : "AAAA");
        var codes = send(with(altered), with("rcp_"), with("rcp_AAAA"), with("x".repeat(9_000)), with("rcp_***")).path("events");
        assertThat(codes.valueStream().map(it -> it.path("code").asString())).containsOnly("unknown-receipt");
        var tablet = Api.of(port).withKey(people.tabletKey());
        assertThat(tablet.post("/v1/events", Json.text(List.of(shown()))).json().path("events").get(0).path("code").asString()).isEqualTo("unknown-receipt");
    }

    private ObjectNode with(String otherReceipt) {
        return event("shown", Json.object().put("receipt", otherReceipt).put("item", item.id()));
    }

    @Test
    void anItemThatWasNotInTheSetIsRefused() {
        var other = event("shown", Json.object().put("receipt", receipt).put("item", "itm_01JD8Z7Q4T0000000000000001"));
        assertThat(send(other).path("events").get(0).path("code").asString()).isEqualTo("item-not-in-set");
    }

    @Test
    void aMomentOutsideOfWhatClocksAndTabletsExplainIsRefused() {
        var answer = send(shown().put("time", Instant.now().plusSeconds(600).toString()), shown().put("time", "2020-01-01T00:00:00Z"),
                shown().put("time", Instant.now().plusSeconds(60).toString()), shown().put("time", "yesterday"));
        assertThat(answer.path("events").valueStream().map(it -> it.path("code").asString("taken")))
                .containsExactly("time-out-of-range", "time-out-of-range", "taken", "malformed-event");
    }

    @Test
    @Tag("S12")
    @Tag("S31")
    void aBatchThatIsNoneLeavesNothingBehind() {
        var before = Footprint.of(jdbc);
        var many = new ArrayList<ObjectNode>();
        for (int i = 0; i < 501; i++) {
            many.add(shown());
        }
        assertThat(web.post("/v1/events", Json.text(many)).status()).isEqualTo(413);
        for (var body : List.of("{}", "[]", "null", "\"x\"", "[", "", "[1,2", "{\"events\": []}")) {
            assertThat(web.post("/v1/events", body).status()).as(body).isEqualTo(400);
        }
        assertThat(web.post("/v1/events?dry=true", Json.text(List.of(shown()))).status()).isEqualTo(400);
        assertThat(web.post("/v1/events", "[" + "[".repeat(5_000) + "]".repeat(5_000) + "]").status()).isEqualTo(400);
        assertThat(Api.of(port).post("/v1/events", Json.text(List.of(shown()))).status()).isEqualTo(401);
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(web.post("/v1/events", Json.text(many.subList(0, 500))).json().path("accepted").asInt()).isEqualTo(500);
    }

    @Test
    @Tag("S5")
    @Tag("S14")
    void whatTheServerDecidesCanNotBeSent() {
        for (var field : List.of("channel_key", "received_at", "kind", "role", "contact", "item_version")) {
            assertThat(send(shown().put(field, "x")).path("refused").asInt()).as(field).isEqualTo(1);
        }
        assertThat(send(shown().put("id", "';drop/**/table/**/engagement_event;--")).path("accepted").asInt()).isEqualTo(1);
        assertThat(stored()).isEqualTo(1);
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(strings = {"/v1//events", "/v1/events/", "/v1/events;x=1", "/v1/%65vents", "/v1/x/%2e%2e/events", "/V1/events", "/v1/events%2f"})
    void otherSpellingsOfTheAddressNeverTakeAnEventWithoutItsKey(String spelling) {
        assertThat(Api.of(port).post(spelling, Json.text(List.of(shown()))).status()).isBetween(400, 404);
        assertThat(stored()).isZero();
    }

    @Test
    void eventsLieInThePartitionOfTheirMonth() {
        send(shown());
        var table = jdbc.sql("select tableoid::regclass::text from engagement_event where subject = :reader").param("reader", reader).query(String.class).single();
        assertThat(table).matches("engagement_event_\\d{4}_\\d{2}");
        PartitionJob.makeMonths(jdbc, Instant.parse("2027-11-30T23:59:59Z"));
        PartitionJob.makeMonths(jdbc, Instant.parse("2027-11-30T23:59:59Z"));
        assertThat(jdbc.sql("select count(*) from pg_inherits where inhrelid in (to_regclass('engagement_event_2027_11'), to_regclass('engagement_event_2027_12'), "
                        + "to_regclass('engagement_event_2028_01'))").query(Long.class).single()).isEqualTo(3);
    }
}
