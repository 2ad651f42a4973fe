package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.shared.ProblemException;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    @Tag("S27")
    @Tag("P11-11")
    void wrongOldPasswordsAreCountedRefusedAndInTheTrail() {
        var owner = people.person("wrong.change", "Wrong Change", Set.of(), Set.of(), Set.of());
        var person = Api.of(port).signIn("wrong.change");
        for (int i = 0; i < 5; i++) {
            assertThat(person.put("/manage/v1/session/password", "{\"oldPassword\": \"guess\", \"newPassword\": \"a good new password\"}").status()).isEqualTo(403);
        }
        var sixth = person.put("/manage/v1/session/password",
                "{\"oldPassword\": \"%s\", \"newPassword\": \"a good new password\"}".formatted(PeopleFixture.PASSWORD));
        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.header("retry-after")).hasValue("900");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'password-change.refused' and subject_id = :id").param("id", owner.id())
                .query(Long.class).single()).isEqualTo(6);
    }

    @Test
    @Tag("P11-10")
    @Tag("P11-11")
    void afterAResetAnotherPasswordIsChosenBeforeAnythingElse() {
        var person = people.person("reset.first", "Reset First", Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.post("/manage/v1/people/" + person.id() + "/password-reset",
                "{\"password\": \"told by telephone\", \"reason\": \"forgotten\"}").status()).isEqualTo(204);
        var signedIn = Api.of(port);
        assertThat(signedIn.trySignIn("reset.first", "told by telephone").json().get("passwordChangeRequired").booleanValue()).isTrue();
        assertThat(signedIn.get("/manage/v1/session").json().get("passwordChangeRequired").booleanValue()).isTrue();
        for (var refused : List.of(signedIn.get("/manage/v1/items"), signedIn.get("/manage/v1/my-work"), signedIn.post("/manage/v1/items", "{}"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("password-change-required");
        }
        assertThat(signedIn.put("/manage/v1/session/password",
                "{\"oldPassword\": \"told by telephone\", \"newPassword\": \"told by telephone\"}").status()).isEqualTo(400);
        assertThat(signedIn.put("/manage/v1/session/password",
                "{\"oldPassword\": \"told by telephone\", \"newPassword\": \"nobody else knows this\"}").status()).isEqualTo(204);
        assertThat(signedIn.trySignIn("reset.first", "nobody else knows this").json().has("passwordChangeRequired")).isFalse();
        assertThat(signedIn.get("/manage/v1/items").status()).isEqualTo(200);
        // it opened everything but signing
        assertThat(signedIn.get("/manage/v1/session").json().get("signingEnabled").booleanValue()).isFalse();
        assertThat(admin.post("/manage/v1/people/" + person.id() + "/identity-confirmation", "{\"reason\": \"seen\"}").status()).isEqualTo(409);
        people.person("admin.two", "Admin Two", Set.of(Role.ADMINISTRATOR), Set.of("*"), Set.of("*"));
        assertThat(Api.of(port).signIn("admin.two").post("/manage/v1/people/" + person.id() + "/identity-confirmation", "{\"reason\": \"seen\"}").status()).isEqualTo(204);
        assertThat(signedIn.get("/manage/v1/session").json().get("signingEnabled").booleanValue()).isTrue();
    }

    @Test
    @Tag("P11-11")
    void aNewPasswordThatIsShortCommonTheUserNameOrAFormerOneIsRefusedAndTheOldOneStays() {
        people.person("rules.of.passwords", "Rules Passwords", Set.of(), Set.of(), Set.of());
        var person = Api.of(port).signIn("rules.of.passwords");
        for (var refused : List.of("elevenchars", "rules.of.passwords", "Rules.Of.Passwords!", "Password1234", "1q2w3e4r5t6y", PeopleFixture.PASSWORD)) {
            var answer = person.put("/manage/v1/session/password", change(PeopleFixture.PASSWORD, refused));
            assertThat(answer.status()).as(refused).isEqualTo(400);
            assertThat(answer.json().get("detail").stringValue()).as(refused).matches(".*(characters|user name|commonest|before).*");
        }
        assertThat(person.put("/manage/v1/session/password", change(PeopleFixture.PASSWORD, "twelve chars")).status()).isEqualTo(204);
        assertThat(person.trySignIn("rules.of.passwords", "twelve chars").status()).isEqualTo(200);
        assertThat(person.put("/manage/v1/session/password", change("twelve chars", PeopleFixture.PASSWORD)).status()).isEqualTo(400);
    }

    private static String change(String old, String wanted) {
        return "{\"oldPassword\": \"%s\", \"newPassword\": \"%s\"}".formatted(old, wanted);
    }

    @Test
    @Tag("P11-11")
    void noneOfTheLastFivePasswordsIsTakenAgain() {
        var person = people.person("five.back", "Five Back", Set.of(), Set.of(), Set.of()).asActor();
        var all = List.of(PeopleFixture.PASSWORD, "second password", "third password", "fourth password", "fifth password", "sixth password");
        for (int i = 1; i < all.size(); i++) {
            assertThat(desk.changePassword(person, all.get(i - 1), all.get(i))).isEqualTo(PasswordProofs.Proof.RIGHT);
        }
        for (var former : all.subList(1, 6)) {
            assertThatThrownBy(() -> desk.changePassword(person, "sixth password", former)).hasMessageContaining("before");
        }
        assertThat(jdbc.sql("select count(*) from former_password where person_id = :id").param("id", person.id()).query(Long.class).single()).isEqualTo(4);
        assertThat(desk.changePassword(person, "sixth password", PeopleFixture.PASSWORD)).isEqualTo(PasswordProofs.Proof.RIGHT);
    }

    @ParameterizedTest
    @Tag("P11-11")
    @ValueSource(strings = {"elevenchars", "pass.word.user", "PASS.WORD.USER!!1", "pass.word.user2026", "1q2w3e4r5t6y", "Password1234", "!!Dragon2026!!", "monkeymonkey",
            "123456123456", "qwertyuiop12", "            "})
    void aPasswordThatPeopleGuessFirstIsRefused(String password) {
        assertThatThrownBy(() -> PasswordRules.requireAcceptable(password, "pass.word.user")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @Tag("P11-11")
    @ValueSource(strings = {"throughline-demo", "correct horse battery", "twelve chars", "Pässwörter sind müde", "9f2k-77ab-x0q1"})
    void aPasswordOfItsOwnIsTaken(String password) {
        PasswordRules.requireAcceptable(password, "pass.word.user");
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
    @Tag("S8")
    void anAdministratorChangesRolesBrandsAndMarketsAndTheNextRequestKnows() {
        var person = people.person("changed.access", "Changed Access", Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var open = Api.of(port).signIn("changed.access");
        var admin = Api.of(port).signIn(people.administrator().username());
        var changed = admin.put("/manage/v1/people/" + person.id() + "/access", access("medical-reviewer", "velorix", "GB"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(open.get("/manage/v1/session").json().get("roles").toString()).isEqualTo("[\"medical-reviewer\"]");
        assertThat(open.post("/manage/v1/items", "{}").status()).isEqualTo(403);
        var entry = jdbc.sql("select reason, before::text b, after::text a from audit_entry where action = 'person.access-changed' and subject_id = :id")
                .param("id", person.id()).query().singleRow();
        assertThat(entry.get("reason")).isEqualTo("moved to review");
        assertThat(entry.get("b").toString()).contains("writer").doesNotContain("velorix");
        assertThat(entry.get("a").toString()).contains("medical-reviewer").contains("velorix");
    }

    @Test
    @Tag("S8")
    void nobodyGivesWhatTheyDoNotHaveAndNobodyChangesThemselves() {
        var person = people.person("not.given", "Not Given", Set.of(Role.WRITER), Set.of("velorix"), Set.of("GB"));
        var limited = people.person("brand.admin", "Brand Admin", Set.of(Role.ADMINISTRATOR), Set.of("velorix", "other"), Set.of("GB"));
        var admin = Api.of(port).signIn("brand.admin");
        var path = "/manage/v1/people/" + person.id() + "/access";
        assertThat(admin.put(path, access("writer", "*", "GB")).status()).isEqualTo(403);
        assertThat(admin.put(path, access("writer", "velorix", "DE")).status()).isEqualTo(403);
        assertThat(admin.post("/manage/v1/people", request("every.brand", PeopleFixture.PASSWORD)).status()).isEqualTo(403);
        assertThat(admin.put(path, access("strategist", "other", "GB")).status()).isEqualTo(200);
        assertThat(admin.put("/manage/v1/people/" + limited.id() + "/access", access("writer", "velorix", "GB")).status()).isEqualTo(409);
        assertThat(admin.put(path, access("writer", "velorix", "GB").replace("moved to review", " ")).status()).isEqualTo(400);
        assertThat(Api.of(port).signIn(people.writer().username()).put(path, access("writer", "velorix", "GB")).status()).isEqualTo(403);
        assertThat(known.get(person.id()).roles()).containsExactly(Role.STRATEGIST);
    }

    /// Whoever could reset the password of somebody with every brand would have every brand.
    @Test
    @Tag("S8")
    @Tag("S6")
    void anAdministratorOfSomeBrandsHasNoHandInTheAccountsOfOthers() {
        people.person("some.admin", "Some Admin", Set.of(Role.ADMINISTRATOR), Set.of("velorix"), Set.of("GB"));
        var admin = Api.of(port).signIn("some.admin");
        var reason = "{\"reason\": \"asked for\"}";
        for (var other : List.of(people.person("of.all", "Of All", Set.of(Role.WRITER), Set.of("*"), Set.of("GB")),
                people.person("of.two", "Of Two", Set.of(Role.ADMINISTRATOR), Set.of("velorix", "other"), Set.of("GB")),
                people.person("of.both.markets", "Of Both Markets", Set.of(Role.WRITER), Set.of("velorix"), Set.of("GB", "DE")))) {
            var path = "/manage/v1/people/" + other.id();
            var before = jdbc.sql("select to_jsonb(p)::text from person p where id = :id").param("id", other.id()).query(String.class).single();
            var answers = List.of(admin.post(path + "/password-reset", "{\"password\": \"%s\", \"reason\": \"asked for\"}".formatted(PeopleFixture.PASSWORD + "!")),
                    admin.post(path + "/suspension", reason), admin.post(path + "/resumption", reason), admin.post(path + "/identity-confirmation", reason),
                    admin.put(path + "/access", access("administrator", "velorix", "GB")));
            assertThat(answers).as(other.username()).extracting(Api.Answer::status).containsOnly(403);
            assertThat(jdbc.sql("select to_jsonb(p)::text from person p where id = :id").param("id", other.id()).query(String.class).single()).isEqualTo(before);
        }
        var own = people.person("of.one", "Of One", Set.of(Role.WRITER), Set.of("velorix"), Set.of("GB"));
        assertThat(admin.post("/manage/v1/people/" + own.id() + "/suspension", reason).status()).isEqualTo(204);
        assertThat(admin.post("/manage/v1/people/" + own.id() + "/resumption", reason).status()).isEqualTo(204);
    }

    private static String access(String role, String brand, String market) {
        return """
                {"roles": ["%s"], "brands": ["%s"], "markets": ["%s"], "reason": "moved to review"}
                """.formatted(role, brand, market);
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
