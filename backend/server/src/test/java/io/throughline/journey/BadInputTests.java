package io.throughline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.journey.Routes.Route;
import io.throughline.shared.Json;
import io.throughline.shared.Problem;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/// Bad input at every route that there is, by somebody with every role: always a problem document that says what to do, never
/// a 500, and on a refusal no table and no file has changed.
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTests {

    private static final Set<String> CODES = Arrays.stream(Problem.values()).map(Problem::code).collect(Collectors.toSet());
    private static final int LARGEST_BODY = 16 << 20;

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;
    @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;
    @Value("${throughline.blobs}") Path blobs;

    List<Route> routes;
    Api person;
    Api channel;
    Api preview;
    Api stranger;
    final Map<String, String> places = new HashMap<>();
    final List<String> faults = new ArrayList<>();

    @DynamicPropertySource
    static void folders(DynamicPropertyRegistry properties) throws IOException {
        var folder = Files.createDirectories(Path.of("target", "bad-letters").toAbsolutePath());
        Files.writeString(folder.resolve("broken.xml"), "<article>");
        properties.add("throughline.ingest.folders", () -> "letters=" + folder);
    }

    @BeforeAll
    void oneOfEach() throws Exception {
        routes = Routes.of(mappings);
        var all = people.person("olga.sweep", "Olga Sweep", Set.of(Role.values()), Set.of("*"), Set.of("*"));
        people.medical();
        people.legal();
        people.regulatory();
        people.signatory();
        var victim = people.person("vic.tim", "Vic Tim", Set.of(Role.WRITER), Set.of(), Set.of());
        channel = Api.of(port).withKey(people.webKey());
        person = Api.of(port).signIn(all.username());
        stranger = Api.of(port);
        places.put("/manage/v1/items/{id}", item("Swept"));
        var submitted = item("Reviewed");
        var job = person.post("/manage/v1/items/" + submitted + "/drafts/en-GB/submission", "{\"market\": \"GB\"}", "If-Match", "\"r1\"");
        assertThat(job.status()).as(job.body()).isEqualTo(201);
        places.put("/manage/v1/jobs/{code}", job.json().path("code").asString());
        var strategy = person.post("/manage/v1/strategies", "{\"name\": \"Swept\"}");
        assertThat(strategy.status()).as(strategy.body()).isEqualTo(201);
        places.put("/manage/v1/strategies/{id}", strategy.json().path("id").asString());
        var channels = person.get("/manage/v1/channels").json().at("/channels/0");
        places.put("/manage/v1/channels/{id}", channels.path("id").asString());
        var key = person.post("/manage/v1/channels/" + channels.path("id").asString() + "/keys", """
                {"name": "to be revoked", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["promotional"], "mayExplain": false,
                 "mayTimeTravel": false, "expiresAt": "%s"}
                """.formatted(java.time.Instant.now().plusSeconds(86_400)));
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        places.put("/manage/v1/keys/{id}", key.json().path("id").asString());
        var token = people.previewToken(all.asActor());
        preview = Api.of(port).withKey(token);
        places.put("/manage/v1/people/{id}", victim.id());
        var webhook = person.post("/manage/v1/channels/" + channels.path("id").asString() + "/webhooks",
                "{\"name\": \"Swept\", \"url\": \"https://hooks.example.com/\", \"events\": [\"content.expired\"]}");
        assertThat(webhook.status()).as(webhook.body()).isEqualTo(201);
        places.put("/manage/v1/webhooks/{id}", webhook.json().path("id").asString());
        assertThat(person.post("/manage/v1/webhooks/" + webhook.json().path("id").asString() + "/pause", "{\"reason\": \"calls nobody\"}").status()).isEqualTo(201);
        var ingest = person.post("/manage/v1/ingest/jobs", "{\"folder\": \"letters\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\"}");
        assertThat(ingest.status()).as(ingest.body()).isEqualTo(202);
        var path = "/manage/v1/ingest/jobs/" + ingest.json().path("id").asString();
        for (int i = 0; i < 100 && !person.get(path).json().path("state").asString().equals("finished"); i++) {
            Thread.sleep(200);
        }
        places.put("/manage/v1/ingest/jobs/{id}", ingest.json().path("id").asString());
    }

    @AfterEach
    void nothingWasFound() {
        var found = List.copyOf(faults);
        faults.clear();
        assertThat(found).as("what went wrong at which route").isEmpty();
    }

    @Test
    @Tag("S4")
    @Tag("S12")
    void anUnknownParameterIsRefusedEverywhere() {
        for (var route : routes) {
            if (route.upload()) {
                continue; // without a file in parts it is refused for its media type
            }
            for (var query : List.of("?surprise=1", "?%24%7B7*7%7D=1", "?a%0D%0Ab=1", "?LIMIT=1", "?surprise[]=1", "?__proto__=1")) {
                refused(route, concrete(route) + query.replace("[", "%5B").replace("]", "%5D"), route.body() == null ? null : Routes.sample(route.body()).toString(), 400, "invalid-query");
            }
        }
    }

    @Test
    @Tag("S5")
    @Tag("S12")
    void anUnknownKeyInABodyIsRefusedEverywhere() {
        for (var route : withBody()) {
            for (var key : List.of("surprise", "id", "role", "status", "owner", "sha256", "createdBy", "approvedAt", "__proto__", "class.module.classLoader")) {
                if (Arrays.stream(route.body().getRecordComponents()).noneMatch(it -> it.getName().equals(key))) {
                    refused(route, concrete(route), Routes.sample(route.body()).put(key, "x").toString(), 400, "invalid-body");
                }
            }
        }
    }

    @Test
    @Tag("S12")
    void whatIsNoJsonObjectIsRefusedEverywhere() {
        for (var route : withBody()) {
            for (var body : List.of("", "{", "[]", "\"text\"", "1", "null", "{\"a\": }", "{} {}", "{'a': 1}", "\u0000", "[".repeat(3_000), "{\"a\":".repeat(3_000))) {
                refused(route, concrete(route), body, 400, "invalid-body");
            }
            refused(route, concrete(route), "{\"surprise\": 1e999999999}", 400, "invalid-body");
            var form = send(route, concrete(route), "a=b", "Content-Type", "application/x-www-form-urlencoded");
            expect(route, "a form", form, 415, "unsupported-media-type");
            expect(route, "XML", send(route, concrete(route), "<a/>", "Content-Type", "application/xml"), 415, "unsupported-media-type");
        }
    }

    @Test
    @Tag("S12")
    void aValueOfTheWrongKindIsRefusedEverywhere() {
        for (var route : withBody()) {
            for (var component : route.body().getRecordComponents()) {
                for (var wrong : Routes.wrong(component)) {
                    var body = Routes.sample(route.body());
                    body.set(component.getName(), wrong);
                    refused(route, concrete(route), body.toString(), 400, "invalid-body");
                }
            }
        }
    }

    @Test
    @Tag("S12")
    @Tag("S31")
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        for (var route : withBody()) {
            var before = state();
            var answer = announce(route, LARGEST_BODY + 1L);
            if (!answer.startsWith("HTTP/1.1 413") || !answer.contains("\"code\":\"payload-too-large\"")) {
                faults.add("%s with %d bytes: %s".formatted(route, LARGEST_BODY + 1, answer));
            }
            unchanged(route, "too large", before);
        }
    }

    @Test
    @Tag("S14")
    @Tag("S16")
    @Tag("S17")
    @Tag("S19")
    @Tag("S35")
    void hostilePathsFindNothing() {
        for (var route : routes) {
            var parts = route.path().split("(?<=})|(?=\\{)");
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].startsWith("{")) {
                    continue;
                }
                for (var hostile : Hostile.TEXTS) {
                    var changed = parts.clone();
                    changed[i] = Hostile.encoded(hostile);
                    probe(route, filled(route, String.join("", changed)), route.body() == null ? null : Routes.sample(route.body()).toString(), "path " + Hostile.shown(hostile), it -> it >= 400);
                }
            }
        }
    }

    @Test
    @Tag("S14")
    @Tag("S16")
    @Tag("S17")
    void hostileParametersAreRefusedOrFindNothing() {
        for (var route : routes) {
            for (var name : route.query()) {
                for (var hostile : Hostile.TEXTS) {
                    var others = route.query().stream().filter(it -> !it.equals(name)).map(Hostile::usual).filter(it -> !it.isEmpty()).collect(Collectors.joining("&"));
                    probe(route, concrete(route) + "?" + name + "=" + Hostile.encoded(hostile) + (others.isEmpty() ? "" : "&" + others), null,
                            name + "=" + Hostile.shown(hostile), _ -> true);
                }
            }
        }
    }

    @Test
    @Tag("S14")
    @Tag("S16")
    @Tag("S17")
    @Tag("S35")
    void hostileTextInBodiesIsKeptAsTextOrRefused() {
        for (var route : withBody()) {
            for (var pointer : Hostile.texts(Routes.sample(route.body()), "")) {
                for (var hostile : Hostile.TEXTS) {
                    var body = Routes.sample(route.body());
                    ((ObjectNode) body.at(pointer.replaceFirst("/[^/]*$", ""))).put(pointer.replaceFirst(".*/", ""), hostile);
                    probe(route, concrete(route), body.toString(), pointer + " " + Hostile.shown(hostile), _ -> true);
                }
            }
        }
    }

    private List<Route> withBody() {
        return routes.stream().filter(it -> it.body() != null).toList();
    }

    private void refused(Route route, String path, String body, int status, String code) {
        var before = state();
        var what = (path.contains("?") ? path.replaceFirst(".*\\?", "?") : "") + " " + (body == null ? "" : Hostile.shown(body));
        expect(route, what, send(route, path, body), status, code);
        unchanged(route, what, before);
    }

    private void expect(Route route, String what, Api.Answer answer, int status, String code) {
        problem(route, what, answer);
        if (answer.status() != status || !answer.body().contains("\"code\":\"" + code + "\"")) {
            faults.add("%s %s: expected %d %s, was %d %s".formatted(route, what, status, code, answer.status(), Hostile.shown(answer.body())));
        }
    }

    private void probe(Route route, String path, String body, String what, Predicate<Integer> allowed) {
        var before = state();
        var answer = send(route, path, body, "If-Match", "\"r1\"");
        if (answer.status() >= 400) {
            problem(route, what, answer);
            unchanged(route, what, before);
        }
        if (!allowed.test(answer.status()) || answer.body().contains("49") && answer.body().contains("\"49\"")) {
            faults.add("%s %s: was %d %s".formatted(route, what, answer.status(), Hostile.shown(answer.body())));
        }
        if (answer.header("set-cookie").filter(it -> it.startsWith("x=")).isPresent()) {
            faults.add("%s %s: set a header".formatted(route, what));
        }
    }

    private void problem(Route route, String what, Api.Answer answer) {
        if (answer.status() >= 500 || !answer.header("Content-Type").orElse("").startsWith("application/problem+json")) {
            faults.add("%s %s: %d %s".formatted(route, what, answer.status(), Hostile.shown(answer.body())));
            return;
        }
        var problem = answer.json();
        var detail = problem.path("detail").asString("");
        if (!CODES.contains(problem.path("code").asString()) || detail.length() < 15 || detail.contains("Exception") || detail.contains("io.throughline")) {
            faults.add("%s %s: not a useful problem: %s".formatted(route, what, Hostile.shown(answer.body())));
        }
    }

    private void unchanged(Route route, String what, Map<String, Long> before) {
        var after = state();
        if (!after.equals(before)) {
            var differences = new TreeMap<>(after);
            before.forEach((table, count) -> differences.computeIfPresent(table, (_, now) -> now.equals(count) ? null : now));
            faults.add("%s %s: refused, but changed %s".formatted(route, what, differences));
        }
    }

    private Api.Answer send(Route route, String path, String body, String... headers) {
        try {
            var who = route.path().startsWith("/v1/") ? channel : route.path().startsWith("/preview/") ? preview : route.path().equals("/manage/v1/session") && route.method().equals("POST") ? stranger : person;
            return who.send(route.method(), path, body, headers);
        } catch (AssertionError notAsDescribed) {
            faults.add(route + ": " + notAsDescribed.getMessage());
            return new Api.Answer(400, Map.of("Content-Type", List.of("application/problem+json")),
                    "{\"code\":\"invalid-query\",\"detail\":\"see the difference from the contract\"}");
        }
    }

    private String concrete(Route route) {
        return filled(route, route.path());
    }

    private String filled(Route route, String path) {
        for (var place : places.entrySet()) {
            var prefix = place.getKey().replaceFirst("\\{.*", "");
            if (route.path().startsWith(place.getKey()) && path.startsWith(prefix + "{")) {
                path = prefix + place.getValue() + path.substring(place.getKey().length());
            }
        }
        return path.replace("{locale}", "en-GB").replace("{number}", "1").replace("{annotationId}", "ann_none").replaceAll("\\{[^}]+}", "none");
    }

    /// Rows of the tables and the number of stored files.
    private Map<String, Long> state() {
        var rows = new TreeMap<>(Footprint.of(jdbc));
        try (var files = Files.exists(blobs) ? Files.walk(blobs) : java.util.stream.Stream.<Path>of()) {
            rows.put("files", files.filter(Files::isRegularFile).count());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return rows;
    }

    private String item(String title) {
        var document = Json.object().put("title", title).put("body", "Start low, go slow.");
        var classification = document.putObject("classification");
        Map.of("audience", "hcp", "stage", "considering", "need", "dosing").forEach((dimension, value) -> classification.putArray(dimension).add(value));
        var body = Json.object().put("type", "article").put("kind", "non-promotional").put("locale", "en-GB");
        body.set("document", document);
        var made = person.post("/manage/v1/items", body.toString());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    /// Announces a body and sends none of it: the answer must not wait for it.
    private String announce(Route route, long length) throws IOException {
        try (var socket = new java.net.Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                    %s %s HTTP/1.1\r
                    Host: localhost:%d\r
                    Cookie: THROUGHLINE_SESSION=%s; XSRF-TOKEN=%s\r
                    X-XSRF-TOKEN: %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    """.formatted(route.method(), concrete(route), port, person.cookie("THROUGHLINE_SESSION").orElseThrow(),
                    person.csrfToken().orElseThrow(), person.csrfToken().orElseThrow(), length).getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            var buffer = new byte[8192];
            while (!answer.toString().contains("\"traceId\"")) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
