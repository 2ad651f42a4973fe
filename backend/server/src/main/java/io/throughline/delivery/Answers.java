package io.throughline.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Turns what is served into HTTP: conditional requests (RFC 9110, 13) and how long a copy may be kept.
final class Answers {

    static final String CONTENT_SEQUENCE = "Content-Sequence";
    static final String SURROGATE_KEY = "Surrogate-Key";
    private static final long LONGEST_SECONDS = 60;

    private Answers() {}

    /// @param shared false: the answer is for looking closely and must not be kept by anybody
    static ResponseEntity<Body> of(Served served, long sequence, @Nullable String ifNoneMatch, Instant now, boolean shared) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.ETAG, served.etag());
        headers.set(CONTENT_SEQUENCE, Long.toString(sequence));
        headers.set(HttpHeaders.CACHE_CONTROL, cacheControl(served.validUntil(), now, shared));
        // one address answers different credentials differently (S30)
        headers.set(HttpHeaders.VARY, "Authorization");
        headers.set(SURROGATE_KEY, served.surrogateKeys());
        if (matches(ifNoneMatch, served.etag())) {
            return new ResponseEntity<>(headers, HttpStatus.NOT_MODIFIED);
        }
        headers.setContentType(MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(served.body(), headers, HttpStatus.OK);
    }

    /// At most a minute, and never past the next scheduled change.
    static String cacheControl(Instant validUntil, Instant now, boolean shared) {
        if (!shared) {
            return "private, no-store";
        }
        long seconds = Math.max(0, Math.min(LONGEST_SECONDS, Duration.between(now, validUntil).toSeconds()));
        return "public, max-age=" + seconds;
    }

    /// Weak comparison over a list of tags, or `*`.
    static boolean matches(@Nullable String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        for (var tag : ifNoneMatch.split(",")) {
            var bare = tag.strip();
            if ((bare.startsWith("W/") ? bare.substring(2) : bare).equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
