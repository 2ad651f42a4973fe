package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@IntegrationTest
@Import(PeopleFixture.class)
@TestPropertySource(properties = {"throughline.rate-limit.address-requests=20", "throughline.proxies=192.0.2.1"})
class RateLimitTests {

    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    private Api limited(String channel, String limit) {
        var made = seed.channel(channel, channel, "web");
        var secret = "tlk_limited_" + channel + "_0123456789";
        seed.apiKey(made, secret, new NewApiKey(channel, Set.of("*"), Set.of("*"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        var answer = Api.of(port).signIn(people.channelManager().username()).put("/manage/v1/channels/" + made.id() + "/limit", limit);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Api.of(port).withKey(secret);
    }

    @Test
    void aCredentialPastItsLimitWaitsAsLongAsItIsTold() throws InterruptedException {
        var app = limited("slow", "{\"requests\": 4, \"windowSeconds\": 4, \"reason\": \"a test\"}");
        for (int left = 3; left >= 0; left--) {
            var answer = app.get("/v1/content-types");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Policy")).hasValue("\"default\";q=4;w=4");
            assertThat(answer.header("RateLimit")).hasValueSatisfying(it -> assertThat(it).matches("\"default\";r=\\d;t=[1-4]"));
        }
        var refused = app.get("/v1/content-types");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("code").asString()).isEqualTo("rate-limited");
        assertThat(refused.header("RateLimit")).hasValueSatisfying(it -> assertThat(it).contains("r=0"));
        Thread.sleep(1_000L * Integer.parseInt(refused.header("Retry-After").orElseThrow()));
        assertThat(app.get("/v1/content-types").status()).isEqualTo(200);
    }

    @Test
    void whatHasNotChangedCostsATenth() {
        var app = limited("thrifty", "{\"requests\": 5, \"windowSeconds\": 3600, \"reason\": \"a test\"}");
        var etag = app.get("/v1/content-types").header("ETag").orElseThrow();
        for (int i = 0; i < 29; i++) {
            assertThat(app.get("/v1/content-types", "If-None-Match", etag).status()).as("request %d", i).isEqualTo(304);
        }
        assertThat(app.get("/v1/content-types").status()).isEqualTo(200);
        // 1 + 29 tenths + 1 of 5: they were not free either
        assertThat(app.get("/v1/content-types").status()).isEqualTo(429);
    }

    @Test
    @Tag("S27")
    void anAddressWithoutAKeyHasOneBudgetForAllSpellingsKeysAndForwardedAddresses() {
        int refused = 0;
        var paths = new String[] {"/v1/items", "/v1/Items", "/v1/items/", "/v1/nothing", "/v1/sync", "/v1/openapi.json"};
        for (int i = 0; i < 40; i++) {
            var nobody = Api.of(port).withKey(i % 2 == 0 ? "tlk_guess_" + i : "eyJ" + i);
            var answer = nobody.get(paths[i % paths.length], "X-Forwarded-For", "203.0.113." + i);
            refused += answer.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(15);
        // somebody with a key is not held up by them
        assertThat(Api.of(port).withKey(people.webKey()).get("/v1/content-types").status()).isEqualTo(200);
    }

    @Test
    @Tag("S12")
    void aLimitIsSetByChannelManagersWithAReasonAndTold() {
        limited("told", "{\"requests\": 77, \"windowSeconds\": 5, \"reason\": \"agreed\"}");
        var chris = Api.of(port).signIn(people.channelManager().username());
        var channel = chris.get("/manage/v1/channels").json().path("channels").valueStream().filter(it -> it.path("key").asString().equals("told")).findFirst().orElseThrow();
        assertThat(channel.at("/limit/requests").asInt()).isEqualTo(77);
        var path = "/manage/v1/channels/" + channel.path("id").asString() + "/limit";
        var wanda = Api.of(port).signIn(people.writer().username());
        assertThat(wanda.put(path, "{\"requests\": 1, \"windowSeconds\": 5, \"reason\": \"x\"}").status()).isEqualTo(403);
        for (var wrong : new String[] {"{\"requests\": 0, \"windowSeconds\": 5, \"reason\": \"x\"}", "{\"requests\": 1, \"windowSeconds\": 3601, \"reason\": \"x\"}",
            "{\"requests\": 1, \"windowSeconds\": 5, \"reason\": \" \"}"}) {
            assertThat(chris.put(path, wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'channel.limit-changed' and subject_id = :id").param("id", channel.path("id").asString())
                .query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void anIpv6CustomerHasOneBudget() {
        assertThat(RateLimitFilter.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimitFilter.network("2001:db8:1:2:ffff:0:0:1"));
        assertThat(RateLimitFilter.network("192.0.2.7")).isEqualTo("192.0.2.7");
    }
}
