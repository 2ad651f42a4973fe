package io.throughline.delivery;

import static io.throughline.delivery.DeliveryFixture.article;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.content.Kinds;
import io.throughline.identity.IdentitySeed;
import io.throughline.identity.NewApiKey;
import io.throughline.shared.BrandScope;
import io.throughline.testing.Api;
import io.throughline.testing.IntegrationTest;
import io.throughline.testing.PeopleFixture;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/// Who may keep an answer, in which form it goes over the wire, and by which protocol.
@IntegrationTest
@Import({DeliveryFixture.class, PeopleFixture.class})
public class CachingHttpTests {

    private static final String SET = "/v1/content-sets?audience=hcp.primary-care&stage=considering&need=dosing&market=GB&locale=en-GB";
    private static final String KEY = "tlk_test_caching_0123456789";

    @Autowired DeliveryFixture shelf;
    @Autowired PeopleFixture people;
    @Autowired IdentitySeed seed;
    @LocalServerPort int port;

    Api channel;
    String item;
    String channelId;

    @BeforeEach
    void aChannelOfItsOwnAndAnItem() {
        var own = seed.channel("caching", "Caching", "web");
        channelId = own.id();
        seed.apiKey(own, KEY, new NewApiKey("caching", Set.of("GB"), Set.of("en-GB"), Set.of("*"), BrandScope.EVERY, false, false, Instant.now().plusSeconds(3600)));
        channel = Api.of(port).withKey(KEY);
        item = "/v1/items/" + shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("Kept by nobody")).id() + "?market=GB&locale=en-GB";
    }

    @Test
    @Tag("RV-7")
    void noCopyOutlivesAWithdrawalWhereNobodyPurges() {
        shelf.awaitIndex();
        for (var path : new String[] {SET, item, "/v1/items?market=GB&locale=en-GB", "/v1/content-types", "/v1/vocabularies/stages"}) {
            var answer = channel.get(path);
            assertThat(answer.header("Cache-Control")).as(path).hasValue("private, no-cache");
            assertThat(answer.header("CDN-Cache-Control")).as(path).isEmpty();
            assertThat(answer.header("ETag")).as(path).isPresent();
        }
    }

    @Test
    @Tag("RV-7")
    void onlyACdnThatPurgesByKeyMayKeepOneAndOnlyForAMinute() {
        var admin = Api.of(port).signIn(people.administrator().username());
        assertThat(admin.put("/manage/v1/channels/" + channelId + "/cdn", "{\"purgesByKey\": true, \"reason\": \" \"}").status()).isEqualTo(400);
        assertThat(admin.put("/manage/v1/channels/" + channelId + "/cdn", "{\"purgesByKey\": true, \"reason\": \"Varnish with xkey\"}").json()
                .path("purgesByKey").asBoolean()).isTrue();
        for (var path : new String[] {SET, item, "/v1/items?market=GB&locale=en-GB"}) {
            var control = eventually(() -> channel.get(path).header("CDN-Cache-Control"));
            assertThat(control).matches("max-age=\\d+");
            assertThat(Integer.parseInt(control.replaceAll("\\D", ""))).isBetween(1, 60);
            var answer = channel.get(path);
            assertThat(answer.header("Cache-Control")).as("browsers ask again all the same").hasValue("private, no-cache");
            assertThat(answer.header("Surrogate-Key")).isPresent();
        }
        assertThat(channel.get(SET + "&seenBy=0123456789abcdef").header("CDN-Cache-Control")).as("what one reader gets is nobody else's").isEmpty();
        assertThat(admin.put("/manage/v1/channels/" + channelId + "/cdn", "{\"purgesByKey\": false, \"reason\": \"It is gone\"}").status()).isEqualTo(200);
    }

    @Test
    @Tag("S7")
    void aWriterSetsNoCdn() {
        var writer = Api.of(port).signIn(people.writer().username());
        assertThat(writer.put("/manage/v1/channels/" + channelId + "/cdn", "{\"purgesByKey\": true, \"reason\": \"why not\"}").status()).isEqualTo(403);
    }

    @Test
    void gzipHoldsTheSameBytesUnderATagOfItsOwnAndEitherTagIsRecognised() throws Exception {
        for (var path : new String[] {SET, item, "/v1/content-types/article"}) {
            var plain = raw(path, "identity");
            var packed = raw(path, "br;q=1.0, gzip;q=0.8");
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(packed.headers().firstValue("Content-Encoding")).as(path).hasValue("gzip");
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
            }
            assertThat(packed.body().length).isLessThan(plain.body().length);
            assertThat(String.join(",", packed.headers().allValues("Vary"))).contains("Accept-Encoding", "Authorization");
            var tags = new String[] {plain.headers().firstValue("ETag").orElseThrow(), packed.headers().firstValue("ETag").orElseThrow()};
            assertThat(tags[0]).isNotEqualTo(tags[1]).doesNotStartWith("W/");
            for (var tag : tags) {
                for (var coding : new String[] {"identity", "gzip"}) {
                    assertThat(raw(path, coding, "If-None-Match", tag).statusCode()).as(tag + " " + coding).isEqualTo(304);
                }
            }
        }
    }

    @Test
    void whatIsRefusedOrReadOnceIsCompressedTooWhereItIsLong() throws Exception {
        for (int i = 0; i < 3; i++) {
            shelf.live("article", Kinds.NON_PROMOTIONAL, null, article("Long enough"));
        }
        assertThat(raw("/v1/openapi.json", "gzip").headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(raw("/v1/sync?initial=true&market=GB&locale=en-GB", "gzip").headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @Test
    void aProxyMaySpeakHttp2WithoutTls() throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + item)).header("Authorization", "Bearer " + KEY).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Kept by nobody");
        }
    }

    /// A key that is in use is read anew within five seconds.
    public static String eventually(Supplier<Optional<String>> header) {
        var deadline = Instant.now().plus(Duration.ofSeconds(6));
        while (Instant.now().isBefore(deadline)) {
            var found = header.get();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.onSpinWait();
            try {
                Thread.sleep(100);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stop);
            }
        }
        throw new AssertionError("the header did not come within six seconds");
    }

    private HttpResponse<byte[]> raw(String path, String coding, String... headers) throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header("Authorization", "Bearer " + KEY)
                    .header("Accept-Encoding", coding);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
