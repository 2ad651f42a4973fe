package io.throughline.delivery.edge;

import io.throughline.identity.ChannelClient;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Turns what is served into HTTP: conditional requests (RFC 9110, 13), compression, and who may keep a copy for how long.
///
/// A withdrawal is not scheduled: a copy in a browser or a plain cache would outlive it. So everybody asks again each time, which a 304
/// makes cheap; only a CDN that purges by key may answer by itself (RFC 9213).
public final class Answers {

    public static final String CONTENT_SEQUENCE = "Content-Sequence";
    static final String SURROGATE_KEY = "Surrogate-Key";
    static final String CDN_CACHE_CONTROL = "CDN-Cache-Control";
    private static final String GZIP = "gzip";
    private static final long LONGEST_SECONDS = 60;

    private Answers() {}

    /// @param cacheable false: the answer is for looking closely and must not be kept by anybody
    public static ResponseEntity<Body> of(Served served, long sequence, Conditions conditions, ChannelClient client, Instant now, boolean cacheable) {
        boolean compressed = conditions.takesGzip();
        var etag = compressed ? compressed(served.etag()) : served.etag();
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.ETAG, etag);
        headers.set(CONTENT_SEQUENCE, Long.toString(sequence));
        headers.set(HttpHeaders.CACHE_CONTROL, cacheControl(cacheable));
        if (cacheable && client.purgesByKey()) {
            headers.set(CDN_CACHE_CONTROL, "max-age=" + secondsForCdn(served.validUntil(), now));
        }
        // one address answers different credentials differently (S30)
        headers.set(HttpHeaders.VARY, "Authorization, Accept-Encoding");
        headers.set(SURROGATE_KEY, served.surrogateKeys());
        if (matches(conditions.ifNoneMatch(), served.etag()) || matches(conditions.ifNoneMatch(), compressed(served.etag()))) {
            return new ResponseEntity<>(headers, HttpStatus.NOT_MODIFIED);
        }
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (compressed) {
            headers.set(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        return new ResponseEntity<>(compressed ? served.body().compressed() : served.body(), headers, HttpStatus.OK);
    }

    /// For everybody but a CDN that purges.
    public static String cacheControl(boolean cacheable) {
        return cacheable ? "private, no-cache" : "private, no-store";
    }

    /// At most a minute, and never past the next scheduled change.
    static long secondsForCdn(Instant validUntil, Instant now) {
        return Math.max(0, Math.min(LONGEST_SECONDS, Duration.between(now, validUntil).toSeconds()));
    }

    /// A strong tag stands for bytes, so the compressed ones have another (RFC 9110, 8.8.3.3).
    private static String compressed(String etag) {
        return etag.substring(0, etag.length() - 1) + "-gzip\"";
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
