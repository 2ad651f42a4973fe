package io.throughline.identity;

import io.throughline.shared.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Refusals of the token endpoint as RFC 6749, 5.2 has them: `error` and `error_description`, 401 with a challenge when it is the client
/// that is not known, else 400, and nothing that may be kept. What was wrong with a client's id or secret is not told.
final class TokenErrors implements AuthenticationFailureHandler, AuthenticationEntryPoint {

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused) throws IOException {
        write(response, refused instanceof OAuth2AuthenticationException known ? known.getError().getErrorCode() : OAuth2ErrorCodes.INVALID_CLIENT);
    }

    /// Nobody said who they are.
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused) throws IOException {
        write(response, OAuth2ErrorCodes.INVALID_CLIENT);
    }

    private static void write(HttpServletResponse response, String code) throws IOException {
        boolean unknownClient = code.equals(OAuth2ErrorCodes.INVALID_CLIENT);
        response.setStatus(unknownClient ? HttpServletResponse.SC_UNAUTHORIZED : HttpServletResponse.SC_BAD_REQUEST);
        if (unknownClient) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"throughline\", charset=\"UTF-8\"");
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.PRAGMA, "no-cache");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(Json.text(Json.object().put("error", code).put("error_description", description(code))).getBytes(StandardCharsets.UTF_8));
    }

    private static String description(String code) {
        return switch (code) {
            case OAuth2ErrorCodes.INVALID_CLIENT -> "The client is not known, its secret is wrong, or it has ended. Check id and secret, or make a new client.";
            case OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE, OAuth2ErrorCodes.UNAUTHORIZED_CLIENT -> "Send grant_type=client_credentials.";
            case OAuth2ErrorCodes.INVALID_SCOPE -> "Leave 'scope' out; a token reads what its client may read.";
            default -> "Send a form with grant_type=client_credentials, each parameter once, and the client's id and secret.";
        };
    }
}
