package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Allowed;
import io.throughline.shared.ForChannels;
import io.throughline.shared.ForPreviews;
import io.throughline.shared.Open;
import io.throughline.testing.Api;
import io.throughline.testing.Api.Answer;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@IntegrationTest
class AccessTests {

    /// Every route that anybody may call, each a decision.
    private static final Set<String> OPEN = Set.of("GET /manage/v1/about", "POST /manage/v1/session",
            "POST /manage/v1/first-administrator", "GET /v1/openapi.json", " /error");

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes;

    @Test
    @Tag("S13")
    void everyRouteHasExactlyOneAccessRuleAndTheOpenOnesAreKnown() {
        var open = new TreeSet<String>();
        routes.getHandlerMethods().forEach((mapping, method) -> {
            var rules = Stream.of(Allowed.class, ForChannels.class, ForPreviews.class, Open.class).filter(method::hasMethodAnnotation).toList();
            assertThat(rules).as("access rules of %s", method).hasSize(1);
            for (var path : mapping.getPatternValues()) {
                assertThat(path).as("surface of %s", method).matches("/manage/v1/.*|/v1/.*|/preview/v1/.*|/error");
                if (path.startsWith("/v1/")) {
                    assertThat(rules).as("only channel keys count on %s", path).doesNotContain(Allowed.class, ForPreviews.class);
                }
                if (path.startsWith("/preview/")) {
                    assertThat(rules).as("only preview tokens count on %s", path).isEqualTo(List.of(ForPreviews.class));
                }
                if (rules.contains(Open.class)) {
                    var verbs = mapping.getMethodsCondition().getMethods();
                    open.add((verbs.isEmpty() ? "" : verbs.iterator().next().name()) + " " + path);
                }
            }
        });
        assertThat(OPEN).containsAll(open);
    }

    @Test
    @Tag("S13")
    @Tag("P11-5")
    void withoutSignInOrKeyEveryOtherRouteIsRefused() {
        people.webKey();
        var nobody = Api.of(port);
        nobody.get("/manage/v1/about");
        routes.getHandlerMethods().forEach((mapping, method) -> {
            if (method.hasMethodAnnotation(Open.class)) {
                return;
            }
            for (var path : mapping.getPatternValues()) {
                for (RequestMethod verb : mapping.getMethodsCondition().getMethods()) {
                    var concrete = path.replaceAll("\\{[^}]*}", "x");
                    var answer = nobody.send(verb.name(), concrete, verb == RequestMethod.GET || verb == RequestMethod.DELETE ? null : "{}");
                    assertThat(answer.status()).as("%s %s", verb, concrete).isIn(401, 415);
                    assertThat(answer.body()).doesNotContain("Exception");
                }
            }
        });
    }

