package io.throughline.identity;

import io.throughline.identity.IdempotencyKeys.Claim;
import io.throughline.identity.IdempotencyKeys.Kept;
import io.throughline.shared.Open;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemException;
import io.throughline.shared.ProblemWriter;
import io.throughline.shared.ShownOnce;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// A POST of the management API that carries an `Idempotency-Key` is done once: the same request of the same person gets the first
/// answer again for a day (draft-ietf-httpapi-idempotency-key-header-07). Without the header nothing happens here.
///
/// Stands behind the filters of Spring Security, which say who asks, and behind the one that bounds bodies.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class IdempotencyFilter extends OncePerRequestFilter {

    static final String REPLAYED = "Idempotent-Replayed";
    static final int LARGEST_KEPT = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.CACHE_CONTROL);
    private static final String A_NEW_KEY = "Send what is new with a new %s.".formatted(IdempotencyKey.HEADER);

    /// They are about this moment, not about the request: the same one may well pass later.
    private static final Set<Integer> PASSING = Set.of(401, 429);

    private final IdempotencyKeys keys;
    private final RequestIdentity identity;

    IdempotencyFilter(IdempotencyKeys keys, RequestIdentity identity) {
        this.keys = keys;
        this.identity = identity;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) == null || !request.getMethod().equals("POST") || !request.getRequestURI().startsWith("/manage/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        try {
            var person = identity.person(request);
            if (person.isEmpty() || identity.hasToChoosePassword(request)) {
                chain.doFilter(request, response); // is refused where it belongs
                return;
            }
            var key = key(request);
            var whole = new WholeRequest(request, request.getInputStream().readAllBytes());
            var mac = key.macOf(request.getMethod(), address(request), whole.body);
            switch (keys.claim(person.get().id(), key, mac)) {
                case Claim.Mine(var claim) -> first(person.get().id(), key, claim, whole, response, chain);
                case Claim.Answered(var answer) -> again(answer, request, response);
                case Claim.StillRunning() -> {
                    response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                    ProblemWriter.write(request, response, Problem.REQUEST_STILL_RUNNING,
                            "The first request with this %s is still being done. Send it again in a second, unchanged, for its answer.".formatted(IdempotencyKey.HEADER));
                }
                case Claim.OtherRequest() -> ProblemWriter.write(request, response, Problem.IDEMPOTENCY_KEY_REUSED,
                        "Another request was sent with this %s within a day. %s".formatted(IdempotencyKey.HEADER, A_NEW_KEY));
                case Claim.TooMany(var until) -> {
                    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, until.toSeconds())));
                    ProblemWriter.write(request, response, Problem.RATE_LIMITED, "You have used %d keys within a day, and no more are kept. Send it without %s, or later."
                            .formatted(IdempotencyKeys.MOST_PER_PERSON, IdempotencyKey.HEADER));
                }
            }
        } catch (ProblemException refused) {
            ProblemWriter.write(request, response, refused.problem(), refused.detail());
        }
    }

    private void first(String personId, IdempotencyKey key, String claim, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, answer);
            kept = keep(personId, key, claim, request, answer);
        } finally {
            if (!kept) {
                given(() -> keys.release(personId, key, claim));
            }
            answer.copyBodyToResponse();
        }
    }

    private boolean keep(String personId, IdempotencyKey key, String claim, HttpServletRequest request, ContentCachingResponseWrapper answer) {
        int status = answer.getStatus();
        if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method) || method.hasMethodAnnotation(Open.class)
                || status >= 500 || PASSING.contains(status)) {
            return false;
        }
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT_HEADERS) {
            var value = name.equals(HttpHeaders.CONTENT_TYPE) ? answer.getContentType() : answer.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        boolean secret = method.hasMethodAnnotation(ShownOnce.class) && status < 400;
        var body = secret || answer.getContentSize() > LARGEST_KEPT ? null : answer.getContentAsByteArray();
        given(() -> keys.keep(personId, key, claim, new Kept(status, headers, body)));
        return true;
    }

    /// It is done, and whoever asked is told so, even when the database can't note it now: then the key stays claimed for some minutes.
    private static void given(Runnable note) {
        try {
            note.run();
        } catch (DataAccessException away) {
            LOG.warn("what a request with an {} was answered could not be noted", IdempotencyKey.HEADER, away);
        }
    }

    private static void again(Kept answer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(REPLAYED, "true");
        var body = answer.body();
        if (body == null) {
            ProblemWriter.write(request, response, Problem.ALREADY_DONE, ("This was done already and answered with %d. That answer is not kept, because it showed a secret "
                    + "once or was very large. Read what it made; for another secret, rotate or make a new one with a new %s.").formatted(answer.status(), IdempotencyKey.HEADER));
            return;
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(body);
    }

    private static IdempotencyKey key(HttpServletRequest request) {
        var sent = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
        if (sent.size() > 1) {
            throw Problem.INVALID_QUERY.because("%s is there more than once; send one.".formatted(IdempotencyKey.HEADER));
        }
        var type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw Problem.INVALID_QUERY.because("%s is not taken with files, which are known by their bytes. Send it without: the same file makes one draft, however often it comes."
                    .formatted(IdempotencyKey.HEADER));
        }
        return IdempotencyKey.parse(sent.getFirst()).orElseThrow(() -> Problem.INVALID_QUERY.because(
                "%s takes 16 to 128 letters, digits and the characters . _ ~ : + / = - that nobody guesses; send a UUID, a new one for each act.".formatted(IdempotencyKey.HEADER)));
    }

    private static String address(HttpServletRequest request) {
        return request.getQueryString() == null ? request.getRequestURI() : request.getRequestURI() + "?" + request.getQueryString();
    }

    /// The body was read to compare it; controllers read it again.
    private static final class WholeRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        WholeRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var in = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return in.read(bytes, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return in.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("nothing here reads in pieces");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
