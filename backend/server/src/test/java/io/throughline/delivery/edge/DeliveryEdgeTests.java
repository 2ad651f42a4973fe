package io.throughline.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.testing.Api;
import io.throughline.testing.Contract;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/// What every answer of the delivery API carries, whoever gives it: its content sequence, and what a browser needs to read it.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
@TestPropertySource(properties = "throughline.cors.origins=https://portal.example, https://*.aldermere.example, http://localhost:5173, capacitor://localhost")
class DeliveryEdgeTests {

    private static final String PORTAL = "https://portal.example";
    private static final List<String> READABLE = List.of("ETag", "Content-Sequence", "Link", "RateLimit", "RateLimit-Policy", "Retry-After");

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired CatalogueClock clock;
    @LocalServerPort int port;

    Api web;
    Api nobody;

    @BeforeEach
    void apps() {
        web = Api.of(port).withKey(people.webKey());
        nobody = Api.of(port);
    }

    private long sequence(Api.Answer answer) {
        var values = answer.headers().entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase("Content-Sequence")).flatMap(it -> it.getValue().stream()).toList();
        assertThat(values).as("%s %s", answer.status(), answer.body()).hasSize(1);
        return Long.parseLong(values.getFirst());
    }

    @Test
    void everyAnswerSaysWhichStateOfTheCatalogueItIsFrom() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Edge"));
        var gone = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Gone"));
        shelf.withdrawn(gone);
        long known = clock.sequence();
        var set = "/v1/content-sets?audience=hcp&market=GB&locale=en-GB";
        var one = "/v1/items/" + item.id() + "?market=GB&locale=en-GB";
        var etag = web.get(one).header("ETag").orElseThrow();
        assertThat(List.of(
                        told(200, web.get(set)),
                        told(304, web.get(one, "If-None-Match", etag)),
                        told(400, web.get(set + "&colour=blue")),
                        told(400, web.get("/v1/items/a%2Fb")),
                        told(400, web.get("/v1/items", "Min-Sequence", "soon")),
                        told(401, nobody.get(one)),
                        told(404, web.get("/v1/items/ART-99999?market=GB&locale=en-GB")),
                        told(404, web.get("/v1/nothing")),
                        told(404, web.get("/v1")),
                        told(405, web.delete(one)),
                        told(406, web.get("/v1/openapi.json", "Accept", "image/png")),
                        told(410, web.get("/v1/items/" + gone.id() + "?market=GB&locale=en-GB")),
                        told(200, web.send("HEAD", one, null)),
                        told(200, nobody.get("/v1/openapi.json")),
                        told(200, web.get("/v1/content-types")),
                        told(200, web.get("/v1/recalls")),
                        told(200, web.get("/v1/sync?initial=true&market=GB&locale=en-GB")),
                        told(415, web.send("POST", "/v1/events", "a=b", "Content-Type", "application/x-www-form-urlencoded")),
                        told(202, web.post("/v1/events", "[{}]"))))
                .allSatisfy(answer -> assertThat(answer).isGreaterThanOrEqualTo(known));
    }

    private long told(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return sequence(answer);
    }

    @Test
    void whoeverWaitedForASequenceIsToldOfItOnARefusalToo() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Waited for"));
        long withdrawn = shelf.withdrawn(item).sequence();
        var answer = web.get("/v1/items/" + item.id() + "?market=GB&locale=en-GB", "Min-Sequence", Long.toString(withdrawn));
        assertThat(answer.status()).isEqualTo(410);
        assertThat(sequence(answer)).isGreaterThanOrEqualTo(withdrawn);
    }

    static Stream<Contract.Operation> routes() {
        return Contract.operations().stream().filter(it -> it.pattern().matcher("/v1" + concrete(it)).matches());
    }

    private static String concrete(Contract.Operation route) {
        return route.path().replaceAll("\\{[^}]+}", "ART-1");
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Tag("S22")
    void pagesOfAnAllowedOriginMayUseEveryRouteAndReadItsRefusals(Contract.Operation route) {
        var path = "/v1" + concrete(route);
        var asked = preflight(path, PORTAL, route.method(), "authorization, content-type, if-none-match, min-sequence");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).hasValue(PORTAL);
        assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(names(asked, "Access-Control-Allow-Methods")).contains(route.method());
        assertThat(names(asked, "Access-Control-Allow-Headers")).contains("authorization", "content-type", "if-none-match", "min-sequence");
        assertThat(names(asked, "Vary")).contains("origin");
        assertThat(Integer.parseInt(asked.header("Access-Control-Max-Age").orElseThrow())).isBetween(600, 7_200);

        for (var app : List.of(web, nobody)) {
            var answer = app.send(route.method(), path, route.method().equals("POST") ? "[]" : null, "Origin", PORTAL);
            assertThat(answer.header("Access-Control-Allow-Origin")).as("%s %s", answer.status(), answer.body()).hasValue(PORTAL);
            assertThat(names(answer, "Access-Control-Expose-Headers")).containsAll(READABLE.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList());
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(names(answer, "Vary")).contains("origin");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    @Tag("S22")
    void pagesOfOtherOriginsMayUseNone(Contract.Operation route) {
        var path = "/v1" + concrete(route);
        for (var foreign : List.of("https://evil.example", "http://portal.example", "https://portal.example.evil.example", "https://portal.example:8443", "null",
                "https://aldermere.example", "https://evilaldermere.example", "http://localhost:5174")) {
            var asked = preflight(path, foreign, route.method(), "authorization");
            assertThat(asked.status()).as(foreign).isEqualTo(403);
            assertThat(asked.json().path("detail").asString()).contains("THROUGHLINE_CORS_ORIGINS");
            assertThat(allowances(asked)).as(foreign).isEmpty();
            var answer = web.send(route.method(), path, route.method().equals("POST") ? "[]" : null, "Origin", foreign);
            assertThat(allowances(answer)).as(foreign).isEmpty();
            assertThat(names(answer, "Vary")).contains("origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.aldermere.example", "https://a.b.aldermere.example", "http://localhost:5173", "capacitor://localhost"})
    @Tag("S22")
    void anOriginMayBeAFamilyOfHostsOrAnAppOfItsOwn(String origin) {
        assertThat(web.get("/v1/content-types", "Origin", origin).header("Access-Control-Allow-Origin")).hasValue(origin);
    }

    @Test
    @Tag("S22")
    void aPreflightForWhatNoRouteTakesAllowsNothing() {
        for (var method : List.of("PUT", "DELETE", "PATCH")) {
            var asked = preflight("/v1/items/ART-1", PORTAL, method, "authorization");
            assertThat(asked.status()).isEqualTo(403);
            assertThat(asked.header("Access-Control-Allow-Methods")).isEmpty();
        }
    }

    @Test
    void aBrowserCanReadWhyANodeRefuses() throws InterruptedException {
        clock.stop();
        try {
            Thread.sleep(1_050);
            var refused = web.get("/v1/content-types", "Origin", PORTAL);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Access-Control-Allow-Origin")).hasValue(PORTAL);
            assertThat(sequence(refused)).isGreaterThanOrEqualTo(0);
            assertThat(preflight("/v1/content-types", PORTAL, "GET", "authorization").status()).isEqualTo(204);
        } finally {
            clock.start();
        }
        for (int i = 0; i < 100 && !clock.isFresh(); i++) {
            Thread.sleep(20);
        }
    }

    private Api.Answer preflight(String path, String origin, String method, String headers) {
        return nobody.exchange(nobody.request(path).method("OPTIONS", BodyPublishers.noBody()), "Origin", origin, "Access-Control-Request-Method", method,
                "Access-Control-Request-Headers", headers);
    }

    private static List<String> names(Api.Answer answer, String header) {
        return answer.headers().entrySet().stream().filter(it -> it.getKey().equalsIgnoreCase(header)).flatMap(it -> it.getValue().stream())
                .flatMap(it -> Stream.of(it.split(","))).map(it -> header.endsWith("Methods") ? it.strip() : it.strip().toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> allowances(Api.Answer answer) {
        return answer.headers().keySet().stream().filter(it -> it.toLowerCase(Locale.ROOT).startsWith("access-control-")).toList();
    }
}
