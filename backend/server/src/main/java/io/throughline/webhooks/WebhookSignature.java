package io.throughline.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs and verifies by the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.payload`.
final class WebhookSignature {

    /// How far the sender's clock and the receiver's may be apart.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1,";

    private WebhookSignature() {}

    /// The value of `webhook-signature`: one signature for each secret, with spaces between them, so that a receiver that knows
    /// either of them accepts the call while one replaces the other.
    static String sign(List<WebhookSecret> secrets, String id, long timestampSeconds, byte[] payload) {
        return secrets.stream().map(it -> VERSION + Base64.getEncoder().encodeToString(mac(it, id, timestampSeconds, payload)))
                .collect(Collectors.joining(" "));
    }

    /// What a receiver does: true when one of the signatures fits the secret and the call is not older or newer than
    /// [#TOLERANCE].
    static boolean verify(WebhookSecret secret, String id, String timestamp, byte[] payload, String signatures, Instant now) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        long seconds = Long.parseLong(timestamp);
        if (Duration.between(Instant.ofEpochSecond(seconds), now).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        var expected = (VERSION + Base64.getEncoder().encodeToString(mac(secret, id, seconds, payload))).getBytes(StandardCharsets.US_ASCII);
        boolean found = false;
        for (var signature : signatures.split(" ")) {
            found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    private static byte[] mac(WebhookSecret secret, String id, long timestampSeconds, byte[] payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
            mac.update((id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(payload);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }
}
