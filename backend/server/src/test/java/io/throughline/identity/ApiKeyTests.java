package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.BrandScope;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.Footprint;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ApiKeyTests {

    private static final String ROTATION = "{\"keepsPrevious\": true, \"reason\": \"Every quarter.\"}";

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired ApiClients clients;
    @Autowired JdbcClient jdbc;

    private String channel;

    @BeforeEach
    void thereIsAChannel() {
        people.webKey();
        channel = clients.findChannel("web").orElseThrow().id();
    }

    @Test
    void aKeyIsShownOnceAndKeptHashed() {
        var chris = Api.of(port).signIn(people.channelManager().username());
        var issued = chris.post("/manage/v1/channels/" + channel + "/keys", body(Instant.now().plus(Duration.ofDays(30)).toString()));
        assertThat(issued.status()).isEqualTo(201);
        var secret = issued.json().get("secret").stringValue();
        assertThat(secret).startsWith("tlk_").hasSizeGreaterThan(40);
        assertThat(chris.get("/manage/v1/channels").body()).doesNotContain(secret).contains(issued.json().get("prefix").stringValue());
        assertThat(jdbc.sql("select count(*) from api_key k where k::text like '%' || :secret || '%'").param("secret", secret).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select count(*) from audit_entry e where e::text like '%' || :secret || '%'").param("secret", secret).query(Long.class).single()).isZero();
        assertThat(clients.authenticate(secret)).hasValueSatisfying(it -> {
            assertThat(it.channelKey()).isEqualTo("web");
            assertThat(it.mayReadMarket("GB")).isTrue();
            assertThat(it.mayReadMarket("DE")).isFalse();
        });
    }

    @Test
    @Tag("S25")
    void aRevokedKeyFailsWithinFiveSecondsOnEveryNode() throws Exception {
        var issued = clients.issueKey(people.channelManager(), channel, new NewApiKey("short", Set.of("GB"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false,
                Instant.now().plusSeconds(3_600)));
        assertThat(clients.authenticate(issued.secret())).isPresent();
        // as another node does it: this one's memory knows nothing of it
        jdbc.sql("update api_key set revoked_at = now() where id = :id").param("id", issued.key().id()).update();
        var deadline = Instant.now().plusSeconds(5);
        while (clients.authenticate(issued.secret()).isPresent() && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
        }
        assertThat(clients.authenticate(issued.secret())).isEmpty();
    }

    /// Nobody asks in the seconds after which a key would have to be read before it is answered.
    @Test
    @Tag("S25")
    void aKeyInUseIsReadAnewBesideTheRequestsThatUseIt() throws Exception {
        var issued = clients.issueKey(people.channelManager(), channel, new NewApiKey("busy", Set.of("GB"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false,
                Instant.now().plusSeconds(3_600)));
        assertThat(clients.authenticate(issued.secret())).isPresent();
        jdbc.sql("update api_key set revoked_at = now() where id = :id").param("id", issued.key().id()).update();
        Thread.sleep(1_600);
        var trustedUntil = Instant.now().plusMillis(1_200);
        // still trusted, and asked about in the background
        while (clients.authenticate(issued.secret()).isPresent() && Instant.now().isBefore(trustedUntil)) {
            Thread.sleep(20);
        }
        assertThat(Instant.now()).isBefore(trustedUntil);
    }

    @Test
    void revocationOnThisNodeIsFeltAtOnceAndHappensOnce() {
        var chris = Api.of(port).signIn(people.channelManager().username());
        var issued = clients.issueKey(people.channelManager(), channel, new NewApiKey("gone", Set.of("GB"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false,
                Instant.now().plusSeconds(3_600)));
        assertThat(clients.authenticate(issued.secret())).isPresent();
        var path = "/manage/v1/keys/" + issued.key().id() + "/revocation";
        assertThat(chris.post(path, "{\"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(chris.post(path, "{\"reason\": \"leaked\"}").json().get("revokedAt").stringValue()).endsWith("Z");
        assertThat(clients.authenticate(issued.secret())).isEmpty();
        assertThat(chris.post(path, "{\"reason\": \"leaked\"}").status()).isEqualTo(404);
    }

    @Test
    @Tag("S24")
    void whatIsNoKeyOpensNothing() {
        for (var token : new String[] {"", "tlk_", "tlk_unknown", PeopleFixture.WEB_KEY + "x", PeopleFixture.WEB_KEY.toUpperCase(java.util.Locale.ROOT),
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3ZWIifQ.", "tlk_" + "x".repeat(10_000)}) {
            assertThat(clients.authenticate(token)).isEmpty();
        }
        assertThat(clients.authenticate(PeopleFixture.WEB_KEY)).isPresent();
    }

    @Test
    @Tag("S8")
    void nobodyGivesAKeyMoreThanTheyHave() {
        people.person("gb.channels", "Gb Channels", Set.of(Role.CHANNEL_MANAGER), Set.of("*"), Set.of("GB"));
        var local = Api.of(port).signIn("gb.channels");
        var expires = Instant.now().plus(Duration.ofDays(1)).toString();
        assertThat(local.post("/manage/v1/channels/" + channel + "/keys", body(expires)).status()).isEqualTo(201);
        assertThat(local.post("/manage/v1/channels/" + channel + "/keys", body(expires).replace("\"GB\"", "\"*\"")).status()).isEqualTo(403);
        assertThat(Api.of(port).signIn(people.writer().username()).post("/manage/v1/channels/" + channel + "/keys", body(expires)).status()).isEqualTo(403);
    }

    @Test
    @Tag("S8")
    void whoeverWorksForSomeBrandsHasNoHandInWhatReadsOthers() {
        var roles = Set.of(Role.CHANNEL_MANAGER, Role.ADMINISTRATOR);
        people.person("nora.channels", "Nora Channels", roles, Set.of("nordalis"), Set.of("*"));
        people.person("nobody.channels", "Nobody Channels", roles, Set.of(), Set.of("*"));
        var chris = Api.of(port).signIn(people.channelManager().username());
        var keys = "/manage/v1/channels/" + channel + "/keys";
        var expires = Instant.now().plus(Duration.ofDays(1)).toString();
        var key = chris.post(keys, body(expires)).json();
        var client = chris.post(keys, body(expires).replaceFirst("\\{", "{\"use\": \"client\",")).json().path("id").asString();

        for (var username : List.of("nora.channels", "nobody.channels")) {
            var limited = Api.of(port).signIn(username);
            var before = Footprint.of(jdbc);
            var answers = List.of(
                    limited.post(keys, body(expires)),
                    limited.post(keys, body(expires).replaceFirst("\\{", "{\"use\": \"client\",")),
                    limited.post("/manage/v1/keys/" + client + "/rotation", ROTATION),
                    limited.post("/manage/v1/keys/" + key.path("id").asString() + "/revocation", "{\"reason\": \"Mine now.\"}"),
                    limited.put("/manage/v1/keys/" + key.path("id").asString() + "/brands", "{\"brands\": [\"nordalis\"], \"reason\": \"Mine now.\"}"),
                    limited.post(keys, body(expires).replaceFirst("\\{", "{\"brands\": [\"*\"],")),
                    limited.post(keys, body(expires).replaceFirst("\\{", "{\"brands\": [\"nordalis\", \"other\"],").replace("nordalis", username.startsWith("nora") ? "nordalis" : "another")),
                    limited.put("/manage/v1/channels/" + channel + "/limit", "{\"requests\": 1, \"windowSeconds\": 3600, \"reason\": \"Slower.\"}"),
                    limited.put("/manage/v1/channels/" + channel + "/cdn", "{\"purgesByKey\": true, \"reason\": \"Faster.\"}"));
            assertThat(answers).extracting(Api.Answer::status).containsOnly(403);
            assertThat(Footprint.of(jdbc)).isEqualTo(before);
        }
        assertThat(clients.authenticate(key.path("secret").asString())).isPresent();
    }

    @Test
    @Tag("S8")
    void nobodyRotatesOrRevokesAKeyOfMarketsThatAreNotTheirs() {
        people.person("gb.channels", "Gb Channels", Set.of(Role.CHANNEL_MANAGER), Set.of("*"), Set.of("GB"));
        var local = Api.of(port).signIn("gb.channels");
        var chris = Api.of(port).signIn(people.channelManager().username());
        var keys = "/manage/v1/channels/" + channel + "/keys";
        var client = body(Instant.now().plus(Duration.ofDays(1)).toString()).replaceFirst("\\{", "{\"use\": \"client\",");

        for (var markets : List.of("\"*\"", "\"GB\", \"DE\"")) {
            var wide = "/manage/v1/keys/" + chris.post(keys, client.replace("\"GB\"", markets)).json().path("id").asString();
            assertThat(local.post(wide + "/rotation", ROTATION).status()).as(markets).isEqualTo(403);
            assertThat(local.post(wide + "/revocation", "{\"reason\": \"Mine now.\"}").status()).as(markets).isEqualTo(403);
            assertThat(chris.post(wide + "/revocation", "{\"reason\": \"Not needed.\"}").status()).isEqualTo(201);
        }
        var own = "/manage/v1/keys/" + chris.post(keys, client).json().path("id").asString();
        assertThat(local.post(own + "/rotation", ROTATION).status()).isEqualTo(201);
        assertThat(local.post(own + "/revocation", "{\"reason\": \"Not needed.\"}").status()).isEqualTo(201);
        assertThat(local.post("/manage/v1/keys/key_none/revocation", "{\"reason\": \"Not needed.\"}").status()).isEqualTo(404);
    }

    @Test
    void aKeyThatHasExpiredAlreadyIsNotIssued() {
        var chris = Api.of(port).signIn(people.channelManager().username());
        assertThat(chris.post("/manage/v1/channels/" + channel + "/keys", body(Instant.now().minusSeconds(1).toString())).status()).isEqualTo(400);
        assertThat(chris.post("/manage/v1/channels/chn_unknown/keys", body(Instant.now().plusSeconds(60).toString())).status()).isEqualTo(404);
    }

    private static String body(String expiresAt) {
        return """
                {"name": "Portal", "markets": ["GB"], "locales": ["en-GB"], "kinds": ["promotional"],
                 "mayExplain": false, "mayTimeTravel": false, "expiresAt": "%s"}
                """.formatted(expiresAt);
    }
}
