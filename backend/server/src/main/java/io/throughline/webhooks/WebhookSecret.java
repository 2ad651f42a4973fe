package io.throughline.webhooks;

import java.security.SecureRandom;
import java.util.Base64;

/// A signing secret of Standard Webhooks: `whsec_` and the Base64 of 24 to 64 bytes.
final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    static WebhookSecret generate() {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(key);
    }

    /// @throws IllegalArgumentException when it is not of that form
    static WebhookSecret parse(String written) {
        if (!written.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret begins with whsec_");
        }
        var key = Base64.getDecoder().decode(written.substring(PREFIX.length()));
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("a webhook secret has 24 to 64 bytes");
        }
        return new WebhookSecret(key);
    }

    byte[] key() {
        return key.clone();
    }

    /// The secret in full: for the one answer that shows it, and for sealing.
    String written() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /// Without the secret: values end up in logs (S29).
    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
