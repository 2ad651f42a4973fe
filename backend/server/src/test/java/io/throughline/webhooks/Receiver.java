package io.throughline.webhooks;

import com.sun.net.httpserver.HttpServer;
import io.throughline.shared.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A channel app's receiver on the loopback interface. It answers 204 until told otherwise.
final class Receiver implements AutoCloseable {

    record Call(String path, String id, String timestamp, String signature, byte[] body, Instant at) {

        JsonNode json() {
            return Json.parse(new String(body, StandardCharsets.UTF_8));
        }

        String type() {
            return json().path("type").asString();
        }

        String itemId() {
            return json().at("/data/itemId").asString("");
        }

        boolean isSignedWith(String secret) {
            return WebhookSignature.verify(WebhookSecret.parse(secret), id, timestamp, body, signature, Instant.now());
        }
    }

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Integer> answer = _ -> 204;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            var call = new Call(exchange.getRequestURI().getPath(), headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"), exchange.getRequestBody().readAllBytes(), Instant.now());
            calls.add(call);
            int status = answer.apply(call);
            var body = status == 204 ? new byte[0] : "the receiver's own words".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    void answers(Function<Call, Integer> status) {
        answer = status;
    }

    List<Call> calls(String path) {
        return calls.stream().filter(it -> it.path().equals(path)).toList();
    }

    Call await(String path, Predicate<Call> wanted) throws InterruptedException {
        return await(path, wanted, Duration.ofSeconds(10));
    }

    Call await(String path, Predicate<Call> wanted, Duration within) throws InterruptedException {
        var deadline = Instant.now().plus(within);
        while (Instant.now().isBefore(deadline)) {
            var found = calls(path).stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no such call came to %s within %s, only %s".formatted(path, within, calls(path).stream().map(it -> new String(it.body(), StandardCharsets.UTF_8)).toList()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
