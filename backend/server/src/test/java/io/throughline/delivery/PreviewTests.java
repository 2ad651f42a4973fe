package io.throughline.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.MovableClock;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class, MovableClock.Setting.class})
class PreviewTests {

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired MovableClock clock;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    @AfterEach
    void today() {
        clock.reset();
    }

    private JsonNode token(String username) {
        var answer = Api.of(port).signIn(username).post("/manage/v1/preview-tokens", "{\"hours\": 24, \"purpose\": \"look at the new portal\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Api previewer(String username) {
        return Api.of(port).withKey(token(username).path("secret").asString());
    }

    @Test
    void aDraftIsShownAndEveryAnswerSaysThatItIsNotApproved() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Draft <b>title</b>"));
        var answer = previewer(people.writer().username()).get("/preview/v1/items/" + item.key() + "?locale=en-GB");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValueSatisfying(it -> assertThat(it).contains("no-store"));
        assertThat(answer.json().path("preview").asBoolean()).isTrue();
        assertThat(answer.json().path("state").asString()).isEqualTo("draft");
        assertThat(answer.json().path("notice").asString()).contains("Not approved");
        assertThat(answer.json().path("html").asString()).contains("<strong>slow</strong>");
        assertThat(answer.json().has("approval")).isFalse();
        var live = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Published"));
        assertThat(previewer(people.writer().username()).get("/preview/v1/items/" + live.id() + "?locale=en-GB").json().path("state").asString()).isEqualTo("version");
    }

    @Test
    @Tag("S10")
    @Tag("S24")
    void neitherKeyNorSessionOpensThePreviewAndItsTokenOpensNothingElse() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Closed"));
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        assertThat(Api.of(port).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).withKey(people.webKey()).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).signIn(people.writer().username()).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).withKey("tlp_wrong").get(path).status()).isEqualTo(401);
        var preview = previewer(people.writer().username());
        assertThat(preview.get("/v1/content-types").status()).isEqualTo(401);
        assertThat(preview.get("/manage/v1/session").status()).isEqualTo(401);
        assertThat(preview.get(path).status()).isEqualTo(200);
    }

    @Test
    @Tag("S7")
    void aTokenSeesWhatItsMakerMaySeeAndAHiddenItemLooksLikeNone() {
        shelf.brand("previewbrand");
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, "previewbrand", DeliveryFixture.article("Hidden"));
        var other = shelf.with(Set.of(Role.WRITER), Set.of("otherbrand"), Set.of("*"));
        var hidden = previewer(other.username()).get("/preview/v1/items/" + item.id() + "?locale=en-GB");
        var missing = previewer(other.username()).get("/preview/v1/items/itm_none?locale=en-GB");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.json().path("detail")).isEqualTo(missing.json().path("detail"));
        assertThat(previewer(people.writer().username()).get("/preview/v1/items/" + item.id() + "?locale=de-DE").status()).isEqualTo(404);
        for (var wrong : new String[] {"", "?locale=en", "?locale=en-GB&market=GB"}) {
            assertThat(previewer(people.writer().username()).get("/preview/v1/items/" + item.id() + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    @Tag("S25")
    void aTokenEndsAfterItsHoursWithItsMakerOrWhenItIsRevokedAndItsIssueIsInTheTrail() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Ending"));
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        var writer = people.writer().username();
        var token = token(writer);
        var preview = Api.of(port).withKey(token.path("secret").asString());
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'preview-token.issued' and subject_id = :id").param("id", token.path("id").asString())
                .query(Long.class).single()).isEqualTo(1);
        assertThat(preview.get(path).status()).isEqualTo(200);
        var foreign = Api.of(port).signIn(people.strategist().username())
                .post("/manage/v1/preview-tokens/" + token.path("id").asString() + "/revocation", "{\"reason\": \"not mine\"}");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(Api.of(port).signIn(writer).post("/manage/v1/preview-tokens/" + token.path("id").asString() + "/revocation", "{\"reason\": \"done\"}").status())
                .isEqualTo(204);
        assertThat(preview.get(path).status()).isEqualTo(401);
        var second = previewer(writer);
        clock.advance(Duration.ofHours(24).plusSeconds(1));
        assertThat(second.get(path).status()).isEqualTo(401);
        clock.reset();
        var leaving = shelf.with(Set.of(Role.WRITER), Set.of("*"), Set.of("*"));
        var theirs = previewer(leaving.username());
        assertThat(theirs.get(path).status()).isEqualTo(200);
        jdbc.sql("update person set suspended_at = now() where id = :id").param("id", leaving.id()).update();
        assertThat(theirs.get(path).status()).isEqualTo(401);
        for (var wrong : new String[] {"{\"hours\": 25, \"purpose\": \"x\"}", "{\"hours\": 0, \"purpose\": \"x\"}", "{\"hours\": 1, \"purpose\": \" \"}"}) {
            assertThat(Api.of(port).signIn(writer).post("/manage/v1/preview-tokens", wrong).status()).as(wrong).isEqualTo(400);
        }
    }
}
