package io.throughline.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WebhookSignatureTests {

    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_c2FtcGxlLXNlY3JldC1kby1ub3QtdXNlLTAwMDE=");
    private static final String ID = "evt_01JD8Z7Q4T";
    private static final long TIMESTAMP = 1_795_252_444;
    private static final byte[] PAYLOAD = bytes("{\"type\":\"content.withdrawn\",\"timestamp\":\"2026-11-21T09:54:04Z\","
            + "\"data\":{\"sequence\":184467,\"itemId\":\"itm_01JD8Z7Q4T0000000000000001\"}}");
    /// Made with `openssl dgst -sha256 -mac HMAC` over id.timestamp.payload and the secret's bytes, and again with Python's hmac.
    private static final String SIGNATURE = "v1,GgIYP5VIfzJ28vprPiKcdfUy+Z7wjXfdD0KaOvdrQEI=";

    @Test
    void signsTheContractsVectorAsOpensslDoes() {
        assertThat(WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, PAYLOAD)).isEqualTo(SIGNATURE);
        assertThat(WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, bytes("{\"test\": \"Ünïcöde ✓\"}")))
                .isEqualTo("v1,/DiTkbhkJfNzM1gK88d/MTpKJxqAH20fedMxmBL5EX8=");
        assertThat(WebhookSignature.sign(List.of(SECRET), ID, TIMESTAMP, new byte[0])).isEqualTo("v1,cDCV7gvVb4bNwA9w/Ucf6trmW85eD9z7luIkIpQ1pDo=");
    }

    @Test
    void signsEveryVectorOfTheSpecification() {
        var file = sharedData().resolve("conformance/standard-webhooks-vectors.json");
        assumeTrue(Files.exists(file), "the folder of shared data is absent");
        var vectors = JsonMapper.shared().readTree(file.toFile());
        assertThat(vectors.size()).isGreaterThanOrEqualTo(3);
        for (var vector : vectors) {
            var secret = WebhookSecret.parse(vector.path("secret").asString());
            var id = vector.path("id").asString();
            long timestamp = vector.path("timestamp").asLong();
            var payload = bytes(vector.path("payload").asString());
            var signature = vector.path("signature").asString();
            assertThat(WebhookSignature.sign(List.of(secret), id, timestamp, payload)).as(id).isEqualTo(signature);
            assertThat(WebhookSignature.verify(secret, id, Long.toString(timestamp), payload, signature, Instant.ofEpochSecond(timestamp))).as(id).isTrue();
        }
    }

    @Test
    void whileOneSecretReplacesAnotherEitherVerifies() {
        var next = WebhookSecret.generate();
        var both = WebhookSignature.sign(List.of(next, SECRET), ID, TIMESTAMP, PAYLOAD);
        assertThat(both.split(" ")).hasSize(2).contains(SIGNATURE);
        assertThat(verify(next, both, TIMESTAMP)).isTrue();
        assertThat(verify(SECRET, both, TIMESTAMP)).isTrue();
        assertThat(verify(WebhookSecret.generate(), both, TIMESTAMP)).isFalse();
    }

    @ParameterizedTest
    @Tag("S24")
    @CsvSource({"0, true", "300, true", "301, false", "-300, true", "-301, false"})
    void aCallIsGoodForFiveMinutesBeforeAndAfter(long seconds, boolean good) {
        assertThat(verify(SECRET, SIGNATURE, TIMESTAMP + seconds)).isEqualTo(good);
    }

    @Test
    @Tag("S24")
    void anAlteredIdTimestampBodyOrSignatureIsRefused() {
        var now = Instant.ofEpochSecond(TIMESTAMP);
        var time = Long.toString(TIMESTAMP);
        assertThat(WebhookSignature.verify(SECRET, ID + "x", time, PAYLOAD, SIGNATURE, now)).isFalse();
        assertThat(WebhookSignature.verify(SECRET, ID, Long.toString(TIMESTAMP + 1), PAYLOAD, SIGNATURE, now)).isFalse();
        assertThat(WebhookSignature.verify(SECRET, ID, time, bytes("{}"), SIGNATURE, now)).isFalse();
        for (var forged : List.of("", "v1", "v1,", SIGNATURE.substring(3), SIGNATURE.replace("v1,", "v2,"), SIGNATURE.toLowerCase(java.util.Locale.ROOT), SIGNATURE + "=")) {
            assertThat(WebhookSignature.verify(SECRET, ID, time, PAYLOAD, forged, now)).as(forged).isFalse();
        }
        for (var odd : List.of("", "-1", "1795252444.0", "now", "9999999999999", " " + time)) {
            assertThat(WebhookSignature.verify(SECRET, ID, odd, PAYLOAD, SIGNATURE, now)).as(odd).isFalse();
        }
    }

    @Test
    @Tag("S29")
    void aSecretIsNeverPrintedAndMadeAnewEachTime() {
        var secret = WebhookSecret.generate();
        assertThat(secret.toString()).doesNotContain(secret.written());
        assertThat(WebhookSecret.parse(secret.written()).key()).hasSize(32).isEqualTo(secret.key());
        assertThat(secret.written()).isNotEqualTo(WebhookSecret.generate().written());
        for (var wrong : List.of("", "whsec_", "whsec_AAAA", "abc", "whsec_%%%", "whsec_" + "A".repeat(120))) {
            assertThatThrownBy(() -> WebhookSecret.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Tag("S29")
    void aSealedSecretOpensOnlyWithTheSameKeyForTheSameThing() {
        var vault = new SecretVault("dGVzdHMgb25seTogbm90IGEga2V5IG9mIGFueWJvZHk=", Path.of("unused"));
        var other = new SecretVault("b3RoZXJzIG9ubHk6IG5vdCBhIGtleSBvZiBhbnlvbmU=", Path.of("unused"));
        var sealed = vault.seal("whsec_x", "whs_1");
        assertThat(sealed).doesNotContain("whsec").isNotEqualTo(vault.seal("whsec_x", "whs_1"));
        assertThat(vault.open(sealed, "whs_1")).hasValue("whsec_x");
        assertThat(vault.open(sealed, "whs_2")).isEmpty();
        assertThat(other.open(sealed, "whs_1")).isEmpty();
        assertThatThrownBy(() -> new SecretVault("short", Path.of("unused"))).hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    @Tag("S29")
    void withoutAConfiguredKeyOneIsMadeForItsOwnerOnlyAndKept(@org.junit.jupiter.api.io.TempDir Path data) throws Exception {
        var sealed = new SecretVault("", data).seal("whsec_x", "whs_1");
        assertThat(new SecretVault("", data).open(sealed, "whs_1")).hasValue("whsec_x");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets.key")))).isEqualTo("rw-------");
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(data.resolve("secrets.key"));
        }
    }

    private static boolean verify(WebhookSecret secret, String signatures, long now) {
        return WebhookSignature.verify(secret, ID, Long.toString(TIMESTAMP), PAYLOAD, signatures, Instant.ofEpochSecond(now));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path sharedData() {
        return Optional.ofNullable(System.getenv("SHARED_DATA")).map(Path::of)
                .orElseGet(() -> Path.of("").toAbsolutePath().resolve("../../../shared/data").normalize());
    }
}
