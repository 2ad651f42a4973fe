package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.Channel;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class RecallHttpTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @Autowired RecallDesk desk;
    @LocalServerPort int port;

    record App(Channel channel, String key, Api api) {}

    Receiver receiver;
    Api sam;
    App portal;
    App tablet;

    @BeforeEach
    void twoChannels() throws Exception {
        receiver = new Receiver();
        sam = Api.of(port).signIn(people.signatory().username());
        jdbc.sql("update api_key set revoked_at = created_at where revoked_at is null").update();
        portal = app(Set.of("*"), Set.of("*"));
        tablet = app(Set.of("GB"), Set.of("*"));
    }

    @AfterEach
    void close() {
        jdbc.sql("update webhook_endpoint set state = 'deleted'").update();
        // other classes share this server, and may be run once more after this one
        jdbc.sql("update api_key set revoked_at = null where revoked_at = created_at").update();
        receiver.close();
    }

    @Test
    @Tag("RV-7")
    void aWithdrawalIsARecallUntilEveryChannelHasConfirmed() throws Exception {
        var item = withdrawn("Recalled");
        var recall = recallOf(item);
        var id = recall.at("/recall/id").asString();
        assertThat(recall.at("/recall/state").asString()).isEqualTo("open");
        assertThat(recall.at("/recall/markets/0").asString()).isEqualTo("GB");
        assertThat(recall.at("/recall/item/title").asString()).isEqualTo("Recalled");
        assertThat(channelIds(recall)).containsExactlyInAnyOrder(portal.channel().id(), tablet.channel().id());
        var mine = portal.api().get("/v1/recalls?state=open");
        assertThat(mine.json().at("/recalls/0/id").asString()).isEqualTo(id);
        assertThat(mine.json().at("/recalls/0/parts/0/market").asString()).isEqualTo("GB");
        assertThat(Long.parseLong(mine.header("Content-Sequence").orElseThrow())).isGreaterThanOrEqualTo(recall.at("/recall/sequence").asLong());

        var confirmed = portal.api().post("/v1/recalls/" + id + "/confirmations", Json.text(Map.of("copiesRemoved", 3, "note", "CDN purged")));
        assertThat(confirmed.status()).isEqualTo(201);
        var again = portal.api().post("/v1/recalls/" + id + "/confirmations", "{\"copiesRemoved\": 99}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("copiesRemoved").asInt()).isEqualTo(3);
        assertThat(again.json().path("confirmedAt")).isEqualTo(confirmed.json().path("confirmedAt"));

        var half = sam.get("/manage/v1/recalls/" + id).json();
        assertThat(half.at("/recall/confirmed").asInt()).isEqualTo(1);
        assertThat(half.at("/channels/0/channel/id").asString()).as("who has not confirmed stands first").isEqualTo(tablet.channel().id());
        assertThat(half.at("/channels/0").has("confirmation")).isFalse();
        assertThat(half.at("/channels/1/confirmation/note").asString()).isEqualTo("CDN purged");
        assertThat(tablet.api().post("/v1/recalls/" + id + "/confirmations", "{}").status()).isEqualTo(201);

        var whole = sam.get("/manage/v1/recalls/" + id).json();
        assertThat(whole.at("/recall/state").asString()).isEqualTo("complete");
        assertThat(whole.at("/recall").has("endedBy")).isFalse();
        assertThat(portal.api().get("/v1/recalls?state=open").json().path("recalls").valueStream().map(it -> it.path("id").asString())).doesNotContain(id);
        assertThat(portal.api().get("/v1/recalls?state=confirmed").json().path("recalls").valueStream().map(it -> it.path("id").asString())).contains(id);
        var admin = Api.of(port).signIn(people.administrator().username());
        var actions = admin.get("/manage/v1/audit?subjectId=" + id).json().path("entries").valueStream().map(it -> it.path("action").asString()).toList();
        assertThat(actions).containsExactly("recall.completed", "recall.confirmed", "recall.confirmed", "recall.opened");
    }

    @Test
    void aPersonConfirmsForAChannelWithAReasonAndClosesWhatCannotBeConfirmed() throws Exception {
        var recall = recallOf(withdrawn("By hand"));
        var id = recall.at("/recall/id").asString();
        var path = "/manage/v1/recalls/" + id + "/channels/" + tablet.channel().id() + "/confirmation";
        assertThat(sam.post(path, "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(sam.post(path, Json.text(Map.of("reason", "x", "removedAt", Instant.now().plusSeconds(600).toString()))).status()).isEqualTo(400);
        assertThat(sam.post(path, "{\"reason\": \"x\", \"copiesRemoved\": -1}").status()).isEqualTo(400);
        var done = sam.post(path, "{\"reason\": \"The tablets were collected.\"}");
        assertThat(done.status()).isEqualTo(201);
        assertThat(done.json().at("/channels/1/confirmation/confirmedBy/displayName").asString()).isEqualTo("Dr Sam Signa");
        assertThat(sam.post(path, "{\"reason\": \"Once more\"}").status()).isEqualTo(409);
        var closed = sam.post("/manage/v1/recalls/" + id + "/closing", "{\"reason\": \"The portal was switched off.\"}");
        assertThat(closed.json().at("/recall/state").asString()).isEqualTo("closed");
        assertThat(closed.json().at("/recall/endReason").asString()).isEqualTo("The portal was switched off.");
        assertThat(sam.post("/manage/v1/recalls/" + id + "/closing", "{\"reason\": \"Again\"}").status()).isEqualTo(409);
        assertThat(portal.api().post("/v1/recalls/" + id + "/confirmations", "{}").status()).as("a late confirmation is kept").isEqualTo(201);
        assertThat(sam.get("/manage/v1/recalls/" + id).json().at("/recall/confirmed").asInt()).isEqualTo(2);
        assertThat(Api.of(port).signIn(people.writer().username()).post(path, "{\"reason\": \"x\"}").status()).isEqualTo(403);
    }

    @Test
    void whoeverHasNotConfirmedIsReminded() throws Exception {
        hook(portal, "/portal");
        hook(tablet, "/tablet");
        var item = withdrawn("Reminded");
        receiver.await("/tablet", it -> it.itemId().equals(item.id()) && it.type().equals("content.withdrawn"));
        var id = recallOf(item).at("/recall/id").asString();
        portal.api().post("/v1/recalls/" + id + "/confirmations", "{}");
        assertThat(sam.post("/manage/v1/recalls/" + id + "/reminders", "{}").json().path("channels").asInt()).isEqualTo(1);
        var reminder = receiver.await("/tablet", it -> it.json().at("/data/reminder").asInt(0) == 1);
        assertThat(reminder.json().at("/data/recallId").asString()).isEqualTo(id);

        jdbc.sql("update recall_channel set remind_at = now() - interval '1 second' where recall_id = :id and remind_at is not null").param("id", id).update();
        desk.remindDue();
        receiver.await("/tablet", it -> it.json().at("/data/reminder").asInt(0) == 2);
        assertThat(receiver.calls("/portal")).noneMatch(it -> it.json().at("/data").has("reminder"));
        var channel = sam.get("/manage/v1/recalls/" + id).json().at("/channels/0");
        assertThat(channel.path("reminders").asInt()).isEqualTo(2);
        assertThat(channel.has("toldAt")).isTrue();
        assertThat(Instant.parse(channel.path("remindAt").asString())).isAfter(Instant.now().plus(Duration.ofHours(7)));
        assertThat(sam.post("/manage/v1/recalls/" + id + "/reminders", Json.text(Map.of("channelId", portal.channel().id()))).status()).isEqualTo(404);
        tablet.api().post("/v1/recalls/" + id + "/confirmations", "{}");
        assertThat(sam.post("/manage/v1/recalls/" + id + "/reminders", "{}").status()).isEqualTo(409);
    }

    @Test
    void noChannelIsRemindedTwiceWithinAnHourAndTheActIsInTheTrail() throws Exception {
        hook(portal, "/portal");
        hook(tablet, "/tablet");
        var id = recallOf(withdrawn("Impatient")).at("/recall/id").asString();
        var reminders = "/manage/v1/recalls/" + id + "/reminders";
        assertThat(sam.post(reminders, Json.text(Map.of("channelId", portal.channel().id()))).json().path("channels").asInt()).isEqualTo(1);
        var rest = sam.post(reminders, "{}");
        assertThat(rest.json().path("channels").asInt()).as("the portal was reminded a moment ago").isEqualTo(1);
        assertThat(rest.json().path("recently").asInt()).isEqualTo(1);
        var rows = io.throughline.testing.Footprint.of(jdbc);
        var again = sam.post(reminders, "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asString()).contains("within the last hour");
        assertThat(io.throughline.testing.Footprint.of(jdbc)).isEqualTo(rows);

        jdbc.sql("update recall_channel set reminded_at = reminded_at - interval '59 minutes 50 seconds' where recall_id = :id").param("id", id).update();
        assertThat(sam.post(reminders, "{}").status()).isEqualTo(409);
        jdbc.sql("update recall_channel set reminded_at = reminded_at - interval '10 seconds' where recall_id = :id").param("id", id).update();
        assertThat(sam.post(reminders, "{}").json().path("channels").asInt()).isEqualTo(2);

        var entries = Api.of(port).signIn(people.administrator().username()).get("/manage/v1/audit?subjectId=" + id).json().path("entries");
        assertThat(entries.valueStream().filter(it -> it.path("action").asString().equals("recall.reminded")).map(it -> it.at("/actor/displayName").asString("")))
                .hasSize(3).containsOnly("Dr Sam Signa");
    }

    @RepeatedTest(20)
    void peopleWhoRemindAtTheSameMomentRemindOnce() throws Exception {
        hook(portal, "/portal");
        var id = recallOf(withdrawn("Both remind")).at("/recall/id").asString();
        var body = Json.text(Map.of("channelId", portal.channel().id()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> reminder = () -> sam.post("/manage/v1/recalls/" + id + "/reminders", body).status();
            var statuses = threads.invokeAll(List.of(reminder, reminder, reminder)).stream().map(it -> {
                try {
                    return it.get();
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            }).toList();
            assertThat(statuses).containsExactlyInAnyOrder(202, 409, 409);
        }
        assertThat(jdbc.sql("select reminders from recall_channel where recall_id = :id and channel_id = :channel").param("id", id)
                .param("channel", portal.channel().id()).query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void theRecallTellsWhichChannelsWereServedAndShowedItThoughAllThatCouldReadItConfirm() throws Exception {
        var brand = "recalled" + NUMBER.incrementAndGet();
        shelf.brand(brand);
        var item = shelf.live("article", "non-promotional", brand, article("Served once"));
        var set = portal.api().get("/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB&brand=" + brand).json();
        assertThat(set.path("items").has(item.id())).isTrue();
        var event = Json.object().put("specversion", "1.0").put("id", java.util.UUID.randomUUID().toString()).put("source", "/apps/portal").put("type", "shown")
                .put("time", Instant.now().toString()).put("subject", "hcp-" + java.util.UUID.randomUUID());
        event.putObject("data").put("receipt", set.path("receipt").asString()).put("item", item.id());
        var taken = portal.api().post("/v1/events", "[" + Json.text(event) + "]");
        assertThat(taken.json().path("accepted").asInt()).as(taken.body()).isEqualTo(1);
        assertThat(portal.api().post("/v1/events", "[" + Json.text(event) + "]").status()).as("the same event once more").isEqualTo(202);
        for (int i = 0; i < 400 && jdbc.sql("select count(*) from demand_use_day u join publication p on p.id = u.publication_id where p.item_id = :id")
                .param("id", item.id()).query(Integer.class).single() == 0; i++) {
            Thread.sleep(25);
        }
        shelf.withdrawn(item);
        var recall = recallOf(item);
        assertThat(channelIds(recall)).containsExactlyInAnyOrder(portal.channel().id(), tablet.channel().id());
        for (var channel : recall.path("channels")) {
            boolean served = channel.at("/channel/id").asString().equals(portal.channel().id());
            assertThat(channel.at("/served/sets").asInt(-1)).isEqualTo(served ? 1 : 0);
            assertThat(channel.at("/served/shown").asInt(-1)).isEqualTo(served ? 1 : 0);
            assertThat(channel.path("served").has("lastOn")).isEqualTo(served);
        }
    }

    @Test
    void aChannelWhoseKeyIsRevokedSinceMayStillHoldACopy() throws Exception {
        var item = shelf.live("article", "non-promotional", null, article("Held"));
        jdbc.sql("update api_key set revoked_at = now() where channel_id = :id").param("id", tablet.channel().id()).update();
        shelf.withdrawn(item);
        assertThat(channelIds(recallOf(item))).contains(tablet.channel().id());
    }

    @Test
    void aChannelThatCouldReadWhatWasThereBeforeMayHoldACopyOfThat() throws Exception {
        var item = shelf.live("article", "non-promotional", null, article("Held since long"));
        jdbc.sql("update api_key set revoked_at = now() where channel_id = :id").param("id", tablet.channel().id()).update();
        shelf.publishedAnew(item, "GB");
        shelf.withdrawn(item);
        var recall = recallOf(item);
        assertThat(channelIds(recall)).contains(tablet.channel().id(), portal.channel().id());
        assertThat(recall.path("parts").size()).isEqualTo(1);

        shelf.published(item, "GB");
        shelf.withdrawn(item);
        for (int i = 0; i < 200 && jdbc.sql("select count(*) from recall where item_id = :id").param("id", item.id()).query(Integer.class).single() < 2; i++) {
            Thread.sleep(25);
        }
        assertThat(channelIds(recallOf(item))).as("what an earlier recall asked for is not asked again").contains(portal.channel().id())
                .doesNotContain(tablet.channel().id());
    }

    @Test
    @Tag("S1")
    @Tag("S3")
    @Tag("S7")
    @Tag("S10")
    void aRecallOfAnotherChannelBrandOrMarketReadsLikeOneThatIsNotThere() throws Exception {
        var french = app(Set.of("FR"), Set.of("*"));
        // my work shows the fifty oldest; the recalls of other tests are over
        sam.get("/manage/v1/my-work").json().path("recalls").valueStream().map(it -> it.path("id").asString())
                .forEach(other -> assertThat(sam.post("/manage/v1/recalls/" + other + "/closing", "{\"reason\": \"Over.\"}").status()).isEqualTo(201));
        shelf.brand("secretol");
        var item = shelf.live("article", "non-promotional", "secretol", article("Not yours"));
        shelf.withdrawn(item);
        var id = recallOf(item).at("/recall/id").asString();
        var unreadable = french.api().post("/v1/recalls/" + id + "/confirmations", "{}");
        var missing = french.api().post("/v1/recalls/rcl_00000000000000000000000000/confirmations", "{}");
        assertThat(unreadable.status()).isEqualTo(404);
        assertThat(unreadable.json().path("detail")).isEqualTo(missing.json().path("detail"));
        assertThat(french.api().get("/v1/recalls").json().path("recalls").size()).isZero();
        for (var actor : List.of(shelf.with(Set.of(Role.SIGNATORY), Set.of("other"), Set.of("*")), shelf.with(Set.of(Role.SIGNATORY), Set.of("*"), Set.of("FR")))) {
            var stranger = Api.of(port).signIn(actor.username());
            assertThat(stranger.get("/manage/v1/recalls/" + id).status()).isEqualTo(404);
            assertThat(stranger.get("/manage/v1/recalls").json().path("recalls").valueStream().map(it -> it.path("id").asString())).doesNotContain(id);
            assertThat(stranger.post("/manage/v1/recalls/" + id + "/closing", "{\"reason\": \"x\"}").status()).isEqualTo(404);
            assertThat(stranger.post("/manage/v1/recalls/" + id + "/reminders", "{}").status()).isEqualTo(404);
            assertThat(stranger.post("/manage/v1/recalls/" + id + "/channels/" + portal.channel().id() + "/confirmation", "{\"reason\": \"x\"}").status()).isEqualTo(404);
            assertThat(stranger.get("/manage/v1/my-work").json().path("recalls").valueStream().map(it -> it.path("id").asString())).doesNotContain(id);
        }
        assertThat(sam.get("/manage/v1/recalls/" + id).json().at("/recall/confirmed").asInt()).isZero();
        assertThat(sam.get("/manage/v1/my-work").json().path("recalls").valueStream().map(it -> it.path("id").asString())).contains(id);
    }

    @Test
    @Tag("S3")
    void aKeyThatReadsOnlyAPartConfirmsNothing() throws Exception {
        var item = shelf.written("article", "non-promotional", null, article("Two markets"));
        var from = Instant.now().minusSeconds(60);
        shelf.approved(item, "en-GB", "GB", from, from.plusSeconds(86_400));
        shelf.approvedToo(item, "en-GB", "US", from, from.plusSeconds(86_400));
        shelf.published(item, "GB");
        shelf.published(item, "US");
        seed.apiKey(portal.channel(), "tlk_narrow_" + NUMBER.incrementAndGet() + "_0123456789",
                new NewApiKey("narrow", Set.of("GB"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3_600)));
        var narrow = Api.of(port).withKey("tlk_narrow_" + NUMBER.get() + "_0123456789");
        shelf.withdrawn(item);
        var id = recallOf(item).at("/recall/id").asString();
        assertThat(narrow.get("/v1/recalls").json().at("/recalls/0/parts").size()).isEqualTo(1);
        assertThat(narrow.post("/v1/recalls/" + id + "/confirmations", "{}").status()).isEqualTo(409);
        assertThat(portal.api().post("/v1/recalls/" + id + "/confirmations", "{}").status()).isEqualTo(201);
    }

    @RepeatedTest(20)
    void confirmationsAtTheSameMomentCountOnceAndTheLastOneCompletes() throws Exception {
        var id = recallOf(withdrawn("At once")).at("/recall/id").asString();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> portals = () -> portal.api().post("/v1/recalls/" + id + "/confirmations", "{}").status();
            Callable<Integer> tablets = () -> tablet.api().post("/v1/recalls/" + id + "/confirmations", "{}").status();
            var statuses = threads.invokeAll(List.of(portals, tablets, portals, tablets)).stream().map(it -> {
                try {
                    return it.get();
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            }).toList();
            assertThat(statuses).containsExactlyInAnyOrder(201, 201, 200, 200);
        }
        assertThat(sam.get("/manage/v1/recalls/" + id).json().at("/recall/state").asString()).isEqualTo("complete");
    }

    @Test
    @Tag("S4")
    @Tag("S5")
    void badInputIsRefused() throws Exception {
        var id = recallOf(withdrawn("Bad input")).at("/recall/id").asString();
        var path = "/v1/recalls/" + id + "/confirmations";
        for (var body : List.of("{\"copiesRemoved\": -1}", "{\"copiesRemoved\": \"3\"}", "{\"confirmedAt\": \"2026-01-01T00:00:00Z\"}", "{\"channelId\": \"x\"}",
                "{\"removedAt\": \"yesterday\"}", "{\"note\": \"%s\"}".formatted("x".repeat(1_001)),
                "{\"removedAt\": \"%s\"}".formatted(Instant.now().plusSeconds(600)), "{\"removedAt\": \"%s\"}".formatted(Instant.now().minusSeconds(3600)))) {
            assertThat(portal.api().post(path, body).status()).as(body).isEqualTo(400);
        }
        assertThat(portal.api().get("/v1/recalls?state=closed").status()).isEqualTo(400);
        assertThat(portal.api().get("/v1/recalls?limit=101").status()).isEqualTo(400);
        assertThat(portal.api().get("/v1/recalls?after=forged").status()).isEqualTo(400);
        assertThat(sam.get("/manage/v1/recalls?state=").status()).isEqualTo(400);
        assertThat(sam.get("/manage/v1/recalls/rcl_none").status()).isEqualTo(404);
        assertThat(sam.get("/manage/v1/recalls/" + id).json().at("/recall/confirmed").asInt()).isZero();
    }

    private Item withdrawn(String title) {
        var item = shelf.live("article", "non-promotional", null, article(title));
        shelf.withdrawn(item);
        return item;
    }

    private JsonNode recallOf(Item item) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var found = sam.get("/manage/v1/recalls?limit=100").json().path("recalls").valueStream()
                    .filter(it -> it.at("/item/id").asString().equals(item.id())).findFirst();
            if (found.isPresent()) {
                return sam.get("/manage/v1/recalls/" + found.get().path("id").asString()).json();
            }
            Thread.sleep(25);
        }
        throw new AssertionError("no recall was opened");
    }

    private static List<String> channelIds(JsonNode recall) {
        return recall.path("channels").valueStream().map(it -> it.at("/channel/id").asString()).toList();
    }

    private App app(Set<String> markets, Set<String> kinds) {
        int number = NUMBER.incrementAndGet();
        var channel = seed.channel("recalled-" + number, "Recalled " + number, "web");
        var key = "tlk_recalled_" + number + "_0123456789";
        seed.apiKey(channel, key, new NewApiKey("k", markets, Set.of("*"), kinds, BrandScope.EVERY, false, false, Instant.now().plusSeconds(86_400)));
        return new App(channel, key, Api.of(port).withKey(key));
    }

    private void hook(App app, String path) {
        var made = Api.of(port).signIn(people.channelManager().username()).post("/manage/v1/channels/" + app.channel().id() + "/webhooks",
                Json.text(Map.of("name", "App", "url", receiver.url(path), "events", List.of("content.withdrawn"))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
}
