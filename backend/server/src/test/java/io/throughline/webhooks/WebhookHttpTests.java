package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static io.throughline.delivery.DeliveryFixture.classify;
import static io.throughline.delivery.DeliveryFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Item;
import io.throughline.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Who is told of what, when, and what a failing endpoint costs.
class WebhookHttpTests extends WebhookHttp {

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
    @Tag("RV-6")
    void contentWhosePartsChangeIsToldAsChangedAndSaysWhetherItLeft() throws Exception {
        hook(channel("GB"), "/impact", List.of("content.changed"));
        var claim = shelf.live("claim", "non-promotional", null, claim("Risk fell by 18 %."));
        var item = shelf.live("article", "non-promotional", null, stating(claim));
        shelf.changed(claim, claim("Risk fell by 81 %."), "GB", Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400));
        shelf.published(claim, "GB");
        var changed = receiver.await("/impact", it -> it.itemId().equals(item.id()));
        assertThat(changed.type()).isEqualTo("content.changed");
        assertThat(changed.json().at("/data/ended").asBoolean(true)).isFalse();
        shelf.withdrawn(claim);
        var left = receiver.await("/impact", it -> it.itemId().equals(item.id()) && it.json().at("/data/ended").asBoolean());
        assertThat(left.type()).isEqualTo("content.changed");
        assertThat(left.json().at("/data/sequence").asLong()).isGreaterThan(changed.json().at("/data/sequence").asLong());
        assertThat(receiver.calls("/impact")).as("of the claim nothing").hasSize(2);
    }

    private static ObjectNode claim(String words) {
        return document("A claim").put("text", words).put("efficacyClaim", false);
    }

    private static ObjectNode stating(Item claim) {
        var document = article("With a claim").put("body", "It is said: :claim[%s]".formatted(claim.id()));
        document.putArray("claims").add(claim.id());
        return document;
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
    void anEndpointHearsOfTheTypesMarketsAndBrandsThatItChose() throws Exception {
        shelf.brand("chosenbrand");
        var channel = channelWith(Set.of("GB", "DE"), Set.of("*"), Set.of("*"), "web", Instant.now().plusSeconds(86_400));
        hook(channel, "/all");
        for (var only : List.of("{\"types\": [\"claim\"]}", "{\"markets\": [\"DE\"]}", "{\"brands\": [\"chosenbrand\"]}")) {
            var body = "{\"name\": \"n\", \"url\": \"%s\", \"events\": [\"content.published\", \"content.withdrawn\"], \"only\": %s}";
            assertThat(chris.post("/manage/v1/channels/" + channel.id() + "/webhooks", body.formatted(receiver.url("/few"), only)).status()).isEqualTo(201);
        }
        assertThat(chris.post("/manage/v1/channels/" + channel.id() + "/webhooks", "{\"name\": \"n\", \"url\": \"" + receiver.url("/x")
                + "\", \"events\": [\"content.published\"], \"only\": {\"types\": [\"novel\"]}}").body()).contains("/only/types");

        var other = shelf.live("article", "non-promotional", null, article("Nobody chose it"));
        var chosen = shelf.live("article", "non-promotional", "chosenbrand", article("Chosen by its brand"));
        receiver.await("/few", it -> it.itemId().equals(chosen.id()));
        shelf.withdrawn(other);
        shelf.withdrawn(chosen);
        receiver.await("/few", it -> it.itemId().equals(chosen.id()) && it.type().equals("content.withdrawn"));
        receiver.await("/all", it -> it.itemId().equals(other.id()) && it.type().equals("content.withdrawn"));

        assertThat(receiver.calls("/few")).hasSize(2).allMatch(it -> it.itemId().equals(chosen.id()));
    }

    @Test
    void resumingAndReplayingHurryWhatWaitsForItsNextTry() throws Exception {
        receiver.answers(_ -> 503);
        var hook = hook(channel("GB"), "/web");
        var item = shelf.live("article", "non-promotional", null, article("Waits"));
        var first = receiver.await("/web", it -> it.itemId().equals(item.id()));
        awaitDelivery(hook, first.id(), "waiting");
        int before = receiver.calls("/web").size();
        jdbc.sql("update webhook_delivery set due_at = now() + interval '5 hours' where id = :id").param("id", first.id()).update();
        assertThat(chris.post(at(hook, "/pause"), "{\"reason\": \"Moving house\"}").status()).isEqualTo(201);
        chris.post(at(hook, "/resumption"), "{\"reason\": \"Settled\"}");
        awaitCalls("/web", before + 1);
        for (int i = 0; i < 200 && jdbc.sql("select claim from webhook_delivery where id = :id").param("id", first.id()).query(String.class).optional().isPresent(); i++) {
            Thread.sleep(25);
        }
        jdbc.sql("update webhook_delivery set due_at = now() + interval '5 hours' where id = :id").param("id", first.id()).update();
        receiver.answers(_ -> 204);

        var replayed = chris.post(at(hook, "/replays"), "{\"since\": \"" + Instant.now().minusSeconds(3600) + "\"}");

        assertThat(replayed.json().path("deliveries").asInt()).isEqualTo(1);
        awaitDelivery(hook, first.id(), "delivered");
    }
}
