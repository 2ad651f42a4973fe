package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// What people do with an endpoint: look at its log, send again, replace its secret, change it.
@ExtendWith(OutputCaptureExtension.class)
class WebhookEndpointHttpTests extends WebhookHttp {

    @Test
    @Tag("S7")
    @Tag("S8")
    void whoeverWorksForSomeBrandsHasNoHandInWebhooks() throws Exception {
        people.person("wendy.webhooks", "Wendy Webhooks", Set.of(Role.CHANNEL_MANAGER), Set.of("nordalis"), Set.of("*"));
        var wendy = Api.of(port).signIn("wendy.webhooks");
        var channel = channel("GB");
        var hook = hook(channel, "/scoped");
        var tested = chris.post(at(hook, "/test-events"), "{}").json().path("id").asString();
        awaitDelivery(hook, tested, "delivered");
        var wanted = Json.text(Map.of("name", "Mine", "url", receiver.url("/mine"), "events", List.of("content.published")));
        var before = Footprint.of(jdbc);

        var answers = List.of(
                wendy.post("/manage/v1/channels/" + channel.id() + "/webhooks", wanted),
                wendy.put(at(hook, ""), wanted),
                wendy.post(at(hook, "/pause"), "{\"reason\": \"Quiet.\"}"),
                wendy.post(at(hook, "/resumption"), "{\"reason\": \"Again.\"}"),
                wendy.post(at(hook, "/deletion"), "{\"reason\": \"Gone.\"}"),
                wendy.post(at(hook, "/secrets"), "{}"),
                wendy.post(at(hook, "/test-events"), "{}"),
                wendy.post(at(hook, "/deliveries/" + tested + "/replay"), "{}"),
                wendy.post(at(hook, "/replays"), "{\"since\": \"2020-01-01T00:00:00Z\"}"),
                wendy.get(at(hook, "/deliveries")),
                wendy.get(at(hook, "/deliveries/" + tested)));

        assertThat(answers).extracting(Api.Answer::status).containsOnly(403);
        assertThat(answers).allSatisfy(it -> assertThat(it.json().path("detail").asString()).endsWith("Ask a channel manager or an administrator who has every brand."));
        assertThat(Footprint.of(jdbc)).isEqualTo(before);
        assertThat(get(hook).path("state").asString()).isEqualTo("active");
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
}
