package io.throughline.shared;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request a trace id of our own making: a client's would let it write into our log lines (S35).
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Traces extends OncePerRequestFilter {

    private static final String ATTRIBUTE = "throughline.traceId";
    private static final HexFormat HEX = HexFormat.of();

    /// The request's trace id, 32 hexadecimal digits; made on the spot where the filter has not run.
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String trace) {
            return trace;
        }
        // it names a request and opens nothing; a secure source has a lock, and every request would stand in its line
        var random = ThreadLocalRandom.current();
        var trace = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MDC.put("traceId", of(request));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("traceId");
        }
    }
}
