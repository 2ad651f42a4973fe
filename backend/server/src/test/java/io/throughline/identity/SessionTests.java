package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class SessionTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired PeopleDesk desk;
    @Autowired JdbcClient jdbc;

    @Test
    void aPersonSignsInAndOut() {
        var wanda = Api.of(port).signIn(people.writer().username());
        var session = wanda.get("/manage/v1/session");
        assertThat(session.status()).isEqualTo(200);
        assertThat(session.json().get("initials").stringValue()).isEqualTo("WW");
        assertThat(session.json().get("signingEnabled").booleanValue()).isTrue();
        assertThat(wanda.delete("/manage/v1/session").status()).isEqualTo(204);
        assertThat(wanda.get("/manage/v1/session").status()).isEqualTo(401);
    }

    @Test
    @Tag("S26")
    void theSessionIdChangesAtSignIn() {
        var wanda = Api.of(port).signIn(people.writer().username());
        var first = wanda.cookie("THROUGHLINE_SESSION").orElseThrow();
        wanda.signIn(people.writer().username());
        assertThat(wanda.cookie("THROUGHLINE_SESSION").orElseThrow()).isNotEqualTo(first);
        var thief = Api.of(port).get("/manage/v1/session", "Cookie", "THROUGHLINE_SESSION=" + first);
        assertThat(thief.status()).isEqualTo(401);
    }

    @Test
    @Tag("S22")
    void cookiesAreStrictAndTheSessionsIsHiddenFromScripts() {
        people.writer();
        var api = Api.of(port);
        api.get("/manage/v1/about");
        var answer = api.trySignIn("wanda.writer", PeopleFixture.PASSWORD);
        var session = answer.headers().get("set-cookie").stream().filter(it -> it.startsWith("THROUGHLINE_SESSION=")).findFirst().orElseThrow();
        assertThat(session).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
    }

    @Test
    @Tag("S25")
    void aSuspendedPersonsSessionDies() {
        people.person("sue.suspended", "Sue Suspended", java.util.Set.of(), java.util.Set.of("*"), java.util.Set.of("*"));
        var sue = Api.of(port).signIn("sue.suspended");
        desk.suspend(people.administrator(), sue.get("/manage/v1/session").json().get("id").stringValue(), "left the company");
        assertThat(sue.get("/manage/v1/session").status()).isEqualTo(401);
        assertThat(Api.of(port).trySignIn("sue.suspended", PeopleFixture.PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void thatASessionWasUsedIsWrittenOnceInHalfAMinute() {
        var wanda = Api.of(port).signIn(people.writer().username());
        var used = "select max(last_access_time) from spring_session where principal_name = '%s'".formatted(people.writer().id());
        long first = jdbc.sql(used).query(Long.class).single();
        wanda.get("/manage/v1/session");
        assertThat(jdbc.sql(used).query(Long.class).single()).isEqualTo(first);
        jdbc.sql("update spring_session set last_access_time = last_access_time - 30000").update();
        wanda.get("/manage/v1/session");
        assertThat(jdbc.sql(used).query(Long.class).single()).isGreaterThanOrEqualTo(first);
    }
}
