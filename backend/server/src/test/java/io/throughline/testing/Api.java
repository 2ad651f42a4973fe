package io.throughline.testing;

import io.throughline.shared.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One client of the server under test, as a browser (cookies, CSRF token) or as a channel app (bearer key).
///
/// ```
/// var wanda = Api.of(port).signIn(people.writer().username());
/// wanda.post("/manage/v1/items", "{…}").json()
/// ```
///
/// Every answer is held against the OpenAPI documents ([Contract]); one that is not as described fails the test.
public final class Api {

    /// An answer, read whole.
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            return Json.parse(body);
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(it -> it.getKey().equalsIgnoreCase(name))
                    .map(it -> it.getValue().getFirst())
                    .findFirst();
        }
    }

    /// Answers of one run, of thousands, that may be `catalogue-stale` and are asked for again.
    private static final int STALE_AT_MOST = Integer.getInteger("tests.stale-at-most", 20);
    private static final AtomicInteger STALE = new AtomicInteger();

    private final URI server;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> always = new LinkedHashMap<>();
    private boolean impatient;

    private Api(URI server) {
        this.server = server;
    }

    /// Nobody yet.
    public static Api of(int port) {
        return new Api(URI.create("http://localhost:" + port));
    }

    /// Signs in with the password of [PeopleFixture]; fails the test when that does not work.
    public Api signIn(String username) {
        var answer = trySignIn(username, PeopleFixture.PASSWORD);
        if (answer.status() != 200) {
            throw new AssertionError("%s could not sign in: %s".formatted(username, answer));
        }
        return this;
    }

    public Answer trySignIn(String username, String password, String... headers) {
        return post("/manage/v1/session", Json.text(Map.of("username", username, "password", password)), headers);
    }

    public Api withKey(String key) {
        always.put("Authorization", "Bearer " + key);
        return this;
    }

    /// Takes the first answer, also one that says to ask again.
    public Api impatient() {
        impatient = true;
        return this;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /// The body is JSON text; headers are name, value, name, value…
    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /// Sends the CSRF token as a browser's page would.
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        if (!method.equals("GET") && !method.equals("HEAD") && path.startsWith("/manage/") && csrfToken().isEmpty()) {
            get("/manage/v1/about");
        }
        var request = HttpRequest.newBuilder(server.resolve(path))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        csrfToken().ifPresent(it -> request.setHeader("X-XSRF-TOKEN", it));
        return checked(request, body, headers);
    }

    /// A prepared request, for what the methods above can't say; relative to the server.
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    public Answer exchange(HttpRequest.Builder request, String... headers) {
        return checked(request, null, headers);
    }

    private Answer checked(HttpRequest.Builder request, @Nullable String body, String... headers) {
        always.forEach(request::setHeader);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var sent = request.build();
            var answer = answered(sent);
            // a starved machine may be late to confirm its catalogue; every reader is told to ask again then
            for (int again = 0; again < (impatient ? 0 : 3) && sent.method().equals("GET") && answer.status() == 503 && answer.body().contains("catalogue-stale"); again++) {
                stale(sent.uri().getPath());
                Thread.sleep(400);
                answer = answered(sent);
            }
            var query = sent.uri().getRawQuery();
            Contract.check(sent.method(), sent.uri().getRawPath() + (query == null ? "" : "?" + query), body, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Told each time, and forgiven only seldom: a product that often refuses to serve is not one that had a slow machine.
    private static void stale(String path) {
        int all = STALE.incrementAndGet();
        System.err.printf("catalogue-stale: %s is asked again, %d of at most %d in this run%n", path, all, STALE_AT_MOST);
        if (all > STALE_AT_MOST) {
            throw new AssertionError("The catalogue was stale %d times in this run, the last time for %s. On a machine that has nothing else to do it never is."
                    .formatted(all, path));
        }
    }

    private Answer answered(HttpRequest sent) throws IOException, InterruptedException {
        var response = client.send(sent, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    public Optional<String> csrfToken() {
        return cookie("XSRF-TOKEN");
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(it -> it.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }
}