    @Test
    void aPersonsSessionOpensNoDeliveryRouteAndAKeyNoManagementRoute() {
        assertThat(Api.of(port).withKey(people.webKey()).get("/manage/v1/session").status()).isEqualTo(401);
        assertThat(Api.of(port).get("/manage/v1/session", "Authorization", "Basic d2FuZGE6eA==").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @Tag("S4")
    @ValueSource(strings = {"?secret=1", "?limit=1&limit=2", "?subjectType.x=1", "?actor%5B%5D=x", "?a%0d%0ab=1", "?limit=10&LIMIT=10"})
    void anUndeclaredOrRepeatedParameterIsRefused(String query) {
        var admin = Api.of(port).signIn(people.administrator().username());
        problem(admin.get("/manage/v1/audit" + query), 400, "invalid-query");
    }

    @Test
    @Tag("S5")
    void anUndeclaredKeyInTheBodyIsRefusedAndNothingIsWritten() {
        var chris = Api.of(port).signIn(people.channelManager().username());
        people.webKey();
        var channel = chris.get("/manage/v1/channels").json().get("channels").get(0).get("id").stringValue();
        var before = count();
        for (var extra : List.of("role", "status", "createdBy", "secretHash", "id", "channelId", "__proto__")) {
            var answer = chris.post("/manage/v1/channels/" + channel + "/keys", """
                    {"name": "k", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["promotional"], "mayExplain": false,
                     "mayTimeTravel": false, "expiresAt": "2099-01-01T00:00:00Z", "%s": "x"}
                    """.formatted(extra));
            var errors = problem(answer, 400, "invalid-body").get("errors");
            assertThat(errors.get(0).get("code").stringValue()).isEqualTo("unknown-field");
            assertThat(errors.get(0).get("path").stringValue()).isEqualTo("/" + extra);
        }
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void everyRefusalIsAProblemDocument() {
        var admin = Api.of(port).signIn(people.administrator().username());
        problem(admin.get("/manage/v1/nothing-here"), 404, "not-found");
        problem(admin.get("/v1/nothing-here"), 404, "not-found");
        problem(admin.post("/nothing-here", "{}"), 404, "not-found");
        problem(admin.get("/actuator/env"), 404, "not-found");
        assertThat(problem(admin.delete("/manage/v1/audit"), 405, "method-not-allowed")).isNotNull();
        assertThat(admin.delete("/manage/v1/audit").header("allow")).hasValue("GET");
        problem(admin.post("/manage/v1/session", "{", "Content-Type", "application/json"), 400, "invalid-body");
        problem(admin.post("/manage/v1/session", "[]"), 400, "invalid-body");
        problem(admin.post("/manage/v1/session", "{\"username\": \"x\"}"), 400, "invalid-body");
        problem(admin.post("/manage/v1/session", "{\"username\": \"x\", \"password\": null}"), 400, "invalid-body");
        problem(admin.post("/manage/v1/session", "{\"username\": {}, \"password\": \"x\"}"), 400, "invalid-body");
        problem(admin.post("/manage/v1/session", "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415, "unsupported-media-type");
        problem(admin.get("/manage/v1/audit?limit=many"), 400, "invalid-query");
        problem(admin.get("/manage/v1/audit?limit=0"), 400, "invalid-query");
        problem(admin.get("/manage/v1/audit?limit=201"), 400, "invalid-query");
        problem(admin.get("/manage/v1/session", "Accept", "application/xml"), 406, "not-acceptable");
        problem(Api.of(port).get("/error"), 404, "not-found");
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(strings = {"/manage/v1//session", "/manage/v1/session;x=1", "/manage/v1/%2e/session", "/manage/v1/../v1/session", "/manage//v1/session"})
    void oddSpellingsOfAnAddressOpenNothing(String path) throws Exception {
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(raw(path, admin.cookie("THROUGHLINE_SESSION").orElseThrow())).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @Tag("S32")
    @ValueSource(strings = {"/manage/v1/session/", "/MANAGE/v1/session", "/manage/v1/Session", "/manage/v1/session.json"})
    void caseEndingsAndSlashesAreAnotherAddress(String path) throws Exception {
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(raw(path, admin.cookie("THROUGHLINE_SESSION").orElseThrow())).doesNotContain("ada.admin");
    }

    @Test
    @Tag("S22")
    void aChangeWithoutTheCsrfTokenOrFromAnotherSiteIsRefused() {
        var wanda = Api.of(port).signIn(people.writer().username());
        assertThat(wanda.exchange(wanda.request("/manage/v1/session").DELETE()).status()).isEqualTo(403);
        for (var foreign : List.of("https://evil.example", "null", "http://localhost:1", "http://localhost:" + port + ".evil.example")) {
            problem(wanda.delete("/manage/v1/session", "Origin", foreign), 403, "forbidden");
        }
        for (var site : List.of("cross-site", "same-site")) {
            problem(wanda.delete("/manage/v1/session", "Sec-Fetch-Site", site), 403, "forbidden");
        }
        assertThat(wanda.get("/manage/v1/session").status()).isEqualTo(200);
        assertThat(wanda.delete("/manage/v1/session", "Origin", "http://localhost:" + port, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(204);
    }

    @Test
    @Tag("S22")
    void noOriginIsGivenAccessToManagementAndToDeliveryOnlyOneThatTheConfigurationNames() {
        var wanda = Api.of(port).signIn(people.writer().username());
        var open = wanda.get("/v1/openapi.json", "Origin", "https://portal.example");
        assertThat(open.headers().keySet()).noneMatch(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        var asked = wanda.exchange(wanda.request("/v1/content-sets").method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
                "Origin", "https://portal.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization");
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.headers().keySet()).noneMatch(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        for (var path : List.of("/manage/v1/session")) {
            var answer = wanda.get(path, "Origin", "https://evil.example");
            assertThat(answer.headers().keySet()).noneMatch(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
            var preflight = wanda.exchange(wanda.request(path).method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
                    "Origin", "https://evil.example", "Access-Control-Request-Method", "PUT");
            assertThat(preflight.headers().keySet()).noneMatch(it -> it.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
        }
    }

    @Test
    @Tag("S38")
    @Tag("S30")
    void answersTellNoVersionAndPersonalOnesAreNotStored() {
        var wanda = Api.of(port).signIn(people.writer().username());
        var answer = wanda.get("/manage/v1/session");
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("x-powered-by")).isEmpty();
        assertThat(answer.header("cache-control")).hasValueSatisfying(it -> assertThat(it).contains("no-store"));
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.header("content-security-policy")).hasValueSatisfying(it -> assertThat(it).contains("default-src 'none'"));
        assertThat(Api.of(port).get("/manage/v1/about").body()).doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
        assertThat(Api.of(port).get("/actuator/health").body()).doesNotContain("version");
        assertThat(Api.of(port).get("/actuator").status()).isEqualTo(404);
    }

    @Test
    @Tag("S21")
    void screensRunOnlyOurOwnScripts() {
        assertThat(FrontendFilter.policy("abc")).contains("script-src 'self';", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline").doesNotContain("unsafe-eval");
    }

    private static tools.jackson.databind.JsonNode problem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
        var body = answer.json();
        assertThat(body.get("code").stringValue()).isEqualTo(code);
        assertThat(body.get("type").stringValue()).isEqualTo("/problems/" + code);
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("traceId").stringValue()).matches("[0-9a-f]{32}");
        assertThat(body.get("errors").isArray()).isTrue();
        assertThat(body.get("detail").stringValue()).isNotBlank();
        return body;
    }

    /// A request whose path no client library tidies up.
    private String raw(String path, String session) throws Exception {
        try (var socket = new java.net.Socket("localhost", port)) {
            socket.getOutputStream().write("GET %s HTTP/1.1\r\nHost: localhost:%d\r\nCookie: THROUGHLINE_SESSION=%s\r\nConnection: close\r\n\r\n"
                    .formatted(path, port, session).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private long count() {
        return jdbc.sql("select count(*) from api_key").query(Long.class).single();
    }
}
