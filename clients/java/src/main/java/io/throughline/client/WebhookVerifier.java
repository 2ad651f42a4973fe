package io.throughline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies webhooks by [Standard Webhooks](https://www.standardwebhooks.com) with the secret of one subscription.
public final class WebhookVerifier {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    /// Seconds since 1970.
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// @param secret as the server showed it: `whsec_…`
    /// @throws IllegalArgumentException when it is none
    public WebhookVerifier(String secret) {
        key = new SecretKeySpec(Base64.getDecoder().decode(secret.startsWith("whsec_") ? secret.substring("whsec_".length()) : secret), ALGORITHM);
    }

    /// The payload of a call that came just now and is signed with the secret.
    ///
    /// @param id        header `webhook-id`; null where the call has none, as with the other two
    /// @param timestamp header `webhook-timestamp`
    /// @param signature header `webhook-signature`: one or more `v1,…` with spaces between them, while a secret is being replaced
    /// @param body      exactly as it came, before any parsing
    public JsonNode verify(String id, String timestamp, String signature, byte[] body) throws WebhookRefused {
        return verify(id, timestamp, signature, body, Clock.systemUTC().instant());
    }

    /// @param now for tests; a call is good from five minutes before to five minutes after it, both inclusive
    public JsonNode verify(String id, String timestamp, String signature, byte[] body, Instant now) throws WebhookRefused {
        if (id == null || timestamp == null || signature == null) {
            throw new WebhookRefused("The call lacks a header of webhook-id, webhook-timestamp and webhook-signature.");
        }
        if (!TIMESTAMP.matcher(timestamp).matches() || Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE.toSeconds()) {
            throw new WebhookRefused("The webhook is not from now; it may be a replay.");
        }
        var expected = ("v1," + Base64.getEncoder().encodeToString(signed(id, timestamp, body))).getBytes(StandardCharsets.UTF_8);
        // isEqual compares in constant time
        if (Arrays.stream(signature.split(" ")).noneMatch(it -> MessageDigest.isEqual(expected, it.getBytes(StandardCharsets.UTF_8)))) {
            throw new WebhookRefused("No signature of the webhook fits the secret.");
        }
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            throw new WebhookRefused("The webhook is signed, but its body is not JSON.", notJson);
        }
    }

    private byte[] signed(String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, impossible);
        }
    }
}
