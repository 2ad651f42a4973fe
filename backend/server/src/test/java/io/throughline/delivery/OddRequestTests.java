package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.testing.Contract;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// Requests to the delivery API that no client library writes, byte for byte as they are here: each answer is what was asked for or a
/// problem that says what to do, never a 500, and nothing odd finds more than what is plainly asked for.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
class OddRequestTests {

    private static final Map<String, String> USUAL = new TreeMap<>(Map.of(
            "/content-sets", "audience=hcp&market=GB&locale=en-GB", "/items", "market=GB", "/items/ART-1", "market=GB&locale=en-GB", "/sync", "initial=true&market=GB&locale=en-GB",
            "/recalls", "limit=5", "/content-types", "", "/vocabularies", ""));

    @Autowired PeopleFixture people;
    @LocalServerPort int port;

    private final List<String> faults = new ArrayList<>();

    /// @param body of the answer
    private record Answer(int status, Map<String, String> headers, String body) {

        String code() {
            return Json.parse(body).path("code").asString("");
        }
    }

    @BeforeEach
    void listsCanBeAnswered() throws InterruptedException {
        for (int i = 0; i < 400 && send("GET", "/v1/items").status() == 503; i++) {
            Thread.sleep(25);
        }
    }

    private Answer send(String method, String target, String... headers) {
        var request = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ").append(people.webKey()).append("\r\n");
        for (var header : headers) {
            request.append(header).append("\r\n");
        }
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            var head = text.substring(0, end).split("\r\n");
            var named = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < head.length; i++) {
                named.merge(head[i].substring(0, head[i].indexOf(':')), head[i].substring(head[i].indexOf(':') + 1).strip(), (one, two) -> one + ", " + two);
            }
            var body = text.substring(end + 4);
            return new Answer(Integer.parseInt(head[0].split(" ")[1]), named, named.getOrDefault("Transfer-Encoding", "").equals("chunked") ? unchunked(body) : body);
        } catch (IOException broken) {
            throw new IllegalStateException(method + " " + target, broken);
        }
    }

    private static String unchunked(String body) {
        int start = body.indexOf("\r\n");
        return start < 0 ? body : body.substring(start + 2, Math.max(start + 2, body.lastIndexOf("\r\n0\r\n")));
    }

    private void refused(int status, String method, String target, String... headers) {
        var answer = send(method, target, headers);
        if (answer.status() != status) {
            faults.add("%s %s: %d instead of %d: %s".formatted(method, shown(target), answer.status(), status, shown(answer.body())));
        }
        problem(method + " " + target, answer, method.equals("HEAD"));
    }

    private void problem(String what, Answer answer, boolean headOnly) {
        if (answer.status() < 400) {
            return;
        }
        if (answer.status() >= 500 || !answer.headers().getOrDefault("Content-Type", "").startsWith("application/problem+json") && !headOnly) {
            faults.add("%s: %d %s %s".formatted(shown(what), answer.status(), answer.headers(), shown(answer.body())));
        } else if (!headOnly && Json.parse(answer.body()).path("detail").asString("").length() < 15) {
            faults.add("%s: not a helpful problem: %s".formatted(shown(what), shown(answer.body())));
        }
        if (!answer.headers().containsKey("Content-Sequence")) {
            faults.add("%s: %d without its content sequence".formatted(shown(what), answer.status()));
        }
    }

    private static String shown(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 240 ? plain : plain.substring(0, 240) + "…";
    }

    private static String at(Map.Entry<String, String> route) {
        return "/v1" + route.getKey();
    }

    private static String and(Map.Entry<String, String> route, String more) {
        return at(route) + "?" + (route.getValue().isEmpty() ? "" : route.getValue() + "&") + more;
    }

    private void nothingFound() {
        assertThat(faults).isEmpty();
    }

    @Test
    @Tag("S4")
    void namesThatAreArraysObjectsOrEmptyAreNoParameters() {
        for (var route : USUAL.entrySet()) {
            for (var odd : List.of("market%5B%5D=GB", "market%5B0%5D=GB", "market.code=GB", "=GB", "%20=1", "%C3%A9t%C3%A9=1", "limit%00=1", "MARKET=GB", "market%20=GB", "_method=DELETE", "jsonp=x",
                    "%E2%80%AEmarket=GB", "x".repeat(4_000) + "=1")) {
                refused(400, "GET", and(route, odd));
            }
        }
        nothingFound();
    }

    @Test
    @Tag("S4")
    void aParameterGivenTwiceIsRefusedEvenIfBothSayTheSame() {
        for (var route : USUAL.entrySet()) {
            if (!route.getValue().isEmpty()) {
                var first = route.getValue().split("&")[0];
                refused(400, "GET", and(route, first));
                refused(400, "GET", and(route, first.replaceAll("=.*", "=")));
                refused(400, "GET", and(route, first.replaceAll("=.*", "")));
            }
        }
        nothingFound();
    }

    /// An empty value narrows nothing, so a client that forgot to fill it in is told.
    @Test
    @Tag("S4")
    void anEmptyValueIsRefusedForEveryParameter() {
        for (var route : Contract.operations()) {
            var path = "/v1" + route.path().replaceAll("\\{[^}]+}", "ART-1");
            if (!route.method().equals("GET") || !route.pattern().matcher(path).matches()) {
                continue;
            }
            for (var name : route.query()) {
                var others = USUAL.getOrDefault(route.path().replace("{idOrKey}", "ART-1"), "").replaceAll("(^|&)" + name + "=[^&]*", "").replaceAll("^&", "");
                for (var empty : List.of(name, name + "=", name + "=%20", name + "=,", name + "=%09")) {
                    var answer = send("GET", path + "?" + (others.isEmpty() ? "" : others + "&") + empty);
                    problem(path + "?" + empty, answer, false);
                    // a comma alone may also be read as the name of a market that is not there
                    if (answer.status() != 400 && !(answer.status() == 404 && empty.endsWith(",")) && !empty.equals("q=,")) {
                        faults.add("%s?%s: %d instead of 400: %s".formatted(path, empty, answer.status(), shown(answer.body())));
                    }
                }
            }
        }
        nothingFound();
    }

    @Test
    @Tag("S10")
    void valuesThatAreNoTextAreRefusedAndStrangeTextFindsNothing() {
        for (var route : USUAL.entrySet()) {
            for (var pair : route.getValue().isEmpty() ? List.<String>of() : List.of(route.getValue().split("&"))) {
                var name = pair.replaceAll("=.*", "");
                var others = route.getValue().replaceAll("(^|&)" + name + "=[^&]*", "").replaceAll("^&", "");
                var before = at(route) + "?" + (others.isEmpty() ? "" : others + "&") + name + "=";
                for (var broken : List.of("%ff", "%c3%28", "%", "%zz", "%1", "%ed%a0%80")) {
                    refused(400, "GET", before + broken);
                }
                for (var strange : List.of("%00", "GB%00", "GB%E2%80%8B", "%EF%BC%A7%EF%BC%A2", "gb", "GB%20US", "%F0%9F%92%8A", "%E2%80%AE", "%0d%0aX:%20y", "9".repeat(30), "1e9", "-0", "NaN", "x".repeat(9_000))) {
                    var answer = send("GET", before + strange);
                    problem(before + strange, answer, false);
                    if (answer.status() != 400 && answer.status() != 404) {
                        faults.add("%s: %d: %s".formatted(shown(before + strange), answer.status(), shown(answer.body())));
                    }
                }
            }
        }
        nothingFound();
    }

    @Test
    @Tag("S7")
    @Tag("S32")
    void anotherSpellingOfAnAddressIsAnotherAddress() {
        for (var route : USUAL.entrySet()) {
            var query = route.getValue().isEmpty() ? "" : "?" + route.getValue();
            refused(404, "GET", at(route) + "/" + query);
            refused(404, "GET", at(route).toUpperCase(java.util.Locale.ROOT).replace("/V1", "/v1") + query.replace("ART-1", "art-1"));
            refused(404, "GET", at(route) + ".json" + query);
            for (var odd : List.of(";a=b", "%2e", "//", "/..", "%2f", "%5c", "\\", "%00", "%0a", "%ff", "/%2e%2e/items", "#x", "|", "\"", "<", "^", "`", "{}")) {
                var answer = send("GET", at(route) + odd + query);
                if (answer.status() != 400 && answer.status() != 404) {
                    faults.add("%s%s: %d: %s".formatted(at(route), odd, answer.status(), shown(answer.body())));
                }
                problem(at(route) + odd, answer, false);
            }
        }
        nothingFound();
    }

    @Test
    void aHeadIsItsGetWithoutTheBody() {
        for (var route : USUAL.entrySet()) {
            for (var query : List.of(route.getValue(), "colour=red")) {
                var target = at(route) + (query.isEmpty() ? "" : "?" + query);
                var get = send("GET", target);
                var head = send("HEAD", target);
                assertThat(head.status()).as(target).isEqualTo(get.status());
                assertThat(head.body()).as(target).isEmpty();
                for (var name : List.of("Content-Type", "ETag", "Cache-Control", "Surrogate-Key", "Vary")) {
                    if (!route.getKey().equals("/sync") && !route.getKey().equals("/recalls")) {
                        assertThat(head.headers().get(name)).as(target + " " + name).isEqualTo(get.headers().get(name));
                    }
                }
            }
        }
    }

    @Test
    void otherMethodsAreToldWhichThereAre() {
        for (var route : USUAL.entrySet()) {
            for (var method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                var answer = send(method, at(route), "Content-Length: 0");
                problem(method + " " + at(route), answer, false);
                if (answer.status() != 405 || !answer.headers().getOrDefault("Allow", "").contains("GET")) {
                    faults.add("%s %s: %d %s".formatted(method, at(route), answer.status(), answer.headers()));
                }
            }
            for (var method : List.of("TRACE", "PROPFIND", "get", "CONNECT", "X".repeat(500))) {
                var answer = send(method, at(route));
                problem(method + " " + at(route), answer, false);
                if (answer.status() < 400) {
                    faults.add("%s %s: %d".formatted(method, at(route), answer.status()));
                }
            }
            var options = send("OPTIONS", at(route));
            if (options.status() != 200 || !options.headers().getOrDefault("Allow", "").contains("GET") || !options.headers().containsKey("Content-Sequence")) {
                faults.add("OPTIONS %s: %d %s".formatted(at(route), options.status(), options.headers()));
            }
        }
        nothingFound();
    }

    @Test
    void headersThatMeanNothingAreIgnoredOrRefusedAndNeverFail() {
        for (var route : USUAL.entrySet()) {
            var target = at(route) + (route.getValue().isEmpty() ? "" : "?" + route.getValue());
            for (var odd : List.of("Accept: text/html", "Accept: image/png", "Accept: nonsense", "Accept: */*;q=nonsense", "Accept:", "Accept-Language: \u00ff", "If-None-Match: ", "If-None-Match: W/", "If-None-Match: \"",
                    "If-None-Match: " + "\"a\",".repeat(1_000), "If-Modified-Since: yesterday", "Range: bytes=0-1", "Min-Sequence: ", "Min-Sequence: -1", "Min-Sequence: 1.5", "Min-Sequence: 99999999999999999999",
                    "Min-Sequence: 0, 0", "Min-Sequence: \u0661", "Content-Type: nonsense", "Content-Type: text/xml", "X-HTTP-Method-Override: DELETE", "Origin: null", "Cookie: " + "a=b;".repeat(200),
                    "traceparent: nonsense", "Forwarded: for=\"", "X-Forwarded-Host: evil.example", "X-Forwarded-Prefix: /evil", "Expect: nonsense")) {
                var answer = send("GET", target, odd);
                problem(target + " " + odd, answer, false);
                boolean wrong = odd.startsWith("Min-Sequence");
                if (wrong && answer.status() != 400) {
                    faults.add("%s %s: %d %s".formatted(target, odd, answer.status(), shown(answer.body())));
                }
            }
        }
        nothingFound();
    }

    @Test
    @Tag("S10")
    @Tag("S29")
    void oddCredentialsAreOneRefusal() {
        for (var odd : List.of("Authorization: Bearer", "Authorization: Bearer ", "Authorization: bearer  x", "Authorization: Basic \u00ff", "Authorization: " + "x".repeat(8_000), "Authorization: Bearer a b",
                "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.", "Authorization: Bearer tlk_", "Authorization: Bearer %00")) {
            try (var socket = new Socket("localhost", port)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(("GET /v1/content-types HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + odd + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).as(shown(odd)).startsWith("HTTP/1.1 401").contains("\"code\":\"unauthenticated\"").containsIgnoringCase("Content-Sequence:").containsIgnoringCase("WWW-Authenticate: Bearer");
            } catch (IOException broken) {
                throw new IllegalStateException(odd, broken);
            }
        }
    }
}
