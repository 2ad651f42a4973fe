package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.Channel;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A receiver, somebody who manages channels, and what tests of webhooks say about both.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
abstract class WebhookHttp {

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

    io.throughline.content.Item planned(String title, Instant from) {
        var item = shelf.written("article", "non-promotional", null, article(title));
        shelf.approved(item, "en-GB", "GB", Instant.now().minusSeconds(60), Instant.now().plus(365, ChronoUnit.DAYS));
        shelf.published(item, "GB", from, null);
        return item;
    }

    Channel channel(String market) {
        return channelWith(Set.of(market), Set.of("*"), Set.of("*"), "web", Instant.now().plusSeconds(86_400));
    }

    Channel channelWith(Set<String> markets, Set<String> locales, Set<String> kinds, String kind, Instant expires) {
        int number = NUMBER.incrementAndGet();
        var channel = seed.channel("hooked-" + number, "Hooked " + number, kind);
        seed.apiKey(channel, "tlk_hooked_" + number + "_0123456789", new NewApiKey("k", markets, locales, kinds, BrandScope.EVERY, false, false, expires));
        return channel;
    }

    JsonNode hook(Channel channel, String path) {
        return hook(channel, path, ALL);
    }

    JsonNode hook(Channel channel, String path, List<String> events) {
        var made = chris.post("/manage/v1/channels/" + channel.id() + "/webhooks", Json.text(Map.of("name", "App " + path, "url", receiver.url(path), "events", events)));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    static String at(JsonNode hook, String rest) {
        return "/manage/v1/webhooks/" + hook.path("id").asString() + rest;
    }

    JsonNode get(JsonNode hook) {
        return chris.get(at(hook, "")).json();
    }

    JsonNode deliveries(JsonNode hook, String query) {
        var answer = chris.get(at(hook, "/deliveries" + query));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /// Read again until an attempt is written down and the state is as wanted.
    JsonNode awaitDelivery(JsonNode hook, String id, String state) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var answer = chris.get(at(hook, "/deliveries/" + id)).json();
            if (answer.at("/delivery/state").asString().equals(state) && answer.path("attempts").size() > 0) {
                return answer;
            }
            Thread.sleep(25);
        }
        throw new AssertionError(chris.get(at(hook, "/deliveries/" + id)).body());
    }

    void awaitState(JsonNode hook, String state) throws InterruptedException {
        for (int i = 0; i < 200 && !get(hook).path("state").asString().equals(state); i++) {
            Thread.sleep(25);
        }
        assertThat(get(hook).path("state").asString()).isEqualTo(state);
    }

    void awaitCalls(String path, int count) throws InterruptedException {
        for (int i = 0; i < 200 && receiver.calls(path).size() < count; i++) {
            Thread.sleep(25);
        }
        assertThat(receiver.calls(path)).hasSize(count);
    }

    void due(String delivery) {
        jdbc.sql("update webhook_delivery set due_at = now() where id = :id").param("id", delivery).update();
    }

    int count() {
        return jdbc.sql("select count(*) from webhook_endpoint").query(Integer.class).single();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
