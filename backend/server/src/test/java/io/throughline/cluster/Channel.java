package io.throughline.cluster;

import io.throughline.shared.Json;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// A channel app that only reads, quickly: the tests' own client holds each answer against the contract first.
final class Channel implements AutoCloseable {

    static final String SET = "/v1/content-sets?audience=hcp&stage=considering&need=dosing&market=GB&locale=en-GB";
    static final String LIST = "/v1/items?market=GB&locale=en-GB&limit=100";

    /// @param sentAt   System.nanoTime
    /// @param endedAt  System.nanoTime
    record Answer(int status, String etag, long sequence, String body, long sentAt, long endedAt) {

        JsonNode json() {
            return Json.parse(body);
        }

        String code() {
            return json().path("code").asString("");
        }
    }

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String key;

    Channel(int port, String key) {
        this.port = port;
        this.key = key;
    }

    static Channel web(Node node) {
        return new Channel(node.port(), PeopleFixture.WEB_KEY);
    }

    static String single(String idOrKey) {
        return "/v1/items/" + idOrKey + "?market=GB&locale=en-GB";
    }

    Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    /// @throws IllegalStateException when the connection breaks or nothing comes for a minute
    Answer send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .method(method, method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}"));
        if (!method.equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        long sent = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().firstValue("ETag").orElse(""),
                    answer.headers().firstValueAsLong("Content-Sequence").orElse(-1), answer.body(), sent, System.nanoTime());
        } catch (IOException broken) {
            throw new IllegalStateException(method + " " + path + ": " + broken, broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
