package io.throughline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A channel's receiver of webhooks, which outlives every server and remembers what came.
final class Hook implements AutoCloseable {

    /// What nodes need to be allowed to call it.
    static final String ALLOWED = "127.0.0.1";

    private final HttpServer server;
    private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
    private String endpoint = "";

    Hook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                bodies.computeIfAbsent(exchange.getRequestHeaders().getFirst("webhook-id"), _ -> new CopyOnWriteArrayList<>()).add(body);
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    /// Has the channel told of everything from now on.
    void register(Api manager) {
        var channel = manager.get("/manage/v1/channels").json().path("channels").get(0).path("id").asString();
        var made = manager.post("/manage/v1/channels/" + channel + "/webhooks", """
                {"name": "Everything", "url": "http://127.0.0.1:%d/hook", "events": ["content.published", "content.withdrawn", "content.expired"]}"""
                .formatted(server.getAddress().getPort()));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        endpoint = made.json().path("id").asString();
    }

    int received() {
        return bodies.values().stream().mapToInt(List::size).sum();
    }

    /// Waits until nothing is under way, and holds what came against the tables: a message a change, recorded once as delivered, and
    /// each sent under one id with one body, however often it was sent.
    void check(Installation installation, Duration patience) throws Exception {
        var jdbc = installation.jdbc();
        Installation.await("all webhooks are sent", patience, () -> jdbc.sql("""
                        select (select sequence from webhook_cursor) = (select value from content_sequence)
                               and not exists (select 1 from webhook_delivery where state = 'waiting')
                        """).query((row, _) -> row.getBoolean(1)).single());
        record Sent(String id, long sequence, String state, int delivered) {}
        var sent = jdbc.sql("""
                        select d.id, d.sequence, d.state, (select count(*) from webhook_attempt a where a.delivery_id = d.id and a.outcome = 'delivered') as delivered
                          from webhook_delivery d where d.endpoint_id = :endpoint and d.reminder = 0
                        """).param("endpoint", endpoint)
                .query((row, _) -> new Sent(row.getString(1), row.getLong(2), row.getString(3), row.getInt(4))).list();
        var told = jdbc.sql("""
                        select sequence from content_change where type in ('published', 'withdrawn', 'expired') and sequence > (select min(sequence) - 1
                               from webhook_delivery where endpoint_id = :endpoint)
                        """).param("endpoint", endpoint).query(Long.class).list();
        assertThat(sent).extracting(Sent::sequence).as("a message a change").containsExactlyInAnyOrderElementsOf(told);
        var flaws = new ArrayList<String>();
        for (var one : sent) {
            var came = bodies.getOrDefault(one.id(), List.of());
            boolean delivered = one.state().equals("delivered");
            if (!delivered && !one.state().equals("cancelled")) {
                flaws.add(one + " is not delivered");
            }
            if (delivered && (one.delivered() != 1 || came.isEmpty())) {
                flaws.add(one + " came " + came.size() + " times");
            }
            came.stream().filter(body -> sequence(body) != one.sequence()).forEach(body -> flaws.add(one + " came as " + body));
            if (came.stream().distinct().count() > 1) {
                flaws.add(one + " came with different bodies " + came);
            }
        }
        var known = new TreeMap<String, Long>();
        jdbc.sql("select id, coalesce(sequence, 0) from webhook_delivery").query((row, _) -> known.put(row.getString(1), row.getLong(2))).list();
        bodies.keySet().stream().filter(id -> !known.containsKey(id)).forEach(id -> flaws.add(id + " came and was never planned"));
        assertThat(flaws).isEmpty();
    }

    private static long sequence(String body) {
        JsonNode message = Json.parse(body);
        return message.at("/data/sequence").asLong();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
