package io.throughline.client;

/// The server gave no access token: the client is unknown, its secret wrong, or the server out of reach. The message says which.
public final class TokenRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TokenRefused(String message) {
        super(message);
    }

    TokenRefused(String message, Exception cause) {
        super(message, cause);
    }
}
