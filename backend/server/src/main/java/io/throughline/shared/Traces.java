package io.throughline.shared;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
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
    private static final SecureRandom RANDOM = new SecureRandom();

    /// The request's trace id, 32 hexadecimal digits; made on the spot where the filter has not run.
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String trace) {
            return trace;
        }
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        var trace = HexFormat.of().formatHex(bytes);
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
