package io.throughline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookVerifierTests {

    /// The vector of `docs/channel-developers.md`, signed with openssl.
    private static final String SECRET = "whsec_c2FtcGxlLXNlY3JldC1kby1ub3QtdXNlLTAwMDE=";
    private static final String ID = "evt_01JD8Z7Q4T";
    private static final String TIMESTAMP = "1795252444";
    private static final Instant THEN = Instant.ofEpochSecond(1_795_252_444);
    private static final byte[] BODY = bytes("{\"type\":\"content.withdrawn\",\"timestamp\":\"2026-11-21T09:54:04Z\","
            + "\"data\":{\"sequence\":184467,\"itemId\":\"itm_01JD8Z7Q4T0000000000000001\"}}");
    private static final String SIGNATURE = "v1,GgIYP5VIfzJ28vprPiKcdfUy+Z7wjXfdD0KaOvdrQEI=";

    private final WebhookVerifier verifier = new WebhookVerifier(SECRET);

    @Test
    void theVectorOfTheGuideIsAcceptedAlsoBesideTheSignatureOfAnotherSecret() throws Exception {
        assertThat(verifier.verify(ID, TIMESTAMP, SIGNATURE, BODY, THEN).at("/data/sequence").asLong()).isEqualTo(184_467);
        assertThat(verifier.verify(ID, TIMESTAMP, "v1,AAAA v1,! v2,x " + SIGNATURE, BODY, THEN).path("type").asText()).isEqualTo("content.withdrawn");
    }

    @Test
    void everyVectorOfTheSpecificationIsAccepted() throws Exception {
        var file = Optional.ofNullable(System.getenv("SHARED_DATA")).map(Path::of).orElse(Path.of("../../../shared/data")).resolve("conformance/standard-webhooks-vectors.json");
        assumeTrue(Files.exists(file), "the folder of shared data is absent");
        var vectors = new ObjectMapper().readTree(file.toFile());
        assertThat(vectors.size()).isGreaterThanOrEqualTo(3);
        for (var vector : vectors) {
            var call = new WebhookVerifier(vector.path("secret").asText());
            var body = bytes(vector.path("payload").asText());
            var then = Instant.ofEpochSecond(vector.path("timestamp").asLong());
            try {
                call.verify(vector.path("id").asText(), vector.path("timestamp").asText(), vector.path("signature").asText(), body, then);
            } catch (WebhookRefused refused) {
                // some vectors of the specification have a body that is not JSON; their signature must fit all the same
                assertThat(refused).as(vector.toString()).hasMessageContaining("is signed, but");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "300, true", "301, false", "-300, true", "-301, false"})
    void aCallIsGoodForFiveMinutesBeforeAndAfter(long seconds, boolean good) {
        assertThat(accepted(ID, TIMESTAMP, SIGNATURE, BODY, THEN.plusSeconds(seconds))).isEqualTo(good);
    }

    @Test
    void whatWasAlteredOrIsMissingIsRefused() {
        assertThat(accepted(ID + "x", TIMESTAMP, SIGNATURE, BODY, THEN)).isFalse();
        assertThat(accepted(ID, "1795252445", SIGNATURE, BODY, THEN)).isFalse();
        assertThat(accepted(ID, TIMESTAMP, SIGNATURE, bytes("{}"), THEN)).isFalse();
        assertThat(accepted(null, TIMESTAMP, SIGNATURE, BODY, THEN)).isFalse();
        assertThat(accepted(ID, null, SIGNATURE, BODY, THEN)).isFalse();
        assertThat(accepted(ID, TIMESTAMP, null, BODY, THEN)).isFalse();
        for (var forged : List.of("", "v1", "v1,", SIGNATURE.substring(3), SIGNATURE.replace("v1,", "v2,"), SIGNATURE.toLowerCase(Locale.ROOT), SIGNATURE + "=")) {
            assertThat(accepted(ID, TIMESTAMP, forged, BODY, THEN)).as(forged).isFalse();
        }
        for (var odd : List.of("", "-1", "1795252444.0", "now", "9999999999999", " " + TIMESTAMP)) {
            assertThat(accepted(ID, odd, SIGNATURE, BODY, THEN)).as(odd).isFalse();
        }
    }

    @Test
    void whatIsNoSecretIsToldAtOnce() {
        assertThatThrownBy(() -> new WebhookVerifier("whsec_%%%")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebhookVerifier("")).isInstanceOf(IllegalArgumentException.class);
    }

    private boolean accepted(String id, String timestamp, String signature, byte[] body, Instant now) {
        try {
            verifier.verify(id, timestamp, signature, body, now);
            return true;
        } catch (WebhookRefused refused) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
