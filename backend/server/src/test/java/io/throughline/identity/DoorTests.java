package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.junit.jupiter.api.extension.ExtendWith;

@IntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class DoorTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired JdbcClient jdbc;

    @Test
    void twentyAtOnceMakeOnePersonAndTheOthersHearOfAConflict() throws Exception {
        var admin = Api.of(port).signIn(people.administrator().username());
        admin.get("/manage/v1/session");
        var body = Json.text(Map.of("username", "made.once", "displayName", "Made Once", "password", PeopleFixture.PASSWORD, "roles", List.of(),
                "brands", List.of(), "markets", List.of(), "identityVerified", true));
        // 503 is of those who waited too long for their password to be hashed; nobody hears 500
        assertThat(statuses(() -> admin.post("/manage/v1/people", body).status())).containsOnlyOnce(201).allMatch(java.util.Set.of(201, 409, 503)::contains);
        assertThat(jdbc.sql("select count(*) from person where username = 'made.once'").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void twentyAtOnceMakeOneDraftOfALocale() throws Exception {
        var writer = Api.of(port).signIn(people.writer().username());
        var item = writer.post("/manage/v1/items", "{\"type\": \"article\", \"kind\": \"non-promotional\", \"locale\": \"en-GB\", \"document\": {\"title\": \"Made once\"}}");
        assertThat(item.status()).isEqualTo(201);
        var id = item.json().get("id").stringValue();
        assertThat(statuses(() -> writer.post("/manage/v1/items/" + id + "/drafts", "{\"locale\": \"de-DE\"}").status())).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202E", "\u2066", "\u0007", "\u009B", "\u2028"})
    void aReasonOrANameWithCharactersThatNobodySeesIsRefusedAndSaysWhich(String character) {
        var admin = Api.of(port).signIn(people.administrator().username());
        var named = "U+%04X".formatted((int) character.charAt(0));
        var reason = admin.post("/manage/v1/people/" + people.legal().id() + "/suspension", Json.text(Map.of("reason", "left" + character + "evil")));
        assertThat(reason.status()).isEqualTo(400);
        assertThat(reason.json().get("detail").stringValue()).contains(named).contains("/reason");
        assertThat(reason.json().at("/errors/0/code").stringValue()).isEqualTo("character-not-allowed");
        var name = admin.post("/manage/v1/people", Json.text(Map.of("username", "odd.name", "displayName", "Odd" + character + "Name", "password", PeopleFixture.PASSWORD,
                "roles", List.of(), "brands", List.of(), "markets", List.of(), "identityVerified", true)));
        assertThat(name.status()).isEqualTo(400);
        assertThat(name.json().at("/errors/0/path").stringValue()).isEqualTo("/displayName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202E", "\u2066", "\u0007", "\u009B", "\u2028"})
    void aTitleWithCharactersThatNobodySeesIsRefusedAndSaysWhich(String character) {
        var writer = Api.of(port).signIn(people.writer().username());
        var made = writer.post("/manage/v1/items", Json.text(Map.of("type", "article", "kind", "non-promotional", "locale", "en-GB", "document", Map.of("title", "Plain"))));
        var id = made.json().get("id").stringValue();
        var odd = Map.of("title", "Dose 5" + character + " mg");
        for (var refused : List.of(
                writer.post("/manage/v1/items", Json.text(Map.of("type", "article", "kind", "non-promotional", "locale", "en-GB", "document", odd))),
                writer.put("/manage/v1/items/" + id + "/drafts/en-GB", Json.text(Map.of("document", odd)), "If-Match", "\"r1\""))) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/code").stringValue()).isEqualTo("character-not-allowed");
            assertThat(refused.json().at("/errors/0/path").stringValue()).isEqualTo("/title");
            assertThat(refused.json().at("/errors/0/message").stringValue()).contains("U+%04X".formatted((int) character.charAt(0)));
        }
        var typed = Map.of("title", "10^9/L, CYP2C19*2, [2,3], 5~10 mg, µ − ≤");
        assertThat(writer.put("/manage/v1/items/" + id + "/drafts/en-GB", Json.text(Map.of("document", typed)), "If-Match", "\"r1\"").status()).isEqualTo(200);
    }

    @Test
    @Tag("S35")
    void lineEndsInInputForgeNoLineOfTheLog(CapturedOutput log) {
        var forged = "\r\n2026-12-01 ERROR forged by a stranger";
        var stranger = Api.of(port);
        stranger.trySignIn("wanda" + forged, "x" + forged);
        stranger.post("/manage/v1/session", "{\"username\": \"a\", \"pass\\r\\nforged by a stranger\": 1}");
        stranger.get("/manage/v1/items?q=%0d%0aforged%20by%20a%20stranger");
        stranger.get("/v1/items/x%0d%0aforged%20by%20a%20stranger");
        stranger.get("/manage/v1/about", "User-Agent", "x forged by a stranger", "traceparent", "00-forged by a stranger");
        assertThat(log.getAll().lines()).noneMatch(line -> line.contains("forged by a stranger"));
    }

    @Test
    @Tag("S36")
    void nobodyActsInAnothersName() {
        var admin = Api.of(port).signIn(people.administrator().username());
        people.legal();
        for (var header : List.of("X-User", "X-Actor", "X-On-Behalf-Of", "Impersonate-User", "X-Forwarded-User", "X-Remote-User", "SWITCH_USER")) {
            assertThat(admin.get("/manage/v1/session", header, "lena.legal").json().get("username").stringValue()).isEqualTo("ada.admin");
        }
        assertThat(admin.get("/manage/v1/session?actor=lena.legal").status()).isEqualTo(400);
        assertThat(admin.post("/manage/v1/people/" + people.legal().id() + "/session", "{}").status()).isIn(404, 405);
        var person = people.person("acted.on", "Acted On", java.util.Set.of(Role.WRITER), java.util.Set.of(), java.util.Set.of());
        assertThat(admin.post("/manage/v1/people/" + person.id() + "/suspension", "{\"reason\": \"left\", \"actor\": \"lena.legal\"}").status()).isEqualTo(400);
        assertThat(admin.post("/manage/v1/people/" + person.id() + "/suspension", "{\"reason\": \"left\"}", "X-Actor", "lena.legal").status()).isEqualTo(204);
        assertThat(jdbc.sql("select actor_id from audit_entry where action = 'person.suspended' and subject_id = :id").param("id", person.id()).query(String.class).single())
                .isEqualTo(people.administrator().id());
    }

    @Test
    @Tag("S31")
    void fiftySilentConnectionsAreClosedAndOthersAreAnsweredMeanwhile() throws Exception {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 50; i++) {
                var socket = new Socket("127.0.0.1", port);
                socket.setSoTimeout(15_000);
                var half = switch (i % 3) {
                    case 0 -> "";
                    case 1 -> "GET /manage/v1/about HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
                    case 2 -> "POST /manage/v1/session HTTP/1.1\r\nHost: localhost\r\nCookie: XSRF-TOKEN=t\r\nX-XSRF-TOKEN: t\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
                    default -> throw new IllegalStateException();
                };
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
                silent.add(socket);
            }
            assertThat(Api.of(port).get("/manage/v1/about").status()).isEqualTo(200);
            for (var socket : silent) {
                socket.getInputStream().readAllBytes(); // ends when the server closes; a SocketTimeoutException otherwise
            }
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    private static List<Integer> statuses(Callable<Integer> call) throws Exception {
        try (var executor = Executors.newFixedThreadPool(20)) {
            var statuses = new ArrayList<Integer>();
            for (var answer : executor.invokeAll(java.util.Collections.nCopies(20, call))) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }
}
