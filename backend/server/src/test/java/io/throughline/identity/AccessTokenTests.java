package io.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.throughline.shared.Json;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.MovableClock;
import io.throughline.testing.PeopleFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// OAuth 2 client credentials: what buys a token, what a token opens, and when both end.
@IntegrationTest
@Import({PeopleFixture.class, MovableClock.Setting.class})
class AccessTokenTests {

    private static final String READ = "/v1/content-types";

    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @Autowired TokenSigningKeys signingKeys;
    @Autowired MovableClock clock;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    Api chris;
    String channel;

    @BeforeEach
    void manager() {
        clock.reset();
        chris = Api.of(port).signIn(people.channelManager().username());
        channel = seed.channel("token-web", "Token web", "web").id();
    }

    @AfterEach
    void today() {
        clock.reset();
    }

    private JsonNode client(String use) {
        var answer = chris.post("/manage/v1/channels/" + channel + "/keys", """
                {"name": "app", "use": "%s", "markets": ["GB"], "locales": ["*"], "kinds": ["*"], "mayExplain": false, "mayTimeTravel": false,
                 "expiresAt": "%s"}
                """.formatted(use, Instant.now().plusSeconds(86_400)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private HttpResponse<String> tokenFor(String id, String secret) {
        var basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send("grant_type=client_credentials", "Authorization", "Basic " + basic);
    }

    private HttpResponse<String> send(String form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(JsonNode client) {
        var answer = tokenFor(client.path("id").asString(), client.path("secret").asString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body()).path("access_token").asString();
    }

    private int statusWith(String token) {
        return Api.of(port).withKey(token).get(READ).status();
    }

    @Test
    void aClientBuysATokenThatReadsWhatTheClientMayRead() {
        var client = client("client");
        var answer = tokenFor(client.path("id").asString(), client.path("secret").asString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        var body = Json.parse(answer.body());
        assertThat(body.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(body.path("expires_in").asInt()).isBetween(1, 300);
        var posted = send("grant_type=client_credentials&client_id=" + client.path("id").asString() + "&client_secret=" + client.path("secret").asString());
        assertThat(posted.statusCode()).isEqualTo(200);
        var app = Api.of(port).withKey(body.path("access_token").asString());
        assertThat(app.get("/v1/items?market=GB").status()).isEqualTo(200);
        assertThat(app.get("/v1/items?market=US").status()).isEqualTo(404);
        assertThat(app.get("/manage/v1/session").status()).isEqualTo(401);
    }

    @Test
    void refusalsFollowTheStandard() {
        var client = client("client");
        var id = client.path("id").asString();
        var basic = "Basic " + Base64.getEncoder().encodeToString((id + ":" + client.path("secret").asString()).getBytes(StandardCharsets.UTF_8));
        assertRefused(tokenFor(id, "wrong"), 401, "invalid_client");
        assertRefused(tokenFor("key_nobody", "wrong"), 401, "invalid_client");
        assertRefused(send("grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(send("grant_type=client_credentials", "Authorization", "Basic !!!"), 400, "invalid_request");
        assertRefused(send("grant_type=password", "Authorization", basic), 400, "unsupported_grant_type");
        assertRefused(send("", "Authorization", basic), 400, "invalid_request");
        assertRefused(send("grant_type=client_credentials&grant_type=client_credentials", "Authorization", basic), 400, "invalid_request");
        assertRefused(send("grant_type=client_credentials&scope=everything", "Authorization", basic), 400, "invalid_scope");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(error + ": " + answer.body()).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("error").asString()).isEqualTo(error);
        assertThat(Json.parse(answer.body()).path("error_description").asString()).isNotBlank();
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
    }

    @Test
    @Tag("S24")
    void aForgedTokenOpensNothing() throws Exception {
        var client = client("client");
        var good = token(client);
        assertThat(statusWith(good)).isEqualTo(200);
        var claims = SignedJWT.parse(good).getJWTClaimsSet();
        var own = (ECKey) signingKeys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).getFirst();
        var forged = new LinkedHashMap<String, String>();
        forged.put("unsigned", new PlainJWT(claims).serialize());
        forged.put("signature taken off", good.substring(0, good.lastIndexOf('.') + 1));
        forged.put("signature changed", good.substring(0, good.length() - 4) + (good.endsWith("AAAA") ? "BBBB" : "AAAA"));
        forged.put("claims changed", signed(own, claims, null).replaceFirst("\\.[^.]+\\.", "." + PlainJWT.parse(new PlainJWT(
                new JWTClaimsSet.Builder(claims).subject("key_other").build()).serialize()).getParsedParts()[1] + "."));
        forged.put("HMAC with the public key", hmac(own.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), own.getKeyID(), claims));
        forged.put("HMAC with the encoded public key", hmac(own.toECPublicKey().getEncoded(), own.getKeyID(), claims));
        forged.put("another key", signed(new ECKeyGenerator(Curve.P_256).keyID(own.getKeyID()).generate(), claims, null));
        forged.put("another audience", signed(own, new JWTClaimsSet.Builder(claims).audience("somebody-else").build(), null));
        forged.put("no audience", signed(own, new JWTClaimsSet.Builder(claims).audience((String) null).build(), null));
        forged.put("over", signed(own, new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now().minusSeconds(1))).build(), null));
        forged.put("never over", signed(own, new JWTClaimsSet.Builder(claims).expirationTime(null).build(), null));
        forged.put("not yet", signed(own, new JWTClaimsSet.Builder(claims).notBeforeTime(Date.from(Instant.now().plusSeconds(60))).build(), null));
        forged.put("of nobody", signed(own, new JWTClaimsSet.Builder(claims).subject("key_01JD8Z7Q4T0000000000000009").build(), null));
        forged.put("of a plain key", signed(own, new JWTClaimsSet.Builder(claims).subject(client("key").path("id").asString()).build(), null));
        forged.put("the secret itself", client.path("secret").asString());
        forged.put("not base64", "a.b.c");
        forged.forEach((what, token) -> assertThat(statusWith(token)).as(what).isEqualTo(401));
        assertThat(statusWith(signed(own, claims, null))).as("the way they are signed here is the right one").isEqualTo(200);
        assertThat(statusWith(good)).isEqualTo(200);
    }

    private static String signed(ECKey key, JWTClaimsSet claims, JOSEObjectType type) throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).type(type).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String hmac(byte[] secret, String keyId, JWTClaimsSet claims) throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    @Test
    @Tag("S25")
    void aTokenEndsAfterFiveMinutesAndWithItsClient() throws InterruptedException {
        var client = client("client");
        var token = token(client);
        clock.advance(Duration.ofSeconds(290)); // a token counts whole seconds, and a busy machine takes some of them
        assertThat(statusWith(token)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(11));
        assertThat(statusWith(token)).isEqualTo(401);
        clock.reset();
        var revoked = client("client");
        var held = token(revoked);
        assertThat(statusWith(held)).isEqualTo(200);
        assertThat(chris.post("/manage/v1/keys/" + revoked.path("id").asString() + "/revocation", "{\"reason\": \"lost\"}").status()).isEqualTo(201);
        Thread.sleep(4_900);
        assertThat(statusWith(held)).isEqualTo(401);
        assertThat(tokenFor(revoked.path("id").asString(), revoked.path("secret").asString()).statusCode()).isEqualTo(401);
    }

    @Test
    @Tag("S10")
    void anUnknownClientAWrongSecretAndAKeyAnswerAlike() {
        var client = client("client");
        var key = client("key");
        var wrong = tokenFor(client.path("id").asString(), "tls_wrong");
        var unknown = tokenFor("key_01JD8Z7Q4T0000000000000009", client.path("secret").asString());
        var plain = tokenFor(key.path("id").asString(), key.path("secret").asString());
        for (var answer : List.of(wrong, unknown, plain)) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(wrong.body()).contains("invalid_client");
        }
        assertThat(send("grant_type=client_credentials").statusCode()).isEqualTo(401);
        assertThat(statusWith(key.path("secret").asString())).isEqualTo(200);
    }

    @Test
    void duringARotationTwoSecretsAreValidAndNeverMore() throws Exception {
        var client = client("client");
        var id = client.path("id").asString();
        var first = client.path("secret").asString();
        var second = rotated(id, true);
        assertThat(tokenFor(id, first).statusCode()).isEqualTo(200);
        assertThat(tokenFor(id, second).statusCode()).isEqualTo(200);
        var third = rotated(id, true);
        assertThat(tokenFor(id, first).statusCode()).isEqualTo(401);
        assertThat(tokenFor(id, second).statusCode()).isEqualTo(200);
        var fourth = rotated(id, false);
        assertThat(tokenFor(id, third).statusCode()).isEqualTo(401);
        assertThat(tokenFor(id, fourth).statusCode()).isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'key.secret-rotated' and subject_id = :id").param("id", id).query(Long.class).single())
                .isEqualTo(3);
        assertThat(chris.post("/manage/v1/keys/" + client("key").path("id").asString() + "/rotation", "{\"keepsPrevious\": true, \"reason\": \"x\"}").status())
                .isEqualTo(404);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> rotation = () -> rotated(id, true);
            var secrets = threads.invokeAll(IntStream.range(0, 20).mapToObj(_ -> rotation).toList());
            long valid = secrets.stream().filter(secret -> tokenFor(id, secret.resultNow()).statusCode() == 200).count();
            assertThat(valid).isEqualTo(2);
        }
    }

    private String rotated(String id, boolean keepsPrevious) {
        var answer = chris.post("/manage/v1/keys/" + id + "/rotation", Json.text(Map.of("keepsPrevious", keepsPrevious, "reason", "the yearly one")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("secret").asString();
    }

    @Test
    @Tag("S29")
    void thePublicKeyIsPublishedAndNothingElseOfTheServer() throws Exception {
        token(client("client"));
        var keys = Api.of(port).get("/oauth2/jwks");
        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.json().at("/keys/0/crv").asString()).isEqualTo("P-256");
        assertThat(keys.json().at("/keys/0").has("d")).isFalse();
        for (var path : List.of("/oauth2/authorize", "/oauth2/introspect", "/oauth2/revoke", "/.well-known/oauth-authorization-server", "/connect/register")) {
            assertThat(Api.of(port).post(path, "{}").status()).as(path).isIn(404, 405);
        }
    }
}
