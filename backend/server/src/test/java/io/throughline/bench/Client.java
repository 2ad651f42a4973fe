package io.throughline.bench;

import io.throughline.shared.Json;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client that only sends and receives. The tests' own holds every answer against the contract, which takes longer than what is
/// measured here.
final class Client {

    private final URI server;
    private final @Nullable String key;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).version(HttpClient.Version.HTTP_1_1).build();

    private Client(int port, @Nullable String key) {
        this.server = URI.create("http://127.0.0.1:" + port);
        this.key = key;
    }

    static Client nobody(int port) {
        return new Client(port, null);
    }

    static Client channel(int port, String key) {
        return new Client(port, key);
    }

    static Client person(int port, String username) {
        var person = new Client(port, null);
        person.get("/manage/v1/about");
        var answer = person.post("/manage/v1/session", Json.text(Map.of("username", username, "password", PeopleFixture.PASSWORD)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(username + " can't sign in: " + answer.body());
        }
        person.get("/manage/v1/session"); // gives the token that belongs to the session
        return person;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    /// What a request of this client that changes something carries, for whoever sends it in its stead.
    Map<String, String> headers() {
        return Map.of("X-XSRF-TOKEN", token(), "Cookie", cookies.getCookieStore().getCookies().stream()
                .map(it -> it.getName() + "=" + it.getValue()).collect(Collectors.joining("; ")));
    }

    /// The same of somebody who has not signed in.
    Map<String, String> guessing() {
        get("/manage/v1/about");
        return headers();
    }

    private String token() {
        return cookies.getCookieStore().getCookies().stream().filter(it -> it.getName().equals("XSRF-TOKEN")).map(HttpCookie::getValue).findFirst().orElseThrow();
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(server.resolve(path)).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", token()));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
