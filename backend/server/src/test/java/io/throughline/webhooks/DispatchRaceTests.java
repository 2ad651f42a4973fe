package io.throughline.webhooks;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.audit.AuditTrail;
import io.throughline.content.Item;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.outbound.Outbound;
import io.throughline.shared.BrandScope;
import io.throughline.shared.Steps;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Dispatchers of our own beside the server's, which is stopped: two nodes, and one node with a clock that we set.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class DispatchRaceTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @Autowired Dispatcher ownDispatcher;
    @Autowired EndpointDesk desk;
    @Autowired EndpointTable endpoints;
    @Autowired DeliveryTable deliveries;
    @Autowired ChannelScopes scopes;
    @Autowired ChangeLog changes;
    @Autowired RecallOpening recalls;
    @Autowired SecretVault vault;
    @Autowired Outbound outbound;
    @Autowired AuditTrail audit;
    @Autowired Steps steps;
    @Autowired PlatformTransactionManager transactions;

    final List<Dispatcher> nodes = new ArrayList<>();
    Receiver receiver;
    String endpoint;

    @BeforeEach
    void oneEndpointAndNoDispatcher() throws Exception {
        ownDispatcher.stop();
        receiver = new Receiver();
        var channel = seed.channel("raced", "Raced", "web");
        seed.apiKey(channel, "tlk_raced_0123456789", new NewApiKey("k", Set.of("*"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plus(Duration.ofDays(30))));
        endpoint = desk.create(people.channelManager(), channel.id(), new EndpointDesk.Wanted("App", receiver.url("/web"),
                List.of("content.published", "content.withdrawn"), Endpoint.Only.EVERYTHING)).endpoint().id();
    }

    @AfterEach
    void close() {
        nodes.forEach(Dispatcher::stop);
        desk.delete(people.channelManager(), endpoint, "The test is over.");
        receiver.close();
    }

    @RepeatedTest(20)
    void twoNodesAtOncePlanAndSendEachDeliveryOnce() throws Exception {
        var items = new ArrayList<Item>();
        node(Clock.systemUTC());
        node(Clock.systemUTC());
        for (int i = 0; i < 6; i++) {
            items.add(shelf.live("article", "non-promotional", null, article("Raced " + i)));
            nodes.forEach(Dispatcher::wake);
        }
        shelf.withdrawn(items.getFirst());
        nodes.forEach(Dispatcher::wake);
        for (var item : items) {
            receiver.await("/web", it -> it.itemId().equals(item.id()));
        }
        receiver.await("/web", it -> it.type().equals("content.withdrawn"));
        awaitNoneWaiting();
        assertThat(receiver.calls("/web")).hasSize(7);
        assertThat(receiver.calls("/web").stream().map(Receiver.Call::id).distinct()).hasSize(7);
    }

    @Test
    void whatANodeTookAndNeverRecordedIsSentAgainByAnotherWithTheSameId() throws Exception {
        var item = shelf.live("article", "non-promotional", null, article("Taken"));
        planner(Clock.systemUTC()).plan();
        var now = Instant.now();
        var taken = deliveries.claim(endpoint, "clm_dead", now, now.plus(Dispatcher.LEASE), 10);
        assertThat(taken).hasSize(1);
        var second = node(Clock.systemUTC());
        second.wake();
        Thread.sleep(1_500);
        assertThat(receiver.calls("/web")).as("as long as the lease lasts").isEmpty();
        second.stop();
        var later = node(Clock.offset(Clock.systemUTC(), Dispatcher.LEASE.plusSeconds(1)));
        later.wake();
        var call = receiver.await("/web", it -> it.itemId().equals(item.id()));
        assertThat(call.id()).isEqualTo(taken.getFirst().id());
    }

    @Test
    void aDeadReceiverIsTriedForDaysThenTheDeliveryIsGivenUpAndTheEndpointDisabled() throws Exception {
        receiver.answers(_ -> 500);
        var clock = new HandSetClock();
        node(clock.asClock());
        shelf.live("article", "non-promotional", null, article("Days"));
        var times = new ArrayList<Duration>();
        var start = clock.now;
        for (int calls = 1; calls <= 11; calls++) {
            int expected = calls;
            waitFor(() -> receiver.calls("/web").size() == expected && attempts() == expected);
            times.add(Duration.between(start, clock.now));
            if (calls < 11) {
                clock.now = due().plusMillis(1);
                nodes.forEach(Dispatcher::wake);
            }
        }
        assertThat(times.getLast()).isBetween(Duration.ofDays(4), Duration.ofDays(6));
        assertThat(times.get(1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
        waitFor(() -> deliveries.list(endpoint, new DeliveryTable.Filter(Set.of("failed"), Set.of(), null), 10, null).size() == 1);
        assertThat(receiver.calls("/web").stream().map(Receiver.Call::id).distinct()).hasSize(1);
        assertThat(receiver.calls("/web").stream().map(Receiver.Call::timestamp).distinct()).as("signed anew each time").hasSize(11);
    }

    private static final class HandSetClock implements InstantSource {
        volatile Instant now = Instant.now().plusSeconds(2);

        @Override
        public Instant instant() {
            return now;
        }

        Clock asClock() {
            return withZone(java.time.ZoneOffset.UTC);
        }
    }

    private Dispatcher node(Clock clock) {
        var sender = new Sender(endpoints, deliveries, scopes, vault, outbound, audit, steps, clock, transactions);
        var node = new Dispatcher(planner(clock), sender, endpoints, deliveries, steps, clock);
        node.start();
        nodes.add(node);
        return node;
    }

    private Planner planner(Clock clock) {
        return new Planner(changes, endpoints, deliveries, scopes, recalls, steps, clock, transactions);
    }

    private Instant due() {
        return jdbc.sql("select due_at from webhook_delivery where endpoint_id = :id and state = 'waiting'").param("id", endpoint)
                .query((row, _) -> ChannelScopes.instant(row, "due_at")).single();
    }

    private int attempts() {
        return jdbc.sql("select count(*) from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id where d.endpoint_id = :id")
                .param("id", endpoint).query(Integer.class).single();
    }

    private void awaitNoneWaiting() throws InterruptedException {
        waitFor(() -> jdbc.sql("select count(*) from webhook_delivery where endpoint_id = :id and state = 'waiting'").param("id", endpoint)
                .query(Integer.class).single() == 0);
    }

    private interface Condition {
        boolean holds();
    }

    private static void waitFor(Condition condition) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it did not happen within 12 s");
    }
}
