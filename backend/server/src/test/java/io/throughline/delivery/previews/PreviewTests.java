package io.throughline.delivery.previews;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.delivery.DeliveryFixture;
import io.throughline.shared.Json;
import io.throughline.shared.Role;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.MovableClock;
import io.throughline.testing.PeopleFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Preview tokens, and single items shown to them.
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

    private static String wanted(String markets, String locales, String kinds, Instant expiresAt) {
        return """
                {"name": "Staging portal", "markets": ["%s"], "locales": ["%s"], "kinds": ["%s"], "expiresAt": "%s"}
                """.formatted(markets, locales, kinds, expiresAt);
    }

    private String tokensOfWeb() {
        people.webKey();
        var web = Api.of(port).signIn(people.channelManager().username()).get("/manage/v1/channels").json().path("channels").valueStream()
                .filter(channel -> channel.path("key").asString().equals("web")).findFirst().orElseThrow();
        return "/manage/v1/channels/" + web.path("id").asString() + "/preview-tokens";
    }

    private JsonNode token(String username, String markets, String locales, String kinds) {
        var answer = Api.of(port).signIn(username).post(tokensOfWeb(), wanted(markets, locales, kinds, clock.instant().plus(Duration.ofDays(7))));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Api previewer(String username) {
        return Api.of(port).withKey(token(username, "*", "*", "*").path("secret").asString());
    }

    private Api previewer() {
        return previewer(people.channelManager().username());
    }

    @Test
    @Tag("S30")
    void aDraftIsShownAndEveryAnswerSaysThatItIsNotApproved() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Draft <b>title</b>"));
        var answer = previewer().get("/preview/v1/items/" + item.key() + "?locale=en-GB");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).hasValue("private, no-store");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.json().at("/preview/state").asString()).isEqualTo("draft");
        assertThat(answer.json().at("/preview/revision").asInt()).isEqualTo(1);
        assertThat(answer.json().path("notice").asString()).contains("Not approved");
        assertThat(answer.json().path("html").asString()).contains("<strong>slow</strong>");
        assertThat(answer.json().has("approval")).isFalse();
        assertThat(answer.json().has("version")).isFalse();
        var live = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Published"));
        var version = previewer().get("/preview/v1/items/" + live.id() + "?locale=en-GB").json();
        assertThat(version.at("/preview/state").asString()).isEqualTo("version");
        assertThat(version.at("/preview/version").asInt()).isEqualTo(1);
    }

    @Test
    void theContractIsThereForClientGenerators() {
        var contract = previewer().get("/preview/v1/openapi.json");
        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.json().at("/info/title").asString()).isEqualTo("Throughline preview API");
        assertThat(contract.header("Cache-Control")).hasValueSatisfying(it -> assertThat(it).contains("no-store"));
    }

    @Test
    @Tag("S10")
    @Tag("S24")
    void neitherKeyNorSessionOpensThePreviewAndItsTokenOpensNothingElse() {
        var item = shelf.live("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Closed"));
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        assertThat(Api.of(port).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).withKey(people.webKey()).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).signIn(people.channelManager().username()).get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).withKey("tlp_wrong").get(path).status()).isEqualTo(401);
        var preview = previewer();
        for (var closed : List.of("/v1/content-types", "/v1/items?market=GB", "/v1/items/" + item.id() + "?market=GB&locale=en-GB",
                "/v1/content-sets?audience=hcp&market=GB&locale=en-GB", "/v1/sync?initial=true&market=GB", "/manage/v1/session", "/manage/v1/preview-tokens")) {
            assertThat(preview.get(closed).status()).as(closed).isEqualTo(401);
        }
        assertThat(preview.get(path).status()).isEqualTo(200);
    }

    @Test
    @Tag("S7")
    @Tag("S10")
    void aTokenSeesWhatItsMakerMaySeeAndAHiddenItemLooksLikeNone() {
        shelf.brand("previewbrand");
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, "previewbrand", DeliveryFixture.article("Hidden"));
        var other = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("otherbrand"), Set.of("*"));
        var hidden = previewer(other.username()).get("/preview/v1/items/" + item.id() + "?locale=en-GB");
        var missing = previewer(other.username()).get("/preview/v1/items/itm_none?locale=en-GB");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.json().path("detail")).isEqualTo(missing.json().path("detail"));
        assertThat(previewer().get("/preview/v1/items/" + item.id() + "?locale=de-DE").status()).isEqualTo(404);
        for (var wrong : new String[] {"", "?locale=en", "?locale=en-GB&market=GB"}) {
            assertThat(previewer().get("/preview/v1/items/" + item.id() + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    @Tag("S10")
    void whatLiesBeyondATokensScopeReadsAsNotFound() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Scoped"));
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        var manager = people.channelManager().username();
        assertThat(Api.of(port).withKey(token(manager, "GB", "en-GB", "non-promotional").path("secret").asString()).get(path).status()).isEqualTo(200);
        for (var scope : List.of(new String[] {"GB", "en-GB", "promotional"}, new String[] {"GB", "cy-GB", "non-promotional"},
                new String[] {"DE", "*", "non-promotional"})) {
            var refused = Api.of(port).withKey(token(manager, scope[0], scope[1], scope[2]).path("secret").asString()).get(path);
            assertThat(refused.status()).as(String.join(" ", scope)).isEqualTo(404);
        }
    }

    @Test
    @Tag("S3")
    void theWordsOfAClaimThatTheTokenMayNotSeeAreNotInsideOfAnother() {
        shelf.brand("claimbrand");
        var claim = shelf.written("claim", Kinds.NON_PROMOTIONAL, "claimbrand",
                DeliveryFixture.document("Secret claim").put("text", "Zarbitol halves the risk.").put("efficacyClaim", false));
        var text = DeliveryFixture.article("Around a claim");
        text.putArray("claims").add(claim.id());
        text.put("body", "It says: :claim[" + claim.id() + "]");
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, text);
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        assertThat(previewer().get(path).json().at("/claims/0/text").asString()).isEqualTo("Zarbitol halves the risk.");
        var other = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("otherbrand"), Set.of("*"));
        var without = previewer(other.username()).get(path);
        assertThat(without.status()).isEqualTo(200);
        assertThat(without.body()).doesNotContain("Zarbitol");
        assertThat(without.json().path("claims")).isEmpty();
    }

    @Test
    @Tag("S25")
    void aTokenEndsInTimeWithItsMakersRightOrWhenItIsRevokedAndBothAreInTheTrail() {
        var item = shelf.written("article", Kinds.NON_PROMOTIONAL, null, DeliveryFixture.article("Ending"));
        var path = "/preview/v1/items/" + item.id() + "?locale=en-GB";
        var manager = people.channelManager().username();
        var token = token(manager, "*", "*", "*");
        var id = token.path("id").asString();
        var preview = Api.of(port).withKey(token.path("secret").asString());
        assertThat(preview.get(path).status()).isEqualTo(200);
        var revoked = Api.of(port).signIn(people.administrator().username()).post("/manage/v1/preview-tokens/" + id + "/revocation", "{\"reason\": \"done\"}");
        assertThat(revoked.status()).isEqualTo(201);
        assertThat(revoked.json().has("revokedAt")).isTrue();
        assertThat(preview.get(path).status()).isEqualTo(401);
        assertThat(Api.of(port).signIn(manager).post("/manage/v1/preview-tokens/" + id + "/revocation", "{\"reason\": \"again\"}").status()).isEqualTo(404);
        for (var action : List.of("preview-token.issued", "preview-token.revoked")) {
            assertThat(jdbc.sql("select count(*) from audit_entry where action = :action and subject_id = :id").param("action", action).param("id", id)
                    .query(Long.class).single()).as(action).isEqualTo(1);
        }
        var second = previewer();
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        assertThat(second.get(path).status()).isEqualTo(401);
        clock.reset();
        var leaving = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("*"), Set.of("*"));
        var theirs = previewer(leaving.username());
        assertThat(theirs.get(path).status()).isEqualTo(200);
        jdbc.sql("update person set roles = '{writer}' where id = :id").param("id", leaving.id()).update();
        assertThat(theirs.get(path).status()).isEqualTo(401);
        jdbc.sql("update person set roles = '{channel-manager}' where id = :id").param("id", leaving.id()).update();
        assertThat(theirs.get(path).status()).isEqualTo(200);
        jdbc.sql("update person set suspended_at = now() where id = :id").param("id", leaving.id()).update();
        assertThat(theirs.get(path).status()).isEqualTo(401);
    }

    /// It shows what its maker may see, so that whoever has one brand makes one, too; ending it is for those who see as much.
    @Test
    @Tag("S8")
    void whoeverWorksForSomeBrandsOrMarketsEndsOnlyTheirOwnTokens() {
        var others = "/manage/v1/preview-tokens/" + token(people.channelManager().username(), "*", "*", "*").path("id").asString() + "/revocation";
        var branded = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("otherbrand"), Set.of("*")).username();
        var local = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("*"), Set.of("GB")).username();
        var reason = "{\"reason\": \"The agency is done.\"}";

        assertThat(Api.of(port).signIn(branded).post(others, reason).status()).isEqualTo(403);
        assertThat(Api.of(port).signIn(local).post(others, reason).json().path("detail").asString()).startsWith("Somebody else made this token.");
        var own = "/manage/v1/preview-tokens/" + token(branded, "*", "*", "*").path("id").asString() + "/revocation";
        assertThat(Api.of(port).signIn(branded).post(own, reason).status()).isEqualTo(201);
        assertThat(Api.of(port).signIn(people.channelManager().username()).post(others, reason).status()).isEqualTo(201);
    }

    @Test
    @Tag("S8")
    @Tag("S12")
    void onlyManagersMakeTokensWithinTheirOwnMarketsAndForThirtyDays() {
        var tokens = tokensOfWeb();
        var soon = Instant.now().plus(Duration.ofDays(1));
        long before = jdbc.sql("select count(*) from preview_token").query(Long.class).single();
        assertThat(Api.of(port).signIn(people.writer().username()).post(tokens, wanted("GB", "en-GB", "promotional", soon)).status()).isEqualTo(403);
        var local = shelf.with(Set.of(Role.CHANNEL_MANAGER), Set.of("*"), Set.of("GB"));
        assertThat(Api.of(port).signIn(local.username()).post(tokens, wanted("US", "*", "*", soon)).status()).isEqualTo(403);
        assertThat(Api.of(port).signIn(local.username()).post(tokens, wanted("*", "*", "*", soon)).status()).isEqualTo(403);
        var manager = Api.of(port).signIn(people.channelManager().username());
        assertThat(manager.post("/manage/v1/channels/chn_none/preview-tokens", wanted("GB", "*", "*", soon)).status()).isEqualTo(404);
        for (var expiry : List.of(Instant.now().minusSeconds(1), Instant.now().plus(Duration.ofDays(31)))) {
            assertThat(manager.post(tokens, wanted("GB", "*", "*", expiry)).status()).as("until %s", expiry).isEqualTo(400);
        }
        for (var empty : List.of("markets", "locales", "kinds")) {
            var body = Json.parseObject(wanted("GB", "*", "*", soon));
            body.putArray(empty);
            assertThat(manager.post(tokens, Json.text(body)).status()).as("no %s", empty).isEqualTo(400);
        }
        assertThat(manager.post(tokens, wanted("GB", "*", "*", soon).replace("Staging portal", " ")).status()).isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from preview_token").query(Long.class).single()).isEqualTo(before);
    }

    @Test
    @Tag("S29")
    void theListShowsWhichTokensThereAreAndNoSecret() {
        var made = token(people.channelManager().username(), "GB", "en-GB", "promotional");
        assertThat(made.path("secret").asString()).startsWith("tlp_").hasSizeGreaterThan(40);
        var list = Api.of(port).signIn(people.writer().username()).get("/manage/v1/preview-tokens");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).doesNotContain(made.path("secret").asString());
        var listed = list.json().path("tokens").valueStream().filter(it -> it.path("id").equals(made.path("id"))).findFirst().orElseThrow();
        assertThat(listed.path("prefix").asString()).isEqualTo(made.path("secret").asString().substring(0, 12));
        assertThat(listed.path("madeBy").asString()).isEqualTo("Chris Channels");
        assertThat(listed.path("channelId")).isEqualTo(made.path("channelId"));
        assertThat(jdbc.sql("select count(*) from preview_token where secret_hash = :secret").param("secret", made.path("secret").asString())
                .query(Long.class).single()).isZero();
    }
}
