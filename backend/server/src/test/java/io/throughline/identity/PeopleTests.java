package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class PeopleTests {

    @LocalServerPort int port;
    @Autowired PeopleFixture people;
    @Autowired People known;
    @Autowired PeopleDesk desk;
    @Autowired JdbcClient jdbc;

    @Test
    void anAdministratorMakesAPersonWhoThenSignsIn() {
        var admin = Api.of(port).signIn(people.administrator().username());
        var made = admin.post("/manage/v1/people", request("New.Person", PeopleFixture.PASSWORD));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("username").stringValue()).isEqualTo("new.person");
        assertThat(made.body()).doesNotContain(PeopleFixture.PASSWORD).doesNotContain("argon2");
        Api.of(port).signIn("NEW.person");
        assertThat(admin.post("/manage/v1/people", request("new.person", PeopleFixture.PASSWORD)).status()).isEqualTo(409);
    }

    @Test
    @Tag("S12")
    void aRefusedRequestMakesNobody() {
        var admin = Api.of(port).signIn(people.administrator().username());
        var before = known.list().size();
        assertThat(admin.post("/manage/v1/people", request("a b", PeopleFixture.PASSWORD)).status()).isEqualTo(400);
        assertThat(admin.post("/manage/v1/people", request("short.password", "elevenchars")).status()).isEqualTo(400);
        assertThat(admin.post("/manage/v1/people", request("nul.name", PeopleFixture.PASSWORD).replace("Some One", "A\\u0000B")).status()).isEqualTo(400);
        assertThat(Api.of(port).signIn(people.writer().username()).post("/manage/v1/people", request("not.allowed", PeopleFixture.PASSWORD)).status()).isEqualTo(403);
        assertThat(known.list()).hasSize(before);
    }

    @Test
    @Tag("S25")
    @Tag("P11-11")
    void aPasswordResetEndsTheSessionsThatTheOldPasswordOpened() {
        var person = people.person("reset.session", "Reset Session", Set.of(), Set.of(), Set.of());
        var open = Api.of(port).signIn("reset.session");
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.post("/manage/v1/people/" + person.id() + "/password-reset",
                "{\"password\": \"another good password\", \"reason\": \"forgotten\"}").status()).isEqualTo(204);
        assertThat(open.get("/manage/v1/session").status()).isEqualTo(401);
    }

    @Test
    void aPersonChangesTheirOwnPasswordWithTheOldOne() {
        people.person("own.change", "Own Change", Set.of(), Set.of(), Set.of());
        var person = Api.of(port).signIn("own.change");
        assertThat(person.put("/manage/v1/session/password", "{\"oldPassword\": \"wrong\", \"newPassword\": \"a good new password\"}").status()).isEqualTo(403);
        assertThat(person.put("/manage/v1/session/password",
                "{\"oldPassword\": \"%s\", \"newPassword\": \"a good new password\"}".formatted(PeopleFixture.PASSWORD)).status()).isEqualTo(204);
        assertThat(person.get("/manage/v1/session").status()).isEqualTo(401);
        assertThat(Api.of(port).trySignIn("own.change", "a good new password").status()).isEqualTo(200);
    }

    @Test
    @Tag("S8")
    @Tag("S11")
    void whoIsNoAdministratorManagesNobodyBelowTheControllersEither() {
        assertThatThrownBy(() -> desk.suspend(people.writer(), people.legal().id(), "because")).hasMessageContaining("administrators");
        assertThatThrownBy(() -> desk.suspend(null, people.legal().id(), "because")).isInstanceOf(NullPointerException.class);
        assertThat(known.get(people.legal().id()).suspended()).isFalse();
        assertThatThrownBy(() -> desk.suspend(people.administrator(), people.administrator().id(), "oops")).hasMessageContaining("yourself");
    }

    @Test
    void namesComeInOneQueryAndUnknownIdsAreLeftOut() {
        var writer = people.writer();
        assertThat(known.names(List.of(writer.id(), "usr_unknown", "system", writer.id())))
                .containsOnly(java.util.Map.entry(writer.id(), "Wanda Writer"), java.util.Map.entry("system", "Throughline"));
    }

    @Test
    @Tag("S14")
    void hostileUserNamesAreOnlyText() {
        for (var hostile : List.of("' or 1=1 --", "x'; drop table person; --", "%", "_", "${7*7}", "a\\u0000b")) {
            assertThat(Api.of(port).post("/manage/v1/session", "{\"username\": \"%s\", \"password\": \"x\"}".formatted(hostile)).status()).isIn(400, 401);
        }
        assertThat(jdbc.sql("select count(*) from person").query(Long.class).single()).isPositive();
    }

    private static String request(String username, String password) {
        return """
                {"username": "%s", "displayName": "Some One", "password": "%s", "roles": ["writer"], "brands": ["*"], "markets": ["GB"],
                 "identityVerified": false}
                """.formatted(username, password);
    }
}
