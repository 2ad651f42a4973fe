package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
@DirtiesContext // an installation has its first start once
class FirstAdministratorTests {

    @LocalServerPort int port;
    @Autowired FirstAdministrator first;
    @Autowired People people;
    @Autowired JdbcClient jdbc;

    @Test
    void theLinkWorksOnceAndOnlyTheNewestOne() {
        // other tests may share this database: wait for the first administrator again
        jdbc.sql("update first_administrator_token set used_at = null").update();
        var older = first.invite().orElseThrow();
        var newest = first.invite().orElseThrow();
        var api = Api.of(port);
        assertThat(claim(api, older, "a fine long password")).isEqualTo(401);
        assertThat(claim(api, "guess", "a fine long password")).isEqualTo(401);
        assertThat(claim(api, newest, "too short")).isEqualTo(400);
        jdbc.sql("update first_administrator_token set expires_at = now()").update();
        assertThat(claim(api, newest, "a fine long password")).isEqualTo(401);
        jdbc.sql("update first_administrator_token set expires_at = now() + interval '1 minute'").update();
        assertThat(claim(api, newest, "a fine long password")).isEqualTo(204);
        assertThat(claim(api, newest, "another long password")).isEqualTo(401);
        assertThat(first.invite()).isEmpty();
        assertThat(api.trySignIn(FirstAdministrator.USERNAME, "a fine long password").status()).isEqualTo(200);
        assertThat(people.findByUsername("administrator").orElseThrow().identityVerifiedAt()).isNull();
    }

    private static int claim(Api api, String token, String password) {
        return api.post("/manage/v1/first-administrator", "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, password)).status();
    }
}
