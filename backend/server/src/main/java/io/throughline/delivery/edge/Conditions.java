package io.throughline.delivery.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// What a request says about the form of its answer: what it holds already, and whether it takes `gzip`.
///
/// @param ifNoneMatch the header as it came
public record Conditions(@Nullable String ifNoneMatch, boolean takesGzip) {

    public static Conditions of(HttpServletRequest request) {
        return new Conditions(request.getHeader(HttpHeaders.IF_NONE_MATCH),
                takesGzip(String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)))));
    }

    /// RFC 9110, 12.5.3: named, or covered by `*`, and not with the weight 0. A request without the header gets the plain bytes.
    static boolean takesGzip(String acceptEncoding) {
        boolean any = false;
        for (var part : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
            var fields = part.strip().split(";");
            var coding = fields[0].strip();
            boolean wanted = fields.length < 2 || !fields[1].replace(" ", "").matches("q=0(\\.0{0,3})?");
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            any |= coding.equals("*") && wanted;
        }
        return any;
    }
}
