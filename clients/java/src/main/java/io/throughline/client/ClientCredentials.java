package io.throughline.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Access tokens by OAuth 2 client credentials (RFC 6749, 4.4), as the credential of a [Throughline]. A token is kept and used by
/// all threads, renewed before it expires, and renewed once when the server refuses it with 401.
public final class ClientCredentials implements Supplier<String> {

    private static final ObjectMapper JSON = new ObjectMapper();
    /// Longest time before its end at which a token is renewed; a short-lived one is renewed in its last quarter.
    private static final Duration AHEAD = Duration.ofSeconds(30);

    /// Times are of [System#nanoTime], which no correction of the clock moves.
    private record Token(String value, long issued, long renewal, long end) {}

    private final HttpClient http;
    private final HttpRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private Token token;

    /// @param server `https://content.example.com`, without a path
    /// @param id     of the client that was made for the channel
    /// @param secret of the client, as it was shown once
    public ClientCredentials(URI server, String id, String secret) {
        this(server, id, secret, Timing.STANDARD);
    }

    /// @param timing its patience is not used: a token is asked for once
    public ClientCredentials(URI server, String id, String secret, Timing timing) {
        http = HttpClient.newBuilder().connectTimeout(timing.connect()).build();
        // both are form-encoded first: RFC 6749, 2.3.1
        var basic = Base64.getEncoder().encodeToString((encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
        request = HttpRequest.newBuilder(server.resolve("/oauth2/token")).timeout(timing.request()).header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")).build();
    }

    /// A token that is good now.
    ///
    /// @throws TokenRefused when there is none
    @Override
    public String get() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (token == null || now - token.renewal >= 0) {
                token = renewed(now);
            }
            return token.value;
        } finally {
            lock.unlock();
        }
    }

    /// Gives up the token that a request was refused with. One that came after the request began is kept: another thread has
    /// renewed it already.
    ///
    /// @param began of the request, by [System#nanoTime]
    void refused(long began) {
        lock.lock();
        try {
            if (token != null && token.issued - began < 0) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Called with the lock held, so that many threads ask for one token only.
    private Token renewed(long now) {
        try {
            return asked(now);
        } catch (TokenRefused refusal) {
            if (token != null && now - token.end < 0) {
                return token;
            }
            throw refusal;
        }
    }

    private Token asked(long now) {
        var answer = read(sent());
        long life = Duration.ofSeconds(answer.path("expires_in").asLong(0)).toNanos();
        long end = now + life;
        return new Token(answer.path("access_token").asText(), now, end - Math.min(AHEAD.toNanos(), life / 4), end);
    }

    private HttpResponse<String> sent() {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new TokenRefused("No access token: " + request.uri() + " can't be reached", unreachable);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new TokenRefused("No access token: the thread was interrupted", stopping);
        }
    }

    private JsonNode read(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            throw new TokenRefused("No access token: " + request.uri() + " answered " + response.statusCode() + " without JSON; is there a proxy in between?", notJson);
        }
        if (response.statusCode() != 200 || answer.path("access_token").asText().isEmpty()) {
            var error = answer.path("error").asText(answer.path("code").asText("no reason given"));
            throw new TokenRefused("No access token: " + request.uri() + " answered " + response.statusCode() + ", " + error + "; check the id and secret of the client");
        }
        return answer;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
