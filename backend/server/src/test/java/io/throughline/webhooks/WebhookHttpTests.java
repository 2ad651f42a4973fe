package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.Channel;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
@ExtendWith(OutputCaptureExtension.class)
class WebhookHttpTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<String> ALL = List.of("content.published", "content.withdrawn", "content.expired", "strategy.activated");

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Receiver receiver;
    Api chris;

    @BeforeEach
    void aReceiver() throws Exception {
        receiver = new Receiver();
        chris = Api.of(port).signIn(people.channelManager().username());
    }

    @AfterEach
    void close() {
        jdbc.sql("update webhook_endpoint set state = 'deleted'").update();
        receiver.close();
    }

    @Test
    void whatIsPublishedIsToldByASignedCall() throws Exception {
        var hook = hook(channel("GB"), "/web");
        var item = shelf.live("article", "non-promotional", null, article("Told"));

        var call = receiver.await("/web", it -> it.itemId().equals(item.id()));

        assertThat(call.isSignedWith(hook.path("secret").asString())).isTrue();
        assertThat(call.isSignedWith(WebhookSecret.generate().written())).isFalse();
        assertThat(call.type()).isEqualTo("content.published");
        assertThat(call.json().propertyNames()).containsExactlyInAnyOrder("type", "timestamp", "data");
        assertThat(call.json().path("data").propertyNames()).as("thin").containsExactlyInAnyOrder(
                "sequence", "itemId", "version", "market", "locale", "effectiveFrom", "effectiveUntil");
        var log = awaitDelivery(hook, call.id(), "delivered");
        assertThat(log.at("/delivery/sequence").asLong()).isEqualTo(call.json().at("/data/sequence").asLong());
        assertThat(log.at("/attempts/0/status").asInt()).isEqualTo(204);
        assertThat(log.path("payload").asString()).isEqualTo(new String(call.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    @Tag("RV-7")
    void aWithdrawalLeavesWithinASecondOfItsCommit() throws Exception {
        hook(channel("GB"), "/web");
        var item = shelf.live("article", "non-promotional", null, article("To go"));
        receiver.await("/web", it -> it.itemId().equals(item.id()));
        for (int i = 0; i < 5; i++) {
            var next = shelf.live("article", "non-promotional", null, article("To go " + i));
            receiver.await("/web", it -> it.itemId().equals(next.id()));
            shelf.withdrawn(next);
            var committed = Instant.now();
            var call = receiver.await("/web", it -> it.itemId().equals(next.id()) && it.type().equals("content.withdrawn"), Duration.ofSeconds(3));
            assertThat(Duration.between(committed, call.at())).isLessThan(Duration.ofSeconds(1));
            assertThat(call.json().at("/data/recallId").asString()).startsWith("rcl_");
        }
    }

    @Test
    void aSlowEndpointAndADeadOneDelayNobody() throws Exception {
        var release = new CountDownLatch(1);
        receiver.answers(call -> {
            if (call.path().equals("/slow")) {
                await(release);
            }
            return call.path().equals("/dead") ? 500 : 204;
        });
        hook(channel("GB"), "/slow");
        hook(channel("GB"), "/dead");
        hook(channel("GB"), "/quick");
        for (int i = 0; i < 12; i++) {
            shelf.live("article", "non-promotional", null, article("Crowd " + i));
        }
        var last = shelf.live("article", "non-promotional", null, article("Last"));
        var committed = Instant.now();
        var call = receiver.await("/quick", it -> it.itemId().equals(last.id()), Duration.ofSeconds(3));
        assertThat(Duration.between(committed, call.at())).isLessThan(Duration.ofSeconds(1));
        assertThat(receiver.calls("/slow")).as("calls of one endpoint at a time").hasSizeLessThanOrEqualTo(4);
        release.countDown();
        receiver.await("/slow", it -> it.itemId().equals(last.id()));
    }

    @Test
    @Tag("S3")
    void anEndpointHearsNothingThatNoKeyOfItsChannelReads() throws Exception {
        var all = channel("GB");
        hook(all, "/all");
        hook(channel("FR"), "/elsewhere");
        hook(channelWith(Set.of("GB"), Set.of("en-GB"), Set.of("promotional"), "web", Instant.now().plusSeconds(3600)), "/other-kind");
        hook(channelWith(Set.of("GB"), Set.of("fr-FR"), Set.of("*"), "web", Instant.now().plusSeconds(3600)), "/other-locale");
        hook(channelWith(Set.of("GB"), Set.of("en-GB"), Set.of("*"), "email", Instant.now().plusSeconds(3600)), "/other-channel");
        hook(channelWith(Set.of("GB"), Set.of("en-GB"), Set.of("*"), "web", Instant.now().plusMillis(1)), "/expired-key");
        var document = classify(article("Only the web"), "channel", "web");
        var item = shelf.live("article", "non-promotional", null, document);
        receiver.await("/all", it -> it.itemId().equals(item.id()));
        shelf.withdrawn(item);
        receiver.await("/all", it -> it.itemId().equals(item.id()) && it.type().equals("content.withdrawn"));
        for (var path : List.of("/elsewhere", "/other-kind", "/other-locale", "/other-channel", "/expired-key")) {
            assertThat(receiver.calls(path)).as(path).isEmpty();
        }
        assertThat(jdbc.sql("select count(*) from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id where e.url not like '%/all' and e.state <> 'deleted'")
                .query(Integer.class).single()).isZero();
    }

    @Test
    void onlyTheChosenEventsAreToldAndAPausedEndpointIsToldLater() throws Exception {
        var channel = channel("GB");
        hook(channel, "/withdrawals", List.of("content.withdrawn"));
        var paused = hook(channel, "/paused");
        assertThat(chris.post(at(paused, "/pause"), "{\"reason\": \"Moving house\"}").json().path("state").asString()).isEqualTo("paused");
        var item = shelf.live("article", "non-promotional", null, article("Chosen"));
        shelf.withdrawn(item);
        var call = receiver.await("/withdrawals", it -> it.itemId().equals(item.id()));
        assertThat(call.type()).isEqualTo("content.withdrawn");
        assertThat(receiver.calls("/paused")).isEmpty();
        assertThat(chris.post(at(paused, "/resumption"), "{\"reason\": \"Settled\"}").json().path("state").asString()).isEqualTo("active");
        receiver.await("/paused", it -> it.type().equals("content.withdrawn"));
        receiver.await("/paused", it -> it.type().equals("content.published"));
        assertThat(receiver.calls("/withdrawals")).hasSize(1);
    }

    @Test
    void whatBecomesEffectiveLaterIsToldThenAndWhatNeverWasIsNotToldAtAll() throws Exception {
        var hook = hook(channel("GB"), "/web");
        var soon = planned("Soon", Instant.now().plusMillis(2_500));
        var never = planned("Never", Instant.now().plus(1, ChronoUnit.DAYS));
        shelf.withdrawn(never);
        var call = receiver.await("/web", it -> it.itemId().equals(soon.id()));
        assertThat(call.at()).isAfter(Instant.parse(call.json().at("/data/effectiveFrom").asString()).minusMillis(5));
        assertThat(receiver.calls("/web")).noneMatch(it -> it.itemId().equals(never.id()));
        assertThat(deliveries(hook, "?state=cancelled").path("deliveries").size()).isEqualTo(1);
    }

    @Test
    void aCallThatFailedIsMadeAgainAndTheLogSaysWhatHappened() throws Exception {
        var first = new AtomicInteger();
        receiver.answers(_ -> first.getAndIncrement() == 0 ? 500 : 204);
        var hook = hook(channel("GB"), "/web");
        var item = shelf.live("article", "non-promotional", null, article("Twice"));
        var call = receiver.await("/web", it -> it.itemId().equals(item.id()));
        var failed = awaitDelivery(hook, call.id(), "waiting");
        assertThat(failed.at("/attempts/0/outcome").asString()).isEqualTo("rejected");
        assertThat(failed.at("/attempts/0/response").asString()).isEqualTo("the receiver's own words");
        assertThat(failed.at("/attempts/0/detail").asString()).contains("500");
        assertThat(Instant.parse(failed.at("/delivery/dueAt").asString())).isAfter(Instant.now().minusSeconds(2));
        assertThat(get(hook).path("failingSince").asString("")).isNotEmpty();
        due(call.id());
        var again = awaitDelivery(hook, call.id(), "delivered");
        assertThat(again.path("attempts").size()).isEqualTo(2);
        assertThat(receiver.calls("/web")).extracting(Receiver.Call::id).containsOnly(call.id());
        assertThat(get(hook).has("failingSince")).isFalse();
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAndSaysWhy() throws Exception {
        receiver.answers(_ -> 410);
        var hook = hook(channel("GB"), "/web");
        shelf.live("article", "non-promotional", null, article("Gone"));
        receiver.await("/web", _ -> true);
        awaitState(hook, "disabled");
        assertThat(get(hook).path("stateReason").asString()).contains("410");
        assertThat(chris.post(at(hook, "/test-events"), null).status()).isEqualTo(409);
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.get("/manage/v1/audit?subjectId=" + hook.path("id").asString() + "&action=webhook.disabled").json().path("entries").size()).isEqualTo(1);
    }

    @Test
    void anEndpointThatFailedForDaysIsDisabled() throws Exception {
        receiver.answers(_ -> 503);
        var hook = hook(channel("GB"), "/web");
        jdbc.sql("update webhook_endpoint set failing_since = now() - interval '5 days' where id = :id").param("id", hook.path("id").asString()).update();
        shelf.live("article", "non-promotional", null, article("Tired"));
        awaitState(hook, "disabled");
        assertThat(get(hook).path("stateReason").asString()).contains("Every call has failed since");
    }

    @Test
    void oneDeliveryIsReplayedAndEverythingSinceATime() throws Exception {
        var hook = hook(channel("GB"), "/web");
        var since = Instant.now();
        var one = shelf.live("article", "non-promotional", null, article("One"));
        var two = shelf.live("article", "non-promotional", null, article("Two"));
        var first = receiver.await("/web", it -> it.itemId().equals(one.id()));
        receiver.await("/web", it -> it.itemId().equals(two.id()));
        awaitDelivery(hook, first.id(), "delivered");
        assertThat(chris.post(at(hook, "/deliveries/" + first.id() + "/replay"), null).status()).isEqualTo(202);
        awaitCalls("/web", 3);
        assertThat(receiver.calls("/web").stream().filter(it -> it.id().equals(first.id()))).hasSize(2);
        awaitDelivery(hook, first.id(), "delivered");
        var replayed = chris.post(at(hook, "/replays"), Json.text(Map.of("since", since.toString())));
        assertThat(replayed.json().path("deliveries").asInt()).isEqualTo(2);
        awaitCalls("/web", 5);
        assertThat(chris.post(at(hook, "/replays"), Json.text(Map.of("since", Instant.now().plusSeconds(60).toString()))).status()).isEqualTo(400);
        assertThat(chris.post(at(hook, "/deliveries/evt_none/replay"), null).status()).isEqualTo(404);
    }

    @Test
    @Tag("S29")
    void whileASecretIsReplacedBothSignAndNoneIsEverSeenAgain(CapturedOutput output) throws Exception {
        var hook = hook(channel("GB"), "/web");
        var old = hook.path("secret").asString();
        var rotated = chris.post(at(hook, "/secrets"), "{\"overlapHours\": 1}").json();
        var fresh = rotated.path("secret").asString();
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
        assertThat(rotated.path("secrets").size()).isEqualTo(2);
        chris.post(at(hook, "/test-events"), null);
        var both = receiver.await("/web", it -> it.type().equals("webhook.test"));
        assertThat(both.isSignedWith(old)).isTrue();
        assertThat(both.isSignedWith(fresh)).isTrue();
        var third = chris.post(at(hook, "/secrets"), "{\"overlapHours\": 0}").json().path("secret").asString();
        chris.post(at(hook, "/test-events"), null);
        var only = receiver.await("/web", it -> it.type().equals("webhook.test") && !it.id().equals(both.id()));
        assertThat(only.isSignedWith(third)).isTrue();
        assertThat(only.isSignedWith(old)).isFalse();
        assertThat(only.isSignedWith(fresh)).isFalse();

        var admin = Api.of(port).signIn(people.administrator().username());
        var everywhere = get(hook).toString() + chris.get("/manage/v1/webhooks").body() + deliveries(hook, "").toString() + admin.get("/manage/v1/audit/export").body()
                + jdbc.sql("select coalesce(string_agg(t::text, ''), '') from webhook_secret t").query(String.class).single()
                + jdbc.sql("select coalesce(string_agg(t::text, ''), '') from webhook_delivery t").query(String.class).single() + output.getAll();
        for (var secret : List.of(old, fresh, third)) {
            assertThat(everywhere.contains(secret)).isFalse();
            assertThat(everywhere.contains(secret.substring("whsec_".length()))).isFalse();
        }
    }

    @Test
    @Tag("S4")
    @Tag("S5")
    @Tag("S7")
    @Tag("S10")
    @Tag("S18")
    void whatIsNotRightIsRefusedAndNothingIsWritten() {
        var channel = channel("GB");
        var path = "/manage/v1/channels/" + channel.id() + "/webhooks";
        int before = count();
        for (var body : List.of(
                "{\"name\": \"x\", \"url\": \"http://10.0.0.1/\", \"events\": [\"content.published\"]}",
                "{\"name\": \"x\", \"url\": \"https://169.254.169.254/latest\", \"events\": [\"content.published\"]}",
                "{\"name\": \"x\", \"url\": \"not an address\", \"events\": [\"content.published\"]}",
                "{\"name\": \"x\", \"url\": \"https://hooks.example.com/\", \"events\": []}",
                "{\"name\": \"x\", \"url\": \"https://hooks.example.com/\", \"events\": [\"webhook.test\"]}",
                "{\"name\": \" \", \"url\": \"https://hooks.example.com/\", \"events\": [\"content.published\"]}",
                "{\"name\": \"x\", \"url\": \"https://hooks.example.com/\", \"events\": [\"content.published\"], \"state\": \"paused\"}",
                "{\"name\": \"x\", \"url\": \"https://hooks.example.com/\", \"events\": [\"content.published\"], \"secret\": \"whsec_x\"}")) {
            assertThat(chris.post(path, body).status()).as(body).isEqualTo(400);
        }
        var good = "{\"name\": \"x\", \"url\": \"https://hooks.example.com/\", \"events\": [\"content.published\"]}";
        assertThat(chris.post("/manage/v1/channels/chn_none/webhooks", good).status()).isEqualTo(404);
        var wanda = Api.of(port).signIn(people.writer().username());
        assertThat(wanda.post(path, good).status()).isEqualTo(403);
        assertThat(wanda.get("/manage/v1/webhooks").status()).isEqualTo(403);
        assertThat(count()).isEqualTo(before);
        assertThat(chris.get("/manage/v1/webhooks/whk_none").status()).isEqualTo(404);
        var hook = hook(channel, "/web");
        assertThat(chris.get(at(hook, "/deliveries?state=lost")).status()).isEqualTo(400);
        assertThat(chris.get(at(hook, "/deliveries?state=")).status()).isEqualTo(400);
        assertThat(chris.get(at(hook, "/deliveries?limit=0")).status()).isEqualTo(400);
        assertThat(chris.get(at(hook, "/deliveries?after=forged")).status()).isEqualTo(400);
        assertThat(chris.get(at(hook, "/deliveries/evt_none")).status()).isEqualTo(404);
        assertThat(chris.post(at(hook, "/pause"), "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(chris.post(at(hook, "/secrets"), "{\"overlapHours\": 169}").status()).isEqualTo(400);
        // a delivery of one endpoint is not found at another
        chris.post(at(hook, "/test-events"), null);
        var delivery = deliveries(hook, "").at("/deliveries/0/id").asString();
        var other = hook(channel, "/other");
        assertThat(chris.get(at(other, "/deliveries/" + delivery)).status()).isEqualTo(404);
        assertThat(chris.post(at(other, "/deliveries/" + delivery + "/replay"), null).status()).isEqualTo(404);
        assertThat(chris.post(at(hook, "/deletion"), "{\"reason\": \"Not used\"}").status()).isEqualTo(204);
        assertThat(chris.get(at(hook, "")).status()).isEqualTo(404);
    }

    @Test
    void anEndpointIsChangedAndTheTrailKeepsBothStates() {
        var hook = hook(channel("GB"), "/web");
        var changed = chris.put(at(hook, ""), Json.text(Map.of("name", "Renamed", "url", receiver.url("/new"), "events", List.of("content.expired"))));
        assertThat(changed.json().path("name").asString()).isEqualTo("Renamed");
        var admin = Api.of(port).signIn(people.administrator().username());
        var entry = admin.get("/manage/v1/audit?subjectId=" + hook.path("id").asString() + "&action=webhook.changed").json().at("/entries/0");
        assertThat(entry.at("/before/events").size()).isEqualTo(4);
        assertThat(entry.at("/after/events/0").asString()).isEqualTo("content.expired");
    }

    @Test
    void theLogIsPagedWithoutGapsAndFiltered() throws Exception {
        var hook = hook(channel("GB"), "/web");
        for (int i = 0; i < 5; i++) {
            shelf.live("article", "non-promotional", null, article("Paged " + i));
        }
        awaitCalls("/web", 5);
        var first = deliveries(hook, "?limit=2");
        var second = deliveries(hook, "?limit=2&after=" + first.path("nextCursor").asString());
        var third = deliveries(hook, "?limit=2&after=" + second.path("nextCursor").asString());
        assertThat(third.has("nextCursor")).isFalse();
        var ids = List.of(first, second, third).stream().flatMap(page -> page.path("deliveries").valueStream()).map(it -> it.path("id").asString()).toList();
        assertThat(ids).hasSize(5).doesNotHaveDuplicates();
        assertThat(deliveries(hook, "?type=content.withdrawn").path("deliveries").size()).isZero();
        assertThat(chris.get(at(hook, "/deliveries?limit=3&after=" + first.path("nextCursor").asString() + "&type=content.published")).status())
                .as("a cursor belongs to its query").isEqualTo(400);
    }

    private io.throughline.content.Item planned(String title, Instant from) {
        var item = shelf.written("article", "non-promotional", null, article(title));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        shelf.published(item, "GB", from, null);
        return item;
    }

    private Channel channel(String market) {
        return channelWith(Set.of(market), Set.of("*"), Set.of("*"), "web", Instant.now().plusSeconds(86_400));
    }

    private Channel channelWith(Set<String> markets, Set<String> locales, Set<String> kinds, String kind, Instant expires) {
        int number = NUMBER.incrementAndGet();
        var channel = seed.channel("hooked-" + number, "Hooked " + number, kind);
        seed.apiKey(channel, "tlk_hooked_" + number + "_0123456789", new NewApiKey("k", markets, locales, kinds, false, false, expires));
        return channel;
    }

    private JsonNode hook(Channel channel, String path) {
        return hook(channel, path, ALL);
    }

    private JsonNode hook(Channel channel, String path, List<String> events) {
        var made = chris.post("/manage/v1/channels/" + channel.id() + "/webhooks", Json.text(Map.of("name", "App " + path, "url", receiver.url(path), "events", events)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static String at(JsonNode hook, String rest) {
        return "/manage/v1/webhooks/" + hook.path("id").asString() + rest;
    }

    private JsonNode get(JsonNode hook) {
        return chris.get(at(hook, "")).json();
    }

    private JsonNode deliveries(JsonNode hook, String query) {
        var answer = chris.get(at(hook, "/deliveries" + query));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /// Read again until an attempt is written down and the state is as wanted.
    private JsonNode awaitDelivery(JsonNode hook, String id, String state) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var answer = chris.get(at(hook, "/deliveries/" + id)).json();
            if (answer.at("/delivery/state").asString().equals(state) && answer.path("attempts").size() > 0) {
                return answer;
            }
            Thread.sleep(25);
        }
        throw new AssertionError(chris.get(at(hook, "/deliveries/" + id)).body());
    }

    private void awaitState(JsonNode hook, String state) throws InterruptedException {
        for (int i = 0; i < 200 && !get(hook).path("state").asString().equals(state); i++) {
            Thread.sleep(25);
        }
        assertThat(get(hook).path("state").asString()).isEqualTo(state);
    }

    private void awaitCalls(String path, int count) throws InterruptedException {
        for (int i = 0; i < 200 && receiver.calls(path).size() < count; i++) {
            Thread.sleep(25);
        }
        assertThat(receiver.calls(path)).hasSize(count);
    }

    private void due(String delivery) {
        jdbc.sql("update webhook_delivery set due_at = now() where id = :id").param("id", delivery).update();
    }

    private int count() {
        return jdbc.sql("select count(*) from webhook_endpoint").query(Integer.class).single();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
