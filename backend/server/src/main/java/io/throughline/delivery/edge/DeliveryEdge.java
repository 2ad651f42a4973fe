package io.throughline.delivery.edge;

import io.throughline.catalogue.CatalogueClock;
import io.throughline.shared.Problem;
import io.throughline.shared.ProblemWriter;
import io.throughline.shared.RefusalHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Outermost of delivery: what every answer carries, whoever refuses it further in. `Content-Sequence` is the newest state that the node
/// knows; who answers from another one says so instead. And a browser is told what an allowed page may read (CORS, S22), never with cookies.
@Component
@Order(DeliveryEdge.OUTERMOST)
class DeliveryEdge extends OncePerRequestFilter implements RefusalHeaders {

    static final int OUTERMOST = FreshnessFilter.BEFORE_SECURITY - 1;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final String READABLE = "ETag, " + Answers.CONTENT_SEQUENCE + ", Link, RateLimit, RateLimit-Policy, Retry-After";
    private static final String SENDABLE = "Authorization, Content-Type, If-None-Match, " + DeliveryWebConfiguration.MIN_SEQUENCE;
    private static final String PREFLIGHT_SECONDS = "3600";

    private final CatalogueClock clock;
    private final BrowserOrigins origins;

    DeliveryEdge(CatalogueClock clock, @Value("${throughline.cors.origins:}") String origins) {
        this.clock = clock;
        this.origins = BrowserOrigins.of(origins);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isDelivery(request.getServletPath());
    }

    private static boolean isDelivery(String path) {
        return path.startsWith("/v1/") || path.equals("/v1");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        tellSequence(response, clock);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean allowed = origins.allow(origin);
        if (origins.tellApart()) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (origins.any() || allowed) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origins.any() ? "*" : origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
        }
        var method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (origin == null || method == null || !request.getMethod().equals("OPTIONS")) {
            chain.doFilter(request, response);
        } else if (!allowed) {
            ProblemWriter.write(request, response, Problem.FORBIDDEN, "Pages of this origin may not use the delivery API. Have the server's administrator name it "
                    + "in THROUGHLINE_CORS_ORIGINS, or ask from a server of your own.");
        } else if (!METHODS.contains(method)) {
            ProblemWriter.write(request, response, Problem.FORBIDDEN, "The delivery API takes GET, HEAD and POST.");
        } else {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENDABLE);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /// Nothing while the node has not read the catalogue.
    static void tellSequence(HttpServletResponse response, CatalogueClock clock) {
        long sequence = clock.sequence();
        if (sequence >= 0) {
            response.setHeader(Answers.CONTENT_SEQUENCE, Long.toString(sequence));
        }
    }

    @Override
    public void addTo(String path, HttpServletResponse refusal) {
        if (isDelivery(path) || path.isEmpty()) {
            tellSequence(refusal, clock);
        }
    }
}
