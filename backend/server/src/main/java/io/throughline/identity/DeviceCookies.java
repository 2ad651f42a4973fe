package io.throughline.identity;

import io.throughline.shared.Ids;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells browsers by which a person signed in before, so that strangers who guess can't lock the owner out ("device cookies",
/// OWASP). The cookie opens nothing: it only has a count of wrong passwords of its own.
@Component
class DeviceCookies {

    static final String NAME = "THROUGHLINE_DEVICE";
    private static final Duration LIFE = Duration.ofDays(180);
    private static final String SECRET = "device-cookies";

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile byte @Nullable [] known;

    DeviceCookies(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    boolean isThere(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies != null && Arrays.stream(cookies).anyMatch(cookie -> cookie.getName().equals(NAME));
    }

    /// The id of the browser, when it has this person's cookie and the cookie is ours.
    Optional<String> find(HttpServletRequest request, String personId) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        return Arrays.stream(cookies).filter(cookie -> cookie.getName().equals(NAME)).map(Cookie::getValue)
                .map(value -> value.split("\\.", -1))
                .filter(parts -> parts.length == 2 && parts[0].length() <= 64 && MessageDigest.isEqual(bytes(mac(personId, parts[0])), bytes(parts[1])))
                .map(parts -> parts[0]).findFirst();
    }

    /// Lets the browser be known as one of this person from now on.
    void give(HttpServletRequest request, HttpServletResponse response, String personId) {
        var device = find(request, personId).orElseGet(() -> Ids.next("dev"));
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(NAME, device + "." + mac(personId, device))
                .path("/manage/v1/session").maxAge(LIFE).httpOnly(true).secure(request.isSecure()).sameSite("Strict").build().toString());
    }

    private String mac(String personId, String device) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(personId + " " + device)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    private byte[] secret() {
        var secret = known;
        if (secret == null) {
            var fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            jdbc.sql("insert into identity_secret (name, value, created_at) values (:name, :value, :at) on conflict do nothing")
                    .param("name", SECRET).param("value", Base64.getEncoder().encodeToString(fresh)).param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            secret = Base64.getDecoder().decode(jdbc.sql("select value from identity_secret where name = :name").param("name", SECRET).query(String.class).single());
            known = secret;
        }
        return secret;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
