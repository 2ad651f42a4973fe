package io.throughline.client;

/// A webhook that must not be acted on: not signed with the secret, or not from now. Answer it with 400.
public final class WebhookRefused extends Exception {

    private static final long serialVersionUID = 1L;

    WebhookRefused(String message) {
        super(message);
    }

    WebhookRefused(String message, Exception cause) {
        super(message, cause);
    }
}
